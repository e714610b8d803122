"""Practice, peers, fading, ownership and the staff room."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, LogNormal, Normal, Uniform

# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Classroom(Group, key="classroom", title="Teachers' practice and the staff room"):
    """How practice is learned, kept, shared and lost."""

    cycle_effect: float = uncertain(
        0.30, unit="SD of practice per full year", bounds=(0.0, 0.8), prior=Normal(0.30, 0.12),
        source="Kraft, Blazar & Hogan 2018 (coaching 0.49 SD, far less at scale)",
        meaning="gain in practice from a full, well supported year of development work at full fidelity",
    )
    half_life: float = uncertain(
        2.0, unit="years", bounds=(0.5, 8.0), prior=LogNormal(2.0, 1.0, 4.5),
        source="Sandholtz et al. 2023 (recalled); Liu & Phelps 2020: knowledge alone fades in months",
        meaning="time in which changed practice without upkeep loses half of the change",
    )
    upkeep_saves: float = uncertain(
        0.7, unit="share", bounds=(0.0, 1.0), prior=Beta(0.7, 0.1), source="assumption after Sandholtz et al. 2023",
        meaning="part of the fading that full upkeep holds off",
    )
    peer_pull: float = uncertain(
        0.10, unit="share per year", bounds=(0.0, 0.3), prior=Beta(0.10, 0.03),
        source="Jackson & Bruegmann 2009 (recalled)",
        meaning="yearly pull of the change in a teacher's practice towards the colleagues' mean change, in a staff room of middling community",
    )
    ownership_follows: float = uncertain(
        0.5, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.5, 0.15), source="assumption",
        meaning="how fast a teacher's ownership moves to what the involvement calls for, and back when nothing goes on",
    )
    ownership_start: float = uncertain(
        0.25, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.25, 0.05),
        source="assumption: less than a school's usual work involves its teachers; no source tells of schools without any",
        meaning="ownership of a teacher new to the school, and what it rests at where nothing goes on",
    )
    ownership_weight: float = uncertain(
        0.6, unit="share", bounds=(0.0, 1.0), prior=Beta(0.6, 0.15),
        source="assumption after AFI-rapport 2026:02, 2.3.2",
        meaning="part of what a teacher takes from a measure that rests on ownership; the rest comes by taking part",
    )
    usual_ownership: float = fixed(
        0.4, unit="0-1", bounds=(0.1, 1.0),
        source="definition: effects in the literature are those of usual ownership",
        meaning="ownership at which a teacher takes from a measure what the literature finds",
    )
    fatigue_weight: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Beta(0.5, 0.15),
        source="assumption after AFI-rapport 2026:02, 3.7",
        meaning="part of a measure's gain that is lost in a staff room wholly tired of initiatives",
    )
    novice_gap: float = fixed(
        0.25, unit="SD of practice", bounds=(0.0, 1.0),
        source="assumption after the literature on returns to experience",
        meaning="how far a newly educated teacher's practice starts below what it settles at",
    )
    community_follows: float = fixed(
        0.3, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="how fast a staff room's community moves to what its conditions call for",
    )
    community_leadership: float = uncertain(
        0.6, unit="0-1 per 0-1", bounds=(0.0, 1.0), prior=Uniform(0.3, 0.9),
        source="assumption after AFI-rapport 2026:02, 2.3.1.2 (process competence)",
        meaning="what the principal's competence gives the professional community",
    )
    community_turnover: float = uncertain(
        0.8, unit="0-1 per share", bounds=(0.0, 2.0), prior=Uniform(0.4, 1.2),
        source="assumption after Ronfeldt, Loeb & Wyckoff 2013",
        meaning="what turnover of teachers takes from the professional community",
    )
    community_work: float = uncertain(
        0.15, unit="0-1 per 0-1", bounds=(0.0, 0.5), prior=Uniform(0.05, 0.25),
        source="assumption after AFI-rapport 2026:02, 2.3.2.3",
        meaning="what being drawn into collective development work gives the professional community",
    )
    community_base: float = fixed(
        0.3, unit="0-1", bounds=(0.0, 1.0), source="assumption",
        meaning="community with a principal of no competence and no turnover",
    )
    new_principal_shakes: float = fixed(
        0.1, unit="share", bounds=(0.0, 1.0), source="assumption after Bartanen et al. (recalled)",
        meaning="part of the community lost when the principal changes",
    )
