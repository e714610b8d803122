from __future__ import annotations

import json
import math

import pytest

from sim.app import cautions
from sim.app.answers import Answers
from sim.app.texts import texts
from sim.declared import REGISTRY
from sim.scenario_files import load_design, names
from tests.app.conftest import ANSWER

NB, EN = texts("nb"), texts("en")
VOLUNTARY = load_design("voluntary", REGISTRY)


def test_no_shipped_design_lies_beyond_the_shipped_designs() -> None:
    assert cautions.beyond(tuple(load_design(name, REGISTRY) for name in names()[::5]), REGISTRY, NB) == []


def test_a_value_beyond_all_shipped_designs_is_told() -> None:
    strange = VOLUNTARY.with_levers({"follow_up.prephase_years": 3.0, "follow_up.openness": 0.8}, 2027)
    told = [str(sentence) for sentence in cautions.beyond((strange,), REGISTRY, NB)]
    assert len(told) == 1
    assert "«Forfasens lengde» er satt til 3." in told[0]


def test_an_assumption_is_told_only_if_it_lies_outside_what_nine_in_ten_worlds_have() -> None:
    name = "follow_up.draw.absolute_distance"  # uniform from 1.0 to 1.8: nine in ten between 1.04 and 1.76
    for value, n in ((1.03, 1), (1.05, 0), (1.75, 0), (1.77, 1)):
        assert len(cautions.beyond((VOLUNTARY.with_assumptions({name: value}),), REGISTRY, EN)) == n, value


def test_an_assumption_is_told_by_its_name_whether_it_is_dated_or_not() -> None:
    name = "decentralised.forum.leader_exit"
    for design in (VOLUNTARY.with_assumptions({name: 0.5}), VOLUNTARY.with_levers({name: 0.5}, 2026)):
        (told,) = cautions.beyond((design,), REGISTRY, NB)
        assert str(told).startswith(
            "Forutsetningen «Sjansen for at nøkkelpersonen hos statsforvalteren slutter"
        )


def test_few_worlds_and_part_of_the_country_are_told_before_a_run() -> None:
    assert [s.key for s in cautions.of_run(19, 1.0, NB)] == ["caution.few_worlds"]
    assert [s.key for s in cautions.of_run(20, 0.3, NB)] == ["caution.part_of_country"]
    assert cautions.of_run(20, 1.0, NB) == []


def test_the_worlds_needed_grow_with_the_square_of_what_can_t_be_seen(answers: Answers) -> None:
    edition = answers.edition(answers.find(ANSWER), "nb")
    needed = cautions.worlds_needed(edition)
    assert needed is not None
    d, worlds = needed
    assert d.smallest is not None
    times = (d.row.minimum_detectable_effect / d.smallest) ** 2
    assert times > 1
    assert worlds.value == math.ceil(2 * times)


@pytest.mark.parametrize(
    ("drawn_from", "told"),
    [("priors", ["caution.not_calibrated"]), ("posterior", [])],
    ids=["priors", "posterior"],
)
def test_results_are_told_to_be_coarse_uncalibrated_and_of_other_code(
    answers: Answers, drawn_from: str, told: list[str]
) -> None:
    file = answers.folder / ANSWER / "manifest.json"
    facts = {"code": {"sources_sha256": "x"}, "parameters": {"drawn_from": drawn_from}}
    file.write_text(json.dumps({**json.loads(file.read_text()), **facts}))
    answer = answers.find(ANSWER)
    keys = [s.key for s in cautions.of_answer(answer, answers.edition(answer, "en"), EN)]
    assert keys == ["caution.too_few", "caution.scale", *told, "caution.other_code"]
