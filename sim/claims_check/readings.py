"""What is read of a world for a contrast: an outcome, an answer of the virtual survey, or a figure of its own.

A figure of its own is there where a claim is about whom something falls on, or about a quantity that is no outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.arrays import AnyArray, Bools, Floats
from sim.declared import declared
from sim.experiments.instruments import Playable
from sim.experiments.recording import group_figures
from sim.outcomes.measures import average, pupils
from sim.outcomes.outcome import Gather, Outcome
from sim.outcomes.smallest import CAPACITY, HOURS, MONEY, POINT, PRACTICE, REACHED, SPREAD, Smallest
from sim.parameters.registry import Parameters
from sim.schemes.decentralised.other_owners.outcomes import over_owners, over_teachers
from sim.schemes.decentralised.other_owners.state import OtherOwners, OtherStaffs, Ownership
from sim.schemes.decentralised.state import (
    Collaboration,
    CountyForums,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Ties,
)
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.phases import in_scheme
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, FollowUpSchools, Phase
from sim.schemes.innovation.state import Projects
from sim.schemes.system_2026.state import SystemOwners
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, Trades, UpperSchools, VocationalTeachers
from sim.state import State, Table
from sim.state.places import Counties, Municipalities, Offices
from sim.state.schools import Schools, Teachers
from sim.surveys import survey

OUTCOME, FIGURE = "outcome ", "figure "
"""Beginnings of the names of readings that are an outcome, or a row of the virtual survey, by its key."""

OfState = Callable[[State], float]

OLD = 3  # years from which a collective measure is no longer new, and a head of schools neither
BEGINNER = 2  # years of experience below which a teacher is new
WHOLE_USE = 0.9  # of a grant, from which it counts as used
FINNMARK = 56  # county number


@dataclass(frozen=True)
class Reading:
    """A figure of a world.

    Attributes
    ----------
    read : callable
        From the world as it stands, only read, to one number; NaN where it applies to nobody now.
    smallest : Smallest
        The smallest size worth naming.
    """

    read: Callable[[Playable], float]
    unit: str
    smallest: Smallest


def reading(name: str) -> Reading:
    """The reading of a name.

    Raises
    ------
    KeyError
        If there is none.
    """
    if name.startswith(OUTCOME):
        outcome = {one.key: one for one in declared().outcomes}[name.removeprefix(OUTCOME)]
        return Reading(
            lambda model: national(outcome, model.state, model.p), outcome.unit, outcome.smallest or POINT
        )
    if name.startswith(FIGURE):
        keys = name.removeprefix(FIGURE).split(" less ")
        return Reading(lambda model: _asked(model, keys), "share", POINT)
    read, unit, smallest = OF_STATE[name]
    return Reading(lambda model: read(model.state), unit, smallest)


def national(outcome: Outcome, state: State, p: Parameters) -> float:
    """An outcome's figure for the whole country."""
    values = outcome.measure(state, p)
    if outcome.gather is Gather.NATION:
        return float(values[0])
    weights = pupils(state).total if outcome.gather is Gather.PUPILS else np.ones(len(values))
    everybody, summed = np.ones((1, len(values))), np.array([outcome.gather is Gather.SUM])
    return float(group_figures(values[None], weights[None], everybody, summed)[0, 0])


def _asked(model: Playable, keys: list[str]) -> float:
    """An answer of the virtual survey, or how far one lies above another; NaN where it is not asked now."""
    items = [item for item in declared().items if item.target in keys]
    rows = survey.ask(model.state, model.p, model.streams, items)
    shares = dict(zip(rows["target"].tolist(), rows["share"].tolist(), strict=True))
    values = [shares.get(key, np.nan) for key in keys]
    return float(values[0] - sum(values[1:]))


def third(values: Floats, *, largest: bool) -> Bools:
    """The third with the largest or the smallest values."""
    order = np.argsort(np.argsort(values if not largest else -values, kind="stable"), kind="stable")
    return np.asarray(order < len(values) / 3)


def gap(values: AnyArray, by: Floats) -> float:
    """Mean of values in the third with most of something, less that in the third with least; NaN if there is nobody."""
    if not len(by):
        return np.nan
    return float(values[third(by, largest=True)].mean() - values[third(by, largest=False)].mean())


def mean(table: type[Table], column: str) -> OfState:
    """The plain mean of a column."""
    return lambda state: float(getattr(state[table], column).mean())


def total(table: type[Table], column: str) -> OfState:
    """The sum of a column."""
    return lambda state: float(getattr(state[table], column).sum())


def among(values: AnyArray, here: Bools) -> float:
    """Mean over some; NaN if there is nobody."""
    return float(values[here].mean()) if here.any() else np.nan


def apart(values: AnyArray, here: Bools, there: Bools) -> float:
    """How far some lie above others, in means; NaN if either are nobody."""
    return among(values, here) - among(values, there)


# The decentralised scheme


def _pupils(state: State) -> Floats:
    return np.maximum(pupils(state).total, 1.0)


def _part_of_the_grant(state: State, who: Bools) -> float:
    """Grant per pupil of some owners over everybody's."""
    grant, size = state[DecentralisedOwners].grant_nok, _pupils(state)
    return float(grant[who].sum() / size[who].sum() / (grant.sum() / size.sum()))


def _population(state: State) -> Floats:
    return state[Municipalities].population


def small_owners(state: State) -> Bools:
    """The third of the owners with the fewest inhabitants."""
    return third(_population(state), largest=False)


def _learning_where_owners_have_staff(state: State) -> float:
    """Learning in schools of the third with most staff less that of the third with least, in means of all schools."""
    schools, staff = state[Schools], state[Municipalities].capacity_fte
    learned = [
        average(schools.learning[here], schools.n_teachers[here])
        for here in (third(staff, largest=largest)[schools.municipality] for largest in (True, False))
    ]
    everywhere = average(schools.learning, schools.n_teachers)
    return (learned[0] - learned[1]) / everywhere if everywhere > 0 else 0.0


def _applicants_luck(state: State) -> float:
    """Grant per pupil of the third with most capacity and competence to apply, less that of the third with least; in means."""
    owners = state[Municipalities]
    each = state[DecentralisedOwners].grant_nok / _pupils(state)
    return gap(each, owners.capacity_fte * owners.competence) / float(each.mean())


def _strength_of_funded_partnerships(state: State) -> float:
    """Trust times equality, weighted by grant per pupil against the mean of the forum."""
    ties, forum = state[Ties], state[CountyForums].forum[state[Municipalities].county]
    n = np.maximum(np.bincount(forum), 1)

    def within(values: Floats) -> Floats:
        return np.asarray(values - (np.bincount(forum, values) / n)[forum])

    each = state[DecentralisedOwners].grant_nok / _pupils(state)
    return float((within(each / each.mean()) * within(ties.trust * ties.equality)).mean())


def _of_measures(column: str) -> OfState:
    def read(state: State) -> float:
        ds = state[DecentralisedSchools]
        return among(getattr(ds, column), ds.in_measure)

    return read


def _taking_part(state: State) -> Floats:
    ds = state[DecentralisedSchools]
    return np.asarray(ds.coverage * ds.in_measure)


def _few_teachers(state: State) -> Bools:
    """The third of the schools with the fewest teachers."""
    n = state[Schools].n_teachers
    return np.asarray(n <= np.quantile(n, 1 / 3))


def _reached_in_small_schools(state: State) -> float:
    here = _few_teachers(state)
    return average(_taking_part(state)[here], state[Schools].n_teachers[here])


def _dose(state: State) -> float:
    """UH's hours for each teacher who takes part."""
    n = float((_taking_part(state) * state[Schools].n_teachers).sum())
    return float(state[DecentralisedOwners].uh_hours.sum()) / max(n, 1.0)


def _together_more(state: State) -> float:
    """How much more partners plan and carry out together than they find needs and evaluate together."""
    together = state[Ties].together.mean(axis=0)
    early = together[[Collaboration.PLANNING, Collaboration.CARRYING_OUT]].mean()
    return float(early - together[[Collaboration.NEEDS, Collaboration.EVALUATION]].mean())


_DECENTRALISED: Mapping[str, tuple[OfState, str, Smallest]] = {
    "shared understanding": (mean(Ties, "shared"), "0-1", POINT),
    "equality": (mean(Ties, "equality"), "0-1", POINT),
    "trust": (mean(Ties, "trust"), "0-1", POINT),
    "tailoring": (mean(Ties, "tailored"), "0-1", POINT),
    "partners changed": (mean(Ties, "changed"), "share", POINT),
    "more together in planning": (_together_more, "0-1", POINT),
    "equality with competent owners": (
        lambda s: gap(s[Ties].equality, s[Municipalities].competence),
        "0-1",
        POINT,
    ),
    "ownership": (mean(Teachers, "ownership"), "0-1", POINT),
    "hours": (mean(DecentralisedOwners, "hours"), "hours", HOURS),
    "learning": (
        lambda s: average(s[Schools].learning, s[Schools].n_teachers),
        "SD of practice a year",
        HOURS,
    ),
    "practice": (mean(Teachers, "practice"), "SD of practice", PRACTICE),
    "contact with practice": (mean(DecentralisedUH, "practice_contact"), "0-1", POINT),
    "teaching": (mean(DecentralisedUH, "teaching"), "0-1", POINT),
    "research": (mean(DecentralisedUH, "research"), "0-1", POINT),
    "contact before teaching": (
        lambda s: float((s[DecentralisedUH].practice_contact - s[DecentralisedUH].teaching).mean()),
        "0-1",
        POINT,
    ),
    "UH's process competence": (mean(DecentralisedUH, "process_competence"), "0-1", POINT),
    "UH's effort": (mean(DecentralisedUH, "effort"), "0-1", POINT),
    "UH's staff in lasting posts": (mean(DecentralisedUH, "permanent"), "share", POINT),
    "UH's capacity": (total(DecentralisedUH, "capacity_hours"), "hours", HOURS),
    "UH's hours": (total(DecentralisedOwners, "uh_hours"), "hours", HOURS),
    "hours for a krone": (
        lambda s: float(s[DecentralisedUH].demand_hours.sum() / s[DecentralisedOwners].uh_nok.sum()),
        "hours per NOK",
        MONEY,
    ),
    "satisfaction": (mean(Forums, "satisfaction"), "0-1", POINT),
    "role clarity": (mean(Forums, "role_clarity"), "0-1", POINT),
    "trust in the forum": (mean(Forums, "trust"), "0-1", POINT),
    "leadership of forums": (mean(Forums, "leadership"), "0-1", POINT),
    "hit": (mean(DecentralisedOwners, "hit"), "0-1", POINT),
    "use of data": (mean(DecentralisedOwners, "versed"), "0-1", POINT),
    "owners' effort": (mean(DecentralisedOwners, "effort"), "0-1", POINT),
    "legitimacy of the money's way": (mean(DecentralisedOwners, "legitimacy"), "0-1", POINT),
    "process leadership": (mean(DecentralisedOwners, "process_leadership"), "0-1", POINT),
    "process leadership of large owners": (
        lambda s: gap(s[DecentralisedOwners].process_leadership, _population(s)),
        "0-1",
        POINT,
    ),
    "grant of small owners": (lambda s: _part_of_the_grant(s, small_owners(s)), "ratio", SPREAD),
    "grant of large owners": (
        lambda s: _part_of_the_grant(s, third(_population(s), largest=True)),
        "ratio",
        SPREAD,
    ),
    "more effort of large owners": (
        lambda s: gap(s[DecentralisedOwners].effort, _population(s)),
        "0-1",
        POINT,
    ),
    "learning where owners have staff": (_learning_where_owners_have_staff, "ratio", SPREAD),
    "applicants' luck": (_applicants_luck, "ratio", SPREAD),
    "strength of funded partnerships": (_strength_of_funded_partnerships, "0-1", POINT),
    "distance": (mean(DecentralisedSchools, "distance"), "0-1", POINT),
    "co-determination": (mean(DecentralisedSchools, "codetermination"), "0-1", POINT),
    "involvement": (mean(Schools, "involvement"), "0-1", POINT),
    "process led in schools": (mean(DecentralisedSchools, "led"), "0-1", POINT),
    "fatigue": (mean(Schools, "fatigue"), "0-1", POINT),
    "load": (mean(Municipalities, "load"), "ratio", CAPACITY),
    "load of the smallest": (
        lambda s: float(s[Municipalities].load[small_owners(s)].mean()),
        "ratio",
        CAPACITY,
    ),
    "more load of the smallest": (
        lambda s: -gap(s[Municipalities].load, _population(s)),
        "ratio",
        CAPACITY,
    ),
    "upkeep": (mean(Schools, "upkeep"), "share", POINT),
    "owners that pause": (mean(DecentralisedOwners, "paused"), "share", POINT),
    "learning where leaders are strong": (
        lambda s: gap(s[Schools].learning, s[Schools].leadership),
        "SD of practice a year",
        Smallest(0.001, "assumption: a twentieth of what measures usually bring a school in a year"),
    ),
    "stalled": (_of_measures("stalled"), "share", POINT),
    "fit": (_of_measures("fit"), "0-1", POINT),
    "years behind the measure": (
        _of_measures("stage"),
        "years",
        Smallest(0.05, "assumption: half a month and some days"),
    ),
    "coverage": (_of_measures("coverage"), "share", POINT),
    "teachers reached": (lambda s: average(_taking_part(s), s[Schools].n_teachers), "share", POINT),
    "teachers reached in small schools": (_reached_in_small_schools, "share", POINT),
    "community in small schools": (
        lambda s: float(s[Schools].community[_few_teachers(s)].mean()),
        "0-1",
        POINT,
    ),
    "dose": (_dose, "hours per teacher", HOURS),
    "practice in upper secondary": (
        lambda s: float(over_teachers(s, s[OtherStaffs].practice, Ownership.COUNTY)[0]),
        "SD of practice",
        PRACTICE,
    ),
    "practice in private schools": (
        lambda s: float(over_teachers(s, s[OtherStaffs].practice, Ownership.PRIVATE)[0]),
        "SD of practice",
        PRACTICE,
    ),
    "counties' hours": (
        lambda s: float(over_owners(s, s[OtherOwners].hours, Ownership.COUNTY)[0]),
        "hours",
        HOURS,
    ),
    "municipal grant": (total(DecentralisedOwners, "grant_nok"), "NOK", MONEY),
}


# Follow-up and its draw


def inside(column: str) -> OfState:
    """Mean of a column of `FollowUpOwners` over owners in pre-phase or implementation."""
    return lambda state: among(getattr(state[FollowUpOwners], column), in_scheme(state[FollowUpOwners]))


def _in_phase(column: str, phase: Phase) -> OfState:
    """Mean of a column of `FollowUpOwners` over owners in a phase."""

    def read(state: State) -> float:
        f = state[FollowUpOwners]
        return among(getattr(f, column), f.phase == phase)

    return read


def _drawn_since(year: int, table: type[Table], column: str) -> OfState:
    """Mean of a column over owners drawn from a year on, or over their schools."""

    def read(state: State) -> float:
        here = state[FollowUpOwners].last_draw_year >= year
        values = getattr(state[table], column)
        return among(values, here if len(values) == len(here) else here[state[Schools].municipality])

    return read


def _schools_inside(state: State) -> Bools:
    here: Bools = in_scheme(state[FollowUpOwners])[state[Schools].municipality]
    return here


def _drawn_in(state: State) -> float:
    """Involvement of schools whose owner is in the pre-phase."""
    return among(
        state[Schools].involvement,
        (state[FollowUpOwners].phase == Phase.PREPHASE)[state[Schools].municipality],
    )


def _learning(state: State, *, named: bool) -> float:
    """What schools of owners in implementation are offered, mean over those named as weak or over the others."""
    carried_out = (state[FollowUpOwners].phase == Phase.IMPLEMENTATION)[state[Schools].municipality]
    return among(state[Schools].learning, carried_out & (state[FollowUpSchools].named == named))


def _gap_inside(state: State, values: AnyArray, by: Floats) -> float:
    here = in_scheme(state[FollowUpOwners])
    return gap(values[here], by[here])


def of_drawn(column: str, kind: DrawKind) -> OfState:
    """Mean of a column of the register over those that a draw picked."""
    return lambda state: among(getattr(state[DrawRegister], column), state[DrawRegister].drawn == kind)


def _drawn_against(column: str, kind: DrawKind) -> OfState:
    """How far those picked by a draw lie above those that were not, in means of a column of the register."""

    def read(state: State) -> float:
        register = state[DrawRegister]
        values = np.asarray(getattr(register, column), dtype=np.float64)
        return apart(values, register.drawn == kind, register.drawn == DrawKind.NONE)

    return read


def _new_heads(state: State) -> float:
    """Share of those drawn by spread whose head of schools came within three years."""
    rows = state[DrawRegister].successor[state[DrawRegister].drawn == DrawKind.SPREAD]
    return float((state[Municipalities].head_tenure[rows] < OLD).mean()) if len(rows) else np.nan


def _pupils_drawn(state: State) -> float:
    register = state[DrawRegister]
    return float(register.n_pupils[register.drawn != DrawKind.NONE].sum())


def _swing(state: State) -> float:
    """Spread of the draw's figures among the third with the fewest pupils, less that among the third with most."""
    register = state[DrawRegister]
    size = register.n_pupils.astype(np.float64)
    if not len(size):
        return np.nan
    return float(
        register.figure[third(size, largest=False)].std() - register.figure[third(size, largest=True)].std()
    )


def _northern(state: State) -> float:
    """Share of those drawn that lie in the north, less that of all."""
    register = state[DrawRegister]
    north = state[Offices].north[register.office]
    return among(north, register.drawn != DrawKind.NONE) - float(north.mean()) if len(north) else np.nan


def _finnmark(state: State) -> float:
    """Figures of Finnmark's municipalities above those of the rest of the north."""
    register = state[DrawRegister]
    there = state[Counties].id[register.county] == FINNMARK
    return apart(register.figure, there, state[Offices].north[register.office] & ~there)


def _doubt_of_the_small(state: State) -> float:
    """Doubt of those drawn with few pupils, less that of those with many."""
    drawn = state[FollowUpOwners].last_draw_year == state.now.year
    return -gap(state[FollowUpOwners].doubt[drawn], _pupils(state)[drawn])


def _doubt_by_spread(state: State) -> float:
    """Doubt of those drawn by spread, less that of those drawn by average."""
    f = state[FollowUpOwners]
    now = f.last_draw_year == state.now.year
    return apart(f.doubt, now & (f.kind == DrawKind.SPREAD), now & (f.kind == DrawKind.AVERAGE))


def _trauma_by_leadership(state: State) -> float:
    """Draw trauma in the third of the drawn schools that is led worst, less that in the third that is led best."""
    here = _schools_inside(state)
    return -gap(state[FollowUpSchools].trauma[here].astype(np.float64), state[Schools].leadership[here])


_FOLLOW_UP: Mapping[str, tuple[OfState, str, Smallest]] = {
    "legitimacy of follow-up": (inside("legitimacy"), "0-1", POINT),
    "stigma": (inside("stigma"), "0-1", POINT),
    "felt voluntariness": (inside("felt_voluntariness"), "0-1", POINT),
    "effort in follow-up": (inside("effort"), "0-1", POINT),
    "closeness of the governor": (inside("closeness"), "0-1", POINT),
    "closeness where competence is weak": (
        lambda s: -_gap_inside(s, s[FollowUpOwners].closeness, s[Municipalities].competence),
        "0-1",
        POINT,
    ),
    "doubt": (inside("doubt"), "0-1", POINT),
    "doubt of small owners": (_doubt_of_the_small, "0-1", POINT),
    "doubt of those drawn by spread": (_doubt_by_spread, "0-1", POINT),
    "acceptance": (lambda s: among(s[FollowUpSchools].acceptance, _schools_inside(s)), "0-1", POINT),
    "trauma where leaders are weak": (_trauma_by_leadership, "share", POINT),
    "match of guides": (_in_phase("guide_match", Phase.PREPHASE), "0-1", POINT),
    "guides' hours": (_in_phase("guide_hours", Phase.PREPHASE), "hours", HOURS),
    "analysis": (inside("analysis"), "0-1", POINT),
    "analysis where schools are few": (
        lambda s: (
            -_gap_inside(
                s,
                s[FollowUpOwners].analysis,
                np.bincount(s[Schools].municipality, minlength=len(s[Municipalities])).astype(float),
            )
        ),
        "0-1",
        POINT,
    ),
    "guides take over where competence is weak": (
        lambda s: -_gap_inside(s, s[FollowUpOwners].takes_over, s[Municipalities].competence),
        "share",
        POINT,
    ),
    "anchoring": (inside("anchoring"), "0-1", POINT),
    "neighbouring services of small owners": (
        lambda s: -_gap_inside(s, s[FollowUpOwners].sideways, _population(s)),
        "0-1",
        POINT,
    ),
    "plan fit": (_in_phase("plan_fit", Phase.IMPLEMENTATION), "0-1", POINT),
    "drawn in by the pre-phase": (_drawn_in, "0-1", POINT),
    "competence of the drawn": (_drawn_since(2020, Municipalities, "competence"), "0-1", POINT),
    "load of the drawn": (_drawn_since(2020, Municipalities, "load"), "ratio", CAPACITY),
    "practice where drawn": (_drawn_since(2020, Schools, "practice"), "SD of practice", PRACTICE),
    "community where drawn": (_drawn_since(2020, Schools, "community"), "0-1", POINT),
    "fatigue where drawn": (_drawn_since(2020, Schools, "fatigue"), "0-1", POINT),
    "upkeep where drawn": (_drawn_since(2020, Schools, "upkeep"), "share", POINT),
    "competence of those drawn from 2026": (_drawn_since(2026, Municipalities, "competence"), "0-1", POINT),
    "continuity of those drawn from 2026": (_drawn_since(2026, Municipalities, "continuity"), "0-1", POINT),
    "load of those drawn from 2026": (_drawn_since(2026, Municipalities, "load"), "ratio", CAPACITY),
    "learning in named schools": (lambda s: _learning(s, named=True), "SD of practice a year", HOURS),
    "learning in the others": (lambda s: _learning(s, named=False), "SD of practice a year", HOURS),
    "acceptance in named schools": (
        lambda s: among(s[FollowUpSchools].acceptance, _schools_inside(s) & s[FollowUpSchools].named),
        "0-1",
        POINT,
    ),
    "hours on follow-up": (total(FollowUpOwners, "spent_hours"), "hours", HOURS),
    "need of those drawn by spread": (
        of_drawn("true_need", DrawKind.SPREAD),
        "scale points",
        Smallest(0.1, "assumption: a twentieth of the SD between municipalities"),
    ),
    "what owners drawn by spread lack": (of_drawn("shortfall", DrawKind.SPREAD), "0-1", POINT),
    "new heads among those drawn by spread": (_new_heads, "share", POINT),
    "pupils drawn": (_pupils_drawn, "pupils", REACHED),
    "inhabitants of those drawn by spread": (
        lambda s: (
            of_drawn("population", DrawKind.SPREAD)(s) / of_drawn("population", DrawKind.AVERAGE)(s) - 1
        ),
        "ratio to those drawn by average, less 1",
        REACHED,
    ),
    "low education of those drawn": (_drawn_against("education_low", DrawKind.AVERAGE), "share", POINT),
    "disability of those drawn": (
        _drawn_against("disability", DrawKind.AVERAGE),
        "share",
        Smallest(0.005, "assumption: half a percentage point, a sixth of the SD between municipalities"),
    ),
    "child welfare of those drawn": (
        _drawn_against("child_welfare", DrawKind.AVERAGE),
        "per 1000",
        Smallest(1.0, "assumption: one child in a thousand"),
    ),
    "disability of those drawn by spread": (
        _drawn_against("disability", DrawKind.SPREAD),
        "share",
        Smallest(0.005, "assumption: half a percentage point, a sixth of the SD between municipalities"),
    ),
    "ROBEK among those drawn by spread": (_drawn_against("robek", DrawKind.SPREAD), "share", POINT),
    "the north among the drawn": (_northern, "share", POINT),
    "Finnmark's risk share": (_finnmark, "share", POINT),
    "more spread of small owners' figures": (_swing, "share", POINT),
}


# Upper secondary and the vocational scheme


def _courses_in_small_trades(state: State) -> float:
    """Share with a course among teachers of the smaller half of the trades, less that among the others."""
    teachers = state[VocationalTeachers]
    small = state[Trades].size[teachers.trade] < np.median(state[Trades].size)
    return apart(teachers.measure == SmallMeasure.COURSE, small, ~small)


def _collective_at_home(state: State) -> float:
    """Collective learning in staffs whose measure is no longer new."""
    schools = state[UpperSchools]
    return among(schools.collective, schools.stage >= OLD)


def _second_teachers(state: State) -> float:
    """Part of the teachers' small measures that is a second teacher."""
    count = np.bincount(state[VocationalTeachers].measure, minlength=len(SmallMeasure))
    return float(count[SmallMeasure.SECOND_TEACHER] / max(count[1:].sum(), 1))


def _use_the_grant(state: State) -> float:
    """Share of the counties that use as much as nine tenths of what the state gives them this school year."""
    owners = state[CountyOwners]
    return among(owners.used_nok >= WHOLE_USE * owners.grant_nok, owners.grant_nok > 0)


def _of_staffs(column: str) -> OfState:
    return lambda state: average(getattr(state[UpperSchools], column), state[UpperSchools].n_teachers)


def _with_small_measures(state: State) -> Bools:
    return np.asarray(state[VocationalTeachers].measure > 0)


_VOCATIONAL: Mapping[str, tuple[OfState, str, Smallest]] = {
    "teachers with small measures": (lambda s: float(_with_small_measures(s).mean()), "share", POINT),
    "subject": (mean(VocationalTeachers, "subject"), "0-1", POINT),
    "teaching competence": (mean(VocationalTeachers, "teaching"), "0-1", POINT),
    "collective learning": (_of_staffs("collective"), "0-1", POINT),
    "firm ties": (_of_staffs("firm_ties"), "0-1", POINT),
    "collective measures": (total(UpperSchools, "in_collective"), "schools", REACHED),
    "collective where there is a measure": (_collective_at_home, "0-1", POINT),
    "unmet": (mean(VocationalTeachers, "unmet"), "share", POINT),
    "models": (mean(CountyOwners, "models"), "0-1", POINT),
    "models apart": (
        lambda s: float(s[CountyOwners].models.std() / s[CountyOwners].models.mean()),
        "ratio",
        SPREAD,
    ),
    "trades' needs hit": (mean(CountyOwners, "hit"), "0-1", POINT),
    "vocational hours": (total(CountyOwners, "hours"), "hours", HOURS),
    "hours for each teacher reached": (
        lambda s: float(s[CountyOwners].hours.sum() / max(_with_small_measures(s).sum(), 1)),
        "hours",
        HOURS,
    ),
    "role clarity of the board": (mean(CountyOwners, "role_clarity"), "0-1", POINT),
    "contact of the schemes": (mean(CountyOwners, "contact"), "share", POINT),
    "visibility": (mean(CountyOwners, "visibility"), "0-1", POINT),
    "trust in the vocational forum": (mean(CountyOwners, "trust"), "0-1", POINT),
    "vocational money": (total(CountyOwners, "pot_nok"), "NOK", MONEY),
    "courses in small trades": (_courses_in_small_trades, "share", POINT),
    "training side": (
        lambda s: float((s[CountyOwners].instructors_reached + s[CountyOwners].boards_reached).sum()),
        "persons",
        REACHED,
    ),
    "more money for teachers than for the training side": (
        lambda s: 1 - 2 * float(s[CountyOwners].training_nok.sum() / max(s[CountyOwners].used_nok.sum(), 1)),
        "share of what is used",
        POINT,
    ),
    "schools in the vocational scheme": (total(UpperSchools, "takes_part"), "schools", REACHED),
    "second teachers": (_second_teachers, "share", POINT),
    "unused": (
        lambda s: 1 - float(s[CountyOwners].used_nok.sum() / max(s[CountyOwners].pot_nok.sum(), 1)),
        "share",
        POINT,
    ),
    "counties that use nine tenths": (_use_the_grant, "share", POINT),
    "counties that use nine tenths, beyond half": (lambda s: _use_the_grant(s) - 1 / 2, "share", POINT),
}


# The system from 2026


_SYSTEM: Mapping[str, tuple[OfState, str, Smallest]] = {
    "fit where owners analyse well": (
        lambda s: gap(s[SystemOwners].fit, s[Municipalities].competence),
        "0-1",
        POINT,
    ),
    "owners' competence": (mean(Municipalities, "competence"), "0-1", POINT),
    "guided where owners have staff": (
        lambda s: gap(s[SystemOwners].guided, s[Municipalities].capacity_fte * s[Municipalities].competence),
        "share",
        POINT,
    ),
    "further education of large owners": (
        lambda s: gap(
            s[SystemOwners].places
            / np.maximum(np.bincount(s[Schools].municipality, s[Schools].n_teachers), 1),
            _population(s),
        ),
        "share",
        Smallest(0.001, "assumption: one teacher in a thousand; about one in twenty studies"),
    ),
    "beginners' gap": (
        lambda s: float(
            np.maximum(s[Teachers].baseline - s[Teachers].practice, 0)[
                s[Teachers].experience < BEGINNER
            ].mean()
        ),
        "SD of practice",
        PRACTICE,
    ),
    "insight": (mean(Offices, "insight"), "correlation", POINT),
    "closeness of offices": (mean(Offices, "closeness"), "share", POINT),
    "principals' leadership": (mean(Schools, "leadership"), "0-1", POINT),
    "useless methods held to work": (
        lambda s: float((s[Projects].believed & (s[Projects].effect == 0)).sum()),
        "methods",
        Smallest(1.0, "assumption: one method"),
    ),
}

OF_STATE: Mapping[str, tuple[OfState, str, Smallest]] = {
    **_DECENTRALISED,
    **_FOLLOW_UP,
    **_VOCATIONAL,
    **_SYSTEM,
}
"""Readings of their own, by name: what is read, its unit, the smallest size worth naming."""
