"""Toy worlds that misbehave as told, and points to play in them."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

from sim.arrays import Floats
from sim.design import Design
from sim.experiments.instruments import Instruments
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters
from sim.state import State
from sim.sweeps import Point, RunTable
from tests.experiments.toy import PUSHED, STILL, ToyModel, practice, toy_instruments

BAD_LUCK = 0.66  # the value of toy.luck_sd that something befalls
START, END = 2019, 2022
FOLDER = "KOMPETANSESIM_TEST_MARKS"
"""Environment variable that names a folder for marks left by worlds."""

COLUMNS = ("practice@end", "practice@mean:picked.either", "spread@2020", "practice@2019-2021:need")


class FailingToy(ToyModel):
    """Fails in 2020 where luck is bad, but only under the design that pushes."""

    def step(self) -> None:
        super().step()
        assert self.now is not None
        if (
            self.assumptions.get("toy.luck_sd") == BAD_LUCK
            and self.now.year == END
            and self.design.key == "pushed"
        ):
            raise ArithmeticError("the toy is\nbroken")


class KillingToy(ToyModel):
    """Takes its process with it where luck is bad."""

    def step(self) -> None:
        super().step()
        if self.assumptions.get("toy.luck_sd") == BAD_LUCK:
            os.kill(os.getpid(), signal.SIGKILL)


class MarkingToy(ToyModel):
    """Leaves a mark for every world that is built, so that a test can count them."""

    def __init__(self, design: Design, **settings: object) -> None:
        super().__init__(design, **settings)  # type: ignore[arg-type]  # the toy's own
        folder = Path(os.environ[FOLDER])
        (folder / f"{settings['world']}-{len(list(folder.iterdir()))}").touch()


def failing() -> Instruments:
    return replace(toy_instruments(), model=FailingToy)


def killing() -> Instruments:
    return replace(toy_instruments(), model=KillingToy)


def marking() -> Instruments:
    return replace(toy_instruments(), model=MarkingToy)


def square(state: State, p: Parameters) -> Floats:
    return practice(state, p) ** 2


def bent() -> Instruments:
    """With an outcome whose difference between designs is not the same in every world."""
    whole = toy_instruments()
    return replace(
        whole, outcomes=(*whole.outcomes, Outcome("bent", "", 0, Gather.MEAN, square, "practice squared"))
    )


def points(
    worlds: int, designs: tuple[Design, ...] = (STILL, PUSHED), bad: tuple[int, ...] = ()
) -> list[Point]:
    """Each world with its own luck: world 0 has a spread of 1, world 1 of 1.1, and so on; bad luck where told."""
    return [
        Point(design, luck(world, bad), world, 7, START, END, 1.0, world, design.key)
        for world in range(worlds)
        for design in designs
    ]


def luck(world: int, bad: tuple[int, ...]) -> dict[str, Value]:
    return {"toy.luck_sd": BAD_LUCK if world in bad else 1 + world / 10}


def written(table: RunTable, folder: Path) -> bytes:
    """The bytes of a table's file."""
    table.write(folder / "table.parquet")
    return (folder / "table.parquet").read_bytes()
