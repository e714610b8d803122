from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.declared import REGISTRY
from sim.parameters.declaration import Role
from sim.sensitivity.total import all_factors, is_assumed, opened, read_total, write_total


def test_fixed_assumptions_are_opened_by_three_tenths_within_their_bounds() -> None:
    power = opened(REGISTRY.by_name["society.age_at_start"])  # 23, from 18 to 40
    assert power.role is Role.UNCERTAIN
    assert power.prior is not None
    assert power.bounds is not None
    assert [power.prior.quantile(share, power.bounds) for share in (0.0, 1.0)] == pytest.approx([18.0, 29.9])


def test_everything_uncertain_and_every_assumed_number_is_a_factor_once_with_the_dummy_last() -> None:
    names = [factor.name for factor in all_factors(REGISTRY)]
    assert names[-1] == "dummy"
    assert len(names) == len(set(names))
    assumed = [d.name for d in REGISTRY.of_role(Role.FIXED) if is_assumed(d)]
    assert set(assumed) <= set(names)
    uncertain = [d.name for d in REGISTRY.of_role(Role.UNCERTAIN) if not d.name.startswith("survey.")]
    assert len(names) == len(assumed) + len(uncertain) + 2  # the survey's parameters as one, and the dummy


def test_the_table_is_read_as_it_was_written_with_how_it_was_played(tmp_path: Path) -> None:
    table = pd.DataFrame({"factor": ["a"], "role": ["fixed"], "hours": [1.5], "hours_floor": [0.25]})
    write_total(table, tmp_path / "total.csv", 2, 3, 0.1)
    found, how = read_total(tmp_path / "total.csv")
    pd.testing.assert_frame_equal(found, table)
    assert how == "2 base points, 3 worlds, 0.1 of the country, from the priors"
