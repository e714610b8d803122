"""Special schools that distort a municipality's figures: why the directorate takes some off the list [AFI-rapport 2021:09, 2.1].

A few pupils with large and lasting needs, of a school that takes them in, count in the municipality's tests and leaving
points. Among many they are lost, in a small municipality they bring it to the head of the list without its schools being
weak. Only the draw's figures have them: true need, and what the public is shown of schools, are of the ordinary ones.
"""

from __future__ import annotations

from sim.arrays import Grid
from sim.parameters.results import Measurement
from sim.rules import rule
from sim.schemes.follow_up.draw_levers import Draw
from sim.state.measurements import N_INDICATORS, N_YEARS, Indicator
from sim.state.places import Municipalities

TESTS = 4  # indicators that are shares at the lowest level; leaving points come next


@rule
def with_special_schools(
    owners: Municipalities, d: Draw, q: Measurement, figures: Grid, pupils: Grid
) -> None:
    """Brings the pupils of special schools into the figures, both of shape (municipalities, 33 cells); tests find all of them at
    the lowest level. What has no figure gets none.
    """
    n = d.special_pupils
    lowest_points = q.leaving_points_mean - d.special_gap * q.leaving_points_pupil_sd
    for o in range(len(owners)):
        if not owners.special_case[o]:
            continue
        for year in range(N_YEARS):
            for i in range(Indicator.LEAVING_POINTS_10 + 1):
                cell = year * N_INDICATORS + i
                theirs = 1.0 if i < TESTS else lowest_points
                own = pupils[o, cell]
                figures[o, cell] = (own * figures[o, cell] + n * theirs) / (own + n)
                pupils[o, cell] += n
