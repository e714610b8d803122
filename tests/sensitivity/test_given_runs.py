from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.sensitivity.given_runs import read_runs
from sim.sweeps import Point, play_points
from tests.experiments.toy import PUSHED, STILL, toy_instruments


def stored(folder: Path, worlds_of: list[list[int]], end: int = 2021) -> Path:
    points = [
        Point(design, {"toy.luck_sd": 0.5 + draw / 10, "other.unused": 1.0}, world, 1, 2020, end, draw=draw)
        for draw, worlds in enumerate(worlds_of)
        for world in worlds
        for design in (STILL, PUSHED)
    ]
    play_points(
        points, ["practice@end"], workers=1, progress=False, store=folder, instruments=toy_instruments
    )
    return folder


def test_runs_are_arranged_by_draw_world_and_design(tmp_path: Path) -> None:
    given = read_runs(stored(tmp_path / "runs", [[0, 1], [0, 1], [0, 1]]), ["pushed", "still"])
    assert given.values.shape == (3, 2, 2, 1)
    assert given.names == ["toy.luck_sd"]
    assert given.constant == {"other.unused": 1.0}
    assert given.all_values()[1] == {"other.unused": 1.0, "toy.luck_sd": 0.6}
    assert given.worlds == [[0, 1]] * 3
    # a push of a half in each half-year of 2021, for the one of two schools that has less than half of the pupils
    assert (given.values[:, :, 0, 0] > given.values[:, :, 1, 0]).all()


def test_draws_may_have_worlds_of_their_own(tmp_path: Path) -> None:
    given = read_runs(stored(tmp_path / "runs", [[0], [1], [2]]))
    assert given.values.shape == (3, 1, 2, 1)
    assert given.worlds == [[0], [1], [2]]


def test_an_unfinished_sweep_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="different numbers of worlds"):
        read_runs(stored(tmp_path / "runs", [[0, 1], [0]]))


def test_a_design_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no runs of 'twin'; there are: still, pushed"):
        read_runs(stored(tmp_path / "runs", [[0]]), ["twin"])


def test_one_name_for_two_things_is_told_and_not_mixed(tmp_path: Path) -> None:
    changed = replace(PUSHED, levers={"toy.push": ((2021, 1.0),)})
    for pushed in (PUSHED, changed):
        points = [Point(one, {"toy.luck_sd": 0.5}, 0, 1, 2020, 2021, draw=0) for one in (STILL, pushed)]
        play_points(
            points,
            ["practice@end"],
            workers=1,
            progress=False,
            store=tmp_path / "runs",
            instruments=toy_instruments,
        )
    both = read_runs(tmp_path / "runs")  # each under a name of its own
    still, *apart = both.designs
    assert still == "still"
    assert len(set(apart)) == 2
    assert all(key.startswith("pushed#") for key in apart)
    with pytest.raises(InputError, match=f"two things under the name 'pushed'.*{apart[0]}, {apart[1]}"):
        read_runs(tmp_path / "runs", ["still", "pushed"])
    chosen = read_runs(tmp_path / "runs", ["still", apart[1]])
    assert chosen.values[0, 0, 1, 0] == both.values[0, 0, 2, 0] != both.values[0, 0, 1, 0]
