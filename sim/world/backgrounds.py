"""What municipalities are like: where they lie, who lives there, how they are run, and how they staff their schools.

Size comes first; education goes with size, hardship with little education, results with both; and the north lies behind, county
by county. Each trait is a published mean, a spread, and luck of the municipality's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, ndtri

from sim.arrays import AnyArray, Bools, Codes, Floats, Ints
from sim.parameters.priors import Beta
from sim.parameters.registry import Parameters
from sim.parameters.society import Society
from sim.parameters.state_control import StateControl, by_income, robek_odds, usual_income
from sim.parameters.turnover import Turnover
from sim.processes.turnover import brought_along, memory_share, relative_size
from sim.randomness import Draws
from sim.state.places import Centrality, Municipalities
from sim.world.careers import tenures
from sim.world.register_files import Sheet
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
    hardship : array of float
        What disability, child welfare and little schooling have in common, from the mean municipality.
    intake, climate : array of float
        Level of results and of climate, from the mean pupil.
    luck : array of float
        What of that level of results is luck of the municipality's own.
    luck_sd : array of float
        SD of such luck: in a large place the luck of its parts evens out.
    """

    size: Floats
    education: Floats
    hardship: Floats
    intake: Floats
    climate: Floats
    luck: Floats
    luck_sd: Floats
    north: Bools


def standing(
    draw: Draws, society: Society, counties: Sheet, owners: Municipalities, county: Ints, north: Bools
) -> Standing:
    """Size and luck make education, education and luck hardship, both and the county results, and results and hardship climate.

    Parameters
    ----------
    county : array of int, shape (municipalities,)
        Number of each one's county.
    """
    s = society
    size = relative_size(owners.population, s)
    luck = draw.normal("standing of a municipality", owners.id, per=4)
    cities = s.education_cities * (size**2 - 1)
    even = np.sqrt(1 - s.education_size**2 - 2 * s.education_cities**2)
    education = s.education_size * size + cities + even * luck[:, 0]
    hardship = mixed(-education, luck[:, 3], s.hardship_education)
    # Half of the nation's pupils live in large, well educated municipalities: its mean pupil is not its mean municipality.
    mean_pupil = s.education_size * s.population_log_sd + s.education_cities * s.population_log_sd**2
    behind, left = _behind(s, counties, county)
    luck_size = np.exp(-s.intake_luck_size * size - s.intake_luck_size**2)
    spared = -(hardship + s.hardship_education * mean_pupil)
    pulls = Pulls.of(s.intake_education, s.intake_hardship, s.hardship_education)
    intake = pulls.together(education - mean_pupil, spared, luck_size * luck[:, 1])
    luck_sd = left * pulls.luck * luck_size
    pulls = Pulls.of(s.climate_intake, s.climate_hardship, s.intake_hardship)
    climate = pulls.together(intake, spared, luck[:, 2])
    return Standing(
        size,
        education,
        hardship,
        intake=left * intake - behind,
        climate=left * climate - behind,
        luck=luck_sd * luck[:, 1],
        luck_sd=luck_sd,
        north=north,
    )


@dataclass(frozen=True)
class Pulls:
    """How two causes and luck make a trait of SD 1, so that it correlates with both as told.

    Attributes
    ----------
    first, second, luck : float
        Weights of the causes and of luck, all in standard deviations.
    """

    first: float
    second: float
    luck: float

    @classmethod
    def of(cls, with_first: float, with_second: float, between: float) -> Pulls:
        """The weights that give these correlations of the trait with the causes, which themselves correlate by `between`."""
        apart = 1 - between**2
        first = (with_first - with_second * between) / apart
        second = (with_second - with_first * between) / apart
        explained = first * with_first + second * with_second
        return cls(first, second, float(np.sqrt(max(1 - explained, 0))))

    def together(self, first: Floats, second: Floats, luck: Floats) -> Floats:
        """The trait."""
        return self.first * first + self.second * second + self.luck * luck


def _behind(s: Society, counties: Sheet, county: Ints) -> tuple[Floats, float]:
    """How far each municipality lies behind because of its county, from the nation's mean pupil, in SD between municipalities;
    and the SD that is left for everything else.
    """
    gaps = {
        50: s.north_gap_trondelag,
        18: s.north_gap_nordland,
        55: s.north_gap_troms,
        56: s.north_gap_finnmark,
    }
    gap = np.array([gaps.get(int(number), 0.0) for number in counties.key])
    share = counties["municipalities"] / counties["municipalities"].sum()
    spread = float(share @ gap**2 - (share @ gap) ** 2)
    mean_pupil = float(counties["population"] @ gap / counties["population"].sum())
    return gap[counties.rows_of(county)] - mean_pupil, float(np.sqrt(max(1 - spread, 0)))


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
        "free_income": _free_income(draw, society, owners),
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
    score = society.centrality_size * place.size + society.centrality_luck * luck
    score -= society.north_remoteness * (place.north - society.north_municipalities)
    remote, central = ndtri(society.remote_share), ndtri(1 - society.central_share)
    return np.select(
        [score <= remote, score > central], [Centrality.REMOTE, Centrality.CENTRAL], Centrality.MIDDLE
    ).astype(np.int8)


def _people(draw: Draws, society: Society, ids: Ints, place: Standing) -> dict[str, Floats]:
    """Education, disability and child welfare."""
    s = society
    luck = draw.normal("people of a municipality", ids, per=2)
    little = Pulls.of(s.education_levels, s.education_low_hardship, s.hardship_education)
    schooling = little.together(-place.education, place.hardship, luck[:, 0])
    welfare = mixed(place.hardship, luck[:, 1], s.child_welfare_hardship)
    return {
        "education_high": np.clip(s.education_high_mean + s.education_high_sd * place.education, 0, 1),
        "education_low": np.clip(s.education_low_mean + s.education_low_sd * schooling, 0, 1),
        "disability": np.clip(s.disability_mean + s.disability_sd * place.hardship, 0, 1),
        "child_welfare": np.maximum(s.child_welfare_mean + s.child_welfare_sd * welfare, 0),
    }


def _free_income(draw: Draws, society: Society, owners: Municipalities) -> Floats:
    """Frie inntekter per inhabitant: more where few live."""
    s = society
    luck = s.free_income_sd * draw.normal("free income", owners.id) - s.free_income_sd**2 / 2
    return np.asarray(usual_income.of_columns(owners.population, s) * np.exp(luck))


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
    capacity = fte * np.exp(s.owner_fte_sd * luck[:, 0])
    # Heads came and went, and each office kept part of what the former ones knew: what is left of their luck.
    kept = memory_share(capacity, p[Turnover].head_memory_fte)
    competence = brought_along(place.size, np.sqrt((1 - kept) / (1 + kept)) * luck[:, 1], s)
    tenure = tenures(
        draw.uniform("tenure of a head of schools", owners.id), p[Turnover].head_exit, s.longest_tenure
    )
    drawn = {
        "capacity_fte": capacity,
        "competence": np.clip(competence, 0, 1),
        "head_tenure": tenure,
    }
    for name, values in drawn.items():
        setattr(owners, name, registers.fill("municipalities", name, owners.id, values))
