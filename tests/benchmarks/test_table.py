"""The page that a session is written down on."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from benchmarks.columnar import Run, Runs
from benchmarks.session import Plan, Session, TwinTime
from benchmarks.table import markdown


def session(plan: Plan) -> Session:
    slow, quick = (
        Run([0.125, 0.125], {"practice.work": 0.15, "pupils.begin": 0.1}),
        Run([0.1, 0.1], {"practice.work": 0.1, "pupils.begin": 0.1}),
    )
    return Session(
        plan=plan,
        machine={"cores": "2"},
        teachers=70_000,
        schools=2700,
        half_years=2,
        build=[0.5, 0.75, 0.5],
        runs=Runs([slow, quick, quick]),
        idiomatic=TwinTime(build=1.0, run=30.0, least=30.0, played=2, half_years=2, steps=[10.0, 20.0]),
        fast=TwinTime(build=1.0, run=4.0, least=3.0, played=1, half_years=2, steps=[2.0]),
        by_teachers=[(7000, 0.1), (70_000, 0.163)],
        by_years=[(1, 0.1), (2, 0.2)],
        by_worlds=[(1, 1.0), (2, 2.0)],
        memory={"world": 2**27, "columnar": 2**28, "fast": 2**29, "idiomatic": 2**29},
        bandwidth=1e10,
        least_bytes=2**26,
    )


def test_ratios_are_taken_between_medians() -> None:
    found = session(Plan())
    # 30 s and 4 s against 0.2 s, of which 0.1 s in the shared layer
    assert found.ratios() == pytest.approx(
        {"idiomatic": 150, "fast": 20, "idiomatic, shared layer": 300, "fast, shared layer": 40}
    )
    assert found.runs.least == pytest.approx(0.2)
    assert found.lower_bound == pytest.approx(2**26 / 1e10)


def test_the_page_says_what_was_measured_and_what_was_reckoned() -> None:
    page = markdown(session(Plan()))
    assert "| plain Mesa, idiomatic | 30.00 | 30.00 | 150.0 | 300 | 1.00 |" in page
    assert (
        "| plain Mesa, fastest fair form (reckoned from 1 of 2 half-years) | 4.00 | 3.00 | 20.0 | 40 |"
        in page
    )
    assert "| `practice.work` * | 100.0 | 50.0% |" in page
    assert "| columnar model, whole run | 256 |" in page
    # 63 ms for 63 000 teachers, and 0.1 s for 7000: 93 ms for none
    assert "| what does not grow with the country under 15 ms a run | 93.0 ms | no |" in page
    # 63 000 teachers more cost 63 ms more: a millisecond a thousand
    assert "| teachers | 70,000 | 0.163 | 1.00 |" in page


def test_the_demands_are_judged_for_the_national_run_only() -> None:
    page = markdown(session(Plan()))
    assert "| idiomatic twin 200 times slower, whole run | 150 | no |" in page
    assert "| idiomatic twin 200 times slower, same layer | 300 | yes |" in page
    assert "| no process above a third | 50% (`practice.work`) | no |" in page
    assert "demand | measured" not in markdown(session(replace(Plan(), scale=0.1)))


def test_everything_can_be_written_as_json() -> None:
    found = json.loads(json.dumps(session(Plan()).as_json()))
    assert found["summary"]["run_median"] == pytest.approx(0.2)
    assert found["plan"]["last_year"] == 2034
