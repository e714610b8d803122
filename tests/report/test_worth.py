"""Value for money: kroner per pupil reached and per hundredth of an SD, worked out by hand."""

import json
from pathlib import Path

import pandas as pd
import pytest

from sim.report.results import Results
from sim.report.view import View
from sim.report.worth import worths


def folder_of(folder: Path, gain: tuple[float, float, float], scale: float = 1.0) -> Path:
    """Follow-up costs 20 million in a half-year and reaches 10,000 (8,000 to 12,500) pupils under a, twice as many under b."""
    low, middle, high = gain
    of_a = {
        ("money_nok", "all"): (20e6, 20e6, 20e6, "NOK per half-year"),
        ("pupils_reached", "all"): (8e3, 10e3, 12.5e3, "pupils"),
        ("pupil_results", "picked.either"): (low, middle, high, "hundredths of a pupil SD"),
    }
    rows = [
        {"outcome": outcome, "group": group, "design_a": "a", "design_b": "b", "horizon": "mean", "effect": m, "effect_low": lo,
         "effect_high": hi, "effect_b": 2 * m, "effect_b_low": 2 * lo, "effect_b_high": 2 * hi, "difference": m, "share": 1.0,
         "share_low": 0.9, "share_high": 1.1, "unit": unit}
        for (outcome, group), (lo, m, hi, unit) in of_a.items()
    ]  # fmt: skip
    pd.DataFrame(rows).to_parquet(folder / "yardstick.parquet")
    levers = [{"follow_up.obligation": [[2005, kind]]} for kind in ("none", "compulsory")]
    designs = [{"key": key, "title": key, "levers": of} for key, of in zip("ab", levers, strict=True)]
    (folder / "manifest.json").write_text(json.dumps({"designs": designs, "worlds": 9, "scale": scale}))
    return folder


def test_kroner_per_pupil_and_per_hundredth_carry_intervals(tmp_path: Path) -> None:
    a, b = worths(View(Results(folder_of(tmp_path, (0.25, 0.5, 1.0))), "en"))
    assert str(a.spent) == "NOK 40 million"
    # 40 million over 10,000 pupils; over 12,500 and 8,000 at the ends.
    assert [q.value for q in (a.per_pupil.value, a.per_pupil.low, a.per_pupil.high)] == [4000, 3200, 5000]
    # 4,000 kroner bring half a hundredth; a whole one or a quarter at the ends.
    assert [q.value for q in (a.per_gain.value, a.per_gain.low, a.per_gain.high)] == [8000, 4000, 16000]
    assert b.design == "b"
    assert b.per_gain.value.value == pytest.approx(4000)  # as dear per pupil, and twice the gain


def test_a_gain_that_may_be_nothing_has_no_price(tmp_path: Path) -> None:
    a, _ = worths(View(Results(folder_of(tmp_path, (-0.1, 0.5, 1.0))), "en"))
    assert not a.gain.is_told
    assert not a.per_gain.is_told
    assert a.per_pupil.is_told


def test_money_and_pupils_are_the_whole_country_s(tmp_path: Path) -> None:
    a, _ = worths(View(Results(folder_of(tmp_path, (0.25, 0.5, 1.0), scale=0.5)), "en"))
    assert str(a.spent) == "NOK 80 million"
    assert str(a.reached.value) == "20,000 pupils"
    assert a.per_pupil.value.value == 4000


def test_without_a_yardstick_nothing_is_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, (0.25, 0.5, 1.0))
    (folder / "yardstick.parquet").unlink()
    assert worths(View(Results(folder), "en")) == []


def test_kroner_say_which_figures_they_were_reckoned_from(tmp_path: Path) -> None:
    a, _ = worths(View(Results(folder_of(tmp_path, (0.25, 0.5, 1.0))), "en"))
    assert a.per_gain.low.source.endswith(
        "column=effect;yearly_over=pupils_reached;and_over=pupil_results@picked.either;at=_high"
    )
