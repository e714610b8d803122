"""Adding worlds until a difference is settled well enough, or the budget is spent.

Worlds come in batches. After each the interval is looked at; the next batch is as large as the spread so far says is
needed, but no more than doubles what there is. Which worlds are played hangs on what the earlier ones showed, and on
nothing else: broken off and begun again, a sweep takes the same path.

Looking again and again and stopping when the interval is narrow makes it cover the truth a little less often than it says;
the more so the smaller the first batch. So there are few looks, and a first batch is never smaller than `LEAST_WORLDS`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from sim.errors import InputError
from sim.sweeps.contrast import settled
from sim.sweeps.experiment import Experiment
from sim.sweeps.table import RunTable

LEAST_WORLDS = 20
AT_MOST = 1_000  # worlds, unless somebody says otherwise
MARGIN = 1.1  # on the number that the spread calls for, which is itself uncertain
GROWTH = 2  # times as many worlds as before, at most


@dataclass(frozen=True)
class Stop:
    """Where it ended.

    Attributes
    ----------
    width : float
        Of the interval, the widest over the combinations of levers; NaN if there is none.
    needed : int or None
        Worlds that would have been needed, as far as the spread tells; None if the goal was reached or nothing can be told.
    """

    worlds: int
    width: float
    precision: float
    needed: int | None = None

    @property
    def reached(self) -> bool:
        """Whether the interval is as narrow as wanted."""
        return self.width <= self.precision

    def __str__(self) -> str:
        if self.reached:
            return f"settled: the interval is {self.width:.3g} wide, {self.precision:g} was wanted; {self.worlds} worlds"
        told = f"; some {self.needed} worlds would be needed" if self.needed else ""
        return (
            f"not settled: the budget ran out after {self.worlds} worlds; the interval is {self.width:.3g} wide, "
            f"{self.precision:g} was wanted{told}"
        )


def check_until(experiment: Experiment, precision: float) -> None:
    """Refuse what more worlds can't settle."""
    if not precision > 0:
        raise InputError(
            f"until ('precision' in a file): expected a width above 0, such as 0.01, got {precision!r}",
            field="until",
        )
    if experiment.contrast is None:
        raise InputError("--until needs a contrast in the experiment", field="contrast")
    if not experiment.own_draws:
        raise InputError(
            "--until adds worlds, each with its own draw of the parameters: leave out the number of draws "
            "(parameters: number)",
            field="parameters",
        )


def play_until(
    experiment: Experiment, precision: float, at_most: int, play: Callable[[int], RunTable]
) -> tuple[RunTable, Stop]:
    """Play more and more worlds.

    Parameters
    ----------
    play : callable
        The table of the experiment with so many worlds.
    """
    check_until(experiment, precision)
    assert experiment.contrast is not None
    worlds = min(max(experiment.worlds, LEAST_WORLDS), at_most)
    while True:
        table = play(worlds)
        found = settled(table, experiment.contrast)
        width = float((found["high"] - found["low"]).max(skipna=False))
        if width <= precision:
            return table, Stop(worlds, width, precision)
        needed = math.ceil(MARGIN * worlds * (width / precision) ** 2) if math.isfinite(width) else None
        if worlds >= at_most:
            return table, Stop(worlds, width, precision, needed)
        worlds = min(at_most, GROWTH * worlds, max(needed or GROWTH * worlds, worlds + LEAST_WORLDS))
