from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from sim.report.figures.panel import Dots, Line
from sim.report.figures.partnerships import layout, most_moved, moved, partnership_figure, shown_years
from sim.report.figures.png import png
from sim.report.results import Results
from sim.report.style import DRAWN_AVERAGE
from sim.report.view import View

# County 11 has two owners in network 1 who stay; county 46 has four owners in two networks, one of whom moves in 2030.
OWNERS = [("1101", 11, 1, 7, 7), ("1102", 11, 1, 7, 7), ("4601", 46, 2, 8, 8), ("4602", 46, 2, 8, 9), ("4603", 46, 3, 9, 9),
          ("4604", 46, 3, 9, 9)]  # fmt: skip


def ties(year: int) -> pd.DataFrame:
    late = year >= 2030
    return pd.DataFrame([
        {
            "world": 0, "design": "voluntary", "year": year, "season": "autumn", "municipality": number, "county": county,
            "network": network, "decentralised_uh_unit": after if late else before, "decentralised_trust": 0.5,
        }
        for number, county, network, before, after in OWNERS
    ])  # fmt: skip


@pytest.fixture
def view(tmp_path: Path) -> View:
    manifest = {
        "designs": [{"key": "voluntary", "title": {"en": "Voluntary"}}], "worlds": 3,
        "years": {"start": 2020, "parting": 2026, "end": 2034},
    }  # fmt: skip
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    spring = ties(2030).assign(season="spring")
    rows = pd.concat([*(ties(year) for year in range(2020, 2035)), spring, ties(2034).assign(world=1)])
    rows.to_parquet(tmp_path / "municipalities.parquet")
    pd.DataFrame(
        {"municipality": ["4601", "4602", "1101"], "county": ["Vestland", "Vestland", "Rogaland"]}
    ).to_parquet(tmp_path / "draws.parquet")
    return View(Results(tmp_path), "en")


def test_the_first_year_the_last_before_the_parting_and_the_last_are_shown() -> None:
    assert shown_years(range(2017, 2035), 2026) == [2017, 2025, 2034]
    assert shown_years(range(2017, 2035), 2017) == [2017, 2034]
    assert shown_years([2030], 2026) == [2030]


def test_who_has_moved_is_told_by_those_there_in_both_years() -> None:
    assert moved(ties(2025), ties(2034)) == {"4602"}
    assert moved(ties(2025)[:2], ties(2034)) == set()
    assert moved(None, ties(2034)) == set()


def test_the_county_with_most_moves_is_shown() -> None:
    assert most_moved([ties(2025), ties(2034)]) == 46
    assert most_moved([ties(2020), ties(2025)]) == 46  # nobody moves: more UH units


def test_places_are_the_same_however_rows_are_ordered() -> None:
    here = [part[part["county"] == 46] for part in (ties(2025), ties(2034))]
    assert layout(here) == layout([part.iloc[::-1] for part in here])


def test_nobody_stands_on_another_s_place() -> None:
    place = layout([ties(2025), ties(2034)])
    everybody = [*place.owners.values(), *place.networks.values(), *place.units.values()]
    assert len(set(everybody)) == len(everybody) == 6 + 3 + 3


def test_the_figure_shows_three_years_side_by_side(view: View) -> None:
    figure = partnership_figure(view)
    assert figure.title == "Who works with whom in Vestland"
    assert [panel.title for panel in figure.panels] == ["2020", "2025", "2034"]
    assert figure.panels[2].label == (
        "2034: 4 owners in 2 networks work with 2 UH units; 1 of them have another partner than in the year shown before."
    )


def test_those_who_moved_stand_out(view: View) -> None:
    figure = partnership_figure(view)
    coloured = [
        [m for m in panel.marks if isinstance(m, Line | Dots) and m.colour == DRAWN_AVERAGE and m.xs]
        for panel in figure.panels
    ]
    assert [len(marks) for marks in coloured] == [0, 0, 2]


def test_a_tie_to_the_same_place_is_drawn_for_each_owner(view: View) -> None:
    panel = partnership_figure(view).panels[0]
    assert sum(isinstance(mark, Line) for mark in panel.marks) == 2 * 4


def test_it_is_drawn_the_same_every_time(view: View, tmp_path: Path) -> None:
    files = [tmp_path / "a.png", tmp_path / "b.png"]
    for file in files:
        file.write_bytes(png(partnership_figure(view)))
    assert files[0].read_bytes() == files[1].read_bytes()


def test_without_a_world_in_detail_there_is_no_figure(view: View) -> None:
    (view.results.folder / "municipalities.parquet").unlink()
    assert partnership_figure(view).panels == ()
