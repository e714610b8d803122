"""The means of a world's designs are those of a comparison of the same designs in the same world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.atlas.playing import GROUPS, Means, county_numbers, pairs_of, places, play_means
from sim.declared import OUTCOMES, REGISTRY
from sim.experiments.counties import TABLE, column, of_single_places
from sim.experiments.play import Job, play_world
from sim.experiments.trajectories import mean_where_known
from sim.experiments.yardstick import without_follow_up
from sim.outcomes.groups import KEYS, PICKED_EITHER
from sim.scenario_files import load_design

DESIGNS = ("voluntary", "draw_larger", "obligatory", "obligatory_mild", "no_vocational")
JOB = Job(
    world=1, seed=3, designs=tuple(load_design(key) for key in DESIGNS), start=2025, parting=2026, end=2027, scale=0.05
)  # fmt: skip
PAIRS = pairs_of(JOB.designs)
COLUMNS = [KEYS.index(key) for key in GROUPS]


@pytest.fixture(scope="module")
def found() -> Means:
    return play_means(JOB)


def test_each_design_is_paired_with_the_first_and_with_the_one_it_extends() -> None:
    assert [(DESIGNS[a], DESIGNS[b]) for a, b in PAIRS] == [
        *(("voluntary", other) for other in DESIGNS[1:]), ("obligatory", "obligatory_mild"),
    ]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS)
def test_each_design_s_means_are_those_of_a_comparison_of_the_pair(
    found: Means, pair: tuple[int, int]
) -> None:
    two = tuple(JOB.designs[place] for place in pair)
    bare = without_follow_up(two, 2026, REGISTRY)
    played = play_world(replace(JOB, designs=two, without=bare))
    inside = [half_year.year >= 2026 for half_year in played.half_years]
    means = mean_where_known(played.outcomes[:, inside], axis=1)
    i, picked = PAIRS.index(pair), KEYS.index(PICKED_EITHER)
    for side, place in enumerate(pair):
        np.testing.assert_array_equal(found.values[place][:, : len(GROUPS)], means[side][:, COLUMNS])
        np.testing.assert_array_equal(found.picked[i, side], means[side][:, picked])
        np.testing.assert_array_equal(found.since[place], played.outcomes[side, inside, :, 0])
    np.testing.assert_array_equal(found.before, played.outcomes[0, [not each for each in inside], :, 0])
    if bare is None:
        assert np.isnan(found.picked[i, 2]).all()
    else:
        assert played.without is not None
        none = mean_where_known(played.without[inside], axis=0)
        np.testing.assert_array_equal(found.without[pair[0]][:, : len(GROUPS)], none[:, COLUMNS])
        np.testing.assert_array_equal(found.picked[i, 2], none[:, picked])


def test_counties_have_the_figures_of_a_comparison_s_table(found: Means) -> None:
    played = play_world(replace(JOB, designs=JOB.designs[:2]))
    for place, table in enumerate(played.tables[TABLE]):
        rows = table.to_pandas().set_index("county")
        for number in county_numbers():
            here = found.values[place][:, places().index(f"county.{number}")]
            for i in of_single_places(OUTCOMES):
                there = rows[column(OUTCOMES[i])].get(number, np.nan)
                np.testing.assert_array_equal(here[i], there)


def test_the_country_s_pupils_and_municipalities_are_counted(found: Means) -> None:
    every, sizes = (
        GROUPS.index("all"),
        [GROUPS.index(f"size.{size}") for size in ("small", "medium", "large")],
    )
    counties = slice(len(GROUPS), None)
    assert (
        found.municipalities[every]
        == found.municipalities[sizes].sum()
        == found.municipalities[counties].sum()
    )
    np.testing.assert_allclose(found.pupils[every], [found.pupils[sizes].sum(), found.pupils[counties].sum()])
    assert 0 < found.municipalities[GROUPS.index("need")] < found.municipalities[every]
