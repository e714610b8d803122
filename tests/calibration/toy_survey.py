"""A toy for calibration: four parameters of which three move anything, a handful of survey items, no state at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from scipy.special import expit

from sim.arrays import AnyArray
from sim.calibration.plan import Plan
from sim.calibration.sampling import Settings
from sim.design import Design
from sim.experiments.instruments import EventTable, Instruments
from sim.half_year import HalfYear, Season
from sim.parameters.declaration import Group, uncertain
from sim.parameters.priors import LogNormal, Normal, Uniform
from sim.parameters.registry import Registry
from sim.randomness import Streams
from sim.state import State
from sim.surveys.waves import T1, T3

HAPPENED = Design("toy")
N = 200
SMALL = 12


class Toy(Group, key="toy", title="Toy"):
    ease: float = uncertain(
        0.0, unit="logit", bounds=(-4.0, 4.0), prior=Normal(0.0, 1.0), source="toy",
        meaning="how easy to agree",
    )  # fmt: skip
    gap: float = uncertain(
        0.5, unit="logit", bounds=(0.0, 2.0), prior=Uniform(0.0, 1.5), source="toy",
        meaning="leaders agree less",
    )  # fmt: skip
    size: float = uncertain(
        10.0, unit="NOK", bounds=(1.0, 200.0), prior=LogNormal(10, 5, 20), source="toy", meaning="an amount"
    )
    idle: float = uncertain(
        1.0, unit="SD", bounds=(0.0, 2.0), prior=Uniform(0.0, 2.0), source="toy", meaning="moves nothing"
    )


REGISTRY = Registry([Toy])
_ITEMS = ("owners_t1", "owners_t3", "leaders_t1", "drawn", "amount", "none")


def _no_need(*_: object) -> AnyArray:
    return np.zeros(0)


class ToyModel:
    """Its respondents agree by the logit of `ease`, leaders by `gap` less; luck of the world shifts all a little."""

    def __init__(
        self, design: Design, *, rng: int, world: int, start: int, scale: float,
        assumptions: Mapping[str, float], registers: object,
    ) -> None:  # fmt: skip
        assert registers is None
        assert (design, scale) == (HAPPENED, 1.0)
        self.values = dict(assumptions)
        self.streams = Streams(rng, world)
        self.coming = HalfYear.of(start, Season.SPRING)
        self.now: HalfYear | None = None
        self.state = State(self.coming, ())

    def step(self) -> None:
        self.now, self.coming = self.coming, self.coming.next()


def answers(model: ToyModel) -> Mapping[str, AnyArray]:
    p = model.values
    luck = 0.1 * model.streams.normal("toy luck", 0, np.arange(len(_ITEMS)))
    agree = {
        "owners_t1": (p["toy.ease"], N), "owners_t3": (p["toy.ease"], N),
        "leaders_t1": (p["toy.ease"] - p["toy.gap"], N), "drawn": (p["toy.ease"] + 0.5, SMALL),
    }  # fmt: skip
    targets, values, n = [], [], []
    for i, item in enumerate(_ITEMS[:4]):
        when = T3 if item.endswith("t3") else T1
        if model.now != when:
            continue
        logit, persons = agree[item]
        k = (model.streams.uniform(f"toy {item}", 0, np.arange(persons)) < expit(logit + luck[i])).sum()
        targets.append(item)
        values.append(float(k) if item == "drawn" else k / persons)
        n.append(persons)
    if model.now == T1:
        targets.append("amount")
        values.append(p["toy.size"] * float(np.exp(0.05 * luck[4] / 0.1)))
        n.append(1)
    return {
        "target": np.array(targets, dtype=np.str_),
        "share": np.array(values),
        "n": np.array(n, dtype=np.int64),
    }


def instruments() -> Instruments:
    event = EventTable(answers, "one item", {})  # type: ignore[arg-type]  # the toy has no state
    return Instruments(REGISTRY, ToyModel, (), {"surveys": event}, _no_need)  # type: ignore[arg-type]  # as above


_HEAD = "id,series,scheme,respondents,quantity,wave,value,low,high,unit,n,likelihood,role,source,note\n"
CALIBRATE = _HEAD + (
    "owners_t1,owners,toy,owners,agree,2021-spring,0.62,0.615,0.625,share,200,binomial,calibrate,Toy 2020,\n"
    "leaders_t1,leaders,toy,leaders,agree,2021-spring,0.45,0.42,0.48,share,200,binomial,calibrate,Toy 2020,\n"
    "drawn,drawn,toy,drawn,agree,2021-spring,9,9,9,count,12,binomial,calibrate,Toy 2020,\n"
    "amount,amount,toy,registry,amount,2021,12,11,13,NOK,,log-normal,calibrate,Toy 2020,\n"
    "none,none,toy,registry,not asked,2021,0.5,0.5,0.5,share,10,binomial,calibrate,Toy 2020,\n"
)
VALIDATE = _HEAD + (
    "owners_t3,owners,toy,owners,agree,2024-autumn,0.60,0.595,0.605,share,200,binomial,validate,Toy 2020,\n"
)
RULE = _HEAD + "owners_t1,owners,toy,owners,agree,2021-spring,0.2,0.2,0.2,share,200,,rule,Toy 2020,\n"


def data(folder: Path) -> Path:
    """The toy's targets, in a folder of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("calibrate", CALIBRATE), ("validate", VALIDATE), ("rule", RULE)):
        (folder / f"targets_{name}.csv").write_text(text, encoding="utf-8")
    return folder


def plan(**changes: object) -> Plan:
    """A calibration of some seconds."""
    given: dict[str, object] = {
        "points": 160, "worlds": 1, "waves": 2, "draws": 40, "seed": 5, "instruments": instruments,
        "design": HAPPENED, "start": 2021, "end": 2024,
        "sampling": Settings(steps=70, burned=42, keep=1, ensembles=2),
    }  # fmt: skip
    return Plan(**{**given, **changes})  # type: ignore[arg-type]  # each has its field's type
