"""The Python interface refuses what the command line refuses: settings, parameters, sizes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import sim
from sim.atlas.api import atlas
from sim.discovery.api import discover
from sim.discovery.information import value_of_information
from sim.discovery.searching import search
from sim.errors import InputError
from sim.model import SchemeModel
from sim.sensitivity.api import analyse
from sim.sensitivity.from_runs import given
from sim.settings import check_number

TWO = ["voluntary", "obligatory"]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"assumptions": {"society.no_such": 1.0}}, "unknown parameter 'society.no_such'"),
        ({"assumptions": {"turnover.head_exit_chance": float("nan")}}, "turnover.head_exit_chance"),
        ({"assumptions": {"turnover.head_exit_chance": -1}}, "turnover.head_exit_chance"),
        ({"scale": -1}, "scale"),
        ({"scale": float("nan")}, "scale"),
        ({"start": 99_999}, "start"),
        ({"world": -1}, "world"),
        ({"rng": -1}, "seed"),
    ],
)
def test_a_model_is_not_made_of_what_is_not_declared(settings: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        SchemeModel("voluntary", **settings)  # type: ignore[arg-type]  # that it is refused is what is tested


@pytest.mark.parametrize("study", [analyse, atlas, sim.compare])
@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"scale": -1}, "scale"),
        ({"end": 99_999}, "end: expected a whole number from 2017 to 2060, got 99999"),
        ({"start": 99_999}, "start"),
        ({"seed": -1}, "seed"),
        ({"worlds": 10**9}, "worlds: expected a whole number from . to 100000, got 1000000000"),
        ({"worlds": 10**5_000}, "thousands of digits"),
        ({"workers": 0}, "workers"),
        ({"lang": "tlh"}, "lang"),
    ],
)
def test_a_study_is_not_begun_with_settings_that_cannot_be(
    tmp_path: Path, study: Callable[..., object], settings: dict[str, object], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        study(TWO, out=tmp_path / "out", **settings)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "settings", [{"method": "sobol", "n": 2**40}, {"n": 10**7}, {"n": 100_000, "worlds": 100_000}, {"n": -1}]
)
def test_more_runs_than_anybody_can_wait_for_are_refused_before_they_are_planned(
    tmp_path: Path, settings: dict[str, object]
) -> None:
    with pytest.raises(InputError, match=r"runs; at most 10,000,000|n: expected"):
        analyse(TWO, out=tmp_path / "out", **settings)  # type: ignore[arg-type]  # settings of its own
    with pytest.raises(InputError, match="at most 10,000,000"):
        search(population=10_000, generations=10_000, out=tmp_path / "out")


def test_the_place_for_results_is_looked_at_before_anything_is_read_or_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("played before the place was looked at")

    for place in ("sim.sensitivity.playing.play_points", "sim.discovery.searching.evolve"):
        monkeypatch.setattr(place, never)
    for place in ("sim.discovery.information", "sim.discovery.api", "sim.sensitivity.from_runs"):
        monkeypatch.setattr(f"{place}.read_runs", never)
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "letter.txt").write_text("not results", encoding="utf-8")
    begun: list[Callable[[], object]] = [
        lambda: analyse(TWO, out=taken),
        lambda: search(out=taken),
        lambda: value_of_information(tmp_path / "store", TWO, out=taken),
        lambda: discover(tmp_path / "store", out=taken),
        lambda: given(tmp_path / "store", out=taken),
    ]
    for one in begun:
        with pytest.raises(InputError, match="holds something else than results"):
            one()


def test_a_number_too_long_to_be_written_out_is_refused_all_the_same() -> None:
    with pytest.raises(InputError, match="thousands of digits"):
        check_number("worlds", 10**5_000, int, 1, 10)
