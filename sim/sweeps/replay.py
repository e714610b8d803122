"""Playing one stored run again, alone and in this process: to see a failure happen, or to check a number."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.experiments import provenance
from sim.experiments.instruments import Instruments, national_model
from sim.scenario_files.values import accepted
from sim.sweeps.content import design_from
from sim.sweeps.identity import PLUGIN, code_digest, code_identity
from sim.sweeps.kept import Kept
from sim.sweeps.playing import Player, Unit
from sim.sweeps.point import digest_of
from sim.sweeps.store import DESIGNS, DRAWS, RUNS, Store


@dataclass(frozen=True)
class Again:
    """A stored run, ready to be played again.

    Attributes
    ----------
    stored : mapping from figure to value
        Empty where the run failed; then `stored_error` says how.
    changed : tuple of str
        What is other than when the run was made, in words.
    """

    unit: Unit
    stored: dict[str, float]
    stored_error: str
    changed: tuple[str, ...]

    def play(self) -> Replayed:
        """Play it; whatever the run itself raises is raised."""
        (played,) = Player(self.unit, raises=True).play()
        assert played.figures is not None
        now = dict(zip(self.unit.kept.columns, played.figures, strict=True))
        return Replayed(played.run, self.stored, now, self.stored_error, self.changed)


@dataclass(frozen=True)
class Replayed:
    """What came of a run this time, and what the store says.

    Attributes
    ----------
    stored, now : mapping from figure to value
        `stored` is empty where the run failed; then `stored_error` says how.
    changed : tuple of str
        What is other than when the run was made, in words.
    """

    run: str
    stored: dict[str, float]
    now: dict[str, float]
    stored_error: str
    changed: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether both are the same to the last digit."""
        return self.stored.keys() == self.now.keys() and all(
            self.now[name] == value or (math.isnan(value) and math.isnan(self.now[name]))
            for name, value in self.stored.items()
        )


def planned(folder: Path | str, run: str, instruments: Callable[[], Instruments] = national_model) -> Again:
    """A run of a store, with all that it takes to play it again.

    Parameters
    ----------
    run : str
        Its address, or the first letters of it.

    Raises
    ------
    InputError
        If there is no such run, or its inputs are no longer to be had.
    """
    store = Store(folder)
    _check_plugins(store, instruments)
    row = _row(store, run)
    stored = {} if row["failed"] else {name: _number(row[name]) for name in store.columns}
    return Again(
        _unit(store, row, instruments), stored, row["error"], tuple(_changed(store, row, instruments))
    )


def _changed(store: Store, row: dict[str, Any], instruments: Callable[[], Instruments]) -> Iterator[str]:
    if store.about["code"] != code_identity(tuple(instruments().plugins)):
        yield "this is other code than the run was made with"
    noted = row.get("registers_digest")
    if noted is not None and noted != digest_of(Path(row["registers"])):
        yield (
            f"the registers in {row['registers']} are not those that the run was made with: a file was changed since, and they "
            "are taken as they are now"
        )


def _check_plugins(store: Store, instruments: Callable[[], Instruments]) -> None:
    """Refuse to play without the plug-ins that the runs were played with."""
    given = code_identity(tuple(instruments().plugins))
    for part in store.about["code"]:
        if part.startswith(PLUGIN) and part not in given:
            raise InputError(
                f"its runs were played with the {part}; name it too (--plugin, plugins=)",
                file=str(store.folder),
            )


def replay(folder: Path | str, run: str, instruments: Callable[[], Instruments] = national_model) -> Replayed:
    """Play a run of a store again; see `planned`. Whatever the run itself raises is raised."""
    return planned(folder, run, instruments).play()


def _row(store: Store, run: str) -> dict[str, Any]:
    rows = store.rows(RUNS)
    found = [i for i, name in enumerate(rows["run"].to_pylist()) if run and name.startswith(run)]
    if len(found) != 1:
        many = f"{len(found)} runs have addresses that begin with" if found else "there is no run"
        raise InputError(f"{many} '{run}'; `failures` and the column `run` name them", file=str(store.folder))
    row: dict[str, Any] = rows.slice(found[0], 1).to_pylist()[0]
    return row


def _unit(store: Store, row: dict[str, Any], instruments: Callable[[], Instruments]) -> Unit:
    registry = instruments().registry
    kept = store.about["kept"]
    reference = [design_from(content, registry) for content in kept["groups_settled_by"] or []]
    registers = None if row["registers"] is None else Path(row["registers"])
    if registers is not None and not registers.exists():
        raise InputError(f"the run's registers are no longer in {registers}", file=str(store.folder))
    design = design_from(_find(store, DESIGNS, "design_digest", row["design_digest"], "content"), registry)
    if design.digest() != row["design_digest"]:
        raise InputError(
            "the run's design can't be had again with this version of the model", file=str(store.folder)
        )
    return Unit(
        runs={row["run"]: design},
        values={
            name: accepted(registry.find(name), value)
            for name, value in _values(store, row["values"]).items()
        },
        world=row["world"],
        seed=row["seed"],
        start=row["start"],
        end=row["end"],
        scale=row["scale"],
        kept=Kept.of(
            kept["figures"],
            instruments().outcomes,
            **({} if kept["parting"] is None else {"parting": kept["parting"]}),
            reference=reference,
        ),
        code=code_digest(tuple(instruments().plugins)),
        registers=registers,
        registers_digest=provenance.files_digest(registers) if registers else {},
        instruments=instruments,
    )


def _values(store: Store, digest: str) -> dict[str, Any]:
    draws = store.rows(DRAWS)
    row = draws.slice(draws["values"].to_pylist().index(digest), 1).to_pylist()[0]
    numbers = {name: v for name, v in row.items() if name not in ("values", "others") and v is not None}
    return {**numbers, **json.loads(row["others"])}


def _find(store: Store, table: str, key: str, value: str, column: str) -> Any:
    rows = store.rows(table)
    return json.loads(rows[column].to_pylist()[rows[key].to_pylist().index(value)])


def _number(value: float | None) -> float:
    return math.nan if value is None else value
