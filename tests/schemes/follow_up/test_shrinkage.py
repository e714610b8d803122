"""Small municipalities' risk shares are moved towards those of owners of like size by the luck that is in them."""

import numpy as np
import pytest

from sim.schemes.follow_up.outcomes import drawn as who_is_drawn
from sim.schemes.follow_up.outcomes import hit_rate
from sim.schemes.follow_up.risk_score import Scores
from sim.schemes.follow_up.shrinkage import line, luck_of_a_pupil, shrunk
from tests.schemes.decentralised.whole_country import variant, world

D = 0.02**0.5


def scored(*of_units: tuple[float, list[float]]) -> tuple[Scores, np.ndarray]:
    """One indicator of ten possible points: of each unit its pupils each year, and its shares of the points."""
    points = 10 * np.array([shares for _, shares in of_units])[:, :, None]
    pupils = np.array([[n] * len(shares) for n, shares in of_units], dtype=float)[:, :, None]
    return Scores(points, np.full(points.shape, 10.0)), pupils


LUCKY = scored((2, [0.8 - D, 0.8, 0.8 + D]), (2, [0.2 - D, 0.2, 0.2 + D]), (8, [0.6 - D / 2, 0.6, 0.6 + D / 2]),
               (8, [0.4 + D / 2, 0.4, 0.4 - D / 2]))  # fmt: skip


def test_a_line_is_fitted_by_weight() -> None:
    x, y = np.array([0.0, 1.0, 2.0]), np.array([1.0, 9.0, 5.0])
    assert line(x, y, np.array([1.0, 0.0, 1.0])).at(x) == pytest.approx([1, 3, 5])
    assert line(np.ones(3), y, np.ones(3)).at(x) == pytest.approx([5, 5, 5])
    assert line(x, y, np.zeros(3)).at(x) == pytest.approx([0, 0, 0])


def test_what_changes_from_year_to_year_and_falls_with_pupils_is_luck() -> None:
    # Variances of two years 0.01 + 0.08 / n: 0.05 for two pupils, 0.02 for eight; how far units lie apart tells nothing.
    small, large = 0.025**0.5, 0.1
    share = np.array(
        [[0.7 + small, 0.7 - small], [0.1 + small, 0.1 - small], [large, -large], [0.9, 0.9 + 2 * large]]
    )
    assert luck_of_a_pupil(share, np.array([2.0, 2.0, 8.0, 8.0])) == pytest.approx(0.08)


def test_large_units_that_change_as_much_as_small_ones_have_no_luck() -> None:
    assert luck_of_a_pupil(np.array([[0.3, 0.5], [0.2, 0.6]]), np.array([2.0, 8.0])) == 0
    assert luck_of_a_pupil(np.array([[0.3, np.nan]]), np.array([2.0])) == 0


def test_small_units_that_truly_lie_further_apart_are_left_alone() -> None:
    scores, pupils = scored((2, [0.9] * 3), (2, [0.1] * 3), (8, [0.6] * 3), (8, [0.4] * 3))
    np.testing.assert_allclose(shrunk(scores, pupils, 1.0).points, scores.points)


def test_shares_of_all_years_are_moved_by_the_luck_in_them() -> None:
    # Variances of 0.02 and 0.005 are 0.04 / n: luck in means of three years is a third of it, and leaves of squares of 0.09 and
    # 0.01, mean 0.05, 0.05 - 0.0125 / 3 as real.
    scores, pupils = LUCKY
    real = 0.05 - 0.0125 / 3
    small, large = 0.3 * 0.02 / 3 / (real + 0.02 / 3), 0.1 * 0.005 / 3 / (real + 0.005 / 3)
    before, moved = np.array([0.8, 0.2, 0.6, 0.4]), np.array([-small, small, -large, large])
    assert shrunk(scores, pupils, 1.0).risk_share == pytest.approx(before + moved)
    assert shrunk(scores, pupils, 0.5).risk_share == pytest.approx(before + moved / 2)


def test_a_few_very_large_units_do_not_tell_what_is_usual_for_small_ones() -> None:
    # Those of 4 and of 40 pupils lie around 0.3, two of 4000 at 0.1: a line weighted by pupils gives those of 4 more than 0.31.
    small = [(4, [at - D, at, at + D]) for at in (0.2, 0.4)] * 10
    scores, pupils = scored(*small, *[(40, [at] * 3) for at in (0.2, 0.4)] * 5, *[(4000, [0.1] * 3)] * 2)
    assert shrunk(scores, pupils, 1.0).risk_share[:20].mean() == pytest.approx(0.3, abs=0.01)


def test_points_stay_between_none_and_the_possible_ones_and_nobody_passes_one_of_like_size() -> None:
    scores, pupils = LUCKY
    found = shrunk(scores, pupils, 1.0)
    assert (found.points >= 0).all()
    assert (found.points <= found.possible).all()
    assert found.possible is scores.possible
    assert found.risk_share.argsort().tolist() == scores.risk_share.argsort().tolist()


def test_units_are_moved_towards_those_of_like_size() -> None:
    # Small ones lie around 0.7, large ones around 0.2; what tells the small ones apart is luck.
    scores, pupils = scored(
        (2, [0.8 - D, 0.8, 0.8 + D]), (2, [0.6 - D, 0.6, 0.6 + D]), (8, [0.2] * 3), (8, [0.2] * 3)
    )
    share = shrunk(scores, pupils, 1.0).risk_share
    assert 0.6 < share[1] < share[0] < 0.8
    assert share[:2].mean() == pytest.approx(0.7)
    assert share[2:] == pytest.approx([0.2, 0.2])


def test_without_strength_nothing_moves_and_who_has_no_figures_moves_nobody() -> None:
    scores, pupils = LUCKY
    assert shrunk(scores, pupils, 0.0) is scores
    nobody = np.zeros((1, 3, 1))
    more = Scores(np.vstack([scores.points, nobody]), np.vstack([scores.possible, nobody]))
    found = shrunk(more, np.vstack([pupils, nobody]), 1.0).points
    assert not found[-1].any()
    np.testing.assert_allclose(found[:-1], shrunk(scores, pupils, 1.0).points)
    assert shrunk(Scores(nobody, nobody), nobody, 1.0).points is nobody


def test_the_correction_costs_the_draw_no_hits() -> None:
    """Four pairs of worlds that part in 2023, draws of 2024-30: hits fall by less than 0.04, by two standard errors."""
    design = variant("voluntary", follow_up_draw__years=tuple(range(2017, 2031)))
    fallen, others = [], 0
    for number in range(4):
        both = world(design, number, scale=0.5, start=2021)
        both.run_to(2023)
        hits = np.full((2, 7), np.nan)
        drawn: tuple[list[list[bool]], list[list[bool]]] = ([], [])
        for k, strength in enumerate((0.0, 1.0)):
            model = both.branch(design.with_levers({"follow_up.draw.shrinkage": strength}, 2024))
            for year in range(7):
                model.run_to(2024 + year)
                hits[k, year] = hit_rate(model.state, model.p)[0]
                drawn[k].append(who_is_drawn(model.state).tolist())
        fallen.append(np.nanmean(hits[0] - hits[1]))
        others += drawn[0] != drawn[1]
    assert others > 0
    assert np.mean(fallen) + 2 * np.std(fallen, ddof=1) / 2 < 0.04
