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
from sim.schemes.other_owners.assumptions import OtherSchooling
from sim.schemes.other_owners.state import OtherOwners, OtherStaffs, Ownership
from sim.schemes.vocational.state import UpperSchools, VocationalTeachers
from sim.state import State
from sim.state.places import Counties, Municipalities

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
    found.id[:] = 10 * counties.id[found.county] + found.ownership
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
    a, scale, upper = p[OtherSchooling], p[Scope].scale, state[UpperSchools]
    n = max(round(a.man_years / a.man_year_each * scale) - len(state[VocationalTeachers]), 0)
    size = np.where(upper.county_owned, 1.0, a.private_size)
    size *= np.exp(a.size_spread * draw.normal("teachers of general subjects of a school", upper.id))
    private = private_schools(state[Counties].population, round(a.private_schools * scale))
    ids = BESIDE_UPPER + np.arange(len(private))
    small = np.exp(a.size_spread * draw.normal("teachers of a private school", ids))
    found = OtherStaffs.blank(len(upper) + len(private))
    found.id[:] = np.concatenate([upper.id, ids])
    found.owner[:] = np.concatenate(
        [
            KINDS * upper.county + np.where(upper.county_owned, Ownership.COUNTY, Ownership.PRIVATE),
            KINDS * private + Ownership.PRIVATE,
        ]
    )
    found.n_teachers[:] = np.concatenate([in_all(n, size), in_all(round(a.private_teachers * scale), small)])
    return found


def private_schools(population: Floats, n: int) -> Ints:
    """County of each of `n` private schools, shape (n,)."""
    each = shared_out(np.array([n]), population, np.zeros(len(population), dtype=np.int64))
    return np.repeat(np.arange(len(population)), each)


def in_all(n: int, size: Floats) -> Ints:
    """Teachers of each school by size, adding up to `n`; shape as `size`."""
    return np.asarray(shared_out(np.array([n]), size, np.zeros(len(size), dtype=np.int64)))
