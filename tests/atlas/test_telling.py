"""The atlas in words: what stands in a row, by hand-made differences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.atlas.municipality_types import MEASURES, TYPES
from sim.atlas.playing import GROUPS
from sim.atlas.telling import Kind, Telling, joined, kind_of, texts
from sim.atlas.themes import Theme, theme_of
from sim.atlas.weighing import WEIGHED
from tests.atlas.handmade import handmade

GAINS = {
    "a": {},
    "b": {"practice": 0.2, "money_nok": 3e6},
    "c": {"practice": 0.2, "hit_rate": -0.2},
    "d": {"practice": 0.001},
    "e": {"hours": 17_000.0},
}


def test_a_row_says_better_on_worse_on_and_costs(tmp_path: Path) -> None:
    told = Telling(handmade(tmp_path / "kept", GAINS), "en", "a")
    rows = {row.key: row for row in told.rows()}
    assert [row.kind for row in told.rows()] == [Kind.BETTER, Kind.BOTH, Kind.COST, Kind.NOTHING]
    assert [re.sub(r"\(.*", "", str(one)).strip() for one in rows["c"].worse] == [
        "The hit rate of the draw: −20 percentage points"
    ]
    state, municipal, work = rows["b"].costs
    assert str(state.shown) == "NOK +6.0 million"
    assert (state.kind, municipal.kind, work.kind) == ("worse", "trifle", "trifle")
    assert str(municipal.words) == "No difference that matters"
    assert str(rows["e"].costs[2].shown) == "+20 man-years"
    assert str(rows["e"].costs[2].worth) == "NOK +17 million"


def test_what_is_too_small_to_matter_has_no_digits(tmp_path: Path) -> None:
    told = Telling(handmade(tmp_path / "kept", GAINS), "nb", "a")
    row = next(row for row in told.rows("practice") if row.key == "d")
    assert (row.better, row.worse, row.neither) == ([], [], [])
    assert row.also is not None
    assert str(row.also.words) == "Ingen forskjell av betydning"
    assert not any(cell.d.moved for cell in row.costs)


def test_the_baseline_is_the_reader_s_choice(tmp_path: Path) -> None:
    kept = handmade(tmp_path / "kept", GAINS)
    told = {row.key: row for row in Telling(kept, "en", "b").rows()}
    assert set(told) == {"a", "c", "d", "e"}
    assert str(told["a"].costs[0].shown) == "NOK −6.0 million"
    assert told["a"].worse
    assert not told["c"].better


def test_designs_stand_by_the_measure_that_is_shown(tmp_path: Path) -> None:
    told = Telling(handmade(tmp_path / "kept", GAINS), "en", "a")
    assert [row.key for row in told.rows("hit_rate")][-1] == "c"


def test_a_design_stands_under_the_theme_of_what_it_changes() -> None:
    assert theme_of({"follow_up.draw.years", "follow_up.draw.spread_places"}) is Theme.DRAW
    assert theme_of({"follow_up.draw.years", "follow_up.obligation"}) is Theme.FOLLOW_UP
    assert theme_of({"decentralised.grant_nok", "system_2026.active"}) is Theme.SYSTEM
    assert theme_of({"decentralised.flexible_collective", "vocational.flexible_collective"}) is Theme.FUNDING
    assert theme_of({"vocational.plan"}) is Theme.VOCATIONAL
    assert theme_of({"added.lever"}) is Theme.OTHER
    assert theme_of(()) is Theme.OTHER


@pytest.mark.parametrize(
    ("seen", "kind"),
    [
        ((True, False, True, True), Kind.BETTER),
        ((True, True, False, False), Kind.BOTH),
        ((False, True, False, True), Kind.WORSE),
        ((False, False, True, True), Kind.COST),
        ((False, False, False, True), Kind.OPEN),
        ((False, False, False, False), Kind.NOTHING),
    ],
)
def test_a_kind_follows_from_what_is_seen(seen: tuple[bool, bool, bool, bool], kind: Kind) -> None:
    assert kind_of(*seen) is kind


def test_words_are_joined_as_a_list() -> None:
    assert joined(["a", "b", "c"], texts("nb")) == "a, b og c"
    assert joined(["a"], texts("en")) == "a"


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_theme_type_and_measure_has_its_words(lang: str) -> None:
    words = texts(lang)
    wanted = [f"atlas.theme.{theme}" for theme in Theme]
    wanted += [f"types.{part}.{group}" for part in ("name", "what") for group in TYPES]
    wanted += [f"types.{part}.{measure}" for part in ("measure", "short") for measure in MEASURES]
    wanted += [
        key for one in WEIGHED if not words.first(key := f"atlas.measure.{one}", f"outcome.{one}.name")
    ]
    assert [key for key in wanted if not words.first(key)] == []
    assert set(TYPES) <= set(GROUPS)
