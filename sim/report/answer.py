"""The answer in three sentences: what happens to what the scheme is for, to pupils, and at what price."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.differences import Difference, Finding, Judged
from sim.report.results import EVERYONE
from sim.report.sentences import Sentence
from sim.report.view import View

GOALS = ("owner_competence", "practice", "community")  # the first that the files have
PUPILS = ("pupil_results",)
# What may get worse, in the order in which it is looked for.
PRICES = (
    "legitimacy", "ownership", "school_acceptance", "stigma", "community", "fatigue", "inequality", "hours", "money_nok",
)  # fmt: skip


def headline_sentences(view: View) -> list[Sentence]:
    """Three sentences, fewer where the files have no such outcomes."""
    if not view.results.alternatives:
        return _description(view)
    found = [_on(view, GOALS), _on_pupils(view), _on_price(view)]
    return [sentence for sentence in found if sentence]


def strongest(differences: Sequence[Difference]) -> Difference:
    """The clearest difference; if none is clear, the largest estimate."""
    clear = [d for d in differences if d.is_clear]
    return max(clear, key=lambda d: d.strength) if clear else max(differences, key=lambda d: abs(d.row.difference))


def pattern(differences: Sequence[Difference]) -> str:
    """Which kind of sentence sums up several differences: all the same way, one, some, none, or the same throughout."""
    findings = {d.finding for d in differences}
    n_clear = sum(d.is_clear for d in differences)
    if findings == {Finding.SAME}:
        return "same"
    if n_clear == 0:
        return "none"
    if len(findings) == 1:
        return f"all_{next(iter(findings))}"
    return "only_one" if n_clear == 1 else "some"


def summed_up(view: View, outcome: str, group: str = EVERYONE) -> Sentence | None:
    """One sentence on an outcome for all alternatives; None without figures."""
    known = [d for d in view.differences(outcome, group) if d.finding is not Finding.UNKNOWN]
    if not known:
        return None
    best = strongest(known)
    kind = f"one.{best.finding}" if len(known) == 1 else f"several.{pattern(known)}"
    return Sentence(view.messages, f"finding.{kind}", _values(view, best))


def _values(view: View, d: Difference) -> dict[str, object]:
    names = view.names
    return {
        "outcome": names.outcome(d.row.outcome),
        "outcome_inline": names.outcome_inline(d.row.outcome),
        "a": names.design_inline(d.row.design_a),
        "b": names.design_inline(d.row.design_b),
        "b_first": names.design(d.row.design_b),
        "n": view.n_alternatives,
        **d.values,
    }


def _on(view: View, outcomes: Sequence[str]) -> Sentence | None:
    found = (summed_up(view, outcome) for outcome in outcomes)
    return next((sentence for sentence in found if sentence), None)


def _on_pupils(view: View) -> Sentence | None:
    """On pupils a clear difference is told apart from one that matters."""
    known = [d for d in view.differences(PUPILS[0]) if d.finding is not Finding.UNKNOWN]
    if not known:
        return None
    best = strongest(known)
    if not best.is_clear or best.yardstick is None:
        kind = "same" if pattern(known) == "same" else "none"
        return Sentence(view.messages, f"pupils.{kind}.{_number_of(known)}", _values(view, best))
    size = "matters" if best.matters else "small"
    way = "up" if best.finding is Finding.HIGHER else "down"
    return Sentence(view.messages, f"pupils.{size}.{way}", _values(view, best))


def _number_of(known: Sequence[Difference]) -> str:
    return "one" if len(known) == 1 else "several"


def _on_price(view: View) -> Sentence | None:
    looked_at = False
    for outcome in view.present(PRICES):
        differences = view.differences(outcome)
        looked_at = looked_at or bool(differences)
        worse = [d for d in differences if d.judged is Judged.WORSE]
        if worse:
            worst = max(worse, key=lambda d: d.strength)
            kind = "one" if len(view.results.alternatives) == 1 else "several"
            return Sentence(view.messages, f"price.{worst.finding}.{kind}", _values(view, worst))
    return Sentence(view.messages, "price.none", {"a": view.names.design_inline(view.results.baseline)}) if looked_at else None


def _description(view: View) -> list[Sentence]:
    """A single design: where the first outcomes begin and end."""
    from sim.report.levels import start_and_end

    sentences = []
    for outcome in view.present(("owner_competence", "pupil_results", "under_limit", "practice", "community")):
        ends = start_and_end(view, view.results.baseline, outcome)
        if ends:
            values = {"outcome": view.names.outcome(outcome), "design": view.names.design_inline(view.results.baseline)}
            sentences.append(Sentence(view.messages, "level.from_to", {**values, **ends}))
    return sentences[:3]
