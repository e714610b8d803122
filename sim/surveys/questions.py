"""The questions: what is asked, which quantity it measures, how hard it is to agree to. Each is shared by roles and waves.

One difficulty for each question means that differences between roles and between waves come from the model: from what has
become of the quantity, from who sees which units, and from the perception differences declared in
`sim.surveys.parameters`.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.arrays import Floats
from sim.parameters.registry import Parameters
from sim.schemes.decentralised.state import (
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Ties,
)
from sim.schemes.follow_up.state import FollowUpOwners
from sim.schemes.vocational.state import CountyOwners
from sim.state import State
from sim.surveys import latents
from sim.surveys.asking import Question
from sim.surveys.latents import Latent
from sim.surveys.parameters import Survey
from sim.surveys.views import Level

FORUM = Question(
    "forum", "All in all I am satisfied with the cooperation in the forum",
    Latent(Level.FORUM, latents.satisfaction, (Forums,)), lambda s: s.difficulty_forum,
)  # fmt: skip
EQUALITY = Question(
    "equality", "The cooperation of UH and owner is marked by equality",
    Latent(Level.OWNER, latents.equality, (Ties,)), lambda s: s.difficulty_equality, at_table=True,
)  # fmt: skip
SHARED = Question(
    "shared", "We share an understanding of how competence is best developed",
    Latent(Level.OWNER, latents.shared, (Ties,)), lambda s: s.difficulty_shared, at_table=True,
)  # fmt: skip
UH_COMPETENCE = Question(
    "uh_competence", "UH has the competence that the work needs",
    Latent(Level.UH_UNIT, latents.uh_competence, (DecentralisedUH, Ties)), lambda s: s.difficulty_uh_competence,
)  # fmt: skip
ADAPTED = Question(
    "adapted", "Measures are adapted to the school's needs",
    Latent(Level.SCHOOL, latents.fit, (DecentralisedSchools,)), lambda s: s.difficulty_adapted,
)  # fmt: skip
STRENGTHENED = Question(
    "strengthened", "Taking part strengthens the owner's competence to run school-based development",
    Latent(Level.OWNER, latents.strengthened, (DecentralisedOwners,)), lambda s: s.difficulty_other,
)  # fmt: skip
PLANNED_TOGETHER = Question(
    "planned_together", "We cooperate with UH to a large degree on planning; on carrying out",
    Latent(Level.OWNER, latents.planned_together, (Ties,)), lambda s: s.difficulty_together,
)  # fmt: skip
DECIDED_TOGETHER = Question(
    "decided_together", "We cooperate with UH to a large degree on needs; on priorities; on evaluation",
    Latent(Level.OWNER, latents.decided_together, (Ties,)), lambda s: s.difficulty_together,
)  # fmt: skip
TEACHING = Question(
    "teaching", "Taking part makes teacher education more relevant to work",
    Latent(Level.UH_UNIT, latents.teaching, (DecentralisedUH,)), lambda s: s.difficulty_teaching,
)  # fmt: skip
INVOLVED = Question(
    "involved", "Teachers take an active part in needs, priorities, planning and evaluation",
    Latent(Level.SCHOOL, latents.involvement, (DecentralisedSchools,)), lambda s: s.difficulty_involved,
    at_table=True,
)  # fmt: skip
CODETERMINED = Question(
    "codetermined", "I cooperate with the leader to a large degree on needs, priorities, planning and evaluation",
    Latent(Level.SCHOOL, latents.codetermination, (DecentralisedSchools,)), lambda s: s.difficulty_codetermination,
)  # fmt: skip
COLLECTIVE = Question(
    "collective", "Measures promote collective development",
    Latent(Level.SCHOOL, latents.collective, (DecentralisedSchools,)), lambda s: s.difficulty_collective,
)  # fmt: skip

ROLES_UNCLEAR = Question(
    "roles_unclear", "The roles of vocational board and forum are unclear",
    Latent(Level.COUNTY, latents.roles_unclear, (CountyOwners,)), lambda s: s.difficulty_other,
)  # fmt: skip


def _of_the_drawn(
    key: str,
    says: str,
    measure: Callable[[State, Parameters], Floats],
    difficulty: Callable[[Survey], float] | None,
) -> Question:
    """A question on the follow-up scheme."""
    return Question(key, says, Latent(Level.OWNER, measure, (FollowUpOwners,)), difficulty)


def _other(s: Survey) -> float:
    return s.difficulty_other


WELCOME = _of_the_drawn(
    "welcome", "It was positive to be identified", latents.welcome, lambda s: s.difficulty_welcome
)
INFORMED_WHY = _of_the_drawn(
    "informed_why", "We were well informed on why we were identified", latents.openness, _other
)
INFORMED_POSSIBILITIES = _of_the_drawn(
    "informed_possibilities", "We were well informed on the possibilities", latents.openness, _other
)
LEARNED = _of_the_drawn(
    "learned", "The pre-phase raised competence in analysis to a large degree",
    latents.analysis_learned, lambda s: s.difficulty_learned,
)  # fmt: skip
GUIDES_FIT = _of_the_drawn(
    "guides_fit", "The guides' support was relevant and useful",
    latents.guides_fit, lambda s: s.difficulty_guides,
)  # fmt: skip
SHARED_PICTURE = _of_the_drawn(
    "shared_picture", "The municipality has a shared picture of its challenges",
    latents.shared_picture, lambda s: s.difficulty_picture,
)  # fmt: skip
MEASURES_MATCH = _of_the_drawn(
    "measures_match",
    "Planned measures match the challenges",
    latents.planned_fit,
    lambda s: s.difficulty_match,
)
TIME_SHORT = _of_the_drawn(
    "time_short", "Time, capacity or priority was the biggest challenge",
    latents.time_short, lambda s: s.difficulty_time,
)  # fmt: skip
PANDEMIC = _of_the_drawn(
    "pandemic", "The pandemic affected the quality of the pre-phase", latents.pandemic, _other
)
ROLE_UNDERSTOOD = _of_the_drawn(
    "role_understood", "The municipality understood what guides should contribute",
    latents.role_understood, _other,
)  # fmt: skip
PPT_INVOLVED = _of_the_drawn("ppt", "PPT took part in the pre-phase", latents.anchored, _other)
RECRUITMENT = _of_the_drawn(
    "recruitment", "There is trouble with recruitment and turnover in the schools",
    latents.recruitment, lambda s: s.difficulty_recruitment,
)  # fmt: skip
ALONE = _of_the_drawn(
    "alone", "Alone or with one colleague in the school administration", latents.alone, None
)
STARTED_LATE = _of_the_drawn(
    "started_late", "There were start-up problems in the pre-phase", latents.started_late, None
)
GUIDE_KEPT = _of_the_drawn("guide_kept", "A pre-phase guide was kept", latents.guide_kept, None)
PRIVATE_GUIDE = _of_the_drawn(
    "private_guide", "A guide came from a private firm", latents.private_guide, None
)
