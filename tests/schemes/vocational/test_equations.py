"""Formulas as docs/vocational-scheme.md and docs/system-2026.md have them, reckoned from their text, give what the code's give.

The pages name a group once and its parameters by their last name; here each is put back into its group.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from sim.declared import REGISTRY
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.schemes.system_2026.further_education import sought, taken_up
from sim.schemes.system_2026.further_education_parameters import FurtherEducation
from sim.schemes.vocational.assumptions import CountyWork, Learning, TakeUp
from sim.schemes.vocational.county import (
    expected_hit,
    models_after,
    role_clarity_called_for,
    trust_after,
    visibility_called_for,
    worry,
)
from sim.schemes.vocational.grants import readiness
from sim.schemes.vocational.learn import closer, collective_called_for, gain_from, ties_after
from sim.schemes.vocational.levers import RunBy, Vocational
from sim.schemes.vocational.state import SmallMeasure
from sim.schemes.vocational.take_up import (
    brought_about,
    chance_to_take_part,
    learned,
    with_routine,
    worth_applying,
)
from sim.schemes.vocational.wishes import paperwork
from tests.test_equations import DOCS, Case, P, agrees, inside, put_in, whole

PAGE, SYSTEM = DOCS / "vocational-scheme.md", DOCS / "system-2026.md"
C, T, L, V = P[CountyWork], P[TakeUp], P[Learning], P[Vocational]
JOINT = Parameters(REGISTRY, {"vocational.joint": True})[Vocational]
ONE, NOT = (1.0, 1.0), (0.0, 0.0)
Cut = Callable[[str], str]


def of(*groups: str, then: Cut = whole) -> Cut:
    """Parameters that the page calls by their last name, by their whole one."""

    def named(text: str) -> str:
        text = then(text)
        for group in groups:
            for name in REGISTRY.by_name:
                if name.rpartition(".")[0] == group:
                    text = re.sub(rf"(?<![\w.]){name.rpartition('.')[2]}(?![\w.])", name, text)
        return text

    return named


def counties(cut: Cut = whole) -> Cut:
    return of("vocational.counties", then=cut)


def take_up(cut: Cut = whole) -> Cut:
    return of("vocational.take_up", "vocational.counties", then=cut)


def learning(cut: Cut = whole) -> Cut:
    return of("vocational.learning", then=cut)


def called_for(text: str) -> str:
    rules = "clarity_after" if V.regulation else "clarity_before"
    return inside("clip")(text).replace("clarity_after or clarity_before (by the regulation)", rules)


def ties(text: str) -> str:
    after, kept = text.split(",  kept = ")
    return re.sub(r"\bkept\b", f"({kept})", after)


CASES: dict[str, Case] = {
    "trust": (
        "trust        <- ", counties(), {"trust": (0, 1), "met": (0, 1), "forum decides": NOT},
        lambda trust, met, _: trust_after(trust, met, C)),
    "clear roles": (
        "called for    = ", counties(called_for), {"forum decides": NOT, "the county's luck": (-0.1, 0.1)},
        lambda _, luck: role_clarity_called_for(luck, V, C)),
    "worry": (
        "worry         = ", counties(),
        {"the county runs the joint scheme": (float(JOINT.run_by == RunBy.COUNTY),) * 2}, lambda _: worry(JOINT, C)),
    "visibility": (
        "visibility   <- visibility + ", counties(lambda text: text.split("/ 2 x (")[1].split(" - visibility)")[0]),
        {"joint": ONE, "rules": (JOINT.visibility_rules,) * 2, "worry": (worry(JOINT, C),) * 2},
        lambda *_: visibility_called_for(JOINT, C)),
    "hit": (
        "hit           = ", counties(put_in("clear", "clear         = ", PAGE)),
        {"trust": (0, 1), "visibility": (0, 1), "role clarity": (0, 1), "models": (0, 1), "done": (0, 1)},
        lambda trust, seen, clarity, models, done: expected_hit(trust, seen, clarity, models, V.board_active * done, C)),
    "models": (
        "models <- ", counties(lambda text: text.split(" x (1 - person_loss")[0]),
        {"models": (0, 0.4), "trust": (0, 1), "best county's": (0.5, 1), "done": (0, 1)},
        lambda models, trust, best, done: models_after(models, best, trust, False, V.national_network, done, C)),
    "money that can be used": (
        "readiness = ", counties(), {"experience": (0, 8)}, lambda years: readiness(years, P[Pandemic].share_lost, C)),
    "paperwork": (
        "hours   = ", take_up(),
        {"models": (0, 1), "no contact": ONE, "rules": (JOINT.visibility_rules,) * 2, "worry": (worry(JOINT, C),) * 2,
         "joint": ONE, "plan": (float(JOINT.plan),) * 2},
        lambda models, *_: paperwork(False, models, True, JOINT, T, C)),
    "worth of an application": (
        "worth   = ", take_up(),
        {"small grant": (1e3, 1e5), "hours": (0, 40), "what a school's wishes come to": (1e3, 1e6),
         "vocational.least_nok": (1e3, 5e5)},
        lambda grant, hours, wished, least: worth_applying(hours, grant, least, wished, T)),
    "worth with routine": (
        "with routine : ",
        take_up(lambda text: text.split(",  ")[0].replace("x + (1 - x) x", "first + (1 - first) *")),
        {"first": (0, 1), "learned": (0, 1)}, lambda first, routine: with_routine(first, routine, T)),
    "routine": (
        "with routine : ", take_up(lambda text: text.split("learned = ")[1]), {"experience": (0, 10)},
        lambda years: learned(years, T)),
    "who takes part": (
        "takes part : ",
        take_up(lambda text: text.replace("(school_stays or school_begins)", "usual").replace(" for private schools", "")),
        {"usual": (0.05, 0.9), "worth": (0, 1)}, lambda usual, worth: chance_to_take_part(usual, worth, False, T)),
    "measures that a plan brings about": (
        "          lasts; with a plan those under way go before, by plan_keeps x (", take_up(lambda text: text[:-1]),
        {"grant per teacher": (100, 1e4)}, lambda nok: brought_about(nok, T)),
    "subject knowledge": (
        "subject    <- subject + ", learning(lambda text: f"subject + {text}"),
        {"subject": (0, 1), "gain of the kind": (L.stay_gain,) * 2, "hit": (0, 0.6)},
        lambda subject, _, hit: closer(subject, gain_from(SmallMeasure.STAY, L) * hit / L.usual_hit)),
    "ties with firms": (
        "firm ties  <- ", learning(ties), {"firm ties": (0, 1), "share of the staff with stays": (0, 1)},
        lambda held, stays: ties_after(held, stays, L)),
    "collective learning": (
        "collective <- collective + collective_pace x (",
        learning(lambda text: text.replace("implemented(stage)", "degree").split(" - collective)")[0]),
        {"degree": (0, 0.5), "reached": (0, 0.5), "firm ties": (0, 0.5)},
        lambda degree, reached, held: collective_called_for(degree, reached, held, L)),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_a_formula_of_the_page_gives_what_the_code_gives(what: str) -> None:
    agrees(*CASES[what], page=PAGE)


def test_who_takes_up_further_education_is_as_the_page_has_it() -> None:
    part = of("system_2026.further_education", then=lambda text: text.replace("sought x ", ""))
    usual = {"inhabitants": (500, 1e5)}
    agrees("taken   = ", part, usual, lambda people: taken_up(people, P[FurtherEducation]), page=SYSTEM)


def test_places_sought_at_any_owner_s_share_are_as_the_page_has_them() -> None:
    def at(share: float) -> float:
        return sought(
            Parameters(REGISTRY, {"system_2026.further_education.owner_share": share})[FurtherEducation]
        )

    part = of("system_2026.further_education", then=lambda text: text.replace("owner_share", "theirs"))
    agrees("sought  = ", part, {"theirs": (0.05, 0.9)}, at, page=SYSTEM)
