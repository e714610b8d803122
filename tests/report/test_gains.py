"""Who gains and who loses, from intervals given by hand."""

import json
from pathlib import Path

import pandas as pd
import pytest

from sim.report.gains import gain_sentences
from sim.report.results import Results
from sim.report.view import View


def folder_of(folder: Path, better: int, **by_group: tuple[float, float]) -> Path:
    """Intervals for the grant of small and large municipalities, under a design that differs in funding."""
    rows = [
        {"outcome": "grant_nok", "group": f"size.{group}", "versus": "a", "design": "b", "horizon": "mean",
         "unit": "NOK per school year", "better": better, "n_worlds": 40, "low": low, "difference": (low + high) / 2,
         "high": high, "mean_versus": 1e8, "mean_design": 1e8, "smallest": 1e6}
        for group, (low, high) in by_group.items()
    ]  # fmt: skip
    pd.DataFrame(rows).to_parquet(folder / "comparison.parquet")
    designs = [
        {"key": key, "levers": {"decentralised.market_share": share}} for key, share in (("a", 0), ("b", 1))
    ]
    (folder / "manifest.json").write_text(json.dumps({"designs": designs, "worlds": 40}))
    return folder


@pytest.mark.parametrize(
    ("better", "small", "large", "key"),
    [
        (0, (-9e6, -7e6), (5e6, 6e6), "gains.moved"),
        (0, (-9e6, -7e6), (-1e6, 6e6), "gains.down"),
        (0, (-1e3, 1e3), (2e3, 3e3), "gains.none"),
        (0, (-1e6, 1e6), (-1e6, 1e6), "gains.none"),
        (1, (-9e6, -7e6), (5e6, 6e6), "gains.both"),
        (-1, (-9e6, -7e6), (-1e6, 1e6), "gains.better"),
        (
            -1,
            (-9e6, -7e6),
            (-9.4e6, -7.4e6),
            "gains.alike",
        ),  # apart by less than a million, which would matter
        (0, (7e6, 9e6), (7.4e6, 9.4e6), "gains.alike"),
        (1, (7e6, 9e6), (10e6, 12e6), "gains.better"),
    ],
)
def test_what_is_neither_better_nor_worse_is_told_to_move(
    tmp_path: Path, better: int, small: tuple[float, float], large: tuple[float, float], key: str
) -> None:
    view = View(Results(folder_of(tmp_path, better, small=small, large=large)), "en")
    (label, sentence), *_ = gain_sentences(view)
    assert label == view.names.outcome("grant_nok")
    assert sentence.key == key


def test_where_all_groups_change_alike_none_is_singled_out(tmp_path: Path) -> None:
    view = View(Results(folder_of(tmp_path, 1, small=(-9e6, -7e6), large=(-9.4e6, -7.4e6))), "en")
    (_, sentence), *_ = gain_sentences(view)
    assert (
        str(sentence)
        == "All groups change by about as much under “B”: from NOK −8.0 million to NOK −8.4 million."
    )
