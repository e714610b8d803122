"""The parts of a half-year, by which processes of the base model and of schemes find their place."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """Parts of a half-year in the order in which they are lived through; `sim.school_year` fills them."""

    NEW_YEAR = "new year"  # spring only: registers are closed as they stood at New Year
    BORDERS = "borders"  # spring only: mergers and splits take effect on 1 January
    DRAW = "draw"  # spring only: who is followed up
    COHORTS = "cohorts"  # autumn only: pupils move up a grade
    STAFFING = "staffing"  # autumn only: teachers, principals and heads of schools leave and come
    ASKING = "asking"  # what all schemes ask of owners is added up before anybody plans
    PLANNING = "planning"  # what owners, forums and counties make of it
    MEASURES = "measures"  # what reaches the schools
    CLASSROOM = "classroom"  # what teachers learn, keep, share and lose
    RESULTS = "results"  # what pupils get out of it, and what is measured of it
