"""The needs analysis: who takes part, how well it hits, what it costs; and the evaluation that feeds the next one [D4]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, clipped
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.processes.grouping import mean_by
from sim.processes.load import done_share
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Needs
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import Collaboration, DecentralisedOwners, DecentralisedUH, Ties
from sim.state import State
from sim.state.places import Municipalities, Networks
from sim.state.schools import Schools


def analyse(state: State, p: Parameters, draw: Draws) -> None:
    """Spring: owners, networks, UH and teachers find out what is needed, and report it to the forum."""
    levers, a = p[Decentralised], p[Needs]
    if state.now.season is not Season.SPRING or not levers.active:
        return
    owners, dec, ties = state[Municipalities], state[DecentralisedOwners], state[Ties]
    dec.direct[:] = levers.direct_involvement * done_share(owners.load)
    network = mean_by(owners.network, owners.competence, len(state[Networks]))[owners.network]
    process = state[DecentralisedUH].process_competence[ties.uh_unit]
    with_uh = ties.together[:, Collaboration.NEEDS] * process
    found = expected_hit(owners.competence, network, with_uh, dec.direct, dec.evaluation, a)
    found = found + levers.analysis_support * a.support_gain * (1 - found)
    dec.hit[:] = clipped(found + a.hit_sd * luck_of_analyses(owners, draw), 0, 1)
    teachers = np.bincount(state[Schools].municipality, state[Schools].n_teachers, len(owners))
    dec.hours += a.owner_hours + a.direct_hours * dec.direct * teachers


def analyse_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`analyse`, compiled."""
    levers, a = p[Decentralised], p[Needs]
    if state.now.season is not Season.SPRING or not levers.active:
        return
    from sim.kernels import owners as kernels

    owners, dec, ties, schools = (
        state[Municipalities],
        state[DecentralisedOwners],
        state[Ties],
        state[Schools],
    )
    weights = a.own_weight, a.network_weight, a.uh_weight, a.teachers_gain, a.indirect_gain, a.evaluation_gain
    helped = levers.analysis_support * a.support_gain
    kernels.analyse_needs(
        owners.network,
        len(state[Networks]),
        ties.uh_unit,
        state[DecentralisedUH].process_competence,
        ties.together,
        int(Collaboration.NEEDS),
        owners.competence,
        owners.load,
        dec.evaluation,
        schools.municipality,
        schools.n_teachers,
        luck_of_analyses(owners, draw),
        np.array([levers.direct_involvement, *weights, helped, a.hit_sd, a.owner_hours, a.direct_hours]),
        dec.direct,
        dec.hit,
        dec.hours,
    )


def luck_of_analyses(owners: Municipalities, draw: Draws) -> Floats:
    """What luck adds to each owner's analysis, in SD, shape (owners,)."""
    return draw.normal("luck of a needs analysis", owners.id)


def expected_hit(
    own: Floats, network: Floats, with_uh: Floats, direct: Floats, evaluation: Floats, a: Needs
) -> Floats:
    """How well an analysis hits the true needs, before luck, in [0, 1], shape (owners,)."""
    base = a.own_weight * own + a.network_weight * network + a.uh_weight * with_uh
    teachers = a.teachers_gain * direct + a.indirect_gain * (1 - direct)
    return clipped(base + teachers + a.evaluation_gain * evaluation, 0, 1)


def evaluate(state: State, p: Parameters, draw: Draws) -> None:
    """Spring: what the partners make of the last round together teaches the next analysis."""
    if state.now.season is not Season.SPRING or not p[Decentralised].active:
        return
    dec, ties = state[DecentralisedOwners], state[Ties]
    made_of_it = ties.together[:, Collaboration.EVALUATION] * ties.shared
    dec.evaluation += p[Needs].evaluation_pace * (made_of_it - dec.evaluation)


EVALUATE = Process(
    "decentralised.needs.evaluate",
    evaluate,
    "Before a new round the last one is looked at.",
    "AFI-rapport 2026:02, fig. 1-2",
)
ANALYSE = Process(
    "decentralised.needs.analyse",
    analyse,
    "Needs are mapped before the forum agrees on priorities.",
    "AFI-rapport 2026:02, 2.3.2.2, 5.2 [D4]",
    compiled=analyse_compiled,
)
