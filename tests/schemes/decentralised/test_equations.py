"""Formulas as docs/decentralised-scheme.md has them, reckoned from their very text, give what the code's formulas give."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.parameters.implementing import Implementing
from sim.schemes.decentralised.assumptions import (
    Coordinators,
    Expectations,
    Forum,
    Hands,
    Logics,
    Measure,
    Money,
    Needs,
    Partners,
    Politicians,
    Voices,
)
from sim.schemes.decentralised.carrying_out import (
    condition,
    involvement,
    kept_up,
    orders,
    routine_after,
    stall_chance,
)
from sim.schemes.decentralised.expectations import expected_after
from sim.schemes.decentralised.forum import anchored_after, clarity_called_for
from sim.schemes.decentralised.grants import contribution, small, take_up
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import legitimacy
from sim.schemes.decentralised.measures import followed, measure_fit, umbrella
from sim.schemes.decentralised.needs import coordination, expected_hit
from sim.schemes.decentralised.owners import from_peers
from sim.schemes.decentralised.partners import (
    done_together,
    equality_called_for,
    kept_share,
    missed_share,
    sought,
    tailoring_called_for,
)
from sim.schemes.decentralised.state import Collaboration
from sim.schemes.decentralised.uh import (
    crossed,
    hour_costs,
    leaving,
    process_after,
    promised_after,
    quality_in_schools,
)
from sim.schemes.decentralised.voices import (
    codetermination_called_for,
    distance_called_for,
    led,
    not_worn_off,
    time_left,
)
from tests.test_equations import DOCS, Case, P, agrees, inside, put_in, whole

PAGE = DOCS / "decentralised-scheme.md"
D, F, H, K, L = P[Decentralised], P[Forum], P[Hands], P[Politicians], P[Logics]
M, N, Q, U, V, Y = P[Measure], P[Needs], P[Partners], P[Implementing], P[Voices], P[Money]
NETWORK = np.array([0.0, 0.0, 1.0])
ONE, NOT = (1.0, 1.0), (0.0, 0.0)


def before(end: str) -> Callable[[str], str]:
    return lambda text: text.split(end)[0]


CASES: dict[str, Case] = {
    "legitimacy": (
        "legitimacy  = ", whole, {"fit": ONE, "imposed": (0, 1), "network": ONE},
        lambda _, imposed, __: legitimacy(NETWORK, NETWORK, imposed, L)),
    "a network with a coordinator": (
        "coordinated = ", whole, {"left": (0, 2)}, lambda left: coordination(left, 0.0, P[Coordinators])),
    "what an analysis finds": (
        "found       = ", whole,
        {"competence": (0, 1), "coordinated": ONE, "mean competence of the network": (0, 1), "together(needs)": ONE,
         "UH's process competence": (0, 1), "direct": (0, 1), "evaluation": (0, 1), "versed": NOT},
        lambda own, _, network, __, uh, direct, evaluation, ___: expected_hit(own, network, uh, direct, evaluation, N)),
    "criteria that become one's own": (
        "anchored     <- ", whole, {"anchored": (0, 1), "met": ONE, "trust": (0, 1), "ruled": NOT},
        lambda anchored, _, trust, __: anchored_after(anchored, trust, False, F)),
    "clear roles": (
        "clear         = ", before(" if ruled"), {"imposed": (0, 1)}, lambda imposed: clarity_called_for(True, imposed, F)),
    "small means": (
        "small  = ", whole, {"inhabitants": (500, 1e5), "in ROBEK": NOT}, lambda people, _: small(people, False, Y)),
    "own contribution": ("asked  = ", whole, {"small": (0, 1)}, lambda means: contribution(means, D)),
    "what is taken up": (
        "taken  = ", inside("clip"), {"small": (0, 0.5), "backing": (0, 1), "asked": (0, 0.3)},
        lambda means, backing, asked: take_up(means * (1 - K.secures * backing), asked, Y)),
    "what an hour costs": ("hour cost   = ", whole, {"permanent": (0, 1)}, lambda permanent: hour_costs(permanent, H)),
    "hours promised": (
        "promised   <- ", whole, {"m": (0, 1), "asked": (0, 1e4), "promised": (0, 1e4)},
        lambda m, asked, promised: promised_after(promised, asked, m, H)),
    "who leaves UH": ("leaving     = ", whole, {"permanent": (0, 1)}, lambda permanent: leaving(permanent, H)),
    "process competence": (
        "process competence += ", whole, {"process competence": (0, 1), "near": (0, 1), "leaving": (0, 1)},
        lambda held, near, gone: process_after(held, near, gone, H) - held),
    "what is carried home": (
        "carried     = ", put_in("own", "own         = ", PAGE), {"contact": ONE, "specialised": ONE},
        lambda *_: crossed(True, D.uh_arenas, H)),
    "quality in schools": (
        "quality in schools = ", put_in("own quality", "own quality       = ", PAGE), {"quality": (0, 1), "specialised": ONE},
        lambda quality, _: quality_in_schools(quality, True, H)),
    "meeting": (
        "met      = ", before(" x (1 - pandemic"), {"near": ONE, "effort": (0, 1), "rewarded": (0, 1)},
        lambda _, effort, rewarded: sought(effort, rewarded, Q)),
    "kept when a head leaves": (
        "kept     = (", before(" if the head"), {"memory": (0.3, 1)}, lambda memory: kept_share(True, False, memory, Q)),
    "tailoring": (
        "tailored <- ", lambda text: text[text.index("(market") + 1 : text.index(" - tailored")],
        {"market": NOT, "hierarchy": NOT, "network": ONE, "shared": (0, 1)},
        lambda _, __, ___, shared: tailoring_called_for(shared, NETWORK, Y)),
    "equality": (
        "equality <- equality + ", inside("clip"),
        {"role clarity": (0, 1), "competence": (0, 1), "unit's process competence": (0, 1), "tailored": (0, 1)},
        lambda clear, own, process, tailored: min(equality_called_for(own, process, tailored, clear, Q), 1.0)),
    "what is done together": (
        "called for = ", whole, {"near": (0, 1), "trust": (0, 1), "equality": (0, 1)},
        lambda near, trust, equality: done_together(Collaboration.PLANNING, trust, equality, near, Q)),
    "process competence that is missed": (
        "missed  = ", lambda text: text.replace("mean over members of ", ""),
        {"best": (0, 1), "unit's process competence": (0, 0.3)}, lambda best, own: missed_share(own, best, Q)),
    "an analysis that is followed": (
        "followed = ", whole, {"tailored": (0, 1), "network": ONE, "plan": (0, 1), "backing": (0, 1)},
        lambda tailored, _, plan, backing: followed(tailored, M.plan_weight, plan, backing, Q, K)),
    "fit of a measure": (
        "fit      = ", inside("clip"), {"hit": (0, 0.6), "followed": (0, 1.2), "seed": NOT, "general": ONE},
        lambda hit, kept, *_: measure_fit(hit, kept, True, False, M)),
    "head start": (
        "stage    = ", before(" x max(stage"), {"led": (0, 1)}, lambda process: umbrella(process, M)),
    "distance": (
        "distance  <- ", inside("clip"), {"direct": (0, 1), "leading": (0, 2)},
        lambda direct, leading: distance_called_for(D.leaders_at_table, direct, leading, V)),
    "what wears off": (
        "left       = ", whole, {"distance": (0, 1), "asked years": (0, 6)},
        lambda distance, years: not_worn_off(years, distance, M.involvement_falls, V)),
    "co-determination": (
        "codetermination <- ", lambda text: f"clip({inside('clip')(text)}) x left", {"leadership": (0, 1), "left": (0, 1)},
        lambda leadership, left: codetermination_called_for(D.codetermination, leadership, left, V)),
    "a leader's time": (
        "time       = ", whole, {"taken": (0, 300), "resource teacher": NOT}, lambda taken, _: time_left(taken, False, V)),
    "led in a school": (
        "led        = ", put_in("own", "own        = ", PAGE),
        {"process leadership": (0, 1), "leadership": (0, 1), "time": (0, 1), "distance": (0, 1)},
        lambda owner, leadership, time, distance: led(owner, leadership, time, distance, V)),
    "stalling": (
        "stalled  <- u < ", before(" if it"), {"led": (0.1, 1), "helped": ONE}, lambda process, _: stall_chance(process, M, U)),
    "ordered well": (
        "ordered   = ", whole, {"market": (0, 1), "capacity_fte": (0.2, 20)},
        lambda market, fte: orders(fte, market, Y)),
    "conditions": (
        "conditions = ", lambda text: f"{text} implementing.best_fidelity)",
        {"fit": (0, 1), "quality in schools": (0, 1), "led": (0, 1), "by enthusiasts or seed": ONE, "helped": ONE},
        lambda fit, quality, process, *_: condition(fit, quality, process, True, False, M, U, Q)),
    "drawn in": (
        "drawn in  = ", inside("clip"),
        {"direct": (0, 1), "by enthusiasts or seed": NOT, "codetermination": (0, 0.5), "market": NOT, "hierarchy": NOT,
         "network": ONE, "left": (0, 1)},
        lambda direct, _, decided, *more: involvement(direct, V.involvement_codetermined * decided, False, more[-1], M)),
    "routine": (
        "routine  <- ", whole, {"routine": (0, 1), "new principal": NOT, "teacher turnover": (0, 0.5), "degree": (0, 1)},
        lambda routine, _, turnover, degree: routine_after(routine, degree, False, turnover, M)),
    "what is kept up": (
        "upkeep   <- ", inside("clip"), {"led": (0, 1), "helped": ONE, "routine": (0, 1)},
        lambda process, _, routine: kept_up(routine, process, False, M)),
    "learned from peers": (
        "competence  += decentralised.measures.peer", lambda text: f"decentralised.measures.peer{text}",
        {"near": ONE, "effort": (0, 1), "coordinated": ONE, "mean competence of the network": (0, 1), "competence": (0, 1)},
        lambda _, effort, __, network, own: from_peers(own, network, effort, M)),
    "what is expected": (
        "expected <- expected + ", lambda text: f"expected + {text}", {"expected": (0.1, 1), "met": (0, 1)},
        lambda expected, met: expected_after(expected, met, P[Expectations].pace / 2)),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_a_formula_of_the_page_gives_what_the_code_gives(what: str) -> None:
    agrees(*CASES[what], page=PAGE)
