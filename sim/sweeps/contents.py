"""Names in a store that stand for two contents, because a file was changed between two sweeps, and how they are told apart."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from sim.sweeps.store import RUNS, Store

APART, DIGITS = "#", 8  # between a design's key and the first letters of the digest of what is other
BETWEEN = "-"  # the letters of a design's digest and those of its registers
SYNTHETIC, UNKNOWN = "synthetic", "unknown"  # where there are no registers, or nobody noted what they held


def countries(runs: pd.DataFrame) -> pd.Series[str]:
    """What the registers held that each run was played with: the first letters of their digest."""
    nothing = pd.Series(None, index=runs.index, dtype=object)
    digests = runs.get("registers_digest", nothing).str[:DIGITS]
    without: pd.Series[str] = runs["registers"].isna().map({True: SYNTHETIC, False: UNKNOWN})
    return digests.where(digests.notna(), without)


def told_apart(runs: pd.DataFrame) -> pd.Series[str]:
    """Names under which one thing stands each: of a design that stands for two contents, `key#letters`.

    The letters are the first of the design's digest, or of its registers' where these are what is other, or of both.
    """
    by_name = runs.groupby("variant", sort=False)
    country = countries(runs)
    changed = by_name["design_digest"].transform("nunique") > 1
    moved = country.groupby(runs["variant"], sort=False).transform("nunique") > 1
    letters = runs["design_digest"].str[:DIGITS].where(changed, "")
    letters += pd.Series(BETWEEN, runs.index).where(changed & moved, "")
    letters += country.where(moved, "")
    return runs["variant"].mask(changed | moved, runs["variant"] + APART + letters)


def told_of_others(store: Store, designs: Collection[str] | None = None) -> str:
    """That runs of a store that are not asked stand under the same name as some that are; empty if none do.

    Parameters
    ----------
    designs : collection of str, optional
        Names that matter; by default all.
    """
    runs = store.rows(RUNS).to_pandas()
    asked = store.asked()
    names = told_apart(runs)
    answered = names if asked is None else names[runs["run"].isin(set(asked))]
    named = runs["variant"].loc[answered.index]
    twice = answered[(answered != named) & (named.isin(set(designs)) if designs else True)]
    if not len(twice):
        return ""
    first = twice.index[0]
    key = runs["variant"].loc[first]
    choices = ", ".join(dict.fromkeys(names[runs["variant"] == key]))
    count = runs["variant"].loc[twice.index].nunique()
    more = f", and {count - 1} more names do" if count > 1 else ""
    said = "" if asked is None else f"; answered is {twice.loc[first]}, as last asked"
    return f"'{key}' stands for two contents in this store, as a file was changed in between ({choices}){more}{said}"
