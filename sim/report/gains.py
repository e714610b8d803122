"""Who gains and who loses, in sentences."""

from __future__ import annotations

from sim.report.answer import named, outcomes_by_group, summed_up
from sim.report.differences import Difference, Judged, Told
from sim.report.figures.gains import GROUPS
from sim.report.group_names import PICKED_EITHER
from sim.report.results import EVERYONE
from sim.report.sentences import Sentence
from sim.report.view import View

IDLE = (".none", ".trifle", ".same", ".open")  # how keys of sentences end in which nobody gains or loses
_OF_INTEREST = ("need", PICKED_EITHER)


def gain_sentences(view: View) -> list[tuple[str, Sentence]]:
    """Each with its label: outcomes' largest gain and loss that would matter, then the neediest and those drawn."""
    found = [(view.names.outcome(outcome), _extremes(view, outcome)) for outcome in outcomes_by_group(view)]
    found += [
        (view.names.group(group), summed_up(view, view.subject.goals[0], group)) for group in _OF_INTEREST
    ]
    return [(label, sentence) for label, sentence in found if sentence]


def moved_by_group(view: View) -> list[str]:
    """Of what is told by group, the outcomes that move by as much as would matter in any of them."""
    groups = [group for kind in GROUPS for group in kind]
    return [
        outcome
        for outcome in outcomes_by_group(view)
        if any(d.moved for group in groups for d in view.differences(outcome, group))
    ]


def _extremes(view: View, outcome: str) -> Sentence | None:
    groups = [group for kind in GROUPS for group in kind if group != EVERYONE]
    differences = [d for group in groups for d in view.differences(outcome, group)]
    if not differences:
        return None
    values: dict[str, object] = {
        "outcome": view.names.outcome(outcome),
        "outcome_inline": view.names.outcome_inline(outcome),
        "a": view.names.design_inline(view.results.baseline),
    }
    if alike := _alike(differences):
        least, most = alike
        ends = {
            "design": view.names.design_inline(least.row.design),
            "least": least.difference,
            "most": most.difference,
        }
        return Sentence(view.messages, "gains.alike", {**values, **ends})
    # What is neither better nor worse, as who gets the money, still moves.
    told_apart = differences[0].row.better != 0
    best = _largest([d for d in differences if _is_gain(d, told_apart)])
    worst = _largest([d for d in differences if d.moved and not _is_gain(d, told_apart)])
    values |= named(view, "best", best) if best else {}
    values |= named(view, "worst", worst) if worst else {}
    kinds = ("both", "better", "worse") if told_apart else ("moved", "up", "down")
    kind = kinds[0] if best and worst else kinds[1] if best else kinds[2] if worst else "none"
    return Sentence(view.messages, f"gains.{kind}", values)


def _alike(differences: list[Difference]) -> tuple[Difference, Difference] | None:
    """The least and the most moved where one design moves all groups, and none by so much more that it would matter."""
    least, *_, most = sorted([differences[0], *differences], key=lambda d: abs(d.row.difference))
    ways = {(d.row.design, d.told) for d in differences}
    apart = abs(most.row.difference - least.row.difference)
    return (least, most) if len(ways) == 1 and least.moved and apart < (least.smallest or 0.0) else None


def _is_gain(difference: Difference, told_apart: bool) -> bool:
    """Whether it moves for the better; where there is no better or worse, whether it rises."""
    if told_apart:
        return difference.moved and difference.judged is Judged.BETTER
    return difference.told is Told.HIGHER


def _largest(differences: list[Difference]) -> Difference | None:
    return max(differences, key=lambda d: abs(d.row.difference), default=None)
