"""The cohorts in school at the start: what each has in common and how able its pupils happen to be, as if they had risen so far.

In a school that begins with a later grade a cohort is put together from several schools: what those have in common is averaged.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Grid, Ints
from sim.parameters.registry import Parameters
from sim.parameters.results import Results
from sim.randomness import Draws
from sim.rules.rule import always_compiled
from sim.state.places import Municipalities
from sim.state.schools import GRADES, Schools


def enter(draw: Draws, p: Parameters, schools: Schools, owners: Municipalities) -> None:
    """Fill the columns of the cohorts."""
    lasting_sd = p[Results].cohort_lasting_sd
    begun = lasting_sd * np.ascontiguousarray(
        draw.normal("cohort of a school at the start", schools.id, per=GRADES)
    )
    now = _come_together(
        begun, schools.first_grade, schools.last_grade, schools.cohort_size, schools.municipality, len(owners)
    )
    schools.cohort = np.where(schools.pupils > 0, now, 0)
    luck = draw.normal("pupils of a cohort at the start", schools.id, per=GRADES)
    schools.pupils_luck = np.where(schools.pupils > 0, luck, 0)


@always_compiled
def _come_together(
    begun: Grid, first_grade: Ints, last_grade: Ints, cohort_size: Floats, owner: Ints, n_owners: int
) -> Grid:
    """Cohorts where they are now, from those that began in each school, shape (schools, 10).

    Those whose school begins with a later grade are the mean of the municipality's schools that end before it, weighted by usual
    size; without any such school they are as if they had begun in it.
    """
    found = begun.copy()
    for first in range(2, GRADES + 1):
        if not (first_grade == first).any():
            continue
        total, mean = np.zeros(n_owners), np.zeros((n_owners, GRADES))
        for s in range(len(begun)):
            if first_grade[s] == 1 and last_grade[s] < first:
                total[owner[s]] += cohort_size[s]
                for g in range(GRADES):
                    mean[owner[s], g] += cohort_size[s] * begun[s, g]
        for s in range(len(begun)):
            if first_grade[s] == first and total[owner[s]] > 0:
                for g in range(GRADES):
                    found[s, g] = mean[owner[s], g] / total[owner[s]]
    return found
