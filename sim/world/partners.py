"""Who works with whom: governor offices, regional networks of neighbours, and their partners at universities (UH)."""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv

from sim.arrays import Floats, Ints
from sim.parameters.priors import Beta
from sim.parameters.society import Society
from sim.randomness import Draws
from sim.state.places import Counties, Municipalities, Networks, Offices, UHUnits
from sim.world.register_files import Sheet
from sim.world.registers import Registers


def offices_and_counties(
    draw: Draws, society: Society, registers: Registers, county: Ints
) -> tuple[Offices, Counties]:
    """The counties that have municipalities here, and the governor offices of those."""
    sheet, areas = registers["counties"], registers["offices"]
    rows = sheet.rows_of(np.unique(county))
    kept = areas.rows_of(np.unique(sheet["office"][rows]))
    ids = areas.key[kept]
    luck = draw.normal("office of a governor", ids, per=2)
    insight = np.clip(society.insight_mean + society.insight_sd * luck[:, 0], 0, 1)
    closeness = np.clip(society.closeness_mean + society.closeness_sd * luck[:, 1], 0, 1)
    offices = Offices(
        id=ids,
        name=areas["name"][kept],
        north=areas["north"][kept],
        insight=areas.fill("insight", ids, insight),
        closeness=areas.fill("closeness", ids, closeness),
    )
    counties = Counties(
        id=sheet.key[rows],
        name=sheet["name"][rows],
        name_2020=sheet["name_2020"][rows],
        office=np.searchsorted(ids, sheet["office"][rows]),
        population=sheet["population"][rows],
    )
    return offices, counties


def join_networks(
    draw: Draws, society: Society, registers: Registers, owners: Municipalities, counties: Counties
) -> tuple[Networks, UHUnits]:
    """Networks of neighbouring municipalities and the UH units; each owner is pointed to its own of both."""
    given = registers.given("networks")
    networks = (
        _cut(society, owners, counties) if given is None else _registered(registers, given, owners, counties)
    )
    units = _units(draw, society, registers["uh_units"])
    partner = _partners(draw, registers["uh_units"], networks, counties)
    if given is not None:
        partner = np.searchsorted(units.id, given.fill("uh_unit", networks.id, units.id[partner]))
    named = registers.fill("municipalities", "uh_unit", owners.id, units.id[partner][owners.network])
    owners.uh_unit = np.searchsorted(units.id, named)
    return networks, units


def _cut(society: Society, owners: Municipalities, counties: Counties) -> Networks:
    """Cut each county's municipalities, in the order of their numbers, into networks of about the usual size."""
    members = np.bincount(owners.county, minlength=len(counties))
    n_networks = np.maximum(np.rint(members / society.network_size), 1).astype(np.int64)
    in_order = np.argsort(owners.county, kind="stable")
    place = np.empty(len(owners), dtype=np.int64)
    place[in_order] = np.arange(len(owners)) - (np.cumsum(members) - members)[owners.county[in_order]]
    first = np.cumsum(n_networks) - n_networks
    owners.network = first[owners.county] + place * n_networks[owners.county] // members[owners.county]
    county = np.repeat(np.arange(len(counties)), n_networks)
    return Networks(id=np.arange(1, len(county) + 1), county=county)


def _registered(registers: Registers, given: Sheet, owners: Municipalities, counties: Counties) -> Networks:
    """The networks of a user's register; a municipality that names none goes to one of its county's."""
    here = np.flatnonzero(np.isin(given["county"], counties.id))
    networks = Networks(id=given.key[here], county=np.searchsorted(counties.id, given["county"][here]))
    order = np.argsort(networks.county, kind="stable")
    count = np.bincount(networks.county, minlength=len(counties))
    without = np.flatnonzero(count[owners.county] == 0)
    if without.size:
        raise given.refuse(0, "county", f"a network in county {counties.id[owners.county[without[0]]]} too")
    first = np.cumsum(count) - count
    turn = np.arange(len(owners)) % count[owners.county]
    dealt = networks.id[order[first[owners.county] + turn]]
    named = registers.fill("municipalities", "network", owners.id, dealt)
    owners.network = np.searchsorted(networks.id, named)
    return networks


def _units(draw: Draws, society: Society, sheet: Sheet) -> UHUnits:
    s, ids = society, sheet.key
    luck = draw.normal("tradition of a UH unit", ids)
    quality = betaincinv(
        *Beta(s.uh_quality_mean, s.uh_quality_sd).shapes, draw.uniform("quality of a UH unit", ids)
    )
    drawn = draw.happens("specialised unit at a UH unit", ids, s.uh_specialised_share)
    specialised = sheet.fill("specialised", ids, drawn).astype(bool)
    tradition = s.uh_tradition_mean + s.uh_tradition_specialised * specialised + s.uh_tradition_sd * luck
    return UHUnits(
        id=ids,
        name=sheet["name"],
        quality=sheet.fill("quality", ids, quality),
        tradition=sheet.fill("tradition", ids, np.clip(tradition, 0, 1)),
        specialised=specialised,
    )


def _partners(draw: Draws, sheet: Sheet, networks: Networks, counties: Counties) -> Ints:
    """UH unit of each network, drawn among its county's partners by their weight."""
    u = draw.uniform("UH partner of a network", networks.id)
    weight = sheet.fill("weight", sheet.key, np.ones(len(sheet.key)))
    partner = np.zeros(len(networks), dtype=np.int64)
    for row, code in enumerate(counties.id):
        there = np.array([code in partners for partners in sheet["counties"]])
        chance = weight * there if (weight * there).any() else np.ones(len(weight))
        mine = networks.county == row
        partner[mine] = np.searchsorted(np.cumsum(chance) / chance.sum(), u[mine])
    return partner


def staff_units(
    draw: Draws,
    society: Society,
    registers: Registers,
    units: UHUnits,
    owners: Municipalities,
    n_schools: Ints,
) -> None:
    """UH units' staff for work with schools follows the schools they are partners of."""
    schools: Floats = np.bincount(owners.uh_unit, n_schools, len(units))
    luck = np.exp(society.uh_fte_sd * draw.normal("staff of a UH unit", units.id))
    units.capacity_fte = registers["uh_units"].fill(
        "capacity_fte", units.id, schools / society.schools_per_uh_fte * luck
    )
