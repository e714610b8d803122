"""Careers begin as turnover leaves them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.parameters.load import Load
from sim.parameters.society import Society
from sim.parameters.turnover import Turnover
from sim.processes.turnover import teacher_exit_chance
from sim.state.places import Centrality
from sim.world.careers import exit_chances, holder_of, settled, tenures
from tests.small_world import parameters


def test_chances_of_columns_are_those_of_teachers_one_by_one() -> None:
    experience, age = np.meshgrid(np.arange(0.0, 45.0, 0.5), np.arange(22.0, 72.0))
    t = parameters()[Turnover]
    one_by_one = np.vectorize(lambda years, old: teacher_exit_chance(0.7, years, old, t))
    assert exit_chances(0.7, experience, age, t) == pytest.approx(one_by_one(experience, age))


def test_where_everybody_leaves_after_a_year_all_are_new() -> None:
    p = parameters(turnover__teacher_exit_central=0.4, turnover__early_factor=2.5, turnover__settled_factor=2.5,
                   turnover__settled_from=4.0, turnover__settled_to=70.0)  # fmt: skip
    law = settled(p[Society], p[Turnover], p[Load])
    # 0.4 x 2.5 = 1 at any experience, but for half-years between 3 and 4, where 2 in 5 leave
    assert law.turnover[Centrality.CENTRAL] > 0.97
    assert np.mean(law.holders[Centrality.CENTRAL] % law.years == 0) > 0.97


def test_turnover_of_posts_is_that_of_their_holders() -> None:
    # Whoever holds a post leaves with the chance of her kind: over all holders it is the share of new ones after summer.
    p = parameters()
    t, law = p[Turnover], settled(p[Society], p[Turnover], p[Load])
    n = 20_000
    u = (np.arange(n) + 0.5) / n
    remote = law.holders[Centrality.REMOTE]
    held = [holder_of(remote, one, 0.5, law.years) for one in u.tolist()]
    moved, place, tenure = np.array(held).T
    came = moved * 2 * 8 * place
    age = np.minimum(23 + came + 8 * place, 61)
    leaving = exit_chances(0.18 * (1 + 0.3 * p[Load].fatigue_base), came + tenure, age + tenure, t)
    assert leaving.mean() == pytest.approx(law.turnover[Centrality.REMOTE], rel=0.01)
    assert np.mean(tenure == 0) == pytest.approx(law.turnover[Centrality.REMOTE], rel=0.01)
    assert np.mean(moved[tenure == 0]) == pytest.approx(0.65, abs=0.01)


def test_somebody_who_may_leave_each_year_has_stayed_a_geometric_number_of_years() -> None:
    # A quarter leave each year: three quarters have stayed a year or more, 9/16 two years or more.
    assert tenures(np.array([0.74, 0.76, 0.57, 0.56]), 0.25, 30.0).tolist() == [1, 0, 1, 2]
