from __future__ import annotations

import inspect
from pathlib import Path
from time import process_time

import pytest

import sim
from benchmarks.demands import SMALLER
from benchmarks.page import QUICK_PAGE, Moment, PagePlan, PageSession, page_section
from benchmarks.sampling import REST, Sampler
from benchmarks.whole_study import PLANS, QUICK_PLANS, STAGES, StudySession, section
from sim.one_world import World


def work(seconds: float) -> None:
    end = process_time() + seconds
    while process_time() < end:
        sum(range(100))


def test_time_is_booked_where_the_program_stands() -> None:
    sampler = Sampler({"tests/benchmarks/": "here", "sim/": "there"})
    begun = process_time()
    with sampler.sampling():
        work(0.1)
    assert sum(sampler.seconds.values()) <= process_time() - begun
    assert set(sampler.seconds) <= {"here", REST}
    assert sampler.seconds["here"] > 0


def test_the_page_says_the_ratio_and_where_the_rest_goes() -> None:
    session = StudySession(
        QUICK_PLANS[1], [(6.0, 2.0), (5.0, 2.0), (9.0, 3.0)], 4.0, {"steps": 1.0, "page": 3.0}, 1.5
    )
    assert session.ratio == pytest.approx(3.0)
    lines = section(session).splitlines()
    assert "**Ratio 3.0.**" in lines[2]
    assert lines[-2:] == ["| steps | 1.00 | 25% |", "| page | 3.00 | 75% |"]


def test_demands_of_whole_studies_and_of_the_page_are_told_as_met_or_not() -> None:
    study, first_try = (
        StudySession(plan, [(6.5, 2.0), (5.0, 2.0), (9.0, 4.0)], 4.0, {"steps": 1.0}, 1.5) for plan in PLANS
    )
    assert "| at most 2.5 times the CPU time of the bare runs | 2.5 | yes |" in section(study)
    assert "| under 6 s CPU, warm | 6.5 s | no |" in section(first_try)
    assert "| demand |" not in section(StudySession(QUICK_PLANS[0], [(6.0, 2.0)], 4.0, {"steps": 1.0}, 1.5))
    shown = {4: Moment(2.5, 4.0), 10: Moment(5.0, 8.0)}
    told = page_section(PageSession(PagePlan(), shown, Moment(10.5, 20.0)))
    assert "| a first answer after 3 s on two quiet cores | 2.5 s | yes |" in told
    assert "| the whole answer after 10 s on two quiet cores | 10.5 s | no |" in told
    assert SMALLER in page_section(PageSession(QUICK_PAGE, shown, Moment(10.5, 20.0)))


def test_what_plays_is_told_as_steps_and_every_place_is_there() -> None:
    home = Path(sim.__file__).parents[1]
    played = Path(inspect.getfile(World)).relative_to(home).as_posix()
    assert STAGES[played] == "steps"
    assert [place for place in STAGES if not list(home.glob(f"{place}*"))] == []
