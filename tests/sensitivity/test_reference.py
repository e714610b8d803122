from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.errors import InputError
from sim.sensitivity.accepting import entry, noted
from sim.sensitivity.reference import Change, changes, influences, read_reference, write_reference


def table(**influence: tuple[float, float]) -> pd.DataFrame:
    """Size and sign of each factor's influence on one result."""
    rows = [
        {
            "outcome": "practice", "when": "mean", "group": "all", "design": "b", "versus": "a", "factor": factor,
            "mu_star": size, "mu": mu,
        }
        for factor, (size, mu) in influence.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


BEFORE = table(x=(1.0, 1.0), y=(0.5, -0.5), z=(0.0, 0.0))


def said(after: pd.DataFrame) -> list[str]:
    return [str(change) for change in changes(BEFORE, after)]


def test_the_same_influences_are_as_accepted() -> None:
    assert said(BEFORE) == []


def test_small_shifts_are_let_be() -> None:
    assert said(table(x=(1.1, 1.1), y=(0.6, -0.6), z=(0.04, 0.04))) == []


@pytest.mark.parametrize(
    ("after", "message"),
    [
        (
            table(x=(1.0, 1.0), y=(0.5, -0.5), z=(0.2, 0.2)),
            "practice@mean, b - a: z has gained influence (0 % of the greatest before, 20 % now)",
        ),
        (
            table(x=(1.0, 1.0), y=(0.01, 0.01), z=(0.0, 0.0)),
            "practice@mean, b - a: y has lost its influence (50 % of the greatest before, 1 % now)",
        ),
        (
            table(x=(1.0, 1.0), y=(0.5, 0.5), z=(0.0, 0.0)),
            "practice@mean, b - a: y has changed sign (down before, up now)",
        ),
        (
            table(x=(1.0, 1.0), y=(0.2, -0.2), z=(0.0, 0.0)),
            "practice@mean, b - a: y has another weight (50 % of the greatest before, 20 % now)",
        ),
        (
            table(x=(9.0, 9.0), y=(4.5, -4.5), z=(0.0, 0.0)),
            "practice@mean, b - a: its greatest influence was 1 and is 9, 9 times that",
        ),
        (table(x=(0.0, 0.0), y=(0.0, 0.0)), "practice@mean, b - a: is moved by nothing now"),
    ],
)
def test_what_has_changed_is_told_in_words(after: pd.DataFrame, message: str) -> None:
    assert said(after) == [message]


def test_an_influence_that_goes_both_ways_has_no_sign_to_change() -> None:
    assert said(table(x=(1.0, 1.0), y=(0.5, 0.1), z=(0.0, 0.0))) == []


def test_results_that_come_and_go_are_told() -> None:
    other = BEFORE.assign(outcome="hours")
    assert said(other) == [
        "practice@mean, b - a: is in the reference but no longer looked at",
        "hours@mean, b - a: is not in the reference",
    ]


def test_a_reference_is_read_back_as_written(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "reference.csv"
    theme = table(x=(1.0, 1.0), y=(0.5, float("nan")), z=(0.001, 0.001))
    write_reference(theme, file)
    back = read_reference(file)
    assert back["factor"].tolist() == ["x", "y"]  # what hardly matters is left out
    assert changes(back, theme) == []


def test_a_result_that_nothing_touches_is_kept_too(tmp_path: Path) -> None:
    nothing = table(x=(0.0, 0.0), y=(0.0, 0.0))
    write_reference(nothing, tmp_path / "reference.csv")
    assert changes(read_reference(tmp_path / "reference.csv"), nothing) == []


def test_a_missing_or_strange_reference_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="sensitivity accept"):
        read_reference(tmp_path / "none.csv")
    (tmp_path / "strange.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"strange\.csv"):
        read_reference(tmp_path / "strange.csv")


def test_influences_are_read_off_a_table_of_indices() -> None:
    keys = {"outcome": "practice", "when": "mean", "group": "all", "design": "b", "versus": "a"}
    indices = pd.DataFrame(
        [
            {**keys, "factor": "x", "index": "mu_star", "value": 2.0},
            {**keys, "factor": "x", "index": "mu", "value": -2.0},
            {**keys, "factor": "x", "index": "sigma", "value": 0.1},
            {**keys, "factor": "dummy", "index": "mu_star", "value": 0.0},
            {**keys, "factor": "dummy", "index": "mu", "value": 0.0},
        ]
    )
    assert influences(indices)[["factor", "mu_star", "mu"]].to_numpy().tolist() == [["x", 2.0, -2.0]]


CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.1.0]\n\n- Old.\n"


def test_the_reason_goes_into_the_changelog() -> None:
    line = entry("turnover is steeper now", [Change("practice", "x", "has changed sign")])
    assert line == "- turnover is steeper now. *Numbers moved:* practice: x has changed sign."
    once = noted(CHANGELOG, line)
    assert once == (
        "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n### Accepted influences\n\n"
        f"{line}\n\n## [0.1.0]\n\n- Old.\n"
    )
    twice = noted(once, "- Another.")
    assert f"### Accepted influences\n\n- Another.\n{line}\n" in twice
    assert twice.count("### Accepted influences") == 1


def test_an_empty_reason_is_refused() -> None:
    with pytest.raises(InputError, match="at least 10 letters"):
        entry("  so  ", [])


def test_a_changelog_without_a_place_is_refused() -> None:
    with pytest.raises(InputError, match="Unreleased"):
        noted("# Changelog\n", "- x")


def test_the_committed_reference_can_be_read() -> None:
    from sim.sensitivity.check import REFERENCE, checkout

    path = checkout() / REFERENCE
    frame = read_reference(path)
    assert (frame["mu_star"] >= 0).all()
    assert set(frame["versus"]) == {"", "voluntary"}
