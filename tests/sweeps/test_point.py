from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.design import Design
from sim.sweeps import Point, crossed
from tests.experiments.toy import PUSHED, STILL

POINT = Point(STILL, {"toy.luck_sd": 1.0, "other.unused": 0.5}, world=2)


@pytest.mark.parametrize(
    "change",
    [
        {"design": PUSHED},
        {"design": Design("still", assumptions={"toy.luck_sd": 2.0})},
        {"values": {"toy.luck_sd": 1.0000000000000002, "other.unused": 0.5}},
        {"values": {"toy.luck_sd": 1.0}},
        {"world": 3},
        {"seed": 1},
        {"start": 2016},
        {"end": 2035},
        {"scale": 0.5},
    ],
)
def test_whatever_a_run_hangs_on_changes_its_address(change: dict[str, object]) -> None:
    assert replace(POINT, **change).address("code") != POINT.address("code")  # type: ignore[arg-type]  # its fields


def test_other_code_gives_another_address() -> None:
    assert POINT.address("code") != POINT.address("other code")


def test_register_files_count_by_what_is_in_them(tmp_path: Path) -> None:
    addresses = []
    for folder, text in (("a", "1"), ("b", "1"), ("c", "2")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "schools.csv").write_text(text)
        addresses.append(replace(POINT, registers=tmp_path / folder).address("code"))
    assert addresses[0] == addresses[1] != addresses[2]


@pytest.mark.parametrize(
    "change",
    [{"draw": 9}, {"base": "x"}, {"levers": {"a": 1}}, {"values": {"other.unused": 0.5, "toy.luck_sd": 1.0}}],
)
def test_labels_and_order_change_nothing(change: dict[str, object]) -> None:
    assert replace(POINT, **change).address("code") == POINT.address("code")  # type: ignore[arg-type]  # its fields


def test_crossed_points_have_their_designs_side_by_side() -> None:
    points = crossed([STILL, PUSHED], [{"toy.luck_sd": 1.0}, {"toy.luck_sd": 2.0}], worlds=[4, 5], scale=0.5)
    assert [(p.draw, p.world, p.design.key) for p in points] == [
        (0, 4, "still"), (0, 4, "pushed"), (0, 5, "still"), (0, 5, "pushed"),
        (1, 4, "still"), (1, 4, "pushed"), (1, 5, "still"), (1, 5, "pushed"),
    ]  # fmt: skip
    assert points[0].unit == points[1].unit != points[2].unit
