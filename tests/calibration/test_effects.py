from __future__ import annotations

from dataclasses import replace

import pytest

from sim.calibration.effects import EFFECTS, without_schemes
from sim.calibration.plan import Plan
from sim.calibration.points import Portion, play_portion
from sim.calibration.targets import for_fitting
from sim.experiments.posterior import calibration_folder


def effects(**changes: object) -> dict[str, float]:
    plan = Plan(scale=0.05, end=2023)
    setting = replace(plan.setting(worlds=1, paired_every=1), **changes)  # type: ignore[arg-type]  # each its field's type
    table = play_portion(Portion(setting, 0, (), plan.space.values(plan.space.prior_design(20, 1))[:1, :0]))
    wanted = {one.target for one in EFFECTS}
    return {row["target"]: row["value"] for row in table.to_pylist() if row["target"] in wanted}


def test_a_scheme_does_something_to_pupils_and_one_that_never_was_does_nothing() -> None:
    plan = Plan()
    gone = without_schemes(plan.setting().design, plan.instruments().registry)
    assert set(gone) == {"follow_up", "decentralised"}
    found = effects()
    assert found["effect_decentralised_national"] > 0
    nothing = effects(design=gone["decentralised"], without={"decentralised": gone["decentralised"]})
    assert nothing == {"effect_decentralised_national": pytest.approx(0.0, abs=1e-12)}


def test_only_every_so_many_worlds_are_paired() -> None:
    assert effects(paired_every=2).keys() == effects().keys()  # world 0 is
    assert effects(without={}) == {}


def test_every_effect_answers_a_soft_figure() -> None:
    soft = {t.id for t in for_fitting(calibration_folder()) if t.likelihood == "soft"}
    assert {one.target for one in EFFECTS} == soft
