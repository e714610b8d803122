"""The plain-Mesa twin: teachers and schools of the columnar model as Python objects, one each, under the same rules.

It comes in two forms. The idiomatic one (`benchmarks.idiomatic_twin`) is written as one would write it in Mesa: agents act one
by one in random order (`shuffle_do`), leavers are removed and new agents created. The fast one (`benchmarks.fast_twin`) is the
fastest form that is still a Mesa model with an object for each teacher and each school. Fed with the same keyed numbers both
must agree with the columnar model teacher by teacher (`tests/benchmarks/test_twin.py`); a rule that changes in
`sim/processes` changes here too.

What owners, schemes and draws do to a school comes from outside (`benchmarks.inputs`).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any

import mesa

from benchmarks.inputs import Inputs
from benchmarks.luck import Luck, OwnLuck
from sim.half_year import Season
from sim.state import State
from sim.state.schools import Schools, Teachers

SCHOOL_TRAITS = (
    "fatigue", "community", "leadership", "principal_tenure", "teacher_turnover", "taught", "practice", "norm",
)  # fmt: skip
LEAVES = -1.0  # years in post of somebody who leaves, or in a post that is new, until somebody comes
TEACHER_TRAITS = ("age", "experience", "tenure", "qualified", "baseline", "practice", "ownership")


class Twin(mesa.Model):
    """What both forms share: how they are built from a columnar state, and whose luck they have.

    Parameters
    ----------
    state : State
        Teachers and schools begin as they stand here.
    inputs : iterable of Inputs
        One for each step.
    rng : int
        Seed of Mesa's own generator.
    luck : Luck or None
        Other chance than Mesa's own generator.
    """

    school_kind: type[mesa.Agent]

    def __init__(
        self, state: State, inputs: Iterable[Inputs], *, rng: int = 1, luck: Luck | None = None
    ) -> None:
        super().__init__(rng=rng)
        self.luck: Luck = luck or OwnLuck(self.random)
        self._inputs: Iterator[Inputs] = iter(inputs)
        self.now: Inputs
        self.build(state)

    @abstractmethod
    def build(self, state: State) -> None:
        """Make the agents; each form of the twin has its own."""

    def take_inputs(self) -> bool:
        """Take the next half-year's inputs; whether it is an autumn."""
        self.now = next(self._inputs)
        self.luck.begin(self.now.half_year)
        return self.now.half_year.season is Season.AUTUMN

    def holders(self) -> dict[int, tuple[float, ...]]:
        """Age, experience, tenure, qualification, baseline, practice and ownership of each post's holder."""
        return {
            t.post: (t.age, t.experience, t.tenure, float(t.qualified), t.baseline, t.practice, t.ownership)
            for school in self.schools_in_order()
            for t in school.staff
        }

    def schools_in_order(self) -> list[Any]:
        """The schools, in the order of the columnar table."""
        return sorted(self.agents_by_type[self.school_kind], key=lambda school: school.row)


def rows(table: Schools | Teachers, columns: tuple[str, ...]) -> Iterator[dict[str, float]]:
    """The rows of a table as dictionaries of plain numbers."""
    lists = [getattr(table, name).tolist() for name in columns]
    for values in zip(*lists, strict=True):
        yield dict(zip(columns, values, strict=True))
