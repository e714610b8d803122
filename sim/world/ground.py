"""The ground the country stands on: pieces of municipalities with inhabitants, pupils and schools.

A county's number of municipalities, its inhabitants and the municipalities at its quarters are SSB's; between these the sizes
follow a log-normal law, and above the upper quarter they spread as widely as the county's inhabitants require.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from sim.arrays import Bools, Floats, Ints
from sim.parameters.society import Society
from sim.processes.turnover import relative_size
from sim.randomness import Draws
from sim.rules import formula
from sim.rules.rule import always_compiled
from sim.state.borders import Borders
from sim.state.identity import invented_number, running
from sim.state.schools import GRADES
from sim.world.register_files import Sheet
from sim.world.registers import Registers

_THOUSAND = 1000
_QUARTER = float(ndtri(0.75))
_WIDEST = 6.0  # log-normal spread beyond anything the counties need: where the search for it starts
_HALVINGS = 24  # of an interval, down to a millionth


@dataclass(frozen=True)
class Ground:
    """The pieces of the country, in the order of their numbers of 2019; every array has shape (pieces,).

    Attributes
    ----------
    county : array of int
        County (fylkesnummer of 2024).
    pupils : array of float
        Pupils in grunnskole in the long run.
    n_schools : array of int
        Schools (grunnskoler).
    """

    borders: Borders
    county: Ints
    population: Floats
    pupils: Floats
    n_schools: Ints

    def kept(self, pieces: Bools) -> Ground:
        """Only some of the pieces."""
        borders = self.borders.take(np.flatnonzero(pieces))
        borders.id = np.arange(len(borders))
        return replace(
            self, borders=borders, county=self.county[pieces], population=self.population[pieces],
            pupils=self.pupils[pieces], n_schools=self.n_schools[pieces],
        )  # fmt: skip


def lay_out(draw: Draws, society: Society, registers: Registers, scale: float) -> Ground:
    """The pieces of the country, or of the share `scale` of each county's municipalities."""
    counties = registers["counties"]
    if registers.whole_country:
        borders, county, population = _synthetic(draw, society, counties)
    else:
        borders, population = _given(society, registers)
        county = registers.county_of(borders.from_2020)
    pupils = _pupils(draw, society, registers, borders, population)
    n_schools = _school_counts(draw, society, registers, borders, population, pupils)
    ground = Ground(borders, county, population, pupils, n_schools)
    return ground.kept(_sampled(draw, borders.from_2020, county, scale)) if scale < 1 else ground


def _synthetic(draw: Draws, society: Society, counties: Sheet) -> tuple[Borders, Ints, Floats]:
    county = np.repeat(np.arange(len(counties.key)), counties["municipalities"])
    place = invented_number(counties.key[county], running(county))
    log_size = _log_sizes(draw, society, place, county, counties)
    population = _scaled(
        np.maximum(np.exp(log_size), society.smallest_municipality), county, counties["population"]
    )
    parts = _parts(draw, society, place, county, np.log(population), counties)
    unit = np.repeat(np.arange(len(place)), parts)
    of_piece = county[unit]
    borders = _numbers(unit, of_piece, parts, counties)
    weight = np.exp(society.part_spread * draw.normal("share of a merged municipality", borders.until_2019))
    share = weight / np.bincount(unit, weight)[unit]
    least = np.minimum(society.smallest_municipality, population / parts)
    shared = least[unit] + (population - parts * least)[unit] * share
    return borders, counties.key[of_piece], _whole_persons(shared, of_piece)


def _log_sizes(draw: Draws, society: Society, place: Ints, county: Ints, counties: Sheet) -> Floats:
    """Logarithm of inhabitants: a county's municipalities lie one in each of its equal slices of the normal curve."""
    slices = counties["municipalities"][county]
    luck = draw.uniform("size of a municipality", place, per=2)
    rank = np.empty(len(place), dtype=np.int64)
    rank[np.lexsort((luck[:, 0], county))] = running(county) - 1
    normal: Floats = ndtri((rank + luck[:, 1]) / slices)
    score = normal + society.population_skew * normal**2
    score -= _medians(score, county)[county]
    bent = society.population_skew * _QUARTER**2
    middle = np.log(counties["median_population"])
    apart = society.population_log_sd  # in a county whose quarters nobody knows
    lower = _known(counties, "lower_quartile_population", middle - apart * (_QUARTER - bent))
    upper = _known(counties, "upper_quartile_population", middle + apart * (_QUARTER + bent))
    below, above = (middle - lower) / (_QUARTER - bent), (upper - middle) / (_QUARTER + bent)
    inner = np.where(score < 0, below[county], above[county]) * np.minimum(score, _QUARTER + bent)
    outer = np.maximum(score - _QUARTER - bent, 0)
    outer += society.population_top * outer**2
    within = middle[county] + inner
    return np.asarray(within + _spreads(within, outer, county, counties["population"])[county] * outer)


def _known(counties: Sheet, name: str, otherwise: Floats) -> Floats:
    """Logarithm of a number of inhabitants in each county, where it is given."""
    return np.asarray(np.log(counties.fill(name, counties.key, np.exp(otherwise))))


def _medians(values: Floats, group: Ints) -> Floats:
    """Median of each group's values; groups are numbered from 0, and each has some."""
    ordered = values[np.lexsort((values, group))]
    n = np.bincount(group)
    start = np.cumsum(n) - n
    return np.asarray((ordered[start + (n - 1) // 2] + ordered[start + n // 2]) / 2)


@always_compiled
def _spreads(within: Floats, outer: Floats, county: Ints, population: Floats) -> Floats:
    """Each county's log-normal spread above the upper quarter, at which its people add up; by halving."""
    usual, low, width = np.empty(len(within)), np.zeros(len(population)), _WIDEST
    for i in range(len(within)):
        usual[i] = np.exp(within[i])
    for _ in range(_HALVINGS):
        width /= 2
        people = np.zeros(len(population))
        for i in range(len(county)):
            k = county[i]
            people[k] += np.exp(within[i] + (low[k] + width) * outer[i]) if outer[i] > 0 else usual[i]
        for k in range(len(population)):
            low[k] += width * (people[k] <= population[k])
    for k in range(len(population)):
        low[k] += width / 2
    return low


def _scaled(values: Floats, county: Ints, total: Floats) -> Floats:
    return values * (total / np.bincount(county, values))[county]


def _parts(
    draw: Draws, society: Society, place: Ints, county: Ints, log_size: Floats, counties: Sheet
) -> Ints:
    """How many pieces each municipality is made of; large ones are likelier to have been made by a merger."""
    score = log_size + society.merger_luck * draw.normal("municipality made by a merger", place)
    sizes = counties["mergers_2020"]
    in_turn = np.ones((len(sizes), len(place)), dtype=np.int64)
    for i, of_county in enumerate(sizes):
        in_turn[i, : len(of_county)] = of_county
    order = np.lexsort((-score, county))
    parts = np.empty(len(place), dtype=np.int64)
    parts[order] = in_turn[county, running(county) - 1]
    return parts


def _numbers(unit: Ints, county: Ints, parts: Ints, counties: Sheet) -> Borders:
    """Numbers of the municipalities in the three periods: first those of 2019, then those made later."""
    base = invented_number(counties.key[county], np.zeros_like(county))
    number = base + running(county)
    merged = np.flatnonzero(parts > 1)
    first_piece = np.searchsorted(unit, merged)
    last_number = np.bincount(county, minlength=len(counties.key))[county]
    made = np.zeros(len(parts), dtype=np.int64)
    made[merged] = (base + last_number)[first_piece] + running(county[first_piece])
    from_2020 = np.where(parts[unit] > 1, made[unit], number)
    from_2024 = from_2020.copy()
    for i in np.flatnonzero(counties["splits_2024"]):
        mine = merged[county[first_piece] == i]
        leaves = mine[np.argmax(parts[mine])]
        from_2024[np.searchsorted(unit, leaves, side="right") - 1] = from_2020[county == i].max() + 1
    return Borders(id=np.arange(len(unit)), until_2019=number, from_2020=from_2020, from_2024=from_2024)


def _whole_persons(population: Floats, county: Ints) -> Floats:
    """Whole numbers with the same sums: what rounding loses goes to the county's largest."""
    rounded = np.maximum(np.rint(population), 1)
    lost = np.rint(np.bincount(county, population)) - np.bincount(county, rounded)
    order = np.lexsort((rounded, county))
    rounded[order[np.cumsum(np.bincount(county)) - 1]] += lost
    return rounded


def _given(society: Society, registers: Registers) -> tuple[Borders, Floats]:
    """The municipalities of a user's register, taken apart into their predecessors where those are given."""
    municipalities, predecessors = registers.given("municipalities"), registers.given("predecessors")
    if municipalities is None:
        schools = registers["schools"]
        numbers, owner = np.unique(schools["kommunenummer"], return_inverse=True)
        population = np.bincount(owner, schools["pupils"]) / _pupils_per_person(society)
        return _unchanged(numbers, numbers), np.rint(population)
    numbers, population = municipalities.key, municipalities["population"]
    if predecessors is None:
        return _unchanged(numbers, numbers), population
    alone = ~np.isin(numbers, predecessors["kommunenummer"])
    old = np.concatenate([numbers[alone], predecessors.key])
    new = np.concatenate([numbers[alone], predecessors["kommunenummer"]])
    parts = np.concatenate([population[alone], predecessors["population"]])
    unit = np.searchsorted(numbers, new)
    order = np.argsort(old)
    shared = population[unit] * parts / np.maximum(np.bincount(unit, parts), 1)[unit]
    return _unchanged(old[order], new[order]), shared[order]


def _unchanged(old: Ints, new: Ints) -> Borders:
    return Borders(id=np.arange(len(old)), until_2019=old, from_2020=new, from_2024=new)


def _pupils_per_person(society: Society) -> float:
    return society.cohort_per_1000 * GRADES / _THOUSAND


def _pupils(
    draw: Draws, society: Society, registers: Registers, borders: Borders, population: Floats
) -> Floats:
    """Pupils of each piece: given, counted from the schools given, or drawn around the nation's share."""
    size, slope, bend = (
        relative_size(population, society),
        society.cohort_size_slope,
        society.cohort_size_bend,
    )
    spread = society.cohort_spread * np.exp(-society.cohort_even * size)
    luck = spread * draw.normal("children among a municipality's people", borders.until_2019)
    log_share = slope * size - bend * size**2 + luck - spread**2 / 2
    # People live in places larger by an SD squared of log persons than municipalities are: over them the mean is the nation's.
    sd = society.population_log_sd
    centre = (slope * sd + slope**2 / 2 - bend * sd**2) / (1 + 2 * bend) - np.log(1 + 2 * bend) / 2
    pupils = population * _pupils_per_person(society) * np.exp(log_share - centre)
    if registers.given("municipalities") is None:
        return np.asarray(pupils * (population.sum() * _pupils_per_person(society) / pupils.sum()))
    _, unit = np.unique(borders.from_2020, return_inverse=True)
    share = population / np.maximum(np.bincount(unit, population), 1)[unit]
    nothing = np.full(len(population), np.nan)
    given = registers.fill("municipalities", "pupils", borders.from_2020, nothing) * share
    return np.where(np.isnan(given), pupils, given)


def _school_counts(
    draw: Draws, society: Society, registers: Registers, borders: Borders, population: Floats, pupils: Floats
) -> Ints:
    """Schools of each piece by the law of size; in the whole country they have the published size."""
    settled_alike = np.exp(-society.school_count_even * np.maximum(relative_size(population, society), 0))
    luck = (
        society.school_count_sd * settled_alike * draw.normal("schools of a municipality", borders.until_2019)
    )
    law = (
        society.school_count_intercept + society.school_count_slope * np.log(np.maximum(population, 1)) + luck
    )
    fewest = pupils / society.largest_mean_school
    most = np.maximum(pupils / society.smallest_mean_school, fewest)
    return _in_all(law, fewest, most, pupils.sum() / society.mean_school, registers.whole_country)


@always_compiled
def _in_all(law: Floats, fewest: Floats, most: Floats, in_all: float, as_published: bool) -> Ints:
    """Schools of each piece by a law that gives their logarithm, shifted so that they are as many as published; by halving."""
    low, high = -1.0, 1.0
    for _ in range(_HALVINGS if as_published else 0):
        middle, n = (low + high) / 2, 0
        for i in range(len(law)):
            n += _rounded(np.exp(law[i] + middle), fewest[i], most[i])
        low, high = (low, middle) if n > in_all else (middle, high)
    schools = np.empty(len(law), dtype=np.int64)
    for i in range(len(law)):
        schools[i] = _rounded(np.exp(law[i] + (low + high) / 2), fewest[i], most[i])
    return schools


@formula
def _rounded(schools: float, fewest: float, most: float) -> int:
    return int(max(np.rint(min(max(schools, fewest), most)), 1.0))


def _sampled(draw: Draws, unit: Ints, county: Ints, scale: float) -> Bools:
    """The pieces of a share of each county's municipalities, at least one; a county that is one city goes by rounding.

    A municipality of 2020 stays or goes as a whole, so that borders change in a small country too.
    """
    numbers, piece = np.unique(unit, return_index=True)
    of_number = county[piece]
    members = np.bincount(of_number)
    n = np.maximum(members != 1, np.rint(scale * members))
    order = np.lexsort((draw.uniform("municipality in a small country", numbers), of_number))
    kept = np.empty(len(numbers), dtype=np.bool_)
    kept[order] = running(of_number[order]) <= n[of_number[order]]
    if not kept.any():
        kept[:] = True
    return kept[np.searchsorted(numbers, unit)]
