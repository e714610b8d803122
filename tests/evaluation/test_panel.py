from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.evaluation.panel import estimates, panel
from sim.evaluation.scenarios import STRONGER, STRONGER_WITHOUT, WITH, WITHOUT

N = 60
DRAW_YEAR, AFTER = 2026, (3,)


def draw() -> pd.DataFrame:
    """Sixty municipalities in the order of their risk share; ten are drawn by rank, one by spread."""
    numbers = [f"Agder-{k}" for k in range(1001, 1001 + N)]
    return pd.DataFrame({
        "municipality": numbers, "successor": numbers, "risk_share": np.linspace(0.9, 0.31, N),
        "drawn": ["average"] * 10 + ["none"] * 20 + ["spread"] + ["none"] * (N - 31),
        "excluded_because": [""] * (N - 3) + ["too large", "in the scheme", "drawn last time"],
        "population": np.linspace(2_000, 50_000, N), "education_low": 0.25, "education_high": 0.3, "disability": 0.1,
        "child_welfare": np.linspace(20, 40, N), "free_income": 60_000.0,
    })  # fmt: skip


def figures(effect: float) -> pd.DataFrame:
    """What lies before falls by a tenth afterwards, and the drawn (ten and one) change by the effect too."""
    record = draw()
    before = record["risk_share"].to_numpy()
    after = before * 0.9 + effect * (record["drawn"] != "none").to_numpy()
    parts = []
    for year, values in ((DRAW_YEAR - 1, before), (DRAW_YEAR + 3, after)):
        parts.append(pd.DataFrame({
            "year": year, "municipality": record["municipality"], "risk_share": values, "lowest_level": values / 2,
            "risk_share_before": values, "lowest_level_before": values / 2,
        }))  # fmt: skip
    return pd.concat(parts)


SEEN = {WITH: figures(-0.05), WITHOUT: figures(0.0), STRONGER: figures(-0.2), STRONGER_WITHOUT: figures(0.0)}


def found(scenario: str, estimator: str, outcome: str = "risk_share") -> dict[str, float]:
    rows = estimates(panel(draw(), SEEN, DRAW_YEAR, AFTER), AFTER)
    keys = {"scenario": scenario, "estimator": estimator, "outcome": outcome}
    (row,) = [r for r in rows if all(r[name] == value for name, value in keys.items())]
    return {name: value for name, value in row.items() if isinstance(value, float | int)}


def test_those_who_could_not_be_drawn_by_rank_are_left_out() -> None:
    world = panel(draw(), SEEN, DRAW_YEAR, AFTER)
    assert len(world.drawn) == N - 2  # "too large" bars only from the spread draw
    assert world.drawn.sum() == 11
    assert (~world.by_rank).sum() == 1
    # the last drawn has 0.9 - 9 * 0.01 = 0.81, the first not drawn 0.80
    assert world.beyond[[9, 10]] == pytest.approx([0.005, -0.005])


def test_the_truth_is_the_same_world_with_and_without_the_draw() -> None:
    for scenario, effect in (("model", -0.05), ("none", 0.0), ("stronger", -0.2)):
        assert found(scenario, "before_after")["true_effect"] == pytest.approx(effect)
        assert found(scenario, "discontinuity")["own_effect"] == pytest.approx(effect)
        assert found(scenario, "before_after", "lowest_level")["true_effect"] == pytest.approx(effect / 2)


def test_before_and_after_takes_the_fall_for_an_effect() -> None:
    drawn = np.append(np.linspace(0.9, 0.81, 10), 0.6)
    assert found("none", "before_after")["estimate"] == pytest.approx(-0.1 * drawn.mean())


def test_the_cut_finds_the_jump() -> None:
    assert found("model", "discontinuity")["estimate"] == pytest.approx(-0.05)
    assert found("none", "discontinuity")["estimate"] == pytest.approx(0.0, abs=1e-9)


def test_the_true_effect_at_the_cut_is_weighed_as_the_estimator_weighs() -> None:
    seen = dict(SEEN)
    uneven = SEEN[WITHOUT].copy()
    late = (uneven["year"] == DRAW_YEAR + 3).to_numpy()
    uneven.loc[late & (uneven["municipality"] == "Agder-1010").to_numpy(), "risk_share"] -= (
        1.0  # the last drawn by rank
    )
    seen[WITH] = uneven
    rows = estimates(panel(draw(), seen, DRAW_YEAR, AFTER), AFTER)
    row = next(r for r in rows if r["scenario"] == "model" and r["estimator"] == "discontinuity")
    # the 21st not drawn, past the one drawn by spread, lies 0.215 below the cut; drawn lie at 0.005, 0.015, ... 0.095
    weight = 1 - (0.005 + 0.01 * np.arange(10)) / 0.215
    assert row["own_effect"] == pytest.approx(-weight[0] / weight.sum(), rel=1e-6)


def test_no_municipality_is_followed_that_merged_or_is_gone() -> None:
    record = draw()
    record.loc[[0, 20], "successor"] = "Agder-9999"
    gone = {key: table[table["municipality"] != "Agder-1002"] for key, table in SEEN.items()}
    world = panel(record, gone, DRAW_YEAR, AFTER)
    assert len(world.drawn) == N - 4
    rows = estimates(world, AFTER)
    assert rows[0]["n_drawn"] == 9


def test_an_evaluator_needs_nothing_that_only_the_model_knows() -> None:
    assert "true_need" not in draw()  # and yet all of the above is found
    assert found("model", "look_alikes")["n_drawn"] == 11
