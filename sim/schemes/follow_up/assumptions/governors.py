"""The governor's office as a workplace: what it has to share out, and what its closeness does in the triangle."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, LogNormal, Uniform

_S2 = "assumption after AFI-rapport 2021:09"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Governors(Group, key="follow_up.governors", title="Follow-up: the governor's office"):
    """F5: the triangle, which takes an office's hours."""

    fte_base: float = fixed(
        0.8, unit="man-years", bounds=(0.0, 10.0), source="assumption",
        meaning="an office's staff for competence development, follow-up and supervision of owners, whatever its size",
    )
    fte_per_municipality: float = fixed(
        0.03, unit="man-years", bounds=(0.0, 0.5), source="assumption",
        meaning="an office's staff for each municipality in its area beyond that",
    )
    forum_fte: float = fixed(
        0.8, unit="man-years", bounds=(0.0, 10.0), source="assumption",
        meaning="what leading the competence forums and sharing the grants out takes of an office",
    )
    supervision_fte: float = fixed(
        0.01, unit="man-years", bounds=(0.0, 0.5), source="assumption",
        meaning="what supervision takes of an office for each municipality in its area",
    )
    least_share: float = fixed(
        0.15, unit="share", bounds=(0.0, 1.0), source="assumption",
        meaning="part of an office's staff that is left for follow-up however much else there is to do",
    )
    forum_yields: float = uncertain(
        0.2, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source="assumption after AFI-rapport 2026:02, 3.4: a bigger role and more work, without more resources",
        meaning="part of the man-years that an office lacks for those it follows which it takes from leading its forums",
    )
    vacancy_chance: float = fixed(
        0.25, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="chance that a post in an office stands empty this year",
    )
    vacancy_share: float = fixed(
        0.3, unit="share", bounds=(0.0, 1.0), source="assumption",
        meaning="part of an office's staff that an empty post is",
    )
    prephase_fte: float = uncertain(
        0.12, unit="man-years", bounds=(0.0, 1.0), prior=LogNormal(0.12, 0.06, 0.24),
        source=_S2 + ", 3.2: an office with many drawn municipalities can't follow all of them up",
        meaning="what following one owner in its pre-phase as closely as is usual takes of an office in a year",
    )
    implementation_fte: float = fixed(
        0.04, unit="man-years", bounds=(0.0, 1.0), source="assumption",
        meaning="the same in implementation",
    )
    directed: float = uncertain(
        0.5, unit="share per 0-1", bounds=(0.0, 2.0), prior=Uniform(0.0, 1.0), source="assumption",
        meaning="how much more of an office's hours an owner gets whose competence lies below that of the others it follows",
    )
    effort_gain: float = uncertain(
        0.3, unit="share per 0-1", bounds=(0.0, 1.5), prior=Uniform(0.0, 0.6),
        source=_S2 + ", 3.2: owners take the work seriously where the governor takes part",
        meaning="how much more an owner puts in where the governor is close",
    )
    anchoring_gain: float = uncertain(
        0.4, unit="share per 0-1", bounds=(0.0, 2.0), prior=Uniform(0.0, 0.8), source=_S2 + ", 3.2 and 3.4",
        meaning="how much faster the work is anchored where the governor is close",
    )
    keeps_involved: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.6), source=_S2 + ", 3.4",
        meaning="part of the fall of schools' involvement that a close governor holds off",
    )
    judges_gain: float = uncertain(
        0.2, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source=_S2 + ", 1.2 and 3.6: the governor judges applications and may change them",
        meaning="part of what measures lack in fit that a close governor mends when judging the application",
    )
    judging_share: float = fixed(
        0.25, unit="share of the pre-phase", bounds=(0.0, 1.0),
        source="assumption: from the application on 26 February to early summer",
        meaning="time that an office needs to judge an application; measures wait for it",
    )
    answers_fte: float = fixed(
        0.1, unit="man-years", bounds=(0.0, 1.0),
        source="assumption: some 80 hours in each of two half-years for meetings with owner and schools, and for their questions",
        meaning="what full openness about the draw takes of an office for each owner drawn, from the dialogue to the pre-phase's first half-year",
    )
    matching_fte: float = fixed(
        0.03, unit="man-years", bounds=(0.0, 1.0), source="assumption: some 50 hours",
        meaning="what finding guides that owner and office agree on takes of an office over the same time, where the owner has all the say",
    )
    telling_fte: float = fixed(
        0.02, unit="man-years", bounds=(0.0, 1.0), source="assumption: some 15 hours in each of two half-years for papers and a meeting",
        meaning="what telling the guides of one owner all the grounds of its draw takes of an office over the same time",
    )
    early_fte: float = fixed(
        0.02, unit="man-years", bounds=(0.0, 1.0),
        source="assumption: some 15 hours in each of two half-years for a meeting and help with the plan",
        meaning="what telling one owner and its guides early what is due when takes of an office over the same time",
    )
    misjudged_sd: float = fixed(
        0.15, unit="0-1", bounds=(0.0, 0.5),
        source="definition: owners' spread in competence at the start (`society.competence_sd`)",
        meaning="spread of an office's opinion of an owner's competence where it knows nothing of what owners lack",
    )
    clarity_start: float = fixed(
        0.4, unit="0-1", bounds=(0.0, 1.0),
        source="assumption; the first pre-phase was a pilot (AFI-rapport 2021:09, ch. 3)",
        meaning="how clear roles and expectations are in an office's first pre-phase",
    )
    clarity_learned: float = uncertain(
        0.25, unit="share", bounds=(0.0, 1.0), prior=Beta(0.25, 0.1),
        source="assumption; roles grew clearer from draw to draw (AFI-rapport 2026:02, ch. 3)",
        meaning="part of the unclearness that a round of pre-phases takes away where the office is close",
    )
    unclear_stalls: float = uncertain(
        0.5, unit="factor", bounds=(0.0, 3.0), prior=Uniform(0.0, 1.0),
        source=_S2 + ", 3.2: unclear roles and expectations delay",
        meaning="how much likelier work stalls where roles are not clear at all",
    )
    usual_closeness: float = fixed(
        0.5, unit="0-1", bounds=(0.0, 1.0),
        source="definition: the closeness that goes with the usual effort and pace",
        meaning="closeness from which gains and losses are reckoned",
    )
