"""What is asked of owners and schools, and what it costs them."""

from __future__ import annotations

from sim.parameters.declaration import Group, dated, fixed, lever, uncertain
from sim.parameters.priors import Beta, Uniform

_D12 = "assumption after AFI-rapport 2026:02, 3.6-3.7 [D12]"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Load(Group, key="load", title="Load and tiredness of initiatives"):
    """Work asked for development against the capacity to do it."""

    ordinary_fte: float = uncertain(
        0.10, unit="man-years", bounds=(0.0, 0.5), prior=Uniform(0.05, 0.2), source=_D12,
        meaning="an owner's ordinary development work that does not depend on size",
    )
    ordinary_fte_per_school: float = fixed(
        0.05, unit="man-years per school", bounds=(0.0, 0.3), source=_D12,
        meaning="an owner's ordinary development work per school",
    )
    other_schemes_fte: float = lever(
        0.05, unit="man-years", bounds=(0.0, 1.0), source=_D12,
        free="what these schemes ask, not a choice of anybody's: what is done with it has no place in the model",
        meaning="what the kindergarten scheme and Kompetanseløftet ask of an owner, whatever its size",
    )
    hours_per_man_year: float = fixed(
        1700.0, unit="hours", bounds=(1000.0, 2000.0), source="Norwegian working year after holidays, rounded",
        meaning="hours in a man-year",
    )
    fatigue_follows: float = fixed(
        0.5, unit="share per year", bounds=(0.0, 1.0), source=_D12,
        meaning="how fast tiredness moves to what the load calls for",
    )
    fatigue_per_overload: float = uncertain(
        0.3, unit="0-1 per unit of load above capacity", bounds=(0.0, 1.0), prior=Beta(0.3, 0.1), source=_D12,
        meaning="tiredness that a load of twice the capacity ends in",
    )
    fatigue_base: float = fixed(
        0.15, unit="0-1", bounds=(0.0, 1.0), source=_D12,
        meaning="tiredness where the load stays within the capacity",
    )


class Curriculum(Group, key="curriculum", title="The new curriculum"):
    """What the new curriculum (fagfornyelsen) of autumn 2020 asks beside everything else."""

    asked_fte_per_school: float = dated(
        0.0, unit="man-years per school", bounds=(0.0, 0.3),
        source="OECD 2020: the new curriculum asks for capacity; the figure is an assumption",
        meaning="an owner's work with its schools on taking the new curriculum into use",
    )


class Pandemic(Group, key="pandemic", title="The pandemic"):
    """The shock of 2020-21 [F10]."""

    share_lost: float = dated(
        0.0, unit="share", bounds=(0.0, 1.0),
        source="AFI-rapport 2021:09, 3.3: 82 % of owners say it hurt the pre-phase; the figure is an assumption",
        meaning="visits, meetings and momentum lost in a year",
    )
