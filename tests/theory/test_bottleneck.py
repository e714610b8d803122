from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from sim.theory.bottleneck import COLUMNS, bottlenecks
from sim.theory.link import Stage
from sim.theory.reading import theories

THEORY = theories()[0]
CONDITIONS = [link.key for link in THEORY.of_stage(Stage.CONDITION)]
RESULTS = [link.key for link in THEORY.of_stage(Stage.RESULT)]


def rows(
    world: int,
    shares: Mapping[str, float],
    year: int = 2030,
    easier: Mapping[str, float] | None = None,
    harder: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """All conditions hold for nine tenths and all results everywhere, but for those given; some otherwise with moved limits."""
    reached = {**dict.fromkeys(CONDITIONS, 0.9), **dict.fromkeys(RESULTS, 1.0), **shares}
    moved = {
        way: list({**reached, **(said or {})}.values())
        for way, said in (("easier", easier), ("harder", harder))
    }
    return pd.DataFrame({
        "world": world, "design": "d", "scheme": THEORY.scheme, "link": list(reached), "group": "all", "year": year,
        "reached": list(reached.values()), **{f"reached_{way}": values for way, values in moved.items()},
    })  # fmt: skip


def only_row(*parts: pd.DataFrame) -> dict[str, object]:
    found = bottlenecks(pd.concat(parts), 2026, 2034)
    assert list(found.columns) == list(COLUMNS)
    assert len(found) == 1
    return {str(name): value for name, value in found.iloc[0].to_dict().items()}


def test_it_is_the_condition_that_holds_for_the_fewest() -> None:
    found = only_row(rows(0, {"needs_known": 0.2, "process_led": 0.4, "quality_assured": 0.5}))
    assert (found["condition"], found["reached"]) == ("needs_known", 0.2)
    assert (found["next"], found["next_reached"]) == ("process_led", 0.4)


def test_a_condition_counts_only_if_what_it_leads_to_is_short() -> None:
    # Owners and UH agree everywhere, so it does not matter that the governor hardly leads.
    assert "agree" in THEORY.link("governor_leads").leads_to
    found = only_row(rows(0, {"governor_leads": 0.1, "needs_known": 0.3, "local_measures": 0.6}))
    assert found["condition"] == "needs_known"


def test_where_nothing_is_short_there_is_none() -> None:
    assert bottlenecks(rows(0, {"needs_known": 0.1}), 2026, 2034).empty


def test_years_outside_the_window_do_not_count() -> None:
    parts = rows(0, {"needs_known": 0.2, "quality_assured": 0.5}), rows(0, {"process_led": 0.0}, year=2020)
    assert only_row(*parts)["condition"] == "needs_known"


def test_it_says_in_how_many_worlds_the_same_comes_out() -> None:
    short = {"quality_assured": 0.5}
    found = only_row(
        rows(0, {"needs_known": 0.2, **short}),
        rows(1, {"needs_known": 0.3, **short}),
        rows(2, {"needs_known": 0.7, "process_led": 0.6, **short}),
    )
    assert found["condition"] == "needs_known"
    assert found["reached"] == pytest.approx(0.4)
    assert found["worlds_agreeing"] == pytest.approx(2 / 3)
    assert found["n_worlds"] == 3


def test_it_is_told_whether_it_is_the_same_wherever_limits_lie() -> None:
    low = {"needs_known": 0.2, "process_led": 0.4, "quality_assured": 0.5}
    assert only_row(rows(0, low))["limits_agreeing"] == 1
    # With all limits harder, fewer have somebody who leads: another one then comes out.
    assert only_row(rows(0, low, harder={"process_led": 0.1}))["limits_agreeing"] == pytest.approx(2 / 3)
    # All limits easier keep the order, but with its own alone easier it is no longer the lowest.
    easier = {"needs_known": 0.5, "process_led": 0.7}
    assert only_row(rows(0, low, easier=easier))["limits_agreeing"] == pytest.approx(2 / 3)
