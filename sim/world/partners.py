"""Who works with whom: governor offices, regional networks of neighbours, and their partners at universities (UH)."""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv

from sim.arrays import Ints
from sim.parameters.priors import Beta
from sim.parameters.society import Society
from sim.randomness import Draws
from sim.state.borders import added_up
from sim.state.identity import numbered_within
from sim.state.places import Counties, Municipalities, Networks, Offices, UHUnits
from sim.world.choice import gone_to
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
    owner_luck = draw.normal("office of a governor: what it knows of owners", ids)
    owner_insight = np.clip(society.owner_insight_mean + society.insight_sd * owner_luck, 0, 1)
    closeness = np.clip(society.closeness_mean + society.closeness_sd * luck[:, 1], 0, 1)
    offices = Offices(
        id=ids,
        name=areas["name"][kept],
        north=areas["north"][kept],
        insight=areas.fill("insight", ids, insight),
        owner_insight=areas.fill("owner_insight", ids, owner_insight),
        closeness=areas.fill("closeness", ids, closeness),
    )
    counties = Counties(
        id=sheet.key[rows],
        name=sheet["name"][rows],
        name_2020=sheet["name_2020"][rows],
        office=np.searchsorted(ids, sheet["office"][rows]),
        population=sheet["population"][rows],
        to_general_nok=np.zeros(len(rows), dtype=np.int64),
    )
    return offices, counties


def join_networks(
    draw: Draws,
    society: Society,
    registers: Registers,
    owners: Municipalities,
    place: Ints,
    counties: Counties,
) -> tuple[Networks, UHUnits]:
    """Networks of neighbouring municipalities and the UH units; each owner is pointed to its own of both.

    `place`, shape (municipalities,), puts neighbours next to each other; those with one place share a network.
    """
    given = registers.given("networks")
    networks = (
        _cut(society, owners, place, counties)
        if given is None
        else _registered(draw, registers, given, owners, counties)
    )
    units = _units(draw, society, registers["uh_units"])
    partner = _partners(draw, registers["uh_units"], networks, counties)
    if given is not None:
        partner = np.searchsorted(units.id, given.fill("uh_unit", networks.id, units.id[partner]))
    named = registers.fill("municipalities", "uh_unit", owners.id, units.id[partner][owners.network])
    owners.uh_unit = np.searchsorted(units.id, named)
    return networks, units


def _cut(society: Society, owners: Municipalities, place: Ints, counties: Counties) -> Networks:
    """Cut each county's municipalities of 2020, from neighbour to neighbour, into networks of about the usual size."""
    _, first, unit = np.unique(place, return_index=True, return_inverse=True)
    county = owners.county[first]
    members = np.bincount(county, minlength=len(counties))
    n_networks = np.maximum(np.rint(members / society.network_size), 1).astype(np.int64)
    in_order = np.argsort(county, kind="stable")
    number = np.empty(len(county), dtype=np.int64)
    number[in_order] = np.arange(len(county)) - (np.cumsum(members) - members)[county[in_order]]
    network = (np.cumsum(n_networks) - n_networks)[county] + number * n_networks[county] // members[county]
    owners.network = network[unit]
    of_network = np.repeat(np.arange(len(counties)), n_networks)
    return Networks(id=numbered_within(counties.id[of_network]), county=of_network)


def _registered(
    draw: Draws, registers: Registers, given: Sheet, owners: Municipalities, counties: Counties
) -> Networks:
    """The networks of a user's register; a municipality that names none is dealt out to one of its county's by luck."""
    here = np.flatnonzero(np.isin(given["county"], counties.id))
    networks = Networks(id=given.key[here], county=np.searchsorted(counties.id, given["county"][here]))
    without = np.flatnonzero(~np.isin(owners.county, networks.county))
    if without.size:
        raise given.refuse(0, "county", f"a network in county {counties.id[owners.county[without[0]]]} too")
    luck, alike = draw.luck("network of a municipality"), np.ones(len(networks))
    dealt = networks.id[gone_to(luck, owners.id, owners.county, networks.id, networks.county, alike)]
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
    units = UHUnits.blank(len(ids))
    units.id, units.name = ids, sheet["name"].astype(units.name.dtype)
    units.quality = sheet.fill("quality", ids, quality)
    units.tradition = sheet.fill("tradition", ids, np.clip(tradition, 0, 1))
    units.specialised = specialised
    return units


def _partners(draw: Draws, sheet: Sheet, networks: Networks, counties: Counties) -> Ints:
    """UH unit of each network, drawn among its county's partners by their weight."""
    u = draw.uniform("UH partner of a network", networks.id)
    weight = sheet.fill("weight", sheet.key, np.ones(len(sheet.key)))
    there, row = (
        np.zeros((len(counties), len(weight))),
        {code: k for k, code in enumerate(counties.id.tolist())},
    )
    for unit, codes in enumerate(sheet["counties"]):
        there[[row[code] for code in codes if code in row], unit] = 1
    chance = weight * there
    chance[~chance.any(axis=1)] = 1
    below = np.cumsum(chance, axis=1) / chance.sum(axis=1, keepdims=True)
    return np.asarray((below[networks.county] < u[:, None]).sum(axis=1))


def staff_units(
    draw: Draws,
    society: Society,
    registers: Registers,
    units: UHUnits,
    owners: Municipalities,
    n_schools: Ints,
) -> None:
    """UH units' staff for work with schools follows the schools they are partners of."""
    schools = added_up(owners.uh_unit, n_schools.astype(float), len(units))
    luck = np.exp(society.uh_fte_sd * draw.normal("staff of a UH unit", units.id))
    units.capacity_fte = registers["uh_units"].fill(
        "capacity_fte", units.id, schools / society.schools_per_uh_fte * luck
    )
