"""Owners beside municipalities as a world begins: their teachers, their staff, their UH partner."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.grouping import shared_out
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Logics, Partners
from sim.schemes.decentralised.logics import mix_of
from sim.schemes.decentralised.other_owners.assumptions import OtherSchooling
from sim.schemes.decentralised.other_owners.state import OtherOwners, OtherStaffs, Ownership
from sim.state import State
from sim.state.identity import numbered_within
from sim.state.places import Counties, Municipalities
from sim.world.upper_secondary import school_luck

KINDS = len(Ownership)
BESIDE_UPPER = 10_000_000  # identities of private primary and lower secondary schools come after those of upper secondary


def set_up(state: State, p: Parameters, draw: Draws) -> None:
    """The tables in a new world; nothing is under way."""
    state[OtherOwners] = owners(state, p)
    state[OtherStaffs] = staffs(state, p, draw)
    teachers = np.bincount(state[OtherStaffs].owner, state[OtherStaffs].n_teachers, len(state[OtherOwners]))
    state[OtherOwners].teachers[:] = teachers


def owners(state: State, p: Parameters) -> OtherOwners:
    """The county and its private owners, for each county; without teachers as yet."""
    counties, a = state[Counties], p[OtherSchooling]
    found = OtherOwners.blank(KINDS * len(counties))
    found.county[:] = np.repeat(np.arange(len(counties)), KINDS)
    found.ownership[:] = np.tile(np.arange(KINDS), len(counties))
    found.id[:] = KINDS * counties.id[found.county] + found.ownership
    owned = found.ownership == Ownership.COUNTY
    found.capacity_fte[:] = np.where(owned, a.county_fte, a.private_fte)
    found.competence[:] = np.where(owned, a.county_competence, a.private_competence)
    found.uh_unit[:] = partners(state)[found.county]
    found.tie[:] = p[Partners].start
    found.logic[:] = mix_of(p[Logics].start_market, p[Logics].start_hierarchy)
    return found


def partners(state: State) -> Ints:
    """The UH unit of most inhabitants in each county, shape (counties,); the first where nobody lives."""
    places, n = state[Municipalities], len(state[Counties])
    count = np.zeros((n, int(places.uh_unit.max()) + 1))
    np.add.at(count, (places.county, places.uh_unit), places.population)
    return np.asarray(count.argmax(axis=1))


def staffs(state: State, p: Parameters, draw: Draws) -> OtherStaffs:
    """Teachers of upper secondary who are not vocational, by size of their schools; and private schools by inhabitants."""
    a, scale, counties = p[OtherSchooling], p[Scope].scale, state[Counties]
    n = round(max(a.man_years / a.man_year_each - a.vocational_teachers, 0.0) * scale)
    upper = spread(counties.population, round(a.upper_schools * scale), least=1)
    upper_ids = numbered_within(counties.id[upper])
    # the luck by which the vocational scheme knows who owns the same school
    owned = school_luck(draw, upper_ids)[:, 0] < a.county_owned_share
    size = np.where(owned, 1.0, a.private_size)
    size *= np.exp(a.size_spread * draw.normal("teachers of general subjects of a school", upper_ids))
    private = spread(counties.population, round(a.private_schools * scale), least=0)
    ids = BESIDE_UPPER + np.arange(len(private))
    small = np.exp(a.size_spread * draw.normal("teachers of a private school", ids))
    found = OtherStaffs.blank(len(upper) + len(private))
    found.id[:] = np.concatenate([upper_ids, ids])
    found.owner[:] = np.concatenate(
        [
            KINDS * upper + np.where(owned, Ownership.COUNTY, Ownership.PRIVATE),
            KINDS * private + Ownership.PRIVATE,
        ]
    )
    found.n_teachers[:] = np.concatenate([in_all(n, size), in_all(round(a.private_teachers * scale), small)])
    return found


def spread(population: Floats, n: int, *, least: int) -> Ints:
    """County of each of `n` schools by inhabitants, shape (n,); more of them where each county has at `least` so many."""
    each = shared_out(np.array([n]), population, np.zeros(len(population), dtype=np.int64))
    each = np.maximum(each, least)
    return np.repeat(np.arange(len(population)), each)


def in_all(n: int, size: Floats) -> Ints:
    """Teachers of each school by size, adding up to `n`; shape as `size`."""
    return np.asarray(shared_out(np.array([n]), size, np.zeros(len(size), dtype=np.int64)))
