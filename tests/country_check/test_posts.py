"""Figures of teaching posts, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.country_check.posts import posts_figures

N = 400
RANDOM = np.random.default_rng(1)
POPULATION = np.exp(RANDOM.uniform(6, 11, N))
N_SCHOOLS = RANDOM.integers(1, 9, N)
PUPILS = np.repeat((POPULATION * 0.1 + 20)[None], 5, axis=0)


def test_a_school_s_own_posts_are_told_in_pupils() -> None:
    posts = 6.0 * N_SCHOOLS + 0.08 * PUPILS
    found = posts_figures(posts, PUPILS, N_SCHOOLS, POPULATION)
    assert found["posts_of_a_school_in_pupils"] == pytest.approx(75)
    # What sets municipalities of a size apart is how many schools they have, and that stays.
    assert found["pupils_per_post_lag_4"] == pytest.approx(1)


def test_swings_grow_with_the_years_between() -> None:
    # Posts are a walk with steps of SD 0.1: over four years their change has an SD of 0.2.
    steps = 0.1 * RANDOM.standard_normal((5, N))
    found = posts_figures(np.exp(4 + steps.cumsum(axis=0)), PUPILS, N_SCHOOLS, POPULATION.clip(max=1_999))
    assert found["posts_change_0"] == pytest.approx(0.1, rel=0.06)
    assert found["posts_change_0_over_4"] == pytest.approx(0.2, rel=0.1)
    assert np.isnan(found["posts_change_15000_over_2"])


def test_pupils_per_post_are_freed_of_size() -> None:
    law, own = 0.1 * np.log(POPULATION), 0.2 * RANDOM.standard_normal(N)
    found = posts_figures(PUPILS / np.exp(law + own), PUPILS, N_SCHOOLS, POPULATION)
    assert found["pupils_per_post_slope"] == pytest.approx(0.1, abs=0.03)
    assert found["pupils_per_post_sd"] == pytest.approx(0.2, abs=0.02)
    # The law's SD is 0.1 x 5 / sqrt(12).
    assert found["pupils_per_post_population"] == pytest.approx(0.144 / np.hypot(0.144, 0.2), abs=0.08)
