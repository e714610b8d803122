"""Every row that the accepted posterior misses has its reason in the docs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import sim

CHECKOUT = Path(sim.__file__).parents[1]


def test_each_missed_row_has_a_reason() -> None:
    fit = pd.read_parquet(CHECKOUT / "calibration" / "fit.parquet")
    missed = set(fit.loc[~fit["inside"].eq(True), "target"])
    page = (CHECKOUT / "docs" / "calibration.md").read_text(encoding="utf-8")
    assert missed
    assert {target for target in missed if f"`{target}`" not in page} == set()
