from __future__ import annotations

import pytest

from sim.app import asked_often
from sim.app.bounds import Usual
from sim.app.own_designs import OwnDesigns
from sim.app.questions import policy
from sim.declared import REGISTRY
from sim.errors import InputError
from sim.report.messages import LANGUAGES

QUESTIONS = [question for theme in asked_often.themes() for question in theme.questions]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_every_question_has_words_and_two_designs_that_differ(
    question: asked_often.AskedOften, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own = OwnDesigns(tmp_path_factory.mktemp("own"), REGISTRY, 5)
    a = own.find(question.a)
    for b in map(own.find, question.b.split()):
        parts = a.parts_from(b, REGISTRY)
        assert parts is not None
        assert parts <= Usual().end
        assert policy(a, REGISTRY) != policy(b, REGISTRY)
    assert all(question.words[lang].endswith("?") for lang in LANGUAGES)


def test_a_question_is_known_by_the_designs_that_answer_it_alone_or_with_just_its_others() -> None:
    found = asked_often.answered_by
    market, money = asked_often.find("rett-til-eier"), asked_often.find("penger")
    assert found("voluntary", "market") is market
    assert found("voluntary", "market", "network") is None  # it does not ask about networks
    assert found(money.a, *money.b.split()) is money
    assert found("market", "voluntary") is None


def test_no_key_stands_twice_and_an_unknown_one_is_refused() -> None:
    keys = [question.key for question in QUESTIONS]
    assert len(set(keys)) == len(keys)
    with pytest.raises(InputError, match="no question"):
        asked_often.find("nothing")
