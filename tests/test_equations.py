"""Formulas as docs/model.md has them, reckoned from their very text, give what the code's formulas give.

Those of docs/decentralised-scheme.md are in `tests/schemes/decentralised/test_equations.py`. With the equations of
initialisation, held against a played country in `tests/world/test_initialisation.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from sim.declared import REGISTRY
from sim.parameters.classroom import Classroom
from sim.parameters.implementing import Implementing
from sim.parameters.load import Load, Pandemic
from sim.parameters.registry import Parameters
from sim.parameters.results import Results
from sim.parameters.society import Society
from sim.parameters.state_control import StateControl, by_income
from sim.parameters.turnover import Turnover
from sim.processes.community import community_called_for
from sim.processes.indicators import level_of, new_at_test
from sim.processes.load import done_share, fatigue_called_for
from sim.processes.practice import fading_share, gain, taken_in
from sim.processes.schooling import taught_level
from sim.processes.staffing import called_for, economy_swing
from sim.processes.state_control import complaint_rate, opens
from sim.processes.turnover import (
    age_on_coming,
    brought_along,
    kept_by_office,
    memory_share,
    practice_spread,
    relative_size,
    settles_at,
    teacher_exit_chance,
)
from sim.randomness import Streams
from sim.schemes.follow_up.assumptions import (
    Acceptance,
    Governors,
    Grounds,
    Implementation,
    Peers,
    Prephase,
    Will,
)
from sim.schemes.follow_up.control import felt_control, stigma
from sim.schemes.follow_up.dialogue import (
    cost_of_grounds,
    decline_chance,
    legitimacy,
    school_acceptance,
    trauma_chance,
    unburdened_legitimacy,
)
from sim.schemes.follow_up.governors import by_closeness, closeness, forum_room, spare_fte, staff_fte
from sim.schemes.follow_up.guides import national_share, pool_pressure
from sim.schemes.follow_up.implementation import (
    money_share,
    part_in_time,
    plan_fit,
    school_fidelity,
    structural_ease,
)
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.peers import freed
from sim.schemes.follow_up.phases import own_will, willingness
from sim.schemes.follow_up.prephase import (
    hours_needed,
    hours_received,
    involvement_left,
    kept_through_changes,
    owner_learning,
    sideways_step,
    stall_chance,
    usable_share,
    useful_hours,
)
from sim.schemes.follow_up.state import Track
from sim.schemes.follow_up.threat import threat_of_the_draw
from sim.schemes.follow_up.true_need import judgement

DOCS = Path(__file__).parents[1] / "docs"
MODEL = DOCS / "model.md"
P = Parameters(REGISTRY, {})
C, L, R, S, T, A = P[Classroom], P[Load], P[Results], P[Society], P[Turnover], P[StateControl]
F, B, G, W = P[FollowUp], P[Acceptance], P[Grounds], P[Will]
M, N, V, U = P[Implementation], P[Governors], P[Prephase], P[Implementing]
PLACES = 20
_NAME = re.compile(r"\b[a-z_][a-z_0-9]*(?:\.[a-z_0-9]+)+\b")


def blocks(page: Path) -> str:
    """All that stands between fences, lines that go on joined with the one before."""
    text = "\n".join(page.read_text(encoding="utf-8").split("```")[1::2])
    return re.sub(r"\n +(?=[-+x/(] )", " ", text)


def written(head: str, page: Path = MODEL) -> str:
    """The right side of the equation that begins so, up to a remark set off by spaces."""
    line = next(line for line in blocks(page).splitlines() if line.startswith(head))
    return re.split(r" {6,}", line[len(head) :])[0].rstrip(";").strip()


def reckoned(text: str, values: Mapping[str, float]) -> float:
    """A formula's value; names of several words are among the values too."""
    named = {f"v{i}": value for i, value in enumerate(values.values())}
    for i, name in sorted(enumerate(values), key=lambda pair: -len(pair[1])):
        text = re.sub(rf"(?<![\w.]){re.escape(name)}(?![\w.])", f"v{i}", text)
    text = _NAME.sub(lambda found: repr(float(REGISTRY.by_name[found[0]].default)), text)
    text = text.replace("^", "**").replace("[", "(").replace("]", ")")
    text = re.sub(r"(?<=[\w)]) x (?=[\w(-])", " * ", text)
    known = {
        "clip": lambda x: min(max(x, 0.0), 1.0),
        "max": max,
        "min": min,
        "sqrt": np.sqrt,
        "exp": np.exp,
        "log": np.log,
        "logit": lambda share: np.log(share / (1 - share)),
    }
    return float(eval(text, {"__builtins__": {}, **known}, named))


Case = tuple[str, Callable[[str], str], dict[str, tuple[float, float]], Callable[..., float]]


def whole(text: str) -> str:
    return text


def inside(of: str) -> Callable[[str], str]:
    """What stands in the brackets of `of(...)`."""

    def found(text: str) -> str:
        begin = text.index(f"{of}(") + len(of) + 1
        depth, end = 1, begin
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        return text[begin : end - 1]

    return found


def put_in(name: str, head: str, page: Path = MODEL) -> Callable[[str], str]:
    """A quantity of one equation put into another in full."""
    return lambda text: re.sub(
        rf"(?<![\w.]){re.escape(name)}(?![\w.])", lambda _: f"({written(head, page)})", text
    )


def without_peers(text: str) -> str:
    return text.rsplit(" x (1 - follow_up.peers", 1)[0]


def without_empty_posts(text: str) -> str:
    return text.split(" x (1 - follow_up.governors.vacancy_share", maxsplit=1)[0]


CASES: dict[str, Case] = {
    "size of a municipality": (
        "(I2) size = ", whole, {"log inhabitants": (6, 12)}, lambda log: relative_size(np.exp(log), S)),
    "income and ROBEK": (
        "f               = ", whole, {"free income": (4e4, 2e5)}, lambda n: by_income(n, S, A)),
    "complaints": (
        "complaints      = ", whole, {"climate": (-2, 2), "competence": (0, 1)}, lambda c, k: complaint_rate(c, k, S, A)),
    "supervision opens": (
        "supervision     opens : ", inside("happens"), {"complaints": (0, 3)}, lambda c: opens(c, A)),
    "leaving": (
        "chance  = ", whole, {"base": (0, 0.5), "factor": (1, 1), "retires": (0, 0)},
        lambda base, *_: teacher_exit_chance(base, T.early_years + 0.5, 40.0, T)),
    "age on coming": (
        "age         = ", whole, {"experience": (0, 40), "u2": (0, 1)}, lambda e, u: age_on_coming(e, u, S, T)),
    "what a head of schools brings": (
        "competence <- ", lambda text: inside("clip")(text).replace("r size", "r x size").replace(") z", ") x z"),
        {"size": (-1, 1), "z": (-1, 1), "r": (S.competence_size, S.competence_size)},
        lambda size, z, _: brought_along(size, z, S)),
    "kept by staff": (
        "by staff   = ", whole, {"capacity_fte": (0.1, 20)}, lambda fte: memory_share(fte, T.head_memory_fte)),
    "kept by the office": (
        "kept       = ", whole, {"by staff": (0, 1), "continuity": (0, 1)},
        lambda staff, c: kept_by_office(staff * T.head_memory_fte / (1 - staff), c, T.head_memory_fte)),
    "work that gets done": ("done    = ", whole, {"load": (0, 4)}, done_share),
    "tiredness called for": (
        "fatigue <- ", inside("clip"), {"load": (0, 1.4)}, lambda load: fatigue_called_for(load, L)),
    "gain in practice": (
        "practice  <- practice + learning x ", lambda text: f"learning x {text}",
        {"learning": (0, 0.3), "fatigue": (0, 1), "ownership": (0, 1)},
        lambda learning, fatigue, own: gain(
            taken_in(learning, fatigue, C), own / C.usual_ownership, C.ownership_weight)),
    "fading": ("lost       = ", whole, {}, lambda: fading_share(C.half_life)),
    "community called for": (
        "called for = clip", lambda text: f"clip{text}",
        {"leadership": (0, 1), "teacher_turnover": (0, 0.5), "involvement": (0, 1)},
        lambda lead, gone, involved: community_called_for(lead, gone, involved, C)),
    "what pupils get out of it": (
        "called for = results.national_sd", lambda text: f"results.national_sd {text}", {"practice": (-1, 1), "loss": (0, 0)},
        lambda practice, _: taught_level(practice, R.usual_turnover, False, False, R)),
    "what turnover costs pupils": (
        "loss    = ", lambda text: text.replace(" x (results.turnover_weak_factor if intake < 0 else 1)", "").split(" + ")[0],
        {"teacher_turnover": (0, 0.5)},
        lambda gone: -taught_level(0.0, gone, False, False, R) / R.national_sd),
    "where somebody who comes settles": (
        "baseline    = ", lambda text: text.split(" + society.teacher_sd")[0].replace("[not qualified]", "lacking"),
        {"norm": (-1, 1), "lacking": (0, 0)}, lambda norm, _: settles_at(norm, True, 0.0, S)),
    "spread within a staff room": (
        "baseline    = ", lambda text: "society.teacher_sd" + text.split("+ society.teacher_sd")[1].split(" x z(u4)")[0],
        {"g": (S.unqualified_gap**2 * S.unqualified_mean * (1 - S.unqualified_mean),) * 2},
        lambda _: practice_spread(S)),
    "felt control": (
        "control            = ", whole, {"heard": (0, 1)},
        lambda heard: felt_control(F, B, W) * freed(heard, F, P[Peers])),
    "stigma": (
        "stigma             = ", without_peers, {"added": (0, 0)}, lambda _: stigma(F, B)),
    "legitimacy": (
        "legitimacy         = ", whole,
        {"control": (0, 1.5), "stigma": (0, 1), "z": (-2, 2), "heard": (0, 0), "cost of the grounds": (-0.2, 0.4)},
        lambda control, felt, own, _, cost: legitimacy(unburdened_legitimacy(F, B) - cost, control, felt, own, 0.0, B)),
    "declining": (
        "declines           : ", inside("happens"),
        {"legitimacy": (0, 1), "load": (0.5, 3), "control": (0, 1.5), "bad round": (0, 1)},
        lambda found_right, load, control, bad: decline_chance(found_right, control, load, bad, F, B, W)),
    "cost of the grounds": (
        "cost of the grounds = ", whole,
        {"doubt": (0, 1), "closeness": (0, 1), "judged": (0, 1), "bad round": (0, 1)},
        lambda doubt, close, judged, bad: cost_of_grounds(doubt, close, judged, bad, G)),
    "a school's acceptance": (
        "acceptance = ", whole, {"legitimacy": (0, 1), "stigma": (0, 1), "z": (-2, 2)},
        lambda found_right, felt, own: school_acceptance(found_right, felt, own, B)),
    "trauma": (
        "trauma     : ", inside("happens"), {"stigma": (0, 1), "small margin": (0, 1), "leadership": (0, 1)},
        lambda felt, margin, lead: trauma_chance(felt, margin, 1 - lead / M.usual_leadership, B, G)),
    "own will": (
        "own    = ", lambda text: text.split(";")[0], {"legitimacy": (0, 1), "control": (0, 1.5), "reluctance": (0, 1)},
        lambda found_right, control, reluctance: own_will(found_right, control, reluctance, 0.0, W)),
    "effort": (
        "effort = ", whole, {"own": (0, 1), "floor": (0, 1), "done": (0, 1)},
        lambda own, floor, done: willingness(own, floor, B.enforced_worth) * done),
    "an office's man-years": (
        "staff      = ", without_empty_posts, {"municipalities": (5, 50)}, lambda n: staff_fte(n, False, N)),
    "an office's man-years that are left": (
        "spare      = ", lambda text: text.replace("staff", without_empty_posts(written("staff      = "))),
        {"municipalities": (5, 50), "tied": (0, 1)}, lambda n, tied: spare_fte(n, False, tied, N)),
    "closeness that is meant": (
        "meant      = ", lambda text: text.split(" x (follow_up.prephase")[0].replace("office's", "office"),
        {"office closeness": (0, 1)}, lambda office: closeness(office, False, F, V)),
    "what closeness does": (
        "by(gain)   = ", whole, {"gain": (0, 2), "closeness": (0, 1)}, lambda gain, close: by_closeness(gain, close, N)),
    "how far money reaches": (
        "reach    = ", whole, {"money": (0, 1e7), "teachers of the owner": (10, 2000)}, lambda nok, n: money_share(nok, n, M)),
    "what structural limits leave": (
        "conditions = ", lambda text: f"clip({inside('clip')(text)})", {"unqualified": (0, 0.4)},
        lambda lacking: structural_ease(lacking, M)),
    "posts called for": (
        "posts   <- whole number of ", lambda text: text.split(" + own_posts")[0],
        {"usual": (1, 60), "economy": (-0.2, 0.2), "needs": (-2, 2)},
        lambda usual, economy, needs: called_for(usual, economy, needs, S)),
    "swing of an economy": (
        "           sd = ", whole, {"size": (-2, 2)},
        lambda size: economy_swing(np.exp(size * S.population_log_sd + S.population_log_mean), S)),
    "true level": (
        "true level   = ", whole, {"intake": (-5, 5), "taught": (-1, 1), "value_added": (-1, 1)}, level_of),
    "what a cohort has in common at one test": (
        "one-test variance(S, n) = ", lambda text: text.split(",  c")[0],
        {"S": (R.cohort_lasting_sd, 4), "n": (1, 120), "c": (R.class_share,) * 2},
        lambda sd, n, _: new_at_test(sd, n, R) ** 2),
    "what a governor hears": (
        "heard(x)   = ", lambda text: text.replace("standardised x", "true"),
        {"insight": (0, 1), "true": (-2, 2), "error": (0, 1), "z": (-2, 2)},
        lambda insight, true, error, z: judgement(true, insight, error, z)),
    "fear of the draw": (
        "feared    = ", whole, {"near": (0, 1), "control": (felt_control(F, B, W),) * 2, "stigma": (stigma(F, B),) * 2},
        lambda near, *_: near * threat_of_the_draw(F, B, W)),
    "pressure on the pools": (
        "pressure   = ", whole,
        {"national": (national_share(F, V),) * 2, "wanted per guide of the office": (0, 8),
         "wanted per guide of the nation": (0, 8)},
        lambda _, local, national: pool_pressure(local, national, F, V)),
    "room for forums": (
        "forum room = ", whole, {"least": (0, 1), "spare": (0, 1), "yielded": (0, 1)},
        lambda least, spare, yielded: forum_room(least - spare + yielded, N)),
    "guide hours": (
        "hours        = ", lambda text: text.replace(" in the first half-year", ""), {"part": (0, 1), "delay": (0, 1)},
        lambda part, delay: hours_received(0, delay, part * F.guide_hours, P[Pandemic].share_lost)),
    "guide hours needed": ("needed       = ", whole, {"schools": (1, 30)}, lambda n: hours_needed(n, V)),
    "guide hours well used": (
        "useful       = ", put_in("coordination", "coordination = "),
        {"hours": (0, 200), "match": (0, 1), "capacity_fte": (0.2, 10), "closeness": (0, 1), "takes over": (0, 1),
         "effort": (0, 1)},
        lambda hours, match, fte, closeness, over, effort: useful_hours(
            hours, match, fte, closeness, over, effort, V)),
    "a pre-phase that stalls": (
        "stalls       : ", inside("happens"), {"effort": (0, 1), "takes over": (0, 1), "clear": (0, 1)},
        lambda effort, takes_over, clear: stall_chance(effort, takes_over, clear, V, N)),
    "what an owner learns in a pre-phase": (
        "learned      = ", whole, {"hours": (0, 200), "match": (0, 1), "takes over": (0, 1), "effort": (0, 1)},
        lambda hours, match, over, effort: owner_learning(hours, match, over, effort, V)),
    "sideways": (
        "sideways    <- sideways + ", put_in("short", "short        = "),
        {"sideways": (0, 1), "schools": (1, 30), "effort": (0, 1)},
        lambda sideways, n, effort: sideways_step(sideways, n, effort * (1 - P[Pandemic].share_lost), V)),
    "what an application can rest on": ("usable       = ", whole, {}, lambda: usable_share(F, V)),
    "involvement in a pre-phase": (
        "drawn in     = ",
        lambda text: put_in("falls", "falls        = ")(
            text[text.index("follow_up.prephase.involvement_start"):].split(" x acc")[0]),
        {"half-years": (0, 4), "closeness": (0, 1)}, lambda n, close: involvement_left(n, close, V, N)),
    "kept through a change of head": (
        "kept by head <- ", lambda text: text.split(" if the")[0], {"kept by the office": (0, 1)},
        lambda office: kept_through_changes(True, office, 0.0, V)),
    "fit of a plan": (
        "plan fit    = ", put_in("by deadline", "by deadline = "),
        {"analysis": (0, 1), "guide stays": (0, 1), "own house": (0, 1)},
        lambda analysis, stays, own: plan_fit(analysis, F.deadline_share, stays, own, M)),
    "measures in time": ("in time     = ", whole, {}, lambda: part_in_time(True, 0, Track.FULL, F, N)),
    "led by a principal": (
        "led      = ", whole, {"leadership": (0, 0.6)},
        lambda lead: school_fidelity(1.0, 1.0, M.usual_acceptance, False, lead, M, B, U)),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_a_formula_of_the_docs_gives_what_the_code_gives(what: str) -> None:
    agrees(*CASES[what])


def agrees(
    head: str,
    cut: Callable[[str], str],
    ranges: Mapping[str, tuple[float, float]],
    formula: Callable[..., float],
    page: Path = MODEL,
) -> None:
    """Text and code give the same at some places."""
    text = cut(written(head, page))
    u = Streams(1).uniform("place", 0, np.arange(PLACES), per=max(len(ranges), 1))
    for row in u.tolist():
        values = {
            name: ends[0] + (ends[1] - ends[0]) * part
            for part, (name, ends) in zip(row, ranges.items(), strict=False)
        }
        assert reckoned(text, values) == pytest.approx(formula(*values.values()), abs=1e-9), text
