"""A world to start from: the synthetic country, or a user's registers with their gaps filled by it."""

from __future__ import annotations

import numpy as np

from sim.half_year import HalfYear
from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.parameters.society import Society
from sim.parameters.turnover import Turnover
from sim.randomness import Streams
from sim.state import State
from sim.state.borders import added_up, in_force
from sim.state.measurements import Measurements
from sim.state.places import Municipalities
from sim.state.schools import Teachers
from sim.world import backgrounds, careers, cohorts, partners, posts, staff
from sim.world.ground import lay_out
from sim.world.registers import Registers
from sim.world.school_map import school_map

_SET_UP = 0  # the moment of draws that make the world


def build(
    seed_streams: Streams,
    p: Parameters,
    start: HalfYear,
    registers: Registers | None = None,
    scale: float = 1.0,
    plain: bool = False,
) -> State:
    """The state of a world before its first half-year.

    Parameters
    ----------
    seed_streams : Streams
        The world's random numbers; the same streams make the same world.
    start : HalfYear
        Municipalities are those of this half-year.
    registers : Registers or None
        A user's register files; what they don't tell is drawn.
    scale : float
        Share of each county's municipalities that is modelled, in (0, 1]. Sizes stay as they are.
    plain : bool
        Whether rules are played by Python itself.
    """
    draw, society = seed_streams.at(_SET_UP), p[Society]
    registers = registers or Registers.published()
    ground = lay_out(draw, society, registers, scale)
    registers = registers.in_year(start.year)
    numbers, of_piece = np.unique(in_force(ground.borders, start.year), return_inverse=True)
    _, first_piece, unit_of_2020 = np.unique(ground.borders.from_2020, return_index=True, return_inverse=True)
    county, neighbour = np.empty((2, len(numbers)), dtype=np.int64)
    county[of_piece] = ground.county
    neighbour[of_piece] = first_piece[unit_of_2020]
    offices, counties = partners.offices_and_counties(draw, society, registers, county)
    owners = Municipalities.blank(len(numbers))
    owners.id, owners.county = numbers, np.searchsorted(counties.id, county)
    owners.population = added_up(of_piece, ground.population, len(numbers))
    schools, origins = school_map(draw, society, ground, registers.given("schools"))
    schools.municipality = of_piece[origins.piece]
    n_schools = np.bincount(schools.municipality, minlength=len(owners))

    networks, units = partners.join_networks(draw, society, registers, owners, neighbour, counties)
    partners.staff_units(draw, society, registers, units, owners, n_schools)
    north = offices.north[counties.office[owners.county]]
    far_north = (
        registers["counties"].fill("far_north", county, np.zeros(len(county), dtype=bool)).astype(bool)
    )
    place = backgrounds.standing(draw, society, registers["counties"], owners, county, north)
    backgrounds.describe(draw, p, registers, owners, place, far_north)
    backgrounds.equip_owners(draw, p, registers, owners, place, n_schools)

    posts.allot(draw, society, registers, schools, owners)
    law = careers.settled(society, p[Turnover], p[Load])
    staff.lead(draw, p, schools, owners, law)
    staff.settle(draw, p, schools, place, owners)
    cohorts.enter(draw, p, schools, owners)
    if registers.whole_country:
        staff.centre(schools)
    given = registers.fill("schools", "intake", schools.id, np.full(len(schools), np.nan))
    schools.home = np.where(np.isnan(given), schools.home, given)
    schools.intake = np.where(np.isnan(given), schools.intake, given)
    teachers = Teachers.blank(int((schools.n_teachers + schools.spare).sum()))
    measurements = Measurements.blank(len(schools))
    tables = (
        counties,
        offices,
        networks,
        units,
        owners,
        ground.borders,
        schools,
        origins,
        teachers,
        measurements,
    )
    state = State(start, tables)
    state.plain = plain
    staff.teachers(state, p, draw, law)
    return state
