"""Readings of upper secondary and the vocational scheme."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.arrays import Bools
from sim.claims_check.figures import OLD, WHOLE_USE, OfState, among, apart, mean, total
from sim.outcomes.measures import average
from sim.outcomes.smallest import HOURS, MONEY, POINT, REACHED, SPREAD, Smallest
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, Trades, UpperSchools, VocationalTeachers
from sim.state import State


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


OF_VOCATIONAL: Mapping[str, tuple[OfState, str, Smallest]] = {
    "teachers with small measures": (lambda s: float(_with_small_measures(s).mean()), "share", POINT),
    "subject": (mean(VocationalTeachers, "subject"), "0-1", POINT),
    "teaching competence": (mean(VocationalTeachers, "teaching"), "0-1", POINT),
    "collective learning": (_of_staffs("collective"), "0-1", POINT),
    "firm ties": (_of_staffs("firm_ties"), "0-1", POINT),
    "collective measures": (total(UpperSchools, "in_collective"), "schools", REACHED),
    "collective where there is a measure": (_collective_at_home, "0-1", POINT),
    "unmet": (mean(VocationalTeachers, "unmet"), "share", POINT),
    "models": (mean(CountyOwners, "models"), "0-1", POINT),
    "models apart": (lambda s: float(s[CountyOwners].models.std() / s[CountyOwners].models.mean()), "ratio", SPREAD),
    "trades' needs hit": (mean(CountyOwners, "hit"), "0-1", POINT),
    "vocational hours": (total(CountyOwners, "hours"), "hours", HOURS),
    "hours for each teacher reached": (
        lambda s: float(s[CountyOwners].hours.sum() / max(_with_small_measures(s).sum(), 1)), "hours", HOURS,
    ),
    "role clarity of the board": (mean(CountyOwners, "role_clarity"), "0-1", POINT),
    "contact of the schemes": (mean(CountyOwners, "contact"), "share", POINT),
    "visibility": (mean(CountyOwners, "visibility"), "0-1", POINT),
    "trust in the vocational forum": (mean(CountyOwners, "trust"), "0-1", POINT),
    "vocational money": (total(CountyOwners, "pot_nok"), "NOK", MONEY),
    "courses in small trades": (_courses_in_small_trades, "share", POINT),
    "training side": (
        lambda s: float((s[CountyOwners].instructors_reached + s[CountyOwners].boards_reached).sum()), "persons",
        REACHED,
    ),
    "more money for teachers than for the training side": (
        lambda s: 1 - 2 * float(s[CountyOwners].training_nok.sum() / max(s[CountyOwners].used_nok.sum(), 1)),
        "share of what is used", POINT,
    ),
    "schools in the vocational scheme": (total(UpperSchools, "takes_part"), "schools", REACHED),
    "second teachers": (_second_teachers, "share", POINT),
    "unused": (
        lambda s: 1 - float(s[CountyOwners].used_nok.sum() / max(s[CountyOwners].pot_nok.sum(), 1)), "share", POINT,
    ),
    "counties that use nine tenths": (_use_the_grant, "share", POINT),
    "counties that use nine tenths, beyond half": (lambda s: _use_the_grant(s) - 1 / 2, "share", POINT),
}  # fmt: skip
