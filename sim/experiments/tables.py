"""The tables that a study writes: every column with its type, unit and meaning, said once.

Unit and meaning travel with the column, in the Arrow field's metadata: from a worker to its parent, into the Parquet
file, and from there into `tables.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from sim.arrays import AnyArray, Ints, Words
from sim.half_year import HalfYear

WORDS = pa.dictionary(pa.int16(), pa.string())  # one of few words
TEXT = pa.string()
WHOLE = pa.int64()
YEAR = pa.int16()
NUMBER = pa.float64()
SINGLE = pa.float32()  # state in detail: seven digits are enough to look at
YES_NO = pa.bool_()


@cache
def field(name: str, kind: pa.DataType, unit: str, meaning: str) -> pa.Field:
    """A column and its sentence."""
    return pa.field(name, kind, metadata={"unit": unit, "meaning": meaning})


WORLD = field(
    "world", pa.int32(), "number", "world within the study; the same number is the same luck in every design"
)
DESIGN = field(
    "design", WORDS, "name", "design that the world is played under; up to the parting all share one history"
)
NAME = field("name", WORDS, "name", "name in the user's register; empty where it has none")
DRAWN_WORDS = "drawn, not observed"
DRAWN = field(
    "origin",
    WORDS,
    "words",
    "where the figures of a real place come from: what it is like in the model is drawn",
)
WHEN = (
    field("half_year", WORDS, "year-season", "half-year at whose end the value was noted"),
    field("year", YEAR, "calendar year", "year of the half-year"),
    field("season", WORDS, "spring or autumn", "season of the half-year"),
)
_OUTCOME = field("outcome", WORDS, "name", "what is measured")
_GROUP = field(
    "group", WORDS, "name", "group of municipalities; `all` is every one, or the nation as a whole"
)
UNIT = field("unit", WORDS, "unit", "unit of the outcome")

OUTCOMES = pa.schema(
    [
        WORLD,
        DESIGN,
        *WHEN,
        _OUTCOME,
        _GROUP,
        field(
            "value",
            NUMBER,
            "see unit",
            "mean or sum over the group; no row where the outcome applies to nobody in it",
        ),
        UNIT,
    ]
)

PARAMETERS = pa.schema(
    [
        WORLD,
        field(
            "draw",
            pa.int32(),
            "number",
            "draw of the parameters; worlds with the same number share their values",
        ),
        field("name", WORDS, "name", "uncertain parameter"),
        field("value", NUMBER, "the parameter's", "value drawn for the world; all designs share it"),
    ]
)

SUMMARY = pa.schema(
    [
        DESIGN,
        *WHEN,
        _OUTCOME,
        _GROUP,
        field("mean", NUMBER, "see unit", "mean over worlds"),
        field("p05", NUMBER, "see unit", "5th percentile over worlds"),
        field("p25", NUMBER, "see unit", "25th percentile over worlds"),
        field("p50", NUMBER, "see unit", "median over worlds"),
        field("p75", NUMBER, "see unit", "75th percentile over worlds"),
        field("p95", NUMBER, "see unit", "95th percentile over worlds"),
        field("n_worlds", WHOLE, "worlds", "worlds with a value"),
        UNIT,
    ]
)

VERSUS = field("versus", WORDS, "name", "the design that it is held against")
COMPARISON = pa.schema([
    _OUTCOME,
    _GROUP,
    field("design", WORDS, "name", "the design that is told of"),
    VERSUS,
    field("horizon", WORDS, "mean or end", "`mean`: mean over all half-years of the window; `end`: of its last year"),
    field("start", YEAR, "calendar year", "first year of the window: that in which any design parts from the first"),
    field("end", YEAR, "calendar year", "last year of the window"),
    field("n_worlds", WHOLE, "worlds", "worlds with a value under both designs"),
    field("n_draws", WHOLE, "draws", "draws of the uncertain parameters behind those worlds; the interval counts them"),
    field("mean_versus", NUMBER, "see unit", "mean under `versus` over those worlds"),
    field("mean_design", NUMBER, "see unit", "mean under `design` over those worlds"),
    field("difference", NUMBER, "see unit", "mean over worlds of `design` less `versus` in the same world"),
    field("low", NUMBER, "see unit", "lower end of the 90 % confidence interval of the mean difference (Student's t)"),
    field("high", NUMBER, "see unit", "its upper end"),
    field("spread_low", NUMBER, "see unit", "5th percentile of the difference over worlds: where one world may land"),
    field("spread_high", NUMBER, "see unit", "95th percentile of the difference over worlds"),
    field("sd_difference", NUMBER, "see unit", "standard deviation of the difference over worlds"),
    field(
        "probability_better", NUMBER, "share", "worlds in which `design` is the better one, ties half; empty if neither is"
    ),
    field(
        "minimum_detectable_effect", NUMBER, "see unit",
        "true difference that so many worlds would show with 80 % chance (paired t-test, 5 %, two-sided)",
    ),
    field(
        "variance_reduction", NUMBER, "ratio",
        "variance of the difference in unrelated worlds over that in the same worlds; empty where it never varies",
    ),
    UNIT,
    field("better", pa.int8(), "1, 0 or -1", "1 if more is better, -1 if less is, 0 if neither"),
    field(
        "smallest", NUMBER, "see unit",
        "smallest effect of interest, as the outcome declares it; empty if it declares none (`sim/outcomes/smallest.py`)",
    ),
])  # fmt: skip


def words(values: Sequence[str], of: AnyArray) -> pa.DictionaryArray:
    """A column of words given by their numbers: `values[of]`.

    Each word stands once in the column's dictionary, because with doubles Parquet's bytes are not always the same.
    """
    number, different = _numbered(values)
    return pa.DictionaryArray.from_arrays(pa.array(number[of]), pa.array(different, TEXT))


def kinds(values: Sequence[str], of: AnyArray) -> pd.Categorical[Any]:
    """The same for a frame, which `framed` makes a column of without looking at a word twice."""
    number, different = _numbered(values)
    return pd.Categorical.from_codes(number[of], pd.Index(different))


def _numbered(values: Sequence[str]) -> tuple[npt.NDArray[np.int16], list[str]]:
    """The number of each word, and the words that are different, in the order of their numbers."""
    place = {word: k for k, word in enumerate(dict.fromkeys(values))}
    return np.array([place[word] for word in values], dtype=np.int16), list(place)


def coded(ids: Ints, texts: Callable[[Ints], Words]) -> pa.DictionaryArray:
    """Identities as a column of the texts that are shown for them.

    Parameters
    ----------
    ids : array of int, shape (rows,)
    texts : callable
        Gives the texts of different identities.
    """
    different, which = np.unique(ids, return_inverse=True)
    return pa.DictionaryArray.from_arrays(pa.array(which.astype(np.int16)), pa.array(texts(different), TEXT))


def real_place(ids: Ints, names: Callable[[Ints], Words]) -> dict[pa.Field, pa.DictionaryArray]:
    """What stands beside the number of a real place: its name, and that its figures are no observations."""
    return {NAME: coded(ids, names), DRAWN: one_word(DRAWN_WORDS, len(ids))}


def one_word(word: str, n: int) -> pa.DictionaryArray:
    """A column that says the same word in every row."""
    return words([word], np.zeros(n, dtype=np.int16))


def when_columns(half_years: Sequence[HalfYear], of: AnyArray) -> dict[str, pa.Array]:
    """The columns of `WHEN` for rows that belong to `half_years[of]`."""
    years = np.array([half_year.year for half_year in half_years], dtype=np.int16)
    return {
        "half_year": words([str(half_year) for half_year in half_years], of),
        "year": pa.array(years[of]),
        "season": words([half_year.season.value for half_year in half_years], of),
    }


def table(columns: Mapping[str, AnyArray | pa.Array], schema: pa.Schema) -> pa.Table:
    """Columns as a table of a declared schema."""
    return pa.table(
        [pa.array(columns[name], schema.field(name).type) for name in schema.names], schema=schema
    )


def framed(frame: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    """A frame's columns as a table of a declared schema; NaN becomes empty."""
    return table({name: _column(frame[name], schema.field(name).type) for name in schema.names}, schema)


def _column(values: pd.Series[Any], kind: pa.DataType) -> pa.Array:
    if not isinstance(values.dtype, pd.CategoricalDtype):
        return pa.array(values.to_numpy(), kind, from_pandas=True)
    there, first, which = np.unique(values.cat.codes.to_numpy(), return_index=True, return_inverse=True)
    in_order = np.argsort(first)  # in which they come, as of words themselves
    place = np.empty(len(there), dtype=np.int16)
    place[in_order] = np.arange(len(there))
    return pa.DictionaryArray.from_arrays(
        pa.array(place[which]), pa.array(values.cat.categories[there[in_order]], TEXT)
    )


def array(values: AnyArray) -> pa.Array:
    """An array as a column; words become words of few kinds, NaN becomes empty."""
    if values.dtype.kind == "U":
        return pa.array(values, TEXT).dictionary_encode().cast(WORDS)
    return pa.array(values, from_pandas=True)
