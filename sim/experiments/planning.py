"""Planning a study: designs loaded, levers and assumptions set, everything checked before anything is played."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sim.design import Design
from sim.experiments.instruments import Instruments, national_model
from sim.experiments.posterior import as_file, source_of
from sim.experiments.shortfall import with_twins
from sim.experiments.structures import STRUCTURES, usual_structures
from sim.experiments.study import DETAILED_WORLDS, Study
from sim.experiments.yardstick import with_yardstick

if TYPE_CHECKING:
    import pandas as pd

Levers: TypeAlias = Mapping[str, object]


def planned(  # noqa: PLR0913 - as for `compare`
    designs: Sequence[str | Path | Design],
    *,
    worlds: int,
    seed: int,
    start: int,
    end: int,
    scale: float,
    levers: Levers | None = None,
    assumptions: Mapping[str, object] | None = None,
    registers: Path | str | None = None,
    single_places: bool = False,
    lang: str = "nb",
    detail: int | None = None,
    worlds_per_draw: int = 1,
    parameters: str | Path | pd.DataFrame | None = None,
    instruments: Callable[[], Instruments] = national_model,
) -> Study:
    """The study that `compare` and `run` carry out: designs loaded, levers set, everything checked."""
    from sim.scenario_files import apply, load_design

    registry = instruments().registry
    drawn = as_file(parameters)
    dated = by_target(levers)
    loaded = [one if isinstance(one, Design) else load_design(one, registry) for one in designs]
    return Study(
        designs=tuple(apply(design, dated, assumptions, registry) for design in loaded),
        worlds=worlds,
        seed=seed,
        start=start,
        end=end,
        scale=scale,
        detail=DETAILED_WORLDS if detail is None else detail,
        levers=dated,
        assumptions=dict(assumptions or {}),
        named=tuple(None if isinstance(one, Design) else str(one) for one in designs),
        registers=None if registers is None else Path(registers),
        single_places=single_places,
        lang=lang,
        worlds_per_draw=worlds_per_draw,
        instruments=instruments,
        source=source_of(registry, seed, drawn),
        drawn=None if drawn is None else str(drawn),
    )


def compared(study: Study, *, structures: bool | None = None) -> Study:
    """The study as `compare` plays it: with the yardstick, the twins and the structures of the model that its question asks for.

    Parameters
    ----------
    structures : bool, optional
        Whether all structures are asked for, or none; by default those that concern obligation where designs differ in it.

    Raises
    ------
    InputError
        If designs are the same as long as the study goes on.
    """
    study.check_parting()
    usual = usual_structures(study.designs, study.instruments().registry) if structures is None else ()
    return with_twins(with_yardstick(replace(study, structures=STRUCTURES if structures else usual)))


def by_target(levers: Levers | None) -> dict[str, object]:
    """Levers given by name or by name and year, as `name` or `name@year`.

    >>> by_target({"a.b": 1, "a.c": {2026: 2, 2030: 3}})
    {'a.b': 1, 'a.c@2026': 2, 'a.c@2030': 3}
    """
    targets: dict[str, object] = {}
    for name, value in (levers or {}).items():
        if isinstance(value, Mapping):
            targets |= {f"{name}@{year}": dated for year, dated in value.items()}
        else:
            targets[name] = value
    return targets
