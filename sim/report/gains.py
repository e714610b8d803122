"""Who gains and who loses, in sentences."""

from __future__ import annotations

from sim.report.answer import named, summed_up
from sim.report.differences import Difference, Judged
from sim.report.figures.gains import GROUPS
from sim.report.results import EVERYONE
from sim.report.sentences import Sentence
from sim.report.view import GAIN_OUTCOMES, View

_OF_INTEREST = ("need", "picked")


def gain_sentences(view: View) -> list[tuple[str, Sentence]]:
    """Each with its label: outcomes' largest clear gain and loss, then the neediest and those picked."""
    found = [
        (view.names.outcome(outcome), _extremes(view, outcome)) for outcome in view.present(GAIN_OUTCOMES)
    ]
    found += [(view.names.group(group), summed_up(view, GAIN_OUTCOMES[0], group)) for group in _OF_INTEREST]
    return [(label, sentence) for label, sentence in found if sentence]


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
    values |= named(view, "best", best) if best else {}
    values |= named(view, "worst", worst) if worst else {}
    kind = "both" if best and worst else "better" if best else "worse" if worst else "none"
    if best or worst:
        kind += ".large" if any(d.matters for d in (best, worst) if d) else ".small"
    return Sentence(view.messages, f"gains.{kind}", values)


def _largest(differences: list[Difference], judged: Judged) -> Difference | None:
    found = [d for d in differences if d.judged is judged]
    return max(found, key=lambda d: abs(d.row.difference), default=None)
