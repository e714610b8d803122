"""Teaching posts at the start: what pupils, their needs and the municipality's economy call for, or a register gives."""

from __future__ import annotations

import numpy as np

from sim.parameters.society import Society
from sim.processes.staffing import by_size, called_for, economy_swing, usual_posts
from sim.randomness import Draws
from sim.state.places import Municipalities
from sim.state.schools import Schools, pupils_at
from sim.world.registers import Registers

_MOST = 2  # standard deviations by which a school's posts can grow


def allot(
    draw: Draws, society: Society, registers: Registers, schools: Schools, owners: Municipalities
) -> None:
    """The first year's posts, from what has swung for long, and the empty ones behind them that later years can fill."""
    s, pupils = society, pupils_at(schools).astype(np.float64)
    economy_sd = economy_swing.of_columns(owners.population, s)
    owners.economy = economy_sd * draw.normal("economy of a municipality at the start", owners.id)
    schools.needs = draw.normal("needs of a school at the start", schools.id)
    economy = owners.economy[schools.municipality]
    schools.means = by_size.of_columns(owners.population, s)[schools.municipality]
    usual = schools.means * usual_posts.of_columns(pupils, s)
    wanted = called_for.of_columns(usual, economy, schools.needs, s)
    given = registers.fill("schools", "teachers", schools.id, np.full(len(schools), np.nan))
    schools.own_posts = np.where(np.isnan(given), 0, given - wanted)
    schools.n_teachers = np.maximum(np.rint(wanted + schools.own_posts), 1).astype(np.int64)
    swing = usual * (s.needs_sd**2 + usual * economy_sd[schools.municipality] ** 2) + (
        s.teachers_power * usual
    ) ** 2 / np.maximum(pupils, 1)
    most = np.ceil(usual + schools.own_posts + _MOST * np.sqrt(swing)).astype(np.int64)
    schools.spare = np.maximum(most - schools.n_teachers, 0)
