from __future__ import annotations

import re

import pytest

from sim.app.texts import texts
from sim.declared import OUTCOMES, REGISTRY
from sim.parameters.declaration import Role
from sim.report.messages import load
from sim.report.part_messages import load_part
from sim.report.subject import FOLLOW_UP, FUNDING, SYSTEM, VOCATIONAL, Subject
from sim.report.units import shown

# Messages that may hold digits: figures from the literature, definitions, names of sources. Others get theirs from files.
DIGITS_ALLOWED = (
    "answer.", "concerned.", "design.system_2026", "money.note", "worth.", "finding.",
    "sure.", "gains.", "draw.", "figure.", "glossary.", "sources.", "unit.",
    "table.interval", "group.smallest.", "group.towns.", "outcome.", "parameter.", "reproduce.digest", "limits.surroundings",
)  # fmt: skip


def test_the_parameters_that_the_report_explains_are_drawn_by_worlds() -> None:
    # One that was renamed would drop out of the table of assumptions without a word.
    named = {key.removeprefix("parameter.") for key in load("nb") if key.startswith("parameter.")}
    assert named - {d.name for d in REGISTRY.of_role(Role.UNCERTAIN)} == set()


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_digits_stand_only_in_messages_that_quote_definitions_or_sources(lang: str) -> None:
    messages = load(lang)
    with_digits = [key for key in messages if re.search(r"\d", messages.raw(key))]
    assert [key for key in with_digits if not key.startswith(DIGITS_ALLOWED)] == []


def test_no_verb_follows_a_name_that_may_end_in_a_relative_clause() -> None:
    # "Andelen lærere som nås øker" lacks a comma, "elevenes resultatnivå øker" has none: so such names stand at the end.
    verbs = "er|øker|synker|blir|har|ser|går|skifter|finner|kan|gir|lar|kommer"
    verb = re.compile(rf"\{{\w*(outcome_inline|group)\}} ({verbs})\b")
    words = [
        *((key, texts("nb").raw(key)) for key in texts("nb")),
        *((k, load_part("variance", "nb").raw(k)) for k in load_part("variance", "nb")),
    ]
    assert {key for key, text in words if verb.search(text)} == set()


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_sentences_end_with_a_full_stop(lang: str) -> None:
    messages = load(lang)
    for prefix in ("finding.", "concerned.", "limits.", "gains.", "level.", "glossary."):
        for key in messages:
            if key.startswith(prefix) and not key.endswith(".term"):
                assert messages.raw(key).endswith("."), key


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_unit_of_an_outcome_has_a_name_in_the_language(lang: str) -> None:
    # A unit without one is shown by its English name in the middle of a Norwegian table.
    messages = load(lang)
    units = {outcome.unit for outcome in OUTCOMES}
    assert {unit for unit in units if shown(unit, 1e6, messages).level == "plain"} == set()


@pytest.mark.parametrize("subject", [FOLLOW_UP, FUNDING, VOCATIONAL, SYSTEM], ids=lambda s: s.key)
def test_every_subject_tells_its_own_assumptions_and_what_stands_still(subject: Subject) -> None:
    messages = load("nb")
    told = [key.removeprefix("parameter.") for key in messages if key.startswith("parameter.")]
    own = [name for name in told if not name.startswith(subject.besides)]
    assert any(name.startswith(f"{subject.schemes[0]}.") for name in own)
    assert f"limits.surroundings.{subject.key}" in messages


def test_a_report_on_funding_leaves_out_what_only_follow_up_rests_on() -> None:
    assert "follow_up.acceptance.stigma_cost".startswith(FUNDING.besides)
    assert not "decentralised.forum.power".startswith(FUNDING.besides)
    assert not "results.practice_to_pupils".startswith(FUNDING.besides)


def test_an_unfilled_place_is_an_error() -> None:
    with pytest.raises(KeyError):
        load("en").text("level.from_to", outcome="Practice")


def test_a_language_without_texts_is_refused() -> None:
    with pytest.raises(ValueError, match="no texts in the language 'nn'"):
        load("nn")


def test_values_are_escaped_in_html_but_not_in_text() -> None:
    messages = load("en")
    values = {"b": "<b>", "a": "A & B"}
    assert messages.html("page.title.one", **values) == "&lt;b&gt; compared with A &amp; B"
    assert messages.text("page.title.one", **values) == "<b> compared with A & B"


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_part_has_the_report_s_other_texts_too(lang: str) -> None:
    assert "unit.percent.other" in load_part("theory", lang)
