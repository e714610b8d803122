from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.sweeps.api import Sweep, sweep
from sim.sweeps.contrast import Contrast
from sim.sweeps.experiment import Experiment
from sim.sweeps.until import LEAST_WORLDS, Stop
from tests.experiments.toy import PUSHED, STILL
from tests.sweeps.toys import bent

KEPT = ("practice@end", "bent@mean")


def experiment(**settings: object) -> Experiment:
    given: dict[str, object] = {
        "name": "toy", "designs": (STILL, PUSHED), "figures": KEPT, "start": 2020, "end": 2022, "worlds": 5,
        "contrast": Contrast("bent@mean", "pushed", "still"),
    }  # fmt: skip
    return Experiment(**{**given, **settings})  # type: ignore[arg-type]  # its own fields


def played(e: Experiment, folder: Path, **settings: object) -> Sweep:
    return sweep(e, out=folder, workers=1, progress=False, instruments=bent, **settings)  # type: ignore[arg-type]  # its own


def width(done: Sweep) -> float:
    found = done.contrast().iloc[0]
    return float(found["high"] - found["low"])


def test_worlds_are_added_until_the_interval_is_narrow_enough(tmp_path: Path) -> None:
    first = width(played(experiment(worlds=LEAST_WORLDS), tmp_path / "first"))
    done = played(experiment(), tmp_path / "s", until=first / 2)
    assert done.stop is not None
    assert done.stop.reached
    assert width(done) <= first / 2
    assert LEAST_WORLDS * 2 <= done.stop.worlds <= LEAST_WORLDS * 16
    assert done.headline()[-1].startswith("settled: the interval is")


def test_a_spent_budget_is_told_with_what_it_would_take(tmp_path: Path) -> None:
    done = played(experiment(), tmp_path, until=1e-6, at_most=30)
    assert done.stop is not None
    assert not done.stop.reached
    assert done.stop.worlds == 30
    assert done.stop.needed is not None
    assert done.stop.needed > 30
    assert "not settled: the budget ran out after 30 worlds" in done.headline()[-1]


def test_going_on_takes_the_same_path(tmp_path: Path) -> None:
    precision = width(played(experiment(worlds=LEAST_WORLDS), tmp_path / "first")) / 2
    at_once = played(experiment(), tmp_path / "a", until=precision)
    played(experiment(), tmp_path / "b", until=precision, at_most=25)
    later = played(experiment(), tmp_path / "b", until=precision)
    assert (tmp_path / "a" / "table.parquet").read_bytes() == (tmp_path / "b" / "table.parquet").read_bytes()
    assert at_once.stop == later.stop


def test_a_difference_that_never_varies_is_settled_at_once(tmp_path: Path) -> None:
    done = played(experiment(contrast=Contrast("practice@end", "pushed", "still")), tmp_path, until=1e-9)
    assert done.stop is not None
    assert (done.stop.worlds, done.stop.reached) == (LEAST_WORLDS, True)


@pytest.mark.parametrize(
    ("settings", "says"),
    [({"contrast": None}, "needs a contrast"), ({"draws": 3}, "leave out the number of draws")],
)
def test_what_more_worlds_can_not_settle_is_refused(
    tmp_path: Path, settings: dict[str, object], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        played(experiment(**settings), tmp_path / "s", until=0.1)
    assert not (tmp_path / "s").exists()


def test_an_interval_that_is_not_there_is_not_narrow() -> None:
    assert not Stop(10, float("nan"), 0.1).reached
