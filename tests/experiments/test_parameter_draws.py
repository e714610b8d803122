from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.parameter_draws import FromPriors, at_share, prior_draw, share_of
from sim.parameters.registry import Registry
from tests.experiments.toy import REGISTRY, Other, Toy


def test_a_draw_gives_every_uncertain_parameter_and_no_lever() -> None:
    assert set(prior_draw(REGISTRY, 1, 0)) == {"toy.luck_sd", "other.unused"}


def test_adding_a_parameter_moves_no_other_one() -> None:
    alone = prior_draw(Registry([Toy]), 1, 5)
    together = prior_draw(Registry([Other, Toy]), 1, 5)
    assert together["toy.luck_sd"] == alone["toy.luck_sd"]


def test_a_draw_depends_on_seed_and_number_only() -> None:
    assert prior_draw(REGISTRY, 1, 5) == prior_draw(REGISTRY, 1, 5)
    assert prior_draw(REGISTRY, 1, 5) != prior_draw(REGISTRY, 1, 6)
    assert prior_draw(REGISTRY, 1, 5) != prior_draw(REGISTRY, 2, 5)


def test_parameters_of_one_draw_are_not_tied_to_each_other() -> None:
    shares = np.array([[share_of(name, 1, k) for name in ("a", "b")] for k in range(400)])
    # the correlation of 400 independent pairs has an SD of 0.05: beyond 0.2 once in 15,000 seeds
    assert abs(np.corrcoef(shares.T)[0, 1]) < 0.2
    assert abs(shares.mean() - 0.5) < 0.05


def test_a_share_is_mapped_through_the_prior_cut_off_at_its_bounds() -> None:
    declaration = REGISTRY.find("toy.luck_sd")  # uniform from 0.5 to 1.5
    assert at_share(declaration, 0.25) == pytest.approx(0.75)
    assert at_share(declaration, 0.0) == pytest.approx(0.5)


def test_a_lever_has_no_prior_to_draw_from() -> None:
    with pytest.raises(ValueError, match="no prior"):
        at_share(REGISTRY.find("toy.push"), 0.5)


def test_the_source_tells_the_priors_in_words() -> None:
    told = FromPriors(REGISTRY, 1).describe()
    assert told["drawn_from"] == "priors"
    assert "'prior': 'Uniform(0.5, 1.5)'" in str(told["priors"])


def test_the_source_gives_the_same_as_the_function() -> None:
    assert FromPriors(REGISTRY, 3).values(4) == prior_draw(REGISTRY, 3, 4)
