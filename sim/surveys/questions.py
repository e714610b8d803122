"""The questions: what is asked, which quantity it measures, how hard it is to agree to. Each is shared by roles and waves.

One difficulty for each question means that differences between roles and between waves come from the model: from what has
become of the quantity, from who sees which units, and from the perception differences declared in
`sim.surveys.parameters`.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.arrays import Floats
from sim.parameters.registry import Parameters
from sim.schemes.decentralised.expectation_state import (
    ForumExpectations,
    SchoolExpectations,
    TieExpectations,
    UHExpectations,
)
from sim.schemes.decentralised.state import (
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Ties,
)
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools
from sim.schemes.vocational.state import CountyOwners
from sim.state import State
from sim.surveys import latents, measurement
from sim.surveys.asking import Question
from sim.surveys.latents import Latent
from sim.surveys.parameters import Survey
from sim.surveys.views import Level

_PARTNERSHIP, _GAINS, _SCHOOL = "partnership", "gains to UH", "work in school"
_FORM = "form on the pre-phase"

_TIE = (Ties, TieExpectations)
_AT_WORK = (DecentralisedSchools, SchoolExpectations)
_AT_UH = (DecentralisedUH, Ties, UHExpectations)
_expected, _of_measures, _of_uh = latents.expected_of, latents.expected_of_measures, latents.expected_of_uh

FORUM = Question(
    "forum", "All in all I am satisfied with the cooperation in the forum",
    Latent(Level.FORUM, latents.satisfaction, (Forums, ForumExpectations), latents.expected_satisfaction),
    lambda s: s.difficulty_forum, "forum",
)  # fmt: skip
EQUALITY = Question(
    "equality", "The cooperation of UH and owner is marked by equality",
    Latent(Level.OWNER, latents.equality, _TIE, _expected("equality")), lambda s: s.difficulty_equality, _PARTNERSHIP,
    at_table=True,
)  # fmt: skip
SHARED = Question(
    "shared", "We share an understanding of how competence is best developed",
    Latent(Level.OWNER, latents.shared, _TIE, _expected("shared")), lambda s: s.difficulty_shared, _PARTNERSHIP,
    at_table=True,
)  # fmt: skip
UH_COMPETENCE = Question(
    "uh_competence", "UH has the competence that the work needs",
    Latent(Level.UH_UNIT, latents.uh_competence, _AT_UH, _of_uh("competence")),
    lambda s: s.difficulty_uh_competence, _PARTNERSHIP, at_table=True,
)  # fmt: skip
ADAPTED = Question(
    "adapted", "Measures are adapted to the school's needs",
    Latent(Level.SCHOOL, latents.fit, _AT_WORK, _of_measures("fit")), lambda s: s.difficulty_adapted, _PARTNERSHIP,
)  # fmt: skip
STRENGTHENED = Question(
    "strengthened", "Taking part strengthens the owner's competence to run school-based development",
    Latent(
        Level.OWNER, latents.strengthened, (DecentralisedOwners, TieExpectations), _expected("strengthened")
    ), lambda s: s.difficulty_strengthened, _PARTNERSHIP,
)  # fmt: skip
PLANNED_TOGETHER = Question(
    "planned_together", "We cooperate with UH to a large degree on planning; on carrying out",
    Latent(Level.OWNER, latents.planned_together, _TIE, latents.expected_plans), lambda s: s.difficulty_together,
    _PARTNERSHIP,
)  # fmt: skip
DECIDED_TOGETHER = Question(
    "decided_together", "We cooperate with UH to a large degree on needs; on priorities; on evaluation",
    Latent(Level.OWNER, latents.decided_together, _TIE, latents.expected_decisions), lambda s: s.difficulty_together,
    _PARTNERSHIP,
)  # fmt: skip
TEACHING = Question(
    "teaching", "Taking part makes teacher education more relevant to work",
    Latent(Level.UH_UNIT, latents.teaching, _AT_UH, _of_uh("teaching")), lambda s: s.difficulty_teaching, _GAINS,
)  # fmt: skip
GAIN_CONTACT = Question(
    "gain_contact", "Taking part gives us contact with practice",
    Latent(Level.UH_UNIT, latents.practice_contact, _AT_UH, _of_uh("practice_contact")),
    lambda s: s.difficulty_teaching, _GAINS,
)  # fmt: skip
GAIN_PROCESS = Question(
    "gain_process", "Taking part raises our competence in school development",
    Latent(Level.UH_UNIT, latents.process_competence, _AT_UH, _of_uh("process_competence")),
    lambda s: s.difficulty_teaching, _GAINS,
)  # fmt: skip
GAIN_TEACHING = Question(
    "gain_teaching", "Taking part betters our teaching",
    Latent(Level.UH_UNIT, latents.teaching, _AT_UH, _of_uh("teaching")), lambda s: s.difficulty_teaching, _GAINS,
)  # fmt: skip
GAIN_RESEARCH = Question(
    "gain_research", "Taking part comes back to our research",
    Latent(Level.UH_UNIT, latents.research, _AT_UH, _of_uh("research")), lambda s: s.difficulty_teaching, _GAINS,
)  # fmt: skip
INVOLVED = Question(
    "involved", "Teachers take an active part in needs, priorities, planning and evaluation",
    Latent(Level.SCHOOL, latents.involvement, _AT_WORK, _of_measures("involvement")),
    lambda s: s.difficulty_involved, _SCHOOL, at_table=True,
)  # fmt: skip
CODETERMINED = Question(
    "codetermined",
    "Leader and representative cooperate to a large degree on needs, priorities, planning and evaluation",
    Latent(Level.SCHOOL, latents.codetermination, (DecentralisedSchools,)), lambda s: s.difficulty_codetermination,
    _SCHOOL,
)  # fmt: skip
COLLECTIVE = Question(
    "collective", "Measures promote collective development",
    Latent(Level.SCHOOL, latents.collective, _AT_WORK, _of_measures("collective")),
    lambda s: s.difficulty_collective, _SCHOOL,
)  # fmt: skip


def _of_work(key: str, says: str, measure: Callable[[State, Parameters], Floats]) -> Question:
    """What measures do for the school: as hard to agree to as that they promote collective development."""
    latent = Latent(Level.SCHOOL, measure, _AT_WORK, _of_measures("collective"))
    return Question(key, says, latent, lambda s: s.difficulty_collective, _SCHOOL)


GOOD_WAY = _of_work("good_way", "Measures are a good way to develop the school", latents.good_way)
BETTER_QUALITY = _of_work(
    "better_quality", "Measures better the quality of the school", latents.better_quality
)
BETTER_ENVIRONMENT = _of_work(
    "better_environment", "Measures better the environment of the school", latents.better_environment
)
BETTER_LEARNING = _of_work("better_learning", "Measures better pupils' learning", latents.better_learning)

ROLES_UNCLEAR = Question(
    "roles_unclear", "The roles of vocational board and forum are unclear",
    Latent(Level.COUNTY, latents.roles_unclear, (CountyOwners,)), lambda s: s.difficulty_other, "vocational boards",
)  # fmt: skip
VOCATIONAL_USEFUL = Question(
    "vocational_useful", "The vocational scheme is relevant and useful",
    Latent(Level.COUNTY, latents.needs_hit, (CountyOwners,)), lambda s: s.difficulty_other, "vocational boards",
)  # fmt: skip


def _of_the_drawn(
    key: str,
    says: str,
    measure: Callable[[State, Parameters], Floats],
    difficulty: Callable[[Survey], float] | None,
    *,
    agree_from: int = measurement.TOP_TWO_FROM,
) -> Question:
    """A question on the follow-up scheme, put once to each draw."""
    latent = Latent(Level.OWNER, measure, (FollowUpOwners,))
    return Question(key, says, latent, difficulty, _FORM, agree_from=agree_from)


def _other(s: Survey) -> float:
    return s.difficulty_other


WELCOME = _of_the_drawn(
    "welcome", "It was positive to be identified", latents.welcome, lambda s: s.difficulty_welcome
)
WELCOME_AT_SCHOOL = Question(
    "welcome_at_school", WELCOME.says,
    Latent(Level.SCHOOL, latents.welcome_at_school, (FollowUpOwners, FollowUpSchools)), lambda s: s.difficulty_welcome,
    _FORM,
)  # fmt: skip
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
PPT_INVOLVED = _of_the_drawn("ppt", "PPT took part in the pre-phase", latents.sideways, _other)
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
TASK_CLEAR = _of_the_drawn(
    "task_clear", "The task as guide was clear", latents.task_clear, lambda s: s.difficulty_guides
)
WORKED_CLOSELY = _of_the_drawn(
    "worked_closely", "We worked with the guides to a very large degree",
    latents.worked_closely, lambda s: s.difficulty_guides, agree_from=measurement.TOP,
)  # fmt: skip
REPORTING_HEAVY = _of_the_drawn("reporting_heavy", "Reporting is heavy", latents.reporting, _other)
DECLINING = _of_the_drawn("declining", "We seriously considered to decline", latents.would_decline, None)
