from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from scipy.stats import t

from sim.errors import InputError
from sim.sweeps import RunTable
from sim.sweeps.contrast import standard_error
from sim.sweeps.table import SIDES


def table(rows: list[tuple[str, int, int, float, float]]) -> RunTable:
    """Rows of (design, draw, world, lever, figure)."""
    design, draw, world, lever, figure = (list(column) for column in zip(*rows, strict=True))
    n = len(rows)
    whole = pa.table(
        {
            "run": [str(i) for i in range(n)], "design": design, "variant": design, "draw": draw, "world": world,
            "seed": [1] * n, "start": [2017] * n, "end": [2034] * n, "scale": [1.0] * n,
            "failed": [bool(np.isnan(value)) for value in figure], "error": [""] * n, "pull": lever,
            "p.x": [float(d) for d in draw], "practice@end": figure,
        }
    )  # fmt: skip
    sides = {"levers": ["pull"], "parameters": ["p.x"], "figures": ["practice@end"]}
    return RunTable(lambda: whole.replace_schema_metadata({SIDES: json.dumps(sides).encode()}))


NAN = float("nan")


def test_pairs_agree_in_everything_but_the_design() -> None:
    rows = [
        ("a", 0, 0, 1.0, 10.0), ("b", 0, 0, 1.0, 13.0), ("a", 0, 0, 2.0, 20.0), ("b", 0, 0, 2.0, 21.0),
        ("b", 1, 1, 1.0, NAN), ("a", 1, 1, 1.0, 30.0), ("a", 1, 1, 2.0, 40.0),
    ]  # fmt: skip
    pairs = table(rows).paired("practice@end", design="b", versus="a")
    assert pairs[["draw", "pull", "p.x", "a", "b"]].iloc[:2].to_numpy().tolist() == [
        [0, 1, 0, 10, 13],
        [0, 2, 0, 20, 21],
    ]
    assert pairs["difference"].tolist()[:2] == [3.0, 1.0]
    assert len(pairs) == 3  # the last of all has nobody to be compared with
    assert np.isnan(pairs["difference"][2])


def test_the_interval_is_student_s_where_each_world_has_its_own_draw() -> None:
    rows = [
        row
        for w, d in enumerate([1.0, 2.0, 6.0])
        for row in (("a", w, w, 0.0, 5.0), ("b", w, w, 0.0, 5.0 + d))
    ]
    found = table(rows).contrast("practice@end", design="b", versus="a").iloc[0]
    half = t.ppf(0.95, 2) * np.std([1, 2, 6], ddof=1) / np.sqrt(3)
    assert found["difference"] == 3.0
    assert [found["low"], found["high"]] == pytest.approx([3 - half, 3 + half])
    assert [found["n_pairs"], found["n_draws"], found["n_worlds"]] == [3, 3, 3]
    assert found["share_above_zero"] == 1.0


def test_each_combination_of_levers_has_its_own_row_and_failures_are_left_out() -> None:
    rows = [
        row
        for pull, w, d in ((1.0, 0, 1.0), (1.0, 1, 3.0), (2.0, 0, 5.0), (2.0, 1, NAN))
        for row in (("a", w, w, pull, 0.0), ("b", w, w, pull, d))
    ]
    found = table(rows).contrast("practice@end", design="b", versus="a")
    assert found["pull"].tolist() == [1.0, 2.0]
    assert found["difference"].tolist() == [2.0, 5.0]
    assert found["n_pairs"].tolist() == [2, 1]
    assert np.isnan(found["low"][1])


def test_draws_and_worlds_that_are_crossed_both_add_to_the_error() -> None:
    draw, world = np.repeat([0, 1, 2], 2), np.tile([0, 1], 3)
    d = np.array([0.0, 2.0, 3.0, 5.0, 6.0, 8.0])  # means 1, 4, 7 of the draws; 3, 5 of the worlds
    error, freedom = standard_error(draw, world, d)
    of_draws, of_worlds = 9 / 3, 2 / 2
    assert error == pytest.approx(np.sqrt(of_draws + of_worlds))
    assert freedom == pytest.approx((of_draws + of_worlds) ** 2 / (of_draws**2 / 2 + of_worlds**2 / 1))


def test_worlds_that_share_a_draw_count_as_one() -> None:
    error, freedom = standard_error(
        np.array([0, 0, 1, 1, 2, 2]), np.arange(6), np.array([0.0, 2.0, 3.0, 5.0, 6.0, 8.0])
    )
    assert error == pytest.approx(np.std([1, 4, 7], ddof=1) / np.sqrt(3))
    assert freedom == 2


def test_many_worlds_of_one_draw_have_the_error_of_the_worlds() -> None:
    error, freedom = standard_error(np.zeros(4, dtype=int), np.arange(4), np.array([1.0, 2.0, 3.0, 4.0]))
    assert error == pytest.approx(np.std([1, 2, 3, 4], ddof=1) / 2)
    assert freedom == 3


def test_with_one_world_the_error_is_that_of_the_draws() -> None:
    error, freedom = standard_error(np.arange(4), np.zeros(4, dtype=int), np.array([1.0, 2.0, 3.0, 4.0]))
    assert error == pytest.approx(np.std([1, 2, 3, 4], ddof=1) / 2)
    assert freedom == 3


def test_one_pair_alone_has_no_interval() -> None:
    error, freedom = standard_error(np.zeros(1, dtype=int), np.zeros(1, dtype=int), np.array([1.0]))
    assert np.isnan(error)
    assert freedom == 0


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("practise@end", "b", "a"), "no figure 'practise@end'; nearest known: practice@end"),
        (("practice@end", "c", "a"), "no design 'c'"),
    ],
)
def test_a_contrast_of_what_is_not_there_is_refused(asked: tuple[str, str, str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        table([("a", 0, 0, 0.0, 1.0), ("b", 0, 0, 0.0, 1.0)]).contrast(*asked)


def test_frames_keep_one_index() -> None:
    found = table([("a", 0, 0, 0.0, 1.0), ("b", 0, 0, 0.0, 2.0)])
    pd.testing.assert_index_equal(found.experiments.index, found.outcomes.index)
