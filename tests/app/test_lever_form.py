from __future__ import annotations

import pytest

from sim.app.lever_form import assumptions, changes, form_groups, levers, rewritten, shown_value, taken
from sim.app.texts import texts
from sim.declared import REGISTRY
from sim.errors import InputError
from sim.parameters.declaration import Role
from sim.scenario_files import load_design

VOLUNTARY = load_design("voluntary", REGISTRY)
NB, EN = texts("nb"), texts("en")


def test_the_form_has_every_lever_once_and_the_assumptions_that_have_a_name() -> None:
    fields = [field.name for group in form_groups(REGISTRY, VOLUNTARY, 2026, NB) for field in group.fields]
    declared = [*REGISTRY.of_role(Role.LEVER), *assumptions(REGISTRY, NB)]
    assert sorted(fields) == sorted(d.name for d in declared)
    assert "follow_up.acceptance.autonomy_cost" in fields


def test_what_nobody_decides_stands_under_the_assumptions() -> None:
    groups = form_groups(REGISTRY, VOLUNTARY, 2026, NB)
    under = {field.name: group.assumed for group in groups for field in group.fields}
    assert under["follow_up.felt_pressure"]
    assert under["load.other_schemes_fte"]
    assert under["follow_up.acceptance.autonomy_cost"]
    assert not under["follow_up.obligation"]
    assert [group.assumed for group in groups] == sorted(group.assumed for group in groups)


def test_an_assumption_that_is_not_set_is_empty_and_says_what_the_model_reckons_with() -> None:
    name = "follow_up.acceptance.autonomy_cost"
    for design, shown in ((VOLUNTARY, ""), (VOLUNTARY.with_assumptions({name: 0.35}), "0,35")):
        groups = form_groups(REGISTRY, design, 2026, NB)
        field = next(f for group in groups for f in group.fields if f.name == name)
        unit = "(skala fra 0 til 1)"
        assert field.shown == shown
        assert (field.span, field.source) == (f"Fra −0,3 til 0,8 {unit}", f"Modellen regner med 0,15 {unit}")


def test_a_field_says_what_it_is_its_range_and_source_in_both_languages() -> None:
    for words, explained, span, source, now in (
        (
            NB,
            "Hvor åpent og godt statsforvalteren forklarer grunnene til uttrekket.",
            "Fra 0 til 1",
            "Antakelse",
            "0,8",
        ),
        (
            EN,
            "How openly and well the governor explains the grounds in the dialogue.",
            "From 0 to 1",
            "Assumption",
            "0.8",
        ),
    ):
        groups = form_groups(REGISTRY, VOLUNTARY, 2026, words)
        field = next(f for group in groups for f in group.fields if f.name == "follow_up.openness")
        assert (field.what, field.span, field.now) == (explained, span, now)
        assert source in field.source


@pytest.mark.parametrize(
    ("lang", "written", "value"),
    [("nb", "0,25", 0.25), ("nb", " 0.25 ", 0.25), ("en", "0.25", 0.25), ("en", "1", 1.0), ("nb", "0", 0.0)],
)
def test_numbers_are_read_as_each_language_writes_them(lang: str, written: str, value: float) -> None:
    assert taken(REGISTRY.find("follow_up.openness"), [written], lang) == value


@pytest.mark.parametrize(
    ("lang", "written"),
    [("nb", "65 000 000"), ("nb", "65\u202f000\u00a0000"), ("en", "65,000,000"), ("en", "65000000")],
)
def test_thousands_may_be_grouped(lang: str, written: str) -> None:
    assert taken(REGISTRY.find("follow_up.grant_nok"), [written], lang) == 65e6


def test_the_comma_of_english_thousands_is_no_decimal_sign() -> None:
    with pytest.raises(InputError):
        taken(REGISTRY.find("follow_up.openness"), ["0,25"], "en")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("follow_up.openness", ["1,5"]),
        ("follow_up.openness", [""]),
        ("follow_up.openness", ["nan"]),
        ("follow_up.openness", ["inf"]),
        ("follow_up.draw.average_places", ["3,5"]),
        ("follow_up.obligation", ["maybe"]),
        ("follow_up.active", ["1"]),
        ("follow_up.draw.years", ["2026, 2026"]),
        ("follow_up.draw.years", ["1850"]),
        ("follow_up.draw.indicators", ["reading_5", "spelling"]),
    ],
)
def test_what_can_t_be_is_refused(name: str, written: list[str]) -> None:
    with pytest.raises(InputError):
        taken(REGISTRY.find(name), written, "nb")


def written_as_shown(lang: str) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for group in form_groups(REGISTRY, VOLUNTARY, 2026, texts(lang)):
        for field in group.fields:
            chosen = [choice.value for choice in field.choices if choice.chosen]
            sent[field.name] = chosen if field.choices else [field.shown]
    return sent


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_form_sent_as_it_was_shown_changes_nothing(lang: str) -> None:
    told = changes(REGISTRY, VOLUNTARY, 2026, written_as_shown(lang), texts(lang))
    assert told.is_none
    assert not told.faults


def test_only_what_was_changed_is_a_change_and_only_what_is_wrong_is_a_fault() -> None:
    sent = written_as_shown("nb")
    sent["follow_up.openness"] = ["0,5"]
    sent["follow_up.draw.indicators"] = ["reading_5"]
    sent["follow_up.prephase_years"] = ["ti"]
    told = changes(REGISTRY, VOLUNTARY, 2026, sent, NB)
    assert told.levers == {"follow_up.openness": 0.5, "follow_up.draw.indicators": ("reading_5",)}
    assert told.faults == {"follow_up.prephase_years": "Skriv et tall fra 0 til 3."}


def test_assumptions_are_set_and_left_to_the_model_again() -> None:
    cost, worth = "follow_up.acceptance.autonomy_cost", "follow_up.acceptance.enforced_worth"
    design = VOLUNTARY.with_assumptions({cost: 0.35})
    told = changes(REGISTRY, design, 2026, {cost: [" "], worth: ["0,7"]}, NB)
    assert (told.levers, told.assumptions, told.freed) == ({}, {worth: 0.7}, (cost,))
    assert told.assume(design).assumptions == {worth: 0.7}


def test_what_was_written_goes_along_into_the_other_language() -> None:
    sent = written_as_shown("nb") | {
        "follow_up.openness": ["0,5"], "follow_up.draw.indicators": [], "follow_up.prephase_years": ["ti"],
        "follow_up.obligation": ["compulsory"], "follow_up.grant_nok": ["65\u202f001\u202f000"],
    }  # fmt: skip
    kept = rewritten(REGISTRY, VOLUNTARY, 2026, sent, NB, EN)
    assert kept == {
        "follow_up.openness": ["0.5"], "follow_up.draw.indicators": [""], "follow_up.prephase_years": ["ti"],
        "follow_up.obligation": ["compulsory"], "follow_up.grant_nok": ["65,001,000"],
    }  # fmt: skip
    again = rewritten(REGISTRY, VOLUNTARY, 2026, kept, EN, NB)
    assert again["follow_up.openness"] == ["0,5"]
    assert again["follow_up.draw.indicators"] == [""]


def test_values_are_shown_in_words() -> None:
    assert shown_value(REGISTRY.find("follow_up.obligation").default, NB) == "Frivillig"
    assert shown_value(True, EN) == "Yes"
    assert shown_value((2026, 2028), NB) == "2026, 2028"
    assert shown_value(65e6, NB) == "65\u202f000\u202f000"


def test_the_schemes_levers_come_before_those_that_describe_what_happened() -> None:
    names = [d.name for d in levers(REGISTRY)]
    assert names.index("decentralised.governor_training") < names.index("guide_corps.places")
