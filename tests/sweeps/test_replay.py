from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.sweeps import Kept, play_points
from sim.sweeps.replay import planned, replay
from tests.experiments.toy import OUTCOMES, PUSHED, STILL, toy_instruments
from tests.sweeps import toys
from tests.sweeps.toys import COLUMNS, points

KEPT = Kept.of(COLUMNS, OUTCOMES, 2021, (STILL, PUSHED))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    play_points(
        points(3, bad=(1,)), KEPT, workers=1, progress=False, store=tmp_path / "s", instruments=toys.failing
    )
    return tmp_path / "s"


def runs(store: Path) -> list[str]:
    from sim.sweeps import Store

    found: list[str] = Store(store).finished().keys()  # type: ignore[assignment]  # in order
    return list(found)


def test_a_run_comes_out_as_stored_to_the_last_digit(store: Path) -> None:
    for run in (runs(store)[0], runs(store)[5]):
        again = replay(store, run, toy_instruments)
        assert again.agrees
        assert set(again.now) == set(COLUMNS)


def test_a_failed_run_fails_again_before_one_s_eyes(store: Path) -> None:
    again = planned(store, runs(store)[3], toys.failing)
    assert again.stored_error == "ArithmeticError: the toy is broken"
    with pytest.raises(ArithmeticError, match="the toy is\nbroken"):
        again.play()


def test_a_failure_that_was_mended_plays_through(store: Path) -> None:
    again = replay(store, runs(store)[3], toy_instruments)
    assert not again.agrees
    assert again.stored == {}
    assert set(again.now) == set(COLUMNS)


def test_the_first_letters_do_if_they_are_enough(store: Path) -> None:
    run = runs(store)[0]
    assert planned(store, run[:8], toy_instruments).unit.runs.keys() == {run}
    for wanted, says in (("zzz", "there is no run 'zzz'"), ("", "there is no run")):
        with pytest.raises(InputError, match=says):
            planned(store, wanted, toy_instruments)


def test_a_number_that_differs_is_noticed(store: Path) -> None:
    again = replay(store, runs(store)[0], toy_instruments)
    again.stored["practice@end"] += 1e-12
    assert not again.agrees
