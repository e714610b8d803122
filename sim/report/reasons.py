"""Why a design comes out as it does, in causal words: found on a declared ladder from the draw to the pupils.

The ladder is the model's chain of causes in order. What moved by as much as would matter is placed on it. The reason begins with
the step that moved most, and ends with the last step that followed from it: how far it came. Nothing else is said, so a reason is
read off the run, and never chosen for a design.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.differences import Difference, Finding, Judged, Told
from sim.report.money import PARTS
from sim.report.sentences import Sentence
from sim.report.view import View


@dataclass(frozen=True)
class Step:
    """A step of the ladder.

    Attributes
    ----------
    key : str
        Of its clauses under `reason` in the message files.
    outcomes : tuple of str
        In which it shows; of those that moved, the one farthest beyond its threshold tells the step's way.
    """

    key: str
    outcomes: tuple[str, ...]


_FORUM = (
    "forum_satisfaction",
    "forum_role_clarity",
    "partnership_trust",
    "partnership_equality",
    "shared_understanding",
)
LADDER = (
    Step("aim", ("hit_rate", "owner_hit_rate", "recall")),
    Step("reach", ("participates", "declined")),
    Step("pupils_reached", ("pupils_reached",)),
    Step("grant", ("grant_nok",)),
    Step("forum", _FORUM),
    Step("voc_schools", ("voc_schools",)),
    Step("voc_training_side", ("voc_training_side",)),
    Step("voc_firm_ties", ("voc_firm_ties",)),
    Step("trust", ("legitimacy", "school_acceptance", "ownership", "funding_legitimacy")),
    Step("stigma", ("stigma",)),
    Step("load", ("owner_load", "fatigue")),
    Step("needs", ("needs_hit", "further_education_fit")),
    Step("effort", ("effort",)),
    Step("new_teachers", ("new_teachers_guided",)),
    Step("upper_teachers", ("upper_reached",)),
    Step("teachers", ("teachers_reached", "further_education", "scheme_pupils_reached")),
    Step("voc_teachers", ("voc_teachers_reached", "voc_reached")),
    Step("owners", ("owner_competence",)),
    Step("community", ("community",)),
    Step("voc_community", ("voc_collective",)),
    Step("upper_practice", ("upper_practice", "private_practice")),
    Step("practice", ("practice",)),
    Step("voc_assessing", ("voc_assessing",)),
    Step("voc_practice", ("voc_subject", "voc_teaching")),
    Step("environment", ("learning_environment",)),
    Step("pupils", ("pupil_results", "under_limit")),
)
CLASSROOM = ("practice", "upper_practice", "voc_practice", "voc_assessing", "pupils")
"""Steps that it has to reach to be found again in teaching."""
STOPS = "reason.stops"
"""Key of a reason whose gains don't reach teaching."""
_WORK = PARTS["work"].outcomes
KRONER = {one for part in PARTS.values() for one in part.outcomes if one not in _WORK}
_UNFELT = ("hundredths_of_practice",)  # units that few readers can feel
_BESIDE = ("inequality", "owner_inequality", "grant_inequality", "hours", "scheme_hours", "upper_hours", "voc_hours", "money_nok",
           "own_nok", "further_education_own_nok", "upper_own_nok", "voc_own_nok", "voc_grant_nok", "system_nok", "running_nok",
           "uh_idle_nok", "voc_unspent", "voc_unmet", "voc_visibility", "voc_role_clarity", "teacher_turnover",
           "teacher_education", "returns", "draw_swing", "innovation_schools", "innovation_sound")  # fmt: skip
BESIDE = tuple(Step(outcome, (outcome,)) for outcome in _BESIDE)  # what is no cause of anything on the ladder
_MORE_IS_LESS = ("declined",)  # neither better nor worse in itself, but fewer who take part
_NEARLY = 0.1  # assumption: fewer than a tenth who could still be won are next to nobody


def reason(view: View, moved: Sequence[Difference], design: str) -> Sentence:
    """One reason, as a clause without a full stop.

    Parameters
    ----------
    moved : sequence of Difference
        What the design moved by as much as would matter.
    """
    # What is neither better nor worse is a reason only where nothing is.
    weighing = [d for d in moved if d.judged is not Judged.NEITHER] or moved
    ways = {step.key: way for step in (*LADDER, *BESIDE) if (way := _way(step, weighing))}
    everyone = _nearly_all(view, design)
    if everyone:
        ways.pop("reach", None)
    up = _chain(view, weighing, [key for key, way in ways.items() if way > 0], Judged.BETTER)
    down = _chain(view, weighing, [key for key, way in ways.items() if way < 0], Judged.WORSE, brief=everyone)
    values = {name: clause for name, clause in (("up", up), ("down", down)) if clause}
    if up and down:
        kind = "both"
    elif up:
        beyond = {*CLASSROOM, *(step.key for step in BESIDE)}
        gained = {key for key, way in ways.items() if way > 0}
        kind = "reaches" if not gained or gained & beyond else "stops"
    elif down:
        kind = "everyone_down" if everyone else "down"
    else:
        kind = "everyone" if everyone else "still"
    return Sentence(view.messages, f"reason.{kind}", values)


def leading(moved: Sequence[Difference], judged: Judged) -> Difference | None:
    """What moved most for the better or the worse.

    Of what is no cost and in a unit that can be felt, if there is any; then of work, last of kroner, which the line on money has.
    """
    return min((d for d in moved if d.judged is judged), key=_last, default=None)


def _last(d: Difference) -> tuple[bool, bool, bool, float]:
    return d.row.outcome in KRONER, d.row.outcome in _WORK, d.difference.unit in _UNFELT, -d.times


def step_of(outcome: str) -> str:
    """Key of the step that an outcome shows; empty for one of a plug-in, which is on no ladder."""
    return next((step.key for step in (*LADDER, *BESIDE) if outcome in step.outcomes), "")


def _chain(
    view: View, moved: Sequence[Difference], keys: Sequence[str], judged: Judged, *, brief: bool = False
) -> Sentence | None:
    """What moved most, and, unless in brief, the last step of the ladder behind it that moved the same way.

    A step whose outcomes part is told once, by what moved most of them; then what moved next most opens.
    """
    way = "up" if judged is Judged.BETTER else "down"
    most = leading(moved, judged)
    if most and not step_of(most.row.outcome):
        named = {"outcome_inline": view.names.outcome_inline(most.row.outcome)}
        return Sentence(view.messages, f"reason.{way}_of.other", named)
    if not keys:
        return None
    ranked = sorted(moved, key=lambda d: (d.judged is not judged, *_last(d)))
    first = next(key for d in ranked if (key := step_of(d.row.outcome)) in keys)
    ladder = [step.key for step in LADDER]
    place = ladder.index(first) if first in ladder else -1
    later = [key for key in keys if key in ladder and ladder.index(key) > place]
    clause = Sentence(view.messages, f"reason.{way}_of.{first}")
    if brief or not later:
        return clause
    last = Sentence(view.messages, f"reason.{way}_of.{later[-1]}")
    return Sentence(view.messages, "reason.and", {"first": clause, "last": last})


def _way(step: Step, moved: Sequence[Difference]) -> int:
    """1 if a step moves for the better (more, where it is neither), -1 if for the worse, 0 if it does not."""
    of_step = [d for d in moved if d.row.outcome in step.outcomes]
    if not of_step:
        return 0
    d = max(of_step, key=lambda one: one.times)
    if d.judged is not Judged.NEITHER:
        return 1 if d.judged is Judged.BETTER else -1
    return 1 if (d.told is Told.HIGHER) != (d.row.outcome in _MORE_IS_LESS) else -1


def _nearly_all(view: View, design: str) -> bool:
    """Whether nearly all take part already: nobody is left who declines, and yet hardly more take part."""
    there = {
        outcome: d
        for outcome in ("participates", "declined")
        for d in view.differences(outcome)
        if d.row.design == design
    }
    if len(there) < 2 or there["declined"].finding is not Finding.LOWER:  # noqa: PLR2004 - both outcomes
        return False
    row = there["participates"].row
    return abs(row.difference) < _NEARLY * row.mean_versus
