from __future__ import annotations

import numpy as np
import pytest

from sim.conditions.emulator import Emulator, held_out_error, turns
from sim.discovery.stability import held_out_points
from sim.randomness import Streams


def uniform(name: str, n: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return Streams(1).uniform(name, 0, np.arange(n, dtype=np.int64))


def test_a_surface_of_second_degree_is_found_again() -> None:
    x = np.column_stack([uniform("a", 200), uniform("b", 200)])
    gain = 1 + 2 * x[:, 0] - x[:, 1] ** 2 + x[:, 0] * x[:, 1]
    found = Emulator.fitted(x, gain).gains(np.array([[0.5, 0.5]]))
    assert found[0] == pytest.approx(1 + 1 - 0.25 + 0.25, abs=0.01)


def test_the_share_of_simulations_in_which_a_design_is_better_is_that_of_what_the_surface_leaves_over() -> (
    None
):
    # Gain = x + luck, luck even between -1 and 1: at x = 0.5 three quarters lie above 0, a half above 0.5, none below -0.5.
    x = uniform("x", 4000)[:, None]
    gain = x[:, 0] + 2 * uniform("luck", 4000) - 1
    odds = Emulator.fitted(x, gain).odds(np.array([0.5]), smallest=0.5)
    assert odds.gain == pytest.approx(0.5, abs=0.05)
    assert odds.better == pytest.approx(0.75, abs=0.03)
    assert odds.matters == pytest.approx(0.5, abs=0.03)
    assert odds.harms == pytest.approx(0.0, abs=0.02)


def test_what_is_told_of_pure_luck_is_no_better_than_a_guess() -> None:
    x = np.column_stack([uniform(f"x{i}", 400) for i in range(5)])
    gain = uniform("luck", 400) - 0.5
    error = held_out_error(x, gain, held_out_points(400, 1))
    assert error.n == 120
    assert error.explained < 0.1
    assert abs(error.brier - error.brier_plain) < 0.02


def test_a_limit_at_which_the_answer_turns_is_found_and_borne_out_by_draws_held_out() -> None:
    x = np.column_stack([uniform("a", 600), uniform("b", 600)])
    gain = x[:, 0] - 0.6 + 0.4 * (uniform("luck", 600) - 0.5)
    (turn,) = turns(x, gain, held_out_points(600, 1), ["a", "b"], 0.0)
    assert (turn.assumption, turn.above) == ("a", True)
    assert turn.at == pytest.approx(0.6, abs=0.03)
    assert turn.share > 0.8
    assert turn.share_other < 0.2
    (enough,) = turns(x, gain, held_out_points(600, 1), ["a", "b"], 0.2)  # better by 0.2 from 0.8 on
    assert enough.at == pytest.approx(0.8, abs=0.03)
