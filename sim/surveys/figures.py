"""Figures that the evaluation read from registers: each a value and the number of units behind it, NaN where it has none."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.arrays import AnyArray, Bools
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.randomness import Draws
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import DecentralisedOwners
from sim.schemes.follow_up.assumptions import Prephase
from sim.schemes.follow_up.draw_choice import places
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.risk_score import risk_share, totals
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, Guides
from sim.schemes.system_2026.further_education_parameters import FurtherEducation
from sim.schemes.system_2026.parameters import NewTeachers
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import CountyOwners, UpperSchools, VocationalTeachers
from sim.state import State
from sim.state.places import Municipalities, Offices
from sim.state.schools import Schools
from sim.surveys.respondents import RESPONSES, Respondents

HIGHEST_RISKS = 40
FULL_POINTS = 117.0
"""Points possible over eleven indicators and three years [AFI-rapport 2021:09, 2.1]."""


NEARLY_ALL = 0.9
"""Part of the money that is nearly all of it (assumption)."""


class Figure(NamedTuple):
    """A value and the units it is made from."""

    value: float
    n: int


Reading = Callable[[State, Parameters, Draws], Figure]


def mean_risk(state: State, p: Parameters, draw: Draws) -> Figure:
    """Mean risk share over the municipalities in the draw's register that have possible points."""
    register = state[DrawRegister]
    possible = totals(register.possible)
    return mean_of(risk_share.of_columns(totals(register.points), possible)[possible > 0])


def below_full_points(state: State, p: Parameters, draw: Draws) -> Figure:
    """Municipalities with fewer possible points than the full number."""
    possible = totals(state[DrawRegister].possible)
    return counted(possible < FULL_POINTS)


def drawn_by(kind: DrawKind) -> Reading:
    """Municipalities in one of the two draws."""

    def read(state: State, p: Parameters, draw: Draws) -> Figure:
        return counted(state[DrawRegister].drawn == kind)

    return read


def highest_drawn(state: State, p: Parameters, draw: Draws) -> Figure:
    """Of the municipalities with the highest risk shares, those in the average draw."""
    register = state[DrawRegister]
    risk = risk_share.of_columns(totals(register.points), totals(register.possible))
    highest = np.argsort(-risk, kind="stable")[: places(HIGHEST_RISKS, p[Scope].scale)]
    return counted(register.drawn[highest] == DrawKind.AVERAGE)


def drawn_in_north(state: State, p: Parameters, draw: Draws) -> Figure:
    """Of the drawn municipalities, those in the three northern counties."""
    register = state[DrawRegister]
    drawn = register.drawn != DrawKind.NONE
    return counted(state[Offices].north[register.office[drawn]])


def declined(state: State, p: Parameters, draw: Draws) -> Figure:
    """Of the municipalities drawn this year, those that declined."""
    f = state[FollowUpOwners]
    return counted(f.declined[f.last_draw_year == state.now.year])


def guides_from_uh(state: State, p: Parameters, draw: Draws) -> Figure:
    """Guides employed by UH among those in the pools."""
    guides = state[Guides]
    return counted(guides.from_uh[guides.in_pool])


def guides_in(area: str) -> Reading:
    """Guides recruited by a governor's office."""

    def read(state: State, p: Parameters, draw: Draws) -> Figure:
        guides = state[Guides]
        local = np.arange(len(guides)) < len(state[Offices]) * p[Prephase].guides_most
        here = np.char.startswith(state[Offices].name[guides.office].astype(str), area)
        n = int(guides.in_pool.sum())
        return Figure(float((guides.in_pool & local & here).sum()), n) if n else Figure(float("nan"), 0)

    return read


def guide_hours(state: State, p: Parameters, draw: Draws) -> Figure:
    """Guide hours planned for a municipality: the rule, whatever the pandemic left of it."""
    n = int((state[FollowUpOwners].last_draw_year == state.now.year).sum())
    return Figure(p[FollowUp].guide_hours * p[FollowUp].prephase_years, n)


def outside_draw(column: str) -> Reading:
    """Mean of a column of the draw's register over the municipalities that were not drawn."""

    def read(state: State, p: Parameters, draw: Draws) -> Figure:
        values: AnyArray = getattr(state[DrawRegister], column)
        return mean_of(values[outside(state)])

    return read


def schools_between(least: int, most: int) -> Reading:
    """Share of the municipalities outside the draw that have so many schools."""

    def read(state: State, p: Parameters, draw: Draws) -> Figure:
        n_schools = state[DrawRegister].n_schools[outside(state)]
        return mean_of((n_schools >= least) & (n_schools <= most))

    return read


def in_robek(state: State, p: Parameters, draw: Draws) -> Figure:
    """Municipalities in ROBEK."""
    return counted(state[Municipalities].robek)


def follow_up_part(state: State, p: Parameters, draw: Draws) -> Figure:
    """Follow-up's part of the grants that the state gives to the model's schemes this year, and how many give any.

    The kindergartens' and the special-needs schemes' money is not in the model, so the part comes out a little too large.
    """
    follow_up = p[FollowUp].grant_nok * p[FollowUp].active
    others = (
        p[Decentralised].grant_nok * p[Decentralised].active,
        p[Vocational].grant_nok * p[Vocational].active,
        p[FurtherEducation].grant_nok,
        p[NewTeachers].grant_nok,
    )
    given = np.array([follow_up, *others])
    return Figure(float(follow_up / given.sum()) if given.any() else float("nan"), int((given > 0).sum()))


def own_contribution(state: State, p: Parameters, draw: Draws) -> Figure:
    """Owners' own contribution over the state grant, this school year."""
    dec = state[DecentralisedOwners]
    return _ratio(dec.own_nok, dec.grant_nok)


def to_uh(state: State, p: Parameters, draw: Draws) -> Figure:
    """Part of the grant that goes to UH, this school year."""
    dec = state[DecentralisedOwners]
    return _ratio(dec.uh_nok, dec.grant_nok)


def vocational_grant(state: State, p: Parameters, draw: Draws) -> Figure:
    """State grant to the vocational scheme this school year, and the counties that get it."""
    grant = state[CountyOwners].grant_nok
    return Figure(float(grant.sum()), int((grant > 0).sum()))


def vocational_schools(state: State, p: Parameters, draw: Draws) -> Figure:
    """Upper secondary schools that take part in the vocational scheme this school year."""
    return counted(state[UpperSchools].takes_part)


def vocational_teachers(state: State, p: Parameters, draw: Draws) -> Figure:
    """Vocational teachers."""
    n = len(state[VocationalTeachers])
    return Figure(float(n), n)


def drawn_with_schools(year: int, least: int, most: int) -> Reading:
    """Of the owners drawn in a year who take part, those with so many schools."""

    def read(state: State, p: Parameters, draw: Draws) -> Figure:
        f = state[FollowUpOwners]
        n = np.bincount(state[Schools].municipality, minlength=len(f))
        drawn = (f.last_draw_year == year) & ~f.declined
        return counted(((n >= least) & (n <= most))[drawn])

    return read


def counties_with_full_use(state: State, p: Parameters, draw: Draws) -> Figure:
    """Share of the counties that use at least nine tenths of this school year's vocational money."""
    owners = state[CountyOwners]
    given = owners.pot_nok > 0
    return mean_of(owners.used_nok[given] >= NEARLY_ALL * owners.pot_nok[given])


def counties_in_contact(state: State, p: Parameters, draw: Draws) -> Figure:
    """Share of the counties with points of contact between the vocational scheme and that of general subjects."""
    owners = state[CountyOwners]
    return mean_of(owners.contact[owners.owner == np.arange(len(owners))])


def responses(kind: Respondents) -> Reading:
    """Persons of a group who answered, of those asked: the survey's own design."""

    def read(state: State, p: Parameters, draw: Draws) -> Figure:
        wave = RESPONSES[kind][state.now]
        return Figure(wave.answered, wave.population)

    return read


def outside(state: State) -> Bools:
    """Which municipalities of the register that neither were drawn nor are part of one that was."""
    register = state[DrawRegister]
    drawn = register.successor[register.drawn != DrawKind.NONE]
    return ~np.isin(register.successor, drawn)


def counted(yes: Bools) -> Figure:
    """How many of the units it is true of."""
    return Figure(float(yes.sum()) if len(yes) else float("nan"), len(yes))


def mean_of(values: AnyArray) -> Figure:
    """Mean over the units that have a value."""
    known = values[np.isfinite(values)]
    return Figure(float(known.mean()) if len(known) else float("nan"), len(known))


def _ratio(part: AnyArray, whole: AnyArray) -> Figure:
    given = whole.sum()
    return Figure(float(part.sum() / given) if given else float("nan"), int((whole > 0).sum()))
