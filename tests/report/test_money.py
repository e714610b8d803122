"""Money and work: whole-country totals of a year, worked out by hand."""

import json
from pathlib import Path

import pandas as pd
import pytest

from sim.declared import REGISTRY
from sim.report.felt import HOURS_PER_MAN_YEAR
from sim.report.money import NOK_PER_HOUR, money_line, purses, weighed, worth
from sim.report.quantity import Quantity
from sim.report.results import Results
from sim.report.view import View

GRANTS = {"system_2026.further_education.grant_nok": [[2005, 1e6], [2027, 3e6]]}


def folder_of(folder: Path, difference: float, scale: float = 1.0, pupils: float = 1000.0) -> Path:
    """Follow-up costs the state 10 million in a half-year, and `difference` more under b; the rest is the same."""
    figures = {
        "money_nok": (10e6, difference, "NOK per half-year"),
        "grant_nok": (5e6, 0.0, "NOK per school year"),
        "own_nok": (2e6, 0.0, "NOK per school year"),
        "hours": (8500.0, 0.0, "hours per half-year"),
        "pupils_reached": (pupils, 0.0, "pupils"),
    }
    rows = [
        {"outcome": outcome, "group": "all", "versus": "a", "design": "b", "horizon": "mean", "unit": unit, "better": -1,
         "n_worlds": 40, "mean_versus": a, "mean_design": a + d, "difference": d, "low": 0.9 * d, "high": 1.1 * d}
        for outcome, (a, d, unit) in figures.items()
    ]  # fmt: skip
    pd.DataFrame(rows).to_parquet(folder / "comparison.parquet")
    designs = [{"key": name, "title": name.upper(), "levers": GRANTS} for name in ("a", "b")]
    manifest = {"designs": designs, "worlds": 40, "scale": scale, "years": {"parting": 2026, "end": 2027}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_all_state_money_of_a_year_is_added_up(tmp_path: Path) -> None:
    # 2 x 10 million for follow-up, 5 million in grants, and on average (1 + 3) / 2 million for further education.
    state, municipal, work = purses(View(Results(folder_of(tmp_path, 3e6)), "en"), "b")
    assert (state.a.value, state.b.value, state.difference.value) == (27e6, 33e6, 6e6)
    assert municipal.a.value == 2e6
    assert work.a.value == 2 * 8500
    assert str(work.a) == "10 man-years"
    assert str(Quantity(0.01, "", work.a.messages, "points", 100)) == "1 percentage point"
    assert str(worth(work).a) == "NOK 8.5 million"


def test_totals_are_the_whole_country_s_if_a_part_was_simulated(tmp_path: Path) -> None:
    # A quarter was simulated: 4 x 25 million, and the grant as the lever has it for the whole country.
    state, *_ = purses(View(Results(folder_of(tmp_path, 0.0, scale=0.25)), "en"), "b")
    assert state.a.value == 4 * 25e6 + 2e6


def test_the_line_tells_what_it_costs_for_each_pupil_reached(tmp_path: Path) -> None:
    line = money_line(View(Results(folder_of(tmp_path, 3e6)), "en"), "b")
    assert str(line) == (
        "Money and work: the state spends NOK 6.0 million more a year, municipalities pay about the same, and it takes about the "
        "same work. What the state adds comes to NOK 6,000 for each pupil in a municipality in follow-up."
    )


@pytest.mark.parametrize(
    ("lever", "whom"),
    [("system_2026.x", "NOK 750 for each pupil in primary and lower secondary school."),
     ("decentralised.x", "NOK 1,500 for each pupil whose teachers take part in measures."), ("vocational.x", "the same work.")],
)  # fmt: skip
def test_money_of_another_scheme_is_told_by_those_whom_it_is_for(
    tmp_path: Path, lever: str, whom: str
) -> None:
    # 6 million a year for 8,000 pupils, of whom 4,000 have teachers who take part; vocational pupils are not in the model.
    folder = folder_of(tmp_path, 3e6)
    frame = pd.read_parquet(folder / "comparison.parquet")
    more = frame[frame["outcome"] == "pupils_reached"]
    rows = [
        more.assign(outcome=key, mean_versus=n, mean_design=n)
        for key, n in {"pupils": 8e3, "scheme_pupils_reached": 4e3}.items()
    ]
    pd.concat([frame, *rows]).to_parquet(folder / "comparison.parquet")
    manifest = json.loads((folder / "manifest.json").read_text())
    for place, design in enumerate(manifest["designs"]):
        design["levers"] = {**GRANTS, lever: [[2005, place]]}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert str(money_line(View(Results(folder), "en"), "b")).endswith(whom)


@pytest.mark.parametrize("difference", [0.0, 0.4e6])  # 0.8 million a year is less than a million
def test_what_is_less_than_a_million_is_the_same(tmp_path: Path, difference: float) -> None:
    line = str(money_line(View(Results(folder_of(tmp_path, difference)), "nb"), "b"))
    assert line.startswith("«B» koster om lag det samme som «A»: staten bruker ")
    assert "like mye" not in line


def test_counties_have_a_purse_of_their_own_and_work_is_told_in_kroner_too(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 0.0)
    frame = pd.read_parquet(folder / "comparison.parquet")
    own = frame[frame["outcome"] == "own_nok"].assign(
        outcome="upper_own_nok", difference=-4.4e6, low=-5e6, high=-4e6
    )
    hours = frame["outcome"] == "hours"  # 2 x 2125 hours a year: 2.5 man-years, at 500 kroner 2.125 million
    for column, value in {"difference": 2125.0, "low": 2000.0, "high": 2200.0}.items():
        frame[column] = frame[column].where(~hours, value)
    pd.concat([frame, own]).to_parquet(folder / "comparison.parquet")
    assert str(money_line(View(Results(folder), "nb"), "b")).replace("\xa0", " ") == (
        "Penger og arbeid: staten bruker om lag like mye, kommunene betaler om lag like mye, fylkeskommunene betaler 4,4 mill. "
        "kr mindre, og det går med 2,5 årsverk mer (verdt 2,1 mill. kr)."
    )


def test_kroner_turn_no_verdict_where_nobody_feels_them(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 14e6)  # 28 million of 55: two of the thirty that are felt are missing
    frame = pd.read_parquet(folder / "comparison.parquet")
    trust = frame.iloc[:1].assign(
        outcome="legitimacy", unit="0-1", better=1, difference=0.05, low=0.04, high=0.06
    )
    pd.concat([frame, trust]).to_parquet(folder / "comparison.parquet")
    assert [d.row.outcome for d in weighed(View(Results(folder), "en"), "b")] == ["legitimacy"]
    dear = folder_of(tmp_path, 16e6)  # 32 million
    pd.concat([pd.read_parquet(dear / "comparison.parquet"), trust]).to_parquet(dear / "comparison.parquet")
    assert {d.row.outcome for d in weighed(View(Results(dear), "en"), "b")} == {"legitimacy", "money_nok"}


@pytest.mark.parametrize(
    ("hours", "more", "told", "alone"),
    [(850_000.0, 9350.0, ["legitimacy"], ["hours"]), (85_000.0, 9350.0, ["legitimacy", "hours"], ["hours"]),
     (8500.0, 7650.0, ["legitimacy"], [])],
)  # fmt: skip
def test_nor_do_hours_that_are_few_or_little_of_all_work(
    tmp_path: Path, hours: float, more: float, told: list[str], alone: list[str]
) -> None:
    # 2 x 9350 hours a year are 11 man-years: 1.1 per cent of a thousand, 11 of a hundred; 9 man-years are nine tenths of ten.
    folder = folder_of(tmp_path, 0.0)
    frame = pd.read_parquet(folder / "comparison.parquet")
    work = frame["outcome"] == "hours"
    for column, value in {
        "mean_versus": hours,
        "mean_design": hours + more,
        "difference": more,
        "low": 0.9 * more,
        "high": 1.1 * more,
    }.items():
        frame[column] = frame[column].where(~work, value)
    trust = frame.iloc[:1].assign(
        outcome="legitimacy", unit="0-1", better=1, difference=0.05, low=0.04, high=0.06
    )
    pd.concat([frame, trust]).to_parquet(folder / "comparison.parquet")
    assert {d.row.outcome for d in weighed(View(Results(folder), "en"), "b")} == {*told}
    frame.to_parquet(folder / "comparison.parquet")  # where nothing else moves, it is what there is to say
    assert [d.row.outcome for d in weighed(View(Results(folder), "en"), "b")] == alone


def test_what_a_sentence_before_tells_of_the_state_is_not_told_again(tmp_path: Path) -> None:
    view = View(Results(folder_of(tmp_path, 3e6)), "en")
    state, *_ = purses(view, "b")
    assert str(money_line(view, "b", told=state.size)) == (
        "Beyond the state’s money: municipalities pay about the same, and it takes about the same work."
    )
    assert str(money_line(view, "b", told=state.a)).startswith(
        "Money and work: the state spends NOK 6.0 million more"
    )


def test_no_line_is_told_from_files_that_lack_a_kind_of_cost(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 3e6)
    frame = pd.read_parquet(folder / "comparison.parquet")
    frame[frame["outcome"] != "own_nok"].to_parquet(folder / "comparison.parquet")
    assert money_line(View(Results(folder), "en"), "b") is None


def test_hours_are_priced_as_in_the_model() -> None:
    defaults = {name: d.default for name, d in REGISTRY.by_name.items()}
    assert defaults["load.hours_per_man_year"] == HOURS_PER_MAN_YEAR
    assert defaults["decentralised.measures.time_nok"] == NOK_PER_HOUR
