"""The decentralised scheme (desentralisert ordning) as a table of processes."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats
from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.schemes.decentralised import (
    carrying_out,
    collective,
    expectations,
    forum,
    grants,
    handing_over,
    logics,
    measures,
    needs,
    owners,
    partners,
    politicians,
    themes,
    uh,
    voices,
)
from sim.schemes.decentralised.assumptions import (
    Collective,
    Coordinators,
    Expectations,
    Forum,
    HandingOver,
    Hands,
    Logics,
    Measure,
    Money,
    Needs,
    Partners,
    Politicians,
    Themes,
    Voices,
)
from sim.schemes.decentralised.expectation_state import (
    ForumExpectations,
    SchoolExpectations,
    TieExpectations,
    UHExpectations,
)
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.other_owners import carrying_out as carrying_out_beside
from sim.schemes.decentralised.other_owners import grants as grants_beside
from sim.schemes.decentralised.other_owners import taking_part
from sim.schemes.decentralised.other_owners import world as world_beside
from sim.schemes.decentralised.other_owners.assumptions import OtherSchooling
from sim.schemes.decentralised.other_owners.levers import OtherOwnership
from sim.schemes.decentralised.other_owners.outcomes import OUTCOMES as OUTCOMES_BESIDE
from sim.schemes.decentralised.outcomes import OUTCOMES
from sim.schemes.decentralised.state import (
    THEMES,
    CountyForums,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Ties,
)
from sim.schemes.scheme import Scheme
from sim.state import State
from sim.state.places import Counties, Municipalities, UHUnits
from sim.state.schools import Schools
from sim.world.county_reform import county_of_the_time
from sim.year_parts import Part


def set_up(state: State, p: Parameters, draw: Draws) -> None:
    """The scheme's tables in a new world: nothing is under way, and everybody's mix is what earlier regimes left."""
    municipalities, a = state[Municipalities], p[Partners]
    mix = logics.mix_of(p[Logics].start_market, p[Logics].start_hierarchy)
    levers = p[Decentralised]
    seen = logics.regime(levers) * levers.active
    state[Forums] = new_forums(state, mix, p)
    state[CountyForums] = CountyForums(forum=county_of_the_time(state[Counties], state.now.year))
    ties = Ties.blank(len(municipalities))
    ties.uh_unit[:] = municipalities.uh_unit
    ties.model[:] = partners.models(draw.uniform("partnership model", municipalities.id), a)
    state[Ties] = ties
    dec = DecentralisedOwners.blank(len(municipalities))
    dec.logic[:], dec.seen[:] = mix, seen
    state[DecentralisedOwners] = dec
    state[DecentralisedSchools] = new_schools(state, p)
    state[DecentralisedUH] = new_uh(state[UHUnits], mix, p)
    state[DecentralisedUH].seen[:] = seen
    state[ForumExpectations] = ForumExpectations.blank(len(state[Forums]))
    state[TieExpectations] = TieExpectations.blank(len(municipalities))
    state[SchoolExpectations] = SchoolExpectations.blank(len(state[Schools]))
    state[UHExpectations] = UHExpectations.blank(len(state[UHUnits]))
    state[DecentralisedUH].offers[:] = offered(state[UHUnits], p, draw)
    partners.settle(state, p, draw)
    owners.settle(state, p, draw)
    world_beside.set_up(state, p, draw)


def new_forums(state: State, mix: Floats, p: Parameters) -> Forums:
    """A forum for each county; which of them are at work `CountyForums` says."""
    counties, a = state[Counties], p[Forum]
    forums = Forums.blank(len(counties))
    forums.id[:], forums.county[:] = counties.id, np.arange(len(counties))
    forums.office[:] = counties.office
    forums.leadership[:] = a.leadership_start
    forums.role_clarity[:] = a.clarity_before
    forums.anchored[:] = a.anchored_start * p[Decentralised].regulation
    forums.trust[:] = a.trust_start
    forums.logic[:] = mix
    return forums


def new_schools(state: State, p: Parameters) -> DecentralisedSchools:
    """No school is in a measure; leaders and representatives are where the rules of the first year leave them (I31)."""
    levers, a = p[Decentralised], p[Voices]
    schools = DecentralisedSchools.blank(len(state[Schools]))
    schools.distance[:] = voices.distance_called_for(
        levers.leaders_at_table, levers.direct_involvement, 1.0, a
    )
    heard = levers.codetermination * state[Schools].leadership / a.usual_leadership
    schools.codetermination[:] = heard.clip(0, 1)
    return schools


def new_uh(units: UHUnits, mix: Floats, p: Parameters) -> DecentralisedUH:
    """What UH units can at the start: by their tradition and quality [D7]; and what has come back to them, by their tradition and
    what the earlier ways of funding let them learn [D14].
    """
    a = p[Hands]
    uh_units = DecentralisedUH.blank(len(units))
    uh_units.capacity_hours[:] = units.capacity_fte * a.hours_per_fte
    middling = (units.tradition + units.quality) / (units.tradition + units.quality).mean()
    uh_units.process_competence[:] = (a.process_start * middling).clip(0, 1)
    levers = p[Decentralised]
    uh_units.permanent[:] = levers.multi_year
    mutual = logics.taken_together(mix, a.market_learning, a.hierarchy_learning, 1.0)
    uh_units.practice_contact[:] = (
        units.tradition * mutual * uh.in_house(levers.multi_year, levers.uh_arenas, a)
    )
    carried = uh.crossed.of_columns(units.specialised, levers.uh_arenas, a) * uh_units.practice_contact
    uh_units.teaching[:] = uh.come_back(carried, a.teaching_pace, a)
    uh_units.research[:] = uh.come_back(carried, a.research_pace, a)
    uh_units.logic[:] = mix
    return uh_units


def offered(units: UHUnits, p: Parameters, draw: Draws) -> Bools:
    """Themes that units have people for at the start, shape (units, themes): more of them with a longer tradition [D7]."""
    least = p[Themes].offered_least
    u = draw.uniform("themes of a UH unit", units.id, per=THEMES)
    return np.asarray(u < (least + (1 - least) * units.tradition)[:, None])


SCHEME = Scheme(
    key="decentralised",
    title="The decentralised scheme",
    groups=(
        Decentralised,
        Forum,
        Logics,
        Needs,
        Partners,
        Hands,
        Measure,
        Voices,
        Themes,
        Collective,
        Coordinators,
        Money,
        Politicians,
        Expectations,
        HandingOver,
        OtherOwnership,
        OtherSchooling,
    ),
    set_up=set_up,
    processes={
        Part.BORDERS: (forum.REDRAW, forum.REPLACE),
        Part.ASKING: (measures.ASK, politicians.ASK, handing_over.PROCESS),
        Part.PLANNING: (
            logics.PROCESS,
            politicians.INVOLVE,
            needs.EVALUATE,
            needs.ANALYSE,
            taking_part.PROCESS,
            forum.MEET,
            grants.PROCESS,
        ),
        Part.MEASURES: (
            grants_beside.PROCESS,
            uh.PROCESS,
            themes.PROCESS,
            partners.PROCESS,
            measures.PLAN,
            carrying_out.PROCESS,
            collective.PROCESS,
            owners.LEARN,
            expectations.PROCESS,
            carrying_out_beside.PROCESS,
        ),
    },
    outcomes=OUTCOMES + OUTCOMES_BESIDE,
)
