from __future__ import annotations

import json
import os
import shutil
from typing import Any

import pytest

from sim.app.answers import Answers
from sim.declared import REGISTRY
from sim.errors import InputError
from sim.scenario_files import load_design
from tests.app.conftest import ANSWER

VOLUNTARY, OBLIGATORY, MARKET = (
    load_design(name, REGISTRY) for name in ("voluntary", "obligatory", "market")
)


def another(answers: Answers, name: str, **facts: Any) -> None:
    """A copy of the answer with something else in its manifest."""
    shutil.copytree(answers.folder / ANSWER, answers.folder / name)
    file = answers.folder / name / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **facts}))


def test_a_question_that_was_answered_is_known_by_its_policies(answers: Answers) -> None:
    found = answers.to(VOLUNTARY, OBLIGATORY)
    assert found is not None
    assert found.name == ANSWER
    assert found.is_of_this_code


def test_the_other_way_round_and_other_designs_are_other_questions(answers: Answers) -> None:
    assert answers.to(OBLIGATORY, VOLUNTARY) is None
    assert answers.to(VOLUNTARY, MARKET) is None
    assert answers.to(VOLUNTARY.with_levers({"follow_up.openness": 0.1}, 2026), OBLIGATORY) is None


def test_more_of_the_country_and_more_worlds_are_the_better_answer(answers: Answers) -> None:
    another(answers, "more_worlds", worlds=40)
    another(answers, "from_priors", worlds=10, scale=1.0, parameters={"drawn_from": "priors"})
    another(answers, "whole", worlds=5, scale=1.0, parameters={"drawn_from": "posterior"})
    another(answers, "old_code", worlds=90, scale=1.0, code={"sources_sha256": "x"})
    found = answers.to(VOLUNTARY, OBLIGATORY)
    assert found is not None
    assert found.name == "whole"


def test_answers_with_the_user_s_registers_or_plug_ins_answer_another_question(answers: Answers) -> None:
    another(answers, "own", worlds=90, registers={"schools.csv": "x"})
    another(answers, "added", worlds=90, plugins=[{"name": "x"}])
    found = answers.to(VOLUNTARY, OBLIGATORY)
    assert found is not None
    assert found.name == ANSWER


def test_a_larger_study_answers_a_question_about_its_baseline(answers: Answers) -> None:
    manifest = json.loads((answers.folder / ANSWER / "manifest.json").read_text())
    first, second = manifest["designs"]
    shutil.rmtree(answers.folder / "larger", ignore_errors=True)
    another(
        answers, "larger", designs=[first, {**first, "key": "x", "assumptions": {"a": 1}}, second], worlds=50
    )
    found = answers.to(VOLUNTARY, OBLIGATORY)
    assert found is not None
    assert found.name == "larger"


@pytest.mark.parametrize(
    "name", ["..", ".", "", "../results", ".page", "a/b", "nothing", "x" * 500, "linked"]
)
def test_a_name_leads_nowhere_but_to_results(answers: Answers, name: str) -> None:
    (answers.folder / "linked").symlink_to(answers.folder / ANSWER)
    with pytest.raises(InputError):
        answers.find(name)


def test_the_newest_are_listed_first_and_what_is_no_results_is_left_out(answers: Answers) -> None:
    another(answers, "newer")
    os.utime(answers.folder / ANSWER / "manifest.json", (1, 1))
    (answers.folder / "notes").mkdir()
    (answers.folder / "broken").mkdir()
    (answers.folder / "broken" / "manifest.json").write_text("{")
    assert [answer.name for answer in answers.all()] == ["newer", ANSWER]


def test_an_answer_is_read_anew_when_it_was_made_anew(answers: Answers) -> None:
    first = answers.edition(answers.find(ANSWER), "nb")
    assert answers.edition(answers.find(ANSWER), "nb") is first
    os.utime(answers.folder / ANSWER / "manifest.json", (1, 1))
    assert answers.edition(answers.find(ANSWER), "nb") is not first
