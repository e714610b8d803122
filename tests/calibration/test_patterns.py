from __future__ import annotations

import pandas as pd
import pytest

from sim.calibration.draw_facts import of_draw
from sim.calibration.patterns import Pattern, PatternWorld, compared, read_patterns, told
from sim.calibration.targets import for_fitting
from sim.declared import REGISTRY
from sim.experiments.posterior import calibration_folder
from sim.model import SchemeModel
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.state import DrawKind


def fact(repeats: str = "") -> Pattern:
    return Pattern("fact", "a fact", 0.1, 0.2, "share", counted=False, repeats=repeats, source="source")


def row(found: float, without: list[float], repeats: str = "") -> dict[str, object]:
    table = compared([fact(repeats)], [PatternWorld({"fact": found}, {"fact": without})] * 3)
    return {str(column): value for column, value in table.to_dict("records")[0].items()}


def test_a_fact_that_schemes_without_effect_would_show_is_no_test() -> None:
    # The literature says 0.1 to 0.2.
    assert row(0.15, [0.15])["no_test"] == "without"
    assert row(0.15, [0.0])["no_test"] is None
    assert row(0.15, [0.0, 0.15])["no_test"] == "without"  # one way of doing nothing shows it
    assert row(0.15, [])["no_test"] is None


def test_a_fact_that_repeats_an_input_is_an_echo_whatever_the_worlds_say() -> None:
    one = row(0.15, [0.0], repeats="results.drift_sd")
    assert (one["no_test"], one["repeats"]) == ("echo", "results.drift_sd")


def test_an_interval_can_overlap_without_its_mean_inside() -> None:
    worlds = [PatternWorld({"fact": value}, {"fact": [0.0]}) for value in (0.15, 0.3, 0.45)]
    one = compared([fact()], worlds).iloc[0]
    assert (bool(one["overlap"]), bool(one["mean_inside"])) == (True, False)


def test_no_mean_is_asked_to_lie_at_one_outcome() -> None:
    counted = Pattern("fact", "one outcome", 0.195, 0.205, "share", counted=True, repeats="", source="source")
    one = compared([counted], [PatternWorld({"fact": value}, {}) for value in (0.1, 0.3, 0.5)]).iloc[0]
    assert bool(one["overlap"])
    assert one["mean_inside"] is None


def test_tests_and_others_are_told_apart() -> None:
    table = pd.DataFrame(
        {"no_test": [None, None, "echo"], "overlap": [True, False, True], "mean_inside": [True, None, True]}
    )
    assert told(table) == (
        "facts beside the fit: of 2 that are a test 1 overlap; of 1 measured as an interval 1 have the mean inside; "
        "1 no test (echo 1)"
    )


def test_what_a_fact_repeats_is_a_parameter_or_a_fitted_figure() -> None:
    facts = read_patterns(calibration_folder())
    known = set(REGISTRY.by_name) | {t.id for t in for_fitting(calibration_folder())}
    assert [one.id for one in facts if one.repeats and one.repeats not in known] == []
    assert sum(not one.repeats for one in facts) >= 3


def test_the_draw_s_facts_are_those_of_its_register_and_lots_draw_as_many() -> None:
    model = SchemeModel("history", rng=1, world=0, start=2019, scale=0.5)
    while of_draw(model.state, 1, 0) is None:
        model.step()
    register = model.state[DrawRegister]
    spread = register.drawn == DrawKind.SPREAD
    facts = of_draw(model.state, 1, 0)
    assert facts is not None
    assert facts.found["spread_disability"] == pytest.approx(register.disability[spread].mean())
    assert facts.found["least_ratio_tests"] <= facts.found["greatest_ratio_tests"]
    # Who is drawn for points has more of them than whom lots pick: the weakest of the drawn stands above that of lots.
    assert facts.found["least_ratio_tests"] > facts.by_lot["least_ratio_tests"]
    assert facts.by_lot.keys() == facts.found.keys()
    assert of_draw(model.state, 1, 0) == facts  # keyed luck
