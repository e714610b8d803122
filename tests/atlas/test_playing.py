"""The means of a world's designs are those of a comparison of the same designs in the same world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.atlas.playing import GROUPS, play_means
from sim.experiments.play import Job, play_world
from sim.experiments.trajectories import mean_where_known
from sim.outcomes.groups import KEYS
from sim.scenario_files import load_design

DESIGNS = ("voluntary", "draw_larger", "no_follow_up")
JOB = Job(
    world=1, seed=3, designs=tuple(load_design(key) for key in DESIGNS), start=2025, parting=2026, end=2027, scale=0.05
)  # fmt: skip
COLUMNS = [KEYS.index(key) for key in GROUPS]


def test_each_design_s_means_are_those_of_a_comparison_with_the_first() -> None:
    found = play_means(JOB)
    for place in (1, 2):
        pair = play_world(replace(JOB, designs=(JOB.designs[0], JOB.designs[place])))
        inside = [half_year.year >= 2026 for half_year in pair.half_years]
        first, other = mean_where_known(pair.outcomes[:, inside], axis=1)[:, :, COLUMNS]
        np.testing.assert_array_equal(found.values[place], other)
        picked = GROUPS.index("picked.either")
        np.testing.assert_array_equal(found.beside[place], first[:, picked])
        rest = [g for g in range(len(GROUPS)) if g != picked]
        np.testing.assert_array_equal(found.values[0][:, rest], first[:, rest])


def test_the_country_s_pupils_and_municipalities_are_counted() -> None:
    found = play_means(replace(JOB, designs=JOB.designs[:1]))
    every, sizes = (
        GROUPS.index("all"),
        [GROUPS.index(f"size.{size}") for size in ("small", "medium", "large")],
    )
    assert found.municipalities[every] == found.municipalities[sizes].sum()
    np.testing.assert_allclose(found.pupils[every], found.pupils[sizes].sum())
    assert 0 < found.municipalities[GROUPS.index("need")] < found.municipalities[every]
    assert found.municipalities[GROUPS.index("picked.either")] == 0
