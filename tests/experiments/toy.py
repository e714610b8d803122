"""A toy world for the experiments: six municipalities with two schools each, one lever, one draw, keyed luck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self, TypeVar

import numpy as np

from sim.arrays import AnyArray, Floats
from sim.design import Design
from sim.experiments.instruments import EventTable, Instruments
from sim.half_year import HalfYear, Season
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.declaration import Group, lever, uncertain
from sim.parameters.priors import Uniform
from sim.parameters.registry import Parameters, Registry
from sim.randomness import Streams
from sim.schemes.follow_up.state import FollowUpOwners
from sim.state import State, Table
from sim.state.identity import CODE
from sim.state.places import Counties, Municipalities, Networks, Offices, UHUnits
from sim.state.schools import GRADES, Schools
from sim.world.place_names import PlaceNames

N = 6
T = TypeVar("T", bound=Table)


class Toy(Group, key="toy", title="Toy"):
    push: float = lever(
        0.0, unit="SD", bounds=(-5.0, 5.0), source="toy", meaning="added to practice each half-year"
    )
    years: tuple[int, ...] = lever(
        (2019, 2021), unit="years", bounds=(2005, 2060), source="toy", meaning="years of draws"
    )
    luck_sd: float = uncertain(
        1.0, unit="SD", bounds=(0.1, 3.0), prior=Uniform(0.5, 1.5), source="toy", meaning="spread of luck"
    )


class Other(Group, key="other", title="Other"):
    unused: float = uncertain(
        1.0, unit="SD", bounds=(0.0, 2.0), prior=Uniform(0.0, 2.0), source="toy", meaning="moves nothing"
    )


REGISTRY = Registry([Toy, Other])


def filled(kind: type[T], n: int, **columns: AnyArray) -> T:
    """A table with some columns given and the others at their defaults."""
    table = kind.blank(n)
    for name, values in columns.items():
        getattr(table, name)[...] = values
    return table


def toy_state(now: HalfYear) -> State:
    rows = np.arange(N)
    municipalities = filled(
        Municipalities,
        N,
        id=np.array([301, 1101, 4201, 4601, 5001, 5601]),
        county=rows,
        population=np.array([700_000.0, 2_999.0, 3_000.0, 19_999.0, 20_000.0, 1_000.0]),
        centrality=np.array([0, 2, 1, 1, 0, 2]),
        free_income=np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
        robek=np.array([False, True, False, False, False, False]),
        network=np.full(N, -1),
    )
    schools = filled(
        Schools,
        2 * N,
        id=np.arange(2 * N),
        municipality=np.repeat(rows, 2),
        pupils=np.repeat(np.arange(1, 2 * N + 1)[:, None], GRADES, axis=1),
    )
    counties = filled(
        Counties, N, id=np.array([3, 11, 42, 46, 50, 56]), name=np.array(list("abcdef")), office=rows // 4
    )
    offices = filled(
        Offices, 2, id=np.arange(2), name=np.array(["south", "north"]), north=np.array([False, True])
    )
    others: list[Table] = [Networks.blank(0), UHUnits.blank(1), FollowUpOwners.blank(N)]
    return State(now, [counties, offices, municipalities, schools, *others])


class ToyModel:
    """Practice of a municipality's first school is a random walk with the lever's push; the rest stands still."""

    places = PlaceNames({})

    def __init__(
        self,
        design: Design,
        *,
        rng: int = 2026,
        world: int = 0,
        start: int = 2017,
        scale: float = 1.0,
        assumptions: Mapping[str, float] | None = None,
        registers: object = None,
    ) -> None:
        assert registers is None
        self.design = design
        self.scale = scale
        self.streams = Streams(rng, world)
        self.assumptions = dict(assumptions or {})
        self.coming = HalfYear.of(start, Season.SPRING)
        self.now: HalfYear | None = None
        self.state = toy_state(self.coming)

    @property
    def p(self) -> Parameters:
        year = (self.now or self.coming).year
        return Parameters(REGISTRY, {**self.assumptions, **self.design.values_in(year)})

    def step(self) -> None:
        self.now = self.state.now = self.coming
        self.coming = self.coming.next()
        luck = self.streams.at(self.now.index).normal("toy luck", np.arange(N))
        self.state[Schools].practice[::2] += self.p[Toy].luck_sd * luck + self.p[Toy].push
        owners = self.state[FollowUpOwners]
        if self.now.season is Season.SPRING:
            owners.kind[:] = 0
            if self.now.year in self.p[Toy].years:
                owners.kind[np.argsort(self.state[Schools].practice[::2])[:2]] = 1

    def branch(self, design: Design) -> Self:
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.design = design
        twin.state = self.state.copy()
        return twin


def practice(state: State, p: Parameters) -> Floats:
    del p
    found: Floats = state[Schools].practice.reshape(N, 2).mean(axis=1)
    return found


def pupils(state: State, p: Parameters) -> Floats:
    del p
    found: Floats = state[Schools].pupils.sum(axis=1).reshape(N, 2).sum(axis=1).astype(float)
    return found


def in_the_draw(state: State, p: Parameters) -> Floats:
    """1 for the drawn, only in half-years with a draw."""
    del p
    drawn: Floats = (
        np.where(toy_draws(state)["drawn"] != "none", 1.0, 0.0) if is_draw(state) else np.full(N, np.nan)
    )
    return drawn


def spread(state: State, p: Parameters) -> Floats:
    return np.array([practice(state, p).std()])


def is_draw(state: State) -> bool:
    return state.now.season is Season.SPRING and bool((state[FollowUpOwners].kind > 0).any())


def toy_draws(state: State) -> dict[str, AnyArray]:
    n = N if is_draw(state) else 0
    ids = state[Municipalities].id[:n]
    return {
        "year": np.full(n, state.now.year),
        "municipality": ids.copy(),
        "drawn": np.array(["none", "average"])[state[FollowUpOwners].kind[:n]],
        "successor": ids.copy(),
        f"points_toy_{state.now.year - 1}": np.where(ids % 2 == 1, 1.0, np.nan),
    }


def toy_need(state: State, p: Parameters) -> Floats:
    return -practice(state, p)


OUTCOMES = (
    Outcome("practice", "SD", 1, Gather.PUPILS, practice, "practice"),
    Outcome("pupils", "pupils", 0, Gather.SUM, pupils, "pupils"),
    Outcome("drawn_share", "share", -1, Gather.MEAN, in_the_draw, "share drawn"),
    Outcome("spread", "SD", -1, Gather.NATION, spread, "spread of practice"),
)


def toy_instruments() -> Instruments:
    columns = {
        "year": ("calendar year", "year of the draw"),
        "municipality": (CODE, "municipality"),
        "drawn": ("word", "draw"),
        "successor": (CODE, "what it is now"),
        "points_<indicator>_<year>": ("points", "points"),
    }
    return Instruments(
        REGISTRY,
        ToyModel,
        OUTCOMES,
        {"draws": EventTable(lambda model: toy_draws(model.state), "one municipality in one draw", columns)},
        toy_need,
    )


STILL = Design("still")
PUSHED = Design("pushed", levers={"toy.push": ((2021, 0.5),)})
TWIN = Design("twin")
