"""The cohorts in school at the start: what each has in common and how able its pupils happen to be, as if they had risen so far.

In a school that begins with a later grade a cohort is put together from several schools: what those have in common is averaged.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.parameters.registry import Parameters
from sim.parameters.results import Results
from sim.randomness import Draws
from sim.state.borders import added_up
from sim.state.places import Municipalities
from sim.state.schools import GRADES, Schools


def enter(draw: Draws, p: Parameters, schools: Schools, owners: Municipalities) -> None:
    """Fill the columns of the cohorts."""
    lasting_sd = p[Results].cohort_lasting_sd
    begun = lasting_sd * draw.normal("cohort of a school at the start", schools.id, per=GRADES)
    schools.cohort = np.where(schools.pupils > 0, _come_together(schools, begun, len(owners)), 0)
    luck = draw.normal("pupils of a cohort at the start", schools.id, per=GRADES)
    schools.pupils_luck = np.where(schools.pupils > 0, luck, 0)


def _come_together(schools: Schools, begun: Floats, n_owners: int) -> Floats:
    """Cohorts where they are now, from those that began in each school, shape (schools, 10).

    Those whose school begins with a later grade are the mean of the municipality's schools that end before it, weighted by usual
    size; without any such school they are as if they had begun in it.
    """
    found = begun.copy()
    late = schools.first_grade > 1
    for first in np.unique(schools.first_grade[late]):
        feeds = (schools.first_grade == 1) & (schools.last_grade < first)
        weight = np.where(feeds, schools.cohort_size, 0)
        total = added_up(schools.municipality, weight, n_owners)
        takes = (schools.first_grade == first) & (total[schools.municipality] > 0)
        for g in range(GRADES):
            mean = added_up(schools.municipality, weight * begun[:, g], n_owners) / np.where(
                total > 0, total, 1
            )
            found[takes, g] = mean[schools.municipality[takes]]
    return found
