"""Upper secondary Norway as a world begins: schools, trades, vocational teachers, counties and the training side."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.grouping import shared_out
from sim.randomness import Draws
from sim.schemes.vocational.assumptions import CountyWork, Learning, People, TrainingSide
from sim.schemes.vocational.state import CountyOwners, Trades, UpperSchools, VocationalTeachers
from sim.state import State
from sim.state.identity import numbered_within
from sim.state.places import Counties
from sim.world.county_reform import county_of_the_time
from sim.world.upper_secondary import school_luck


def set_up(state: State, p: Parameters, draw: Draws) -> None:
    """The scheme's tables in a new world; nothing is under way."""
    state[UpperSchools] = schools(state[Counties], p, draw)
    state[Trades] = trades(p[People], draw)
    state[VocationalTeachers] = teachers(state[UpperSchools], state[Trades], p[People], draw)
    state[CountyOwners] = owners(state, p, draw)


def schools(counties: Counties, p: Parameters, draw: Draws) -> UpperSchools:
    """Schools by counties' inhabitants, at least one each; who owns them, and vocational teachers where there are programmes."""
    a, scale = p[People], p[Scope].scale
    one = np.zeros(len(counties), dtype=np.int64)
    n_each = np.maximum(shared_out(np.array([round(a.n_schools * scale)]), counties.population, one), 1)
    county = np.repeat(np.arange(len(counties)), n_each)
    found = UpperSchools.blank(len(county))
    found.id[:] = numbered_within(counties.id[county])
    found.county[:] = county
    u = school_luck(draw, found.id)
    found.county_owned[:] = u[:, 0] < a.county_owned_share
    programmes = u[:, 1] < np.where(found.county_owned, a.vocational_share, a.private_vocational_share)
    size = np.exp(a.school_size_spread * draw.normal("vocational teachers of a school", found.id))
    found.n_teachers[:] = staffed(programmes, size, round(a.n_teachers * scale))
    found.collective[:] = p[Learning].collective_base
    return found


def staffed(programmes: Bools, size: Floats, n: int) -> Ints:
    """Vocational teachers of each school, adding up to `n`: at least one where there are programmes, else by size."""
    each = np.zeros(len(size), dtype=np.int64)
    rows = np.flatnonzero(programmes)
    if len(rows):
        left = np.array([max(n - len(rows), 0)])
        each[rows] = 1 + shared_out(left, size[rows], np.zeros(len(rows), dtype=np.int64))
    return each


def trades(a: People, draw: Draws) -> Trades:
    """Trades by a law of rank: a few are large, most are tiny [V2]."""
    found = Trades.blank(a.n_trades)
    found.id[:] = np.arange(a.n_trades)
    weight = (found.id + 1.0) ** -a.trade_law
    found.size[:] = weight / weight.sum()
    luck = a.ageing_spread * draw.normal("pace of a trade", found.id)
    found.ageing[:] = np.clip(a.ageing * np.exp(luck - a.ageing_spread**2 / 2), 0, 1)
    return found


def teachers(schools: UpperSchools, trades: Trades, a: People, draw: Draws) -> VocationalTeachers:
    """Vocational teachers, sorted by school; which trade, how up to date, how good at teaching."""
    school = np.repeat(np.arange(len(schools)), schools.n_teachers)
    found = VocationalTeachers.blank(len(school))
    found.id[:] = numbered_within(schools.id[school])
    found.school[:] = school
    upto = np.cumsum(trades.size)
    upto[-1] = 1.0
    found.trade[:] = np.searchsorted(upto, draw.uniform("trade of a vocational teacher", found.id))
    luck = a.spread * draw.normal("vocational teacher at the start", found.id, per=2)
    found.subject[:] = np.clip(a.subject_start + luck[:, 0], 0, 1)
    found.teaching[:] = np.clip(a.teaching_start + luck[:, 1], 0, 1)
    return found


def owners(state: State, p: Parameters, draw: Draws) -> CountyOwners:
    """Counties before the scheme begins, and the training side by their inhabitants."""
    counties, a, t = state[Counties], p[CountyWork], p[TrainingSide]
    found = CountyOwners.blank(len(counties))
    found.owner[:] = county_of_the_time(counties, state.now.year)
    habits = draw.uniform("habits of a county", counties.id, per=2)
    found.direct_habit[:] = ranked(habits[:, 0])
    found.rolling_habit[:] = ranked(habits[:, 1])
    found.clarity_luck[:] = a.clarity_sd * draw.normal("roles in a county", counties.id)
    found.trust[:] = a.trust_start
    found.role_clarity[:] = np.clip(a.clarity_before + found.clarity_luck, 0, 1)
    part = p[Scope].scale * counties.population / counties.population.sum()
    found.firms[:], found.training_offices[:] = t.firms * part, t.training_offices * part
    found.instructors[:], found.board_members[:] = t.instructors * part, t.board_members * part
    found.instructor_competence[:] = found.board_competence[:] = t.start
    return found


def ranked(luck: Floats) -> Floats:
    """Ranks in (0, 1), shape as `luck`: a lever that names a share of counties picks those ranked below it."""
    order = np.argsort(np.argsort(luck, kind="stable"), kind="stable")
    return np.asarray((order + 0.5) / len(luck))
