"""What a scheme itself brings is reckoned for the very group whose difference is told, and the order of designs is no matter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.declared import OUTCOMES as NATIONAL
from sim.declared import REGISTRY
from sim.design import Design
from sim.experiments.comparison import comparison
from sim.experiments.planning import planned
from sim.experiments.play import Job, Played, play_world
from sim.experiments.trajectories import Trajectories
from sim.experiments.yardstick import ACTIVE, WITHOUT, YARDSTICK, own_effect, shares, with_yardstick
from sim.outcomes.groups import KEYS, PICKED_BOTH, PICKED_EITHER, PICKED_ONE, PICKED_OTHER
from sim.scenario_files import load_design
from tests.experiments.toy import OUTCOMES, PUSHED, STILL, toy_instruments

BACK = Design("back", levers={"toy.push": ((2021, -1.0),), "toy.years": ((2021, ()),)})
JOB = Job(
    world=0, seed=1, designs=(STILL, PUSHED), start=2019, parting=2021, end=2022, instruments=toy_instruments, without=BACK
)  # fmt: skip


def test_a_share_is_the_difference_over_the_effect_in_the_worlds_that_have_both() -> None:
    # Own effects 2, 4 and 3; differences -1, -1 and unknown: the third world says nothing.
    a, none = np.array([[2.0], [5.0], [3.0]]), np.array([[0.0], [1.0], [0.0]])
    b = np.array([[1.0], [4.0], [np.nan]])
    found = {name: values.tolist() for name, values in shares(a, b, none).items()}
    assert found["n_worlds"] == [2]
    assert found["effect"] == [3.0]
    assert found["difference"] == [-1.0]
    # Two worlds: standard error 1 and t(0.95; 1) = 6.31, so that the effect can't be told from zero, and there is no share.
    assert found["effect_low"] == pytest.approx([3 - 6.3138], abs=1e-3)
    assert np.isnan(found["share"]).all()


def test_the_interval_of_a_share_counts_what_both_parts_have_in_common() -> None:
    # The difference is always a quarter of the effect: the share is known exactly, though neither part is.
    effect = np.array([[1.0], [2.0], [3.0], [4.0]])
    found = shares(effect, 0.75 * effect, np.zeros((4, 1)))
    assert found["effect"][0] == 2.5
    assert found["share"][0] == pytest.approx(-0.25)
    assert [found["share_low"][0], found["share_high"][0]] == pytest.approx([-0.25, -0.25])


def test_a_share_keeps_the_sign_of_the_difference_where_the_scheme_does_harm() -> None:
    effect = np.array([[-1.0], [-1.1], [-0.9], [-1.0]])
    assert shares(effect, effect - 0.5, np.zeros((4, 1)))["share"][0] == pytest.approx(-0.5)


def played() -> list[Played]:
    return [play_world(replace(JOB, world=world)) for world in range(5)]


def test_numerator_and_yardstick_are_of_the_same_group_worlds_and_years() -> None:
    worlds = played()
    both = Trajectories.of(worlds, ("still", "pushed"), OUTCOMES)
    none = np.stack([world.without for world in worlds if world.without is not None])
    frame = own_effect(both, replace(both, values=none[:, None]), 2021)
    assert frame.columns.tolist() == YARDSTICK.names
    compared = comparison(both, 2021).set_index(["outcome", "group", "horizon"])
    for group in ("all", "size.small", PICKED_EITHER, PICKED_ONE):
        place = KEYS.index(group)
        row = frame[
            (frame["outcome"] == "practice") & (frame["group"] == group) & (frame["horizon"] == "mean")
        ].iloc[0]
        after = [h.year >= 2021 for h in worlds[0].half_years]
        practice = both.values[:, :, after, 0, place].mean(axis=2)
        without = none[:, after, 0, place].mean(axis=1)
        assert row["effect"] == pytest.approx((practice[:, 0] - without).mean())
        assert row["difference"] == pytest.approx((practice[:, 1] - practice[:, 0]).mean())
        assert row["difference"] == pytest.approx(compared.loc[("practice", group, "mean"), "difference"])
        assert row["share"] == pytest.approx(row["difference"] / row["effect"])


def test_the_yardstick_picks_nobody_and_is_in_no_table_of_worlds() -> None:
    world = play_world(JOB)
    alone = play_world(replace(JOB, without=None))
    np.testing.assert_array_equal(world.outcomes, alone.outcomes)
    assert alone.without is None
    assert world.without is not None
    assert world.without.shape == world.outcomes.shape[1:]
    designs = {name for piece in world.tables["draws"] for name in piece["design"].to_pylist()}
    assert designs == {"still", "pushed"}
    assert world.tables["draws"][0].num_rows
    # Two years shared, two years under each of two designs and the yardstick.
    assert JOB.half_years == 2 * (2 + 3 * 2)


def study_of(*designs: str) -> Design | None:
    study = planned(designs, worlds=1, seed=1, start=2024, end=2027, scale=0.03, parameters="prior")
    return with_yardstick(study).without


def test_a_question_of_follow_up_plays_the_first_design_without_it_along() -> None:
    without = study_of("obligatory", "voluntary")
    assert without is not None
    assert without.key == WITHOUT
    assert [without.value(ACTIVE, year, REGISTRY) for year in (2025, 2026, 2034)] == [True, False, False]


def test_other_questions_have_no_yardstick() -> None:
    assert study_of("network", "market") is None
    assert study_of("no_follow_up", "voluntary") is None


def test_a_comparison_gives_minus_that_of_the_other_order_for_those_drawn_by_either_and_by_both() -> None:
    designs = [load_design(name) for name in ("voluntary", "draw_more_spread")]
    found = []
    for order in (designs, designs[::-1]):
        worlds = [
            play_world(Job(world, 2026, tuple(order), start=2024, parting=2026, end=2027, scale=0.1)) for world in range(2)
        ]  # fmt: skip
        outcomes = Trajectories.of(worlds, [design.key for design in order], NATIONAL)
        found.append(comparison(outcomes, 2026).set_index(["outcome", "group", "horizon"])["difference"])
    forth, back = found
    for group in (PICKED_EITHER, PICKED_BOTH):
        one, other = (series.xs(group, level="group").dropna() for series in found)
        assert len(one) > 20
        np.testing.assert_allclose(one, -other.loc[one.index], rtol=1e-9, atol=1e-12)
    assert forth.xs(PICKED_EITHER, level="group").abs().max() > 0
    # Their draws differ: by either design alone the country's most telling figure would be of other municipalities.
    assert forth["practice", PICKED_ONE, "mean"] != pytest.approx(
        forth["practice", PICKED_OTHER, "mean"], abs=1e-12
    )
    assert forth["practice", PICKED_ONE, "mean"] == pytest.approx(-back["practice", PICKED_OTHER, "mean"])
