"""How many teaching posts each school has: by its pupils, by what these need, and by the municipality's size and economy.

Before the summer a school's posts are set anew. A post that goes is first one whose holder leaves anyway, then that of whoever
came last; one that comes is filled as others are (`sim.processes.turnover`). Nobody sets a municipality's yearly swing: cohorts
of differing size walk through the grades, pupils with and without needs come and go, budgets grow and shrink, posts are whole.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Number
from sim.parameters.society import Society
from sim.processes.process import Process
from sim.processes.turnover import relative_size
from sim.rules import Luck, formula, rule
from sim.state.places import Municipalities
from sim.state.schools import Schools


@rule
def plan(
    schools: Schools,
    owners: Municipalities,
    s: Society,
    economy: Annotated[Luck, "economy of a municipality"],
    needs: Annotated[Luck, "needs of a school"],
) -> None:
    """Economies and needs move on, and each school learns how many posts come or go; it keeps at least one."""
    stays, news, drawn = s.staffing_persistence, np.empty(len(owners)), np.empty(len(schools))
    moves = np.sqrt(1 - stays**2)
    economy.normals(owners.id, news)
    needs.normals(schools.id, drawn)
    for o in range(len(owners)):
        swing = economy_swing(owners.population[o], s)
        owners.economy[o] = stays * owners.economy[o] + moves * swing * news[o]
    for k in range(len(schools)):
        schools.needs[k] = stays * schools.needs[k] + moves * drawn[k]
        pupils = 0.0
        for g in range(schools.pupils.shape[1]):
            pupils += schools.pupils[k, g]
        o = schools.municipality[k]
        wanted = called_for(schools.means[k] * usual_posts(pupils, s), owners.economy[o], schools.needs[k], s)
        n, most = schools.n_teachers[k], schools.n_teachers[k] + schools.spare[k]
        schools.posts_change[k] = min(max(int(np.rint(wanted + schools.own_posts[k])), 1), most) - n


@formula
def economy_swing(population: Number, s: Society) -> Number:
    """SD of what the economy adds to posts (log): one firm, one family or one line of the budget is much where few live."""
    return s.economy_sd * np.exp(-s.economy_size * relative_size(population, s))


@formula
def usual_posts(pupils: Number, s: Society) -> Number:
    """Posts of a school of so many pupils in a usual year, where its municipality has mean size."""
    return s.teachers_scale * pupils**s.teachers_power


@formula
def by_size(population: Number, s: Society) -> Number:
    """Posts against those of a school as large in a municipality of mean size: free income is higher where few live."""
    return np.exp(-s.teachers_size * relative_size(population, s))


@formula
def called_for(usual: Number, economy: Number, needs: Number, s: Society) -> Number:
    """Posts called for in a year of such an economy (log) and such needs (SD); not yet whole.

    Needs are those of single pupils: their sum varies with the root of the posts.
    """
    return usual * np.exp(economy) + s.needs_sd * np.sqrt(usual) * needs


PROCESS = Process(
    "staffing.plan",
    plan,
    "Pupils of the new school year and the budget are known: posts come and go before teachers change.",
    "Udir, Skoleporten and school facts 2014-2025: teacher man-years",
)
