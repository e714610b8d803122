from __future__ import annotations

import numpy as np
import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.declared import REGISTRY
from sim.experiments.parameter_draws import uncertain
from sim.parameters.registry import Registry
from sim.sensitivity import check
from sim.sensitivity.check import Checked, CheckSettings, base_share, effects, factors, moved_share, points
from sim.sensitivity.reference import write_reference
from tests.sensitivity.known import BOTH, CUBE
from tests.sensitivity.test_reference import BEFORE


def test_every_uncertain_parameter_is_moved_once_from_each_base() -> None:
    chosen = factors(REGISTRY)
    members = [one.name for factor in chosen for one in factor.members]
    assert sorted(members) == sorted(one.name for one in uncertain(REGISTRY))
    assert chosen[-1].name == "dummy"
    assert [len(factor.members) > 1 for factor in chosen] == [factor.name == "survey" for factor in chosen]


@pytest.mark.parametrize("base", [0, 1, 2])
def test_moves_stay_inside_the_central_nine_tenths(base: int) -> None:
    for one in uncertain(REGISTRY):
        stands, moved = base_share(one.name, base), moved_share(one.name, base)
        assert 0.05 <= moved <= 0.95
        assert abs(moved - stands) == pytest.approx(0.45 if base == 0 else 0.6)


def test_a_new_parameter_moves_nobody_else() -> None:
    few, more = points(factors(CUBE, ""), 2), points(factors(BOTH, ""), 2)
    kept = [{name: v for name, v in values.items() if name.startswith("cube")} for values in more]
    # bases, then the three of the cube; then, in the larger registry, two of another theme and the dummy
    assert few[:4] == kept[:4]
    assert few[5:9] == kept[7:11]


def test_effects_of_a_plane_are_its_slopes_over_nine_tenths() -> None:
    chosen = factors(CUBE, "")
    outputs = np.array([3 * v["cube.a"] - 2 * v["cube.b"] for v in points(chosen, 3)])
    np.testing.assert_allclose(effects(chosen, outputs, 3), [[2.7, -1.8, 0.0, 0.0]] * 3, atol=1e-9)


def test_a_theme_is_moved_together() -> None:
    chosen = factors(BOTH, "rest")
    assert [factor.name for factor in chosen] == ["cube.a", "cube.b", "cube.c", "rest", "dummy"]
    values = points(chosen, 1)
    assert values[4]["rest.d"] != values[0]["rest.d"]
    assert values[4]["rest.e"] != values[0]["rest.e"]
    assert values[5] == values[0]  # the dummy moves nothing


def test_a_registry_without_the_theme_has_no_such_factor() -> None:
    assert "survey" not in [factor.name for factor in factors(Registry([*CUBE.groups]))]


def test_the_command_ends_with_1_and_says_what_changed(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("check")
    now = BEFORE.assign(mu=[1.0, 0.5, 0.0])
    unknown = dict.fromkeys(("low", "high", "floor"), np.nan)
    indices = now.rename(columns={"mu_star": "value"}).assign(
        index="mu_star", convincing=False, n=1, **unknown
    )
    monkeypatch.setattr(check, "run_check", lambda _: Checked(now, indices))
    reference = folder / "reference.csv"
    write_reference(BEFORE, reference)
    done = CliRunner().invoke(
        app, ["sensitivity", "check", "--reference", str(reference), "--out", str(folder / "out")]
    )
    assert done.exit_code == 1
    assert "y has changed sign (down before, up now)" in done.stderr
    assert "sensitivity accept" in done.stderr
    assert "changed sign" in (folder / "out" / "changes.md").read_text(encoding="utf-8")

    changelog = folder / "CHANGELOG.md"
    changelog.write_text("# Changelog\n\n## [Unreleased]\n", encoding="utf-8")
    accepted = CliRunner().invoke(
        app,
        ["sensitivity", "accept", "--reason", "the sign was wrong", "--reference", str(reference),
         "--changelog", str(changelog)],
    )  # fmt: skip
    assert accepted.exit_code == 0
    assert "the sign was wrong. *Numbers moved:*" in changelog.read_text(encoding="utf-8")
    again = CliRunner().invoke(
        app, ["sensitivity", "check", "--reference", str(reference), "--out", str(folder / "out")]
    )
    assert again.exit_code == 0
    assert "as accepted" in again.stdout


@pytest.mark.slow
def test_the_check_is_the_same_whoever_plays_it() -> None:
    small = {"bases": 1, "scale": 0.05, "start": 2025, "end": 2026, "progress": False}
    one = check.run_check(CheckSettings(workers=1, **small))  # type: ignore[arg-type]
    two = check.run_check(CheckSettings(workers=2, **small))  # type: ignore[arg-type]
    assert one.influence.equals(two.influence)
    assert (one.influence["mu_star"] > 0).any()
    survey = one.influence[one.influence["factor"] == "survey"]
    assert (survey["mu_star"] == 0).all()  # asking only reads
