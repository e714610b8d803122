"""What municipalities are like: where they lie, who lives there, how they are run, and how they staff their schools.

Size comes first; education goes with size, hardship with little education, results with education; and the north lies
behind. Each trait is a published mean, a spread, and luck of the municipality's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, ndtri

from sim.arrays import AnyArray, Bools, Codes, Floats, Ints
from sim.parameters.priors import Beta
from sim.parameters.registry import Parameters
from sim.parameters.society import Society
from sim.parameters.state_control import StateControl, by_income, robek_odds
from sim.parameters.turnover import Turnover
from sim.randomness import Draws
from sim.state.places import Centrality, Municipalities
from sim.world.registers import Registers


@dataclass(frozen=True)
class Standing:
    """What a municipality's traits are made from, in standard deviations; every array has shape (municipalities,).

    Attributes
    ----------
    size : array of float
        Logarithm of inhabitants, from the mean municipality.
    education : array of float
        Level of education, from the mean municipality.
    intake, climate : array of float
        Level of results and of climate, from the mean pupil.
    """

    size: Floats
    education: Floats
    intake: Floats
    climate: Floats
    north: Bools


def standing(draw: Draws, society: Society, ids: Ints, population: Floats, north: Bools) -> Standing:
    """Size and luck make education; education, the north and luck make results and climate."""
    s = society
    size = (np.log(np.maximum(population, 1)) - s.population_log_mean) / s.population_log_sd
    luck = draw.normal("standing of a municipality", ids, per=3)
    education = mixed(size, luck[:, 0], s.education_size)
    # Half of the nation's pupils live in large, well educated municipalities: its mean pupil is not its mean municipality.
    mean_pupils_education = s.education_size * s.population_log_sd
    behind = s.north_gap * (north - s.north_share)
    spread_of_north = s.north_gap**2 * s.north_municipalities * (1 - s.north_municipalities)
    left = np.sqrt(max(1 - spread_of_north, 0))
    intake = left * mixed(education - mean_pupils_education, luck[:, 1], s.intake_education) - behind
    climate = (
        left * mixed((intake + behind) / max(left, s.intake_education), luck[:, 2], s.climate_intake) - behind
    )
    return Standing(size, education, intake, climate, north)


def mixed(cause: Floats, luck: Floats, correlation: float) -> Floats:
    """A trait that correlates so with its cause, both in standard deviations."""
    trait: Floats = correlation * cause + np.sqrt(1 - correlation**2) * luck
    return trait


def describe(
    draw: Draws,
    p: Parameters,
    registers: Registers,
    owners: Municipalities,
    place: Standing,
    far_north: Bools,
) -> None:
    """Fill in what municipalities are like, but not who owns how many schools (see `equip_owners`)."""
    society = p[Society]
    drawn: dict[str, AnyArray] = {
        "centrality": _centrality(draw, society, owners.id, place),
        **_people(draw, society, owners.id, place),
        "free_income": _free_income(draw, society, owners.id, place),
        "special_case": draw.happens("special case", owners.id, society.special_case_share),
        "unqualified": _unqualified(draw, society, owners.id, far_north),
    }
    for name, values in drawn.items():
        filled = registers.fill("municipalities", name, owners.id, values)
        setattr(owners, name, filled.astype(owners.columns()[name].dtype))
    robek = draw.happens("in ROBEK", owners.id, _in_robek(p, owners.free_income))
    owners.robek = registers.fill("municipalities", "robek", owners.id, robek).astype(np.bool_)


def _centrality(draw: Draws, society: Society, ids: Ints, place: Standing) -> Codes:
    luck = draw.normal("centrality of a municipality", ids)
    score = mixed(place.size, luck, society.centrality_size)
    score -= society.north_remoteness * (place.north - society.north_municipalities)
    remote, central = ndtri(society.remote_share), ndtri(1 - society.central_share)
    return np.select(
        [score <= remote, score > central], [Centrality.REMOTE, Centrality.CENTRAL], Centrality.MIDDLE
    ).astype(np.int8)


def _people(draw: Draws, society: Society, ids: Ints, place: Standing) -> dict[str, Floats]:
    """Education, disability and child welfare."""
    s = society
    luck = draw.normal("people of a municipality", ids, per=3)
    hardship = mixed(-place.education, luck[:, 0], s.hardship_education)
    schooling = mixed(-place.education, luck[:, 1], s.education_levels)
    welfare = mixed(hardship, luck[:, 2], s.child_welfare_hardship)
    return {
        "education_high": np.clip(s.education_high_mean + s.education_high_sd * place.education, 0, 1),
        "education_low": np.clip(s.education_low_mean + s.education_low_sd * schooling, 0, 1),
        "disability": np.clip(s.disability_mean + s.disability_sd * hardship, 0, 1),
        "child_welfare": np.maximum(s.child_welfare_mean + s.child_welfare_sd * welfare, 0),
    }


def _free_income(draw: Draws, society: Society, ids: Ints, place: Standing) -> Floats:
    """Frie inntekter per inhabitant: more where few live."""
    s = society
    log_ratio = -s.free_income_size * place.size + s.free_income_sd * draw.normal("free income", ids)
    centre = (s.free_income_size**2 + s.free_income_sd**2) / 2  # what makes the mean the published one
    return np.asarray(s.free_income_mean * np.exp(log_ratio - centre))


def _in_robek(p: Parameters, free_income: Floats) -> Floats:
    """Chance of being in ROBEK in the long run of its coming and going, by free income."""
    society, control = p[Society], p[StateControl]
    factor: Floats = by_income.of_columns(free_income, society, control)
    odds = robek_odds(society, control) / factor**2
    return np.asarray(odds / (1 + odds))


def _unqualified(draw: Draws, society: Society, ids: Ints, far_north: Bools) -> Floats:
    s = society
    share = betaincinv(
        *Beta(s.unqualified_mean, s.unqualified_sd).shapes,
        draw.uniform("staff without teacher education", ids),
    )
    return np.clip(share + s.unqualified_far_north * far_north, 0, 1)


def equip_owners(
    draw: Draws, p: Parameters, registers: Registers, owners: Municipalities, place: Standing, n_schools: Ints
) -> None:
    """The owner's office: its staff grows with the schools, its competence with size, its head has sat for a while."""
    s = p[Society]
    luck = draw.normal("office of an owner", owners.id, per=2)
    fte = s.owner_fte_base + s.owner_fte_per_school * n_schools**s.owner_fte_power
    competence = s.competence_mean + s.competence_sd * mixed(place.size, luck[:, 1], s.competence_size)
    tenure = tenures(
        draw.uniform("tenure of a head of schools", owners.id), p[Turnover].head_exit, s.longest_tenure
    )
    drawn = {
        "capacity_fte": fte * np.exp(s.owner_fte_sd * luck[:, 0]),
        "competence": np.clip(competence, 0, 1),
        "head_tenure": tenure,
    }
    for name, values in drawn.items():
        setattr(owners, name, registers.fill("municipalities", name, owners.id, values))


def tenures(u: Floats, exit_chance: Floats | float, longest: float) -> Floats:
    """Years in post of somebody who leaves with that yearly chance, from numbers in (0, 1)."""
    years: Floats = np.floor(np.minimum(np.log(u) / np.log1p(-np.asarray(exit_chance)), longest))
    return years
