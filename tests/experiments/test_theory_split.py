from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from sim.experiments.theory_split import COLUMNS, Pair, failures, split
from sim.theory.reading import theories

THEORY = theories()[0]
PAIR = Pair("own", "twin", THEORY)


def followed(reached: dict[str, list[float]], link: str = "agree", year: int = 2030) -> pd.DataFrame:
    """The share reached of one link by design, one figure for each world."""
    return pd.DataFrame(
        [
            {
                "world": world, "design": design, "scheme": THEORY.scheme, "link": link, "group": "all", "year": year,
                "reached": share, "value": 10 * share,
            }
            for design, shares in reached.items()
            for world, share in enumerate(shares)
        ]
    )  # fmt: skip


def test_the_two_failures_add_up_to_what_the_aim_is_missed_by() -> None:
    # Reached by 40 % and 60 %, with the conditions granted by 70 % and 80 %; the aim is 90 %.
    own, twin = np.array([[[0.4, 0.6]], [[4, 6]]]), np.array([[[0.7, 0.8]], [[7, 8]]])
    found = failures(own, twin, np.array([0.9]))
    assert found["result"] == pytest.approx(0.5)
    assert found["result_granted"] == pytest.approx(0.75)
    assert found["implementation_failure"] == pytest.approx(0.25)
    assert found["theory_failure"] == pytest.approx(0.15)
    assert found["value"] == pytest.approx(5)
    assert found["value_granted"] == pytest.approx(7.5)


def test_the_interval_is_students_over_worlds() -> None:
    # Differences of 0.3 and 0.2: mean 0.25, SD 0.0707; t(0.95) with one degree of freedom is 6.314.
    own, twin = np.array([[[0.4, 0.6]], [[0, 0]]]), np.array([[[0.7, 0.8]], [[0, 0]]])
    found = failures(own, twin, np.array([1.0]))
    half = 6.3138 * 0.0707107 / math.sqrt(2)
    assert found["implementation_low"] == pytest.approx(0.25 - half, abs=1e-4)
    assert found["implementation_high"] == pytest.approx(0.25 + half, abs=1e-4)


def test_one_world_has_no_interval() -> None:
    found = failures(np.array([[[0.4]], [[1]]]), np.array([[[0.7]], [[1]]]), np.array([1.0]))
    assert np.isnan(found["implementation_low"])
    assert found["theory_failure"] == pytest.approx(0.3)


def test_worlds_are_compared_with_themselves() -> None:
    rows = followed({"own": [0.2, 0.4], "twin": [0.5, 0.7]})
    found = split(rows, [PAIR], 2026, 2034)
    assert list(found.columns) == list(COLUMNS)
    mean = found[found["horizon"] == "mean"].iloc[0]
    assert (mean["link"], mean["stage"], mean["n_worlds"]) == ("agree", "result", 2)
    assert mean["implementation_failure"] == pytest.approx(0.3)
    assert mean["implementation_low"] == pytest.approx(0.3)  # the same gain in both worlds


def test_the_end_is_the_last_year_and_the_mean_goes_over_all() -> None:
    rows = pd.concat([
        followed({"own": [0.2], "twin": [0.2]}, year=2033), followed({"own": [0.4], "twin": [0.8]}, year=2034),
        followed({"own": [0.0], "twin": [0.0]}, year=2025),
    ])  # fmt: skip
    found = split(rows, [PAIR], 2033, 2034).set_index("horizon")["implementation_failure"]
    assert found["mean"] == pytest.approx(0.2)
    assert found["end"] == pytest.approx(0.4)


def test_a_world_in_which_a_link_concerns_nobody_under_one_of_the_two_is_left_out() -> None:
    rows = pd.concat([followed({"own": [0.2, 0.4], "twin": [0.5]})])
    found = split(rows, [PAIR], 2026, 2034)
    assert set(found["n_worlds"]) == {1}


def test_a_link_that_concerns_nobody_has_no_row() -> None:
    assert split(followed({"own": [0.2]}), [PAIR], 2026, 2034).empty
