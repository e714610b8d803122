from __future__ import annotations

import numpy as np

from sim.schemes.decentralised.state import DecentralisedSchools, DecentralisedUH
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools
from sim.state.places import Municipalities, UHUnits
from sim.state.schools import Schools
from sim.surveys import latents
from sim.surveys import questions as q
from sim.surveys.asking import Question
from tests.surveys.small_country import parameters, small_country

NAN = np.nan
QUESTIONS = [found for found in vars(q).values() if isinstance(found, Question)]


def test_every_question_has_a_key_of_its_own_and_a_quantity_in_words() -> None:
    assert len({question.key for question in QUESTIONS}) == len(QUESTIONS)
    assert all(question.latent.measure.__doc__ for question in QUESTIONS)


def test_quantities_lie_between_nought_and_one_and_reading_them_changes_nothing() -> None:
    state, p = small_country(), parameters()
    before = state.copy()
    for question in QUESTIONS:
        values = question.latent.values(state, p)
        known = values[~np.isnan(values)]
        assert ((known >= 0) & (known <= 1)).all(), question.key
        values[...] = 0.123  # whoever gets them may write on them
    for table, same in zip(state, before, strict=True):
        for name, kept in table.arrays().items():
            np.testing.assert_array_equal(kept, same.arrays()[name])


def test_uh_competence_is_quality_and_process_competence_alike() -> None:
    state = small_country()
    state[UHUnits].quality[:], state[DecentralisedUH].process_competence[:] = 0.3, [0.5, 0.9]
    np.testing.assert_allclose(latents.uh_competence(state, parameters()), [0.4, 0.6])


def test_only_schools_in_a_measure_have_a_fit() -> None:
    state = small_country()
    np.testing.assert_array_equal(latents.fit(state, parameters()), [0.5] * 5 + [NAN])


def test_collective_takes_community_and_coverage() -> None:
    state = small_country()
    state[Schools].community[:], state[DecentralisedSchools].coverage[:] = 0.4, 0.9
    np.testing.assert_allclose(latents.collective(state, parameters())[:2], 0.6)


def test_being_drawn_is_welcome_where_it_is_legitimate_and_no_blame() -> None:
    state = small_country()
    state[FollowUpOwners].legitimacy[:], state[FollowUpOwners].stigma[:] = [0.6, 0.6, 1], [0.2, 0.8, 0]
    np.testing.assert_allclose(latents.welcome(state, parameters()), [0.7, 0.4, 1.0])


def test_schools_welcome_the_draw_by_what_they_accept_and_the_stigma_of_their_owner() -> None:
    state = small_country()
    state[FollowUpOwners].stigma[:] = [0.2, 0.8, 0]
    state[FollowUpSchools].acceptance[:] = [0.6, 0.4, 0.6, 0.4, 0.5, 1]
    found = latents.welcome_at_school(state, parameters())
    np.testing.assert_allclose(found, [0.7, 0.6, 0.4, 0.3, 0.75, 1.0])


def test_analysis_is_learned_with_guides_and_by_doing() -> None:
    state = small_country()
    f = state[FollowUpOwners]
    f.guide_match[:], f.effort[:], f.guide_hours[:], f.takes_over[:] = 0.8, [1, 1, 0], [200, 0, 200], 0
    learned = latents.analysis_learned(state, parameters())
    # Each half-year: 0.25 / 2 by doing x 0.8 x (1 - exp(-2 x 100 / 120)) = 0.0811; twice: 1 - 0.9189^2.
    np.testing.assert_allclose(learned, [0.1556, 0, 0], atol=1e-4)


def test_the_plan_is_judged_by_the_analysis_so_far_and_of_last_years_drawn_only() -> None:
    state = small_country()
    f = state[FollowUpOwners]
    f.last_draw_year[:], f.analysis[:] = [2020, 2018, 2020], [0.75, 0.75, 0.0]
    np.testing.assert_allclose(latents.planned_fit(state, parameters()), [0.5, NAN, 0])  # deadline half-way


def test_trouble_with_recruitment_is_turnover_and_lack_of_the_qualified() -> None:
    state = small_country()
    state[Schools].teacher_turnover[:2] = [0.1, 0.3]
    state[Municipalities].unqualified[:] = [0.1, 0.2, 0.9]
    np.testing.assert_allclose(latents.recruitment(state, parameters()), [0.3, 0.45, 1.0])


def test_a_private_guide_is_one_in_the_team() -> None:
    state = small_country()
    state[FollowUpOwners].private_guide[:] = [True, False, True]
    np.testing.assert_allclose(latents.private_guide(state, parameters()), [1, 0, 1])
