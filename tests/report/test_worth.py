"""Value for money: kroner per pupil reached and per hundredth of an SD, worked out by hand."""

import json
from pathlib import Path

import pandas as pd
import pytest

from sim.report.results import Results
from sim.report.view import View
from sim.report.worth import side_by_side, worths


def folder_of(folder: Path, gain: tuple[float, float, float], scale: float = 1.0) -> Path:
    """Follow-up costs 20 million in a half-year and reaches 10,000 (8,000 to 12,500) pupils under a, twice as many under b."""
    low, middle, high = gain
    of_a = {
        ("money_nok", "all"): (20e6, 20e6, 20e6, "NOK per half-year"),
        ("pupils_reached", "all"): (8e3, 10e3, 12.5e3, "pupils"),
        ("pupil_results", "picked.either"): (low, middle, high, "hundredths of a pupil SD"),
    }
    rows = [
        {"outcome": outcome, "group": group, "versus": "a", "design": "b", "horizon": "mean", "effect": m, "effect_low": lo,
         "effect_high": hi, "effect_design": 2 * m, "effect_design_low": 2 * lo, "effect_design_high": 2 * hi,
         "difference": m, "share": 1.0,
         "share_low": 0.9, "share_high": 1.1, "unit": unit}
        for (outcome, group), (lo, m, hi, unit) in of_a.items()
    ]  # fmt: skip
    pd.DataFrame(rows).to_parquet(folder / "yardstick.parquet")
    levers = [{"follow_up.obligation": [[2005, kind]]} for kind in ("none", "compulsory")]
    designs = [{"key": key, "title": key, "levers": of} for key, of in zip("ab", levers, strict=True)]
    (folder / "manifest.json").write_text(json.dumps({"designs": designs, "worlds": 9, "scale": scale}))
    return folder


def test_kroner_per_head_and_per_hundredth_carry_intervals(tmp_path: Path) -> None:
    a, b = worths(View(Results(folder_of(tmp_path, (0.25, 0.5, 1.0))), "en"))
    assert str(a.spent) == "NOK 40 million"
    # 40 million over 10,000 pupils; over 12,500 and 8,000 at the ends.
    assert [q.value for q in (a.per_head.value, a.per_head.low, a.per_head.high)] == [4000, 3200, 5000]
    # 4,000 kroner bring half a hundredth; a whole one or a quarter at the ends.
    assert [q.value for q in (a.per_gain.value, a.per_gain.low, a.per_gain.high)] == [8000, 4000, 16000]
    # Ten million at 4,000 kroner each.
    assert [q.value for q in (a.for_sum.value, a.for_sum.low, a.for_sum.high)] == [2500, 2000, 3125]
    assert b.design == "b"
    assert b.per_gain.value.value == pytest.approx(4000)  # as dear per pupil, and twice the gain


def test_a_gain_that_may_be_nothing_has_no_price(tmp_path: Path) -> None:
    a, _ = worths(View(Results(folder_of(tmp_path, (-0.1, 0.5, 1.0))), "en"))
    assert not a.gain.is_told
    assert not a.per_gain.is_told
    assert a.per_head.is_told


def test_money_and_pupils_are_the_whole_country_s(tmp_path: Path) -> None:
    a, _ = worths(View(Results(folder_of(tmp_path, (0.25, 0.5, 1.0), scale=0.5)), "en"))
    assert str(a.spent) == "NOK 80 million"
    assert str(a.reached.value) == "20,000 pupils"
    assert a.per_head.value.value == 4000


def test_without_a_yardstick_nothing_is_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, (0.25, 0.5, 1.0))
    (folder / "yardstick.parquet").unlink()
    assert worths(View(Results(folder), "en")) == []


def test_kroner_say_which_figures_they_were_reckoned_from(tmp_path: Path) -> None:
    a, _ = worths(View(Results(folder_of(tmp_path, (0.25, 0.5, 1.0))), "en"))
    assert a.per_gain.low.source.endswith(
        "column=effect;yearly_over=pupils_reached;and_over=pupil_results@picked.either;at=effect_high"
    )


def compared(
    folder: Path, levers: dict[str, tuple[float, float]], figures: dict[str, tuple[float, float, float, str]]
) -> Path:
    """Design b against a, which lacks a scheme; figures are differences with their ends, and a has none of it."""
    rows = [
        {"outcome": outcome, "group": "all", "versus": "a", "design": "b", "horizon": "mean", "unit": unit, "better": 1,
         "n_worlds": 9, "mean_versus": 0.0 if outcome != "pupils" else m, "mean_design": m,
         "difference": m if outcome != "pupils" else 0.0,
         "low": lo, "high": hi}
        for outcome, (lo, m, hi, unit) in figures.items()
    ]  # fmt: skip
    pd.DataFrame(rows).to_parquet(folder / "comparison.parquet")
    designs = [
        {"key": key, "title": key, "levers": {name: [[2005, of[i]]] for name, of in levers.items()}}
        for i, key in enumerate("ab")
    ]
    manifest = {"designs": designs, "worlds": 9, "scale": 1.0, "years": {"parting": 2026, "end": 2030}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_a_scheme_is_held_against_the_same_without_it(tmp_path: Path) -> None:
    folder = compared(tmp_path, {"decentralised.active": (0, 1)}, {
        "grant_nok": (80e6, 80e6, 80e6, "NOK per school year"), "upper_grant_nok": (20e6, 20e6, 20e6, "NOK per school year"),
        "scheme_pupils_reached": (40e3, 50e3, 100e3, "pupils"), "pupils": (0, 100e3, 0, "pupils"),
        "pupil_results": (0.1, 0.5, 1.0, "hundredths of a pupil SD"),
    })  # fmt: skip
    (one,) = worths(View(Results(folder), "en"))
    assert (one.scheme, one.design, str(one.spent)) == ("decentralised", "b", "NOK 100 million")
    # 100 million over 50,000 pupils, and at the ends over 100,000 and 40,000.
    assert [q.value for q in (one.per_head.value, one.per_head.low, one.per_head.high)] == [2000, 1000, 2500]
    # The gain is a mean over 100,000 pupils: 1,000 kroner each for half a hundredth.
    assert [q.value for q in (one.per_gain.value, one.per_gain.low, one.per_gain.high)] == [2000, 1000, 10000]


def test_vocational_money_is_told_by_teachers_and_points(tmp_path: Path) -> None:
    folder = compared(tmp_path, {"vocational.active": (0, 1)}, {
        "voc_grant_nok": (50e6, 50e6, 50e6, "NOK per school year"), "voc_reached": (4e3, 5e3, 1e4, "persons per school year"),
        "voc_subject": (0.02, 0.04, 0.08, "0-1"),
    })  # fmt: skip
    (one,) = worths(View(Results(folder), "en"))
    assert str(one.per_head.value) == "NOK 10,000"
    assert str(one.reached.value) == "5,000 teachers"
    assert one.per_gain.value.value == pytest.approx(2500)  # four points


def test_the_money_of_the_system_from_2026_has_what_levers_grant(tmp_path: Path) -> None:
    levers = {
        "system_2026.new_teachers.grant_nok": (0, 60e6),
        "system_2026.further_education.grant_nok": (100e6, 140e6),
        "vocational.grant_nok": (50e6, 50e6),
    }
    folder = compared(tmp_path, levers, {
        "system_nok": (60e6, 60e6, 60e6, "NOK per school year"), "private_grant_nok": (5e6, 10e6, 15e6, "NOK per school year"),
        "grant_nok": (-10e6, -10e6, -10e6, "NOK per school year"), "pupils": (0, 500e3, 0, "pupils"),
        "pupil_results": (-0.1, 0.5, 1.0, "hundredths of a pupil SD"),
    })  # fmt: skip
    (one,) = worths(View(Results(folder), "en"))
    assert str(one.spent) == "NOK 100 million"
    assert one.per_head.value.value == 200
    assert not one.per_gain.is_told


def test_an_interval_is_told_only_where_its_ends_are_two_figures(tmp_path: Path) -> None:
    of_all = compared(tmp_path, {"system_2026.new_teachers.grant_nok": (0, 60e6)}, {
        "system_nok": (60e6, 60e6, 60e6, "NOK per school year"), "pupils": (0, 500e3, 0, "pupils"),
        "pupil_results": (0.1, 0.5, 1.0, "hundredths of a pupil SD"),
    })  # fmt: skip
    (one,) = worths(View(Results(of_all), "en"))
    assert (one.reached.is_wide, one.per_head.is_wide, one.gain.is_wide) == (False, False, True)


def test_gains_side_by_side_have_as_many_digits(tmp_path: Path) -> None:
    (tmp_path / "fine").mkdir()
    (tmp_path / "coarse").mkdir()
    fine, *_ = worths(View(Results(folder_of(tmp_path / "fine", (0.499, 0.5, 0.501))), "en"))
    coarse, *_ = worths(View(Results(folder_of(tmp_path / "coarse", (0.2, 0.5, 0.8))), "en"))
    assert fine.gain.value.decimals > coarse.gain.value.decimals
    assert {one.gain.value.decimals for one in side_by_side([fine, coarse])} == {coarse.gain.value.decimals}
