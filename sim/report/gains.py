"""Who gains and who loses, in sentences."""

from __future__ import annotations

from sim.report.answer import summed_up
from sim.report.differences import Difference, Judged
from sim.report.figures.gains import GROUPS
from sim.report.results import EVERYONE
from sim.report.sentences import Sentence
from sim.report.view import GAIN_OUTCOMES, View

_OF_INTEREST = ("need", "picked")


def gain_sentences(view: View) -> list[Sentence]:
    """One sentence for each outcome on its largest clear gain and loss, then on the neediest and those picked."""
    found = [_extremes(view, outcome) for outcome in view.present(GAIN_OUTCOMES)]
    for group in _OF_INTEREST:
        found += [in_group(view, outcome, group) for outcome in view.present(GAIN_OUTCOMES[:1])]
    return [sentence for sentence in found if sentence]


def in_group(view: View, outcome: str, group: str) -> Sentence | None:
    """The sentence on an outcome, for one group."""
    whole = summed_up(view, outcome, group)
    if whole is None:
        return None
    key = whole.key.replace("finding.", "in_group.", 1)
    return Sentence(view.messages, key, {**whole.values, "group": view.names.group_inline(group)})


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
    best, worst = _largest(differences, Judged.BETTER), _largest(differences, Judged.WORSE)
    values |= _named(view, "best", best) | _named(view, "worst", worst)
    kind = "both" if best and worst else "better" if best else "worse" if worst else "none"
    return Sentence(view.messages, f"gains.{kind}", values)


def _largest(differences: list[Difference], judged: Judged) -> Difference | None:
    found = [d for d in differences if d.judged is judged]
    return max(found, key=lambda d: abs(d.row.difference), default=None)


def _named(view: View, name: str, d: Difference | None) -> dict[str, object]:
    if d is None:
        return {}
    return {
        name: view.names.design_inline(d.row.design_b),
        f"{name}_group": view.names.group_inline(d.row.group),
        f"{name}_difference": d.difference,
        f"{name}_low": d.low,
        f"{name}_high": d.high,
    }
