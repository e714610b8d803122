"""The three years: who enters which phase, what the scheme asks of them, and what they put in."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats
from sim.half_year import Season
from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.load import add_load, done_share
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.follow_up.assumptions import Acceptance, Implementation, Prephase
from sim.schemes.follow_up.levers import FollowUp, Obligation, Sanction
from sim.schemes.follow_up.state import FollowUpOwners, Phase
from sim.state import State
from sim.state.places import Municipalities


def advance(state: State, p: Parameters, draw: Draws) -> None:
    """Each municipality in the scheme is half a year further, and enters the next phase when its time has come."""
    f, levers = state[FollowUpOwners], p[FollowUp]
    f.half_years[f.phase != Phase.NONE] += 1
    autumn = state.now.season is Season.AUTUMN
    enter(f, Phase.AFTERWARDS, (f.phase == Phase.IMPLEMENTATION) & due(f, levers.implementation_years))
    enter(f, Phase.IMPLEMENTATION, (f.phase == Phase.PREPHASE) & due(f, levers.prephase_years))
    told = (f.phase == Phase.DIALOGUE) & autumn
    enter(f, first_phase(levers), told)
    f.participates[f.phase == Phase.AFTERWARDS] = False
    done = (f.phase == Phase.AFTERWARDS) & due(f, p[Implementation].afterwards_years)
    enter(f, Phase.NONE, done)


def advance_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`advance`, compiled."""
    from sim.kernels import follow_up as kernels

    f, levers = state[FollowUpOwners], p[FollowUp]
    lengths = levers.prephase_years, levers.implementation_years, p[Implementation].afterwards_years
    told = Phase.DIALOGUE if state.now.season is Season.SPRING else first_phase(levers)
    kernels.advance(f.phase, f.half_years, f.participates, np.array(lengths), int(told))


def first_phase(levers: FollowUp) -> Phase:
    """What those told enter in autumn."""
    return Phase.PREPHASE if levers.prephase_years > 0 else Phase.IMPLEMENTATION


def just_drawn(f: FollowUpOwners, year: int) -> Bools:
    """Who was drawn this spring and now meets the governor, shape (owners,)."""
    return np.asarray((f.phase == Phase.DIALOGUE) & (f.half_years == 0) & (f.last_draw_year == year))


def due(f: FollowUpOwners, years: float) -> Bools:
    """Who has been in the present phase for its whole length, shape (owners,)."""
    return f.half_years >= 2 * years


def enter(f: FollowUpOwners, phase: Phase, who: Bools) -> None:
    """Let them begin a phase."""
    f.phase[who] = phase
    f.half_years[who] = 0


def ask(state: State, p: Parameters, draw: Draws) -> None:
    """What the scheme asks of the owners in it, on top of everything else [D12]."""
    f, levers, pre, imp = state[FollowUpOwners], p[FollowUp], p[Prephase], p[Implementation]
    asked = (f.phase == Phase.PREPHASE) * pre.asked_fte + (f.phase == Phase.IMPLEMENTATION) * (
        imp.asked_fte + imp.kept_guide_fte * f.guide_kept
    )
    met = in_scheme(f) & meets_sanction(f.legitimacy, levers, p[Acceptance])
    f.sanctioned[:] = met | (held_on(f) & outlasts_measures(levers))
    add_load(state[Municipalities], asked + f.sanctioned * sanction_fte(levers, pre))


def ask_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`ask`, compiled."""
    from sim.kernels import follow_up as kernels

    f, owners, levers = state[FollowUpOwners], state[Municipalities], p[FollowUp]
    pre, imp = p[Prephase], p[Implementation]
    asked = pre.asked_fte, imp.asked_fte, imp.kept_guide_fte, sanction_fte(levers, pre)
    about = np.array([*asked, least_will(levers, p[Acceptance]), outlasts_measures(levers)])
    kernels.ask(f.phase, f.guide_kept, f.legitimacy, owners.capacity_fte, about, f.sanctioned, owners.load)


def in_scheme(f: FollowUpOwners) -> Bools:
    """Who is in pre-phase or implementation now, shape (owners,)."""
    inside: Bools = (f.phase == Phase.PREPHASE) | (f.phase == Phase.IMPLEMENTATION)
    return inside


def meets_sanction(legitimacy: Floats, levers: FollowUp, a: Acceptance) -> Bools:
    """Whose own will falls short of what the rules ask, shape (owners,): they meet the sanction, where there is one [F11]."""
    return np.asarray(legitimacy < least_will(levers, a))


def least_will(levers: FollowUp, a: Acceptance) -> float:
    """The own will below which an owner meets the sanction; 0, below which nobody's is, where there is none."""
    held = levers.obligation is Obligation.COMPULSORY and levers.sanction is not Sanction.NONE
    return effort_floor(levers, a) if held else 0.0


def held_on(f: FollowUpOwners) -> Bools:
    """Who is under the sanction though its measures are over, shape (owners,); see `sim.schemes.follow_up.release`."""
    return f.sanctioned & ~in_scheme(f)


def outlasts_measures(levers: FollowUp) -> bool:
    """Whether a sanction lasts until results are above the limit: on the model of ROBEK, and while that is the rule [F11]."""
    return levers.obligation is Obligation.COMPULSORY and levers.sanction is Sanction.ROBEK


def sanction_fte(levers: FollowUp, pre: Prephase) -> float:
    """Man-years a year that reporting under a sanction takes; none without an obligation [F11]."""
    if levers.obligation is Obligation.VOLUNTARY:
        return 0.0
    return {Sanction.NONE: 0.0, Sanction.MILD: pre.mild_fte, Sanction.ROBEK: pre.robek_fte}[levers.sanction]


def give(state: State, p: Parameters, draw: Draws) -> None:
    """What each owner in the scheme, or still held to it, puts in, now that everything asked of it is known; and the money
    that those in the scheme get [F11, F12].
    """
    f, owners = state[FollowUpOwners], state[Municipalities]
    inside = in_scheme(f)
    will = willingness(f.legitimacy, effort_floor(p[FollowUp], p[Acceptance]), p[Acceptance].enforced_worth)
    f.effort[:] = np.where(inside | f.sanctioned, will * done_share(owners.load), 0)
    f.spent_hours[:] = np.where(f.sanctioned, reporting_hours(p), 0)
    f.spent_nok[:] = np.where(inside, half_year_nok(p) / max(inside.sum(), 1), 0)


def give_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`give`, compiled."""
    from sim.kernels import follow_up as kernels

    f, a = state[FollowUpOwners], p[Acceptance]
    about = np.array([effort_floor(p[FollowUp], a), a.enforced_worth, reporting_hours(p), half_year_nok(p)])
    load = state[Municipalities].load
    kernels.give(f.phase, f.sanctioned, f.legitimacy, load, about, f.effort, f.spent_hours, f.spent_nok)


def reporting_hours(p: Parameters) -> float:
    """An owner's hours in half a year on reporting under the sanction."""
    return sanction_fte(p[FollowUp], p[Prephase]) * p[Load].hours_per_man_year / 2


def half_year_nok(p: Parameters) -> float:
    """The scheme's money of half a year."""
    return p[FollowUp].grant_nok * p[Scope].scale / 2


def effort_floor(levers: FollowUp, a: Acceptance) -> float:
    """The least effort that the rules bring about [F11]."""
    if levers.obligation is Obligation.VOLUNTARY:
        return 0.0
    return {Sanction.NONE: a.obligation_floor, Sanction.MILD: a.mild_floor, Sanction.ROBEK: a.robek_floor}[
        levers.sanction
    ]


def willingness(legitimacy: Floats, floor: float, enforced_worth: float) -> Floats:
    """Effort before the load counts, in [0, 1], shape (owners,): an owner's own will, topped up to the floor by effort
    that is worth less because it is enforced.
    """
    return legitimacy + enforced_worth * np.maximum(floor - legitimacy, 0)


ADVANCE = Process(
    "follow_up.advance",
    advance,
    "Before anything is planned it must be clear who is in which phase.",
    "AFI-rapport 2021:09; AFI-rapport 2026:02, ch. 3",
    compiled=advance_compiled,
)
ASK = Process(
    "follow_up.ask",
    ask,
    "The scheme adds what it asks to the owner's load.",
    "AFI-rapport 2026:02, 3.6 [D12, F11]",
    compiled=ask_compiled,
)
GIVE = Process(
    "follow_up.give",
    give,
    "All schemes have asked; now it is known what an owner can put in.",
    "AFI-rapport 2021:09, 3.1 [F3, F11, F12]",
    compiled=give_compiled,
)
