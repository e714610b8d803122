"""The answer in three sentences: what happens to what the scheme is for, to pupils, and at what price; and where it turns."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.differences import Difference, Finding, Judged
from sim.report.results import EVERYONE
from sim.report.sentences import Sentence
from sim.report.subject import PUPILS
from sim.report.variance import turning
from sim.report.view import View


def headline_sentences(view: View) -> list[Sentence]:
    """Three sentences, fewer where the files have no such outcomes; and under which structure of the model the sign turns."""
    if not view.results.alternatives:
        return _description(view)
    if not any(
        d.finding is not Finding.UNKNOWN
        for outcome in view.results.outcomes
        for d in view.differences(outcome)
    ):
        return [Sentence(view.messages, "sure.single_world")]
    found = [_on(view, view.subject.goals), _on(view, (PUPILS,)), _on_price(view)]
    return [*(sentence for sentence in found if sentence), *turning(view)]


def pattern(differences: Sequence[Difference]) -> str:
    """Which kind of sentence sums up the differences of one alternative or several, sizes left aside."""
    findings = [d.finding for d in differences]
    clear = [d.finding for d in differences if d.is_clear]
    if len(differences) == 1:
        return f"one.{findings[0]}"
    if not clear:
        return "several.same" if set(findings) == {Finding.SAME} else "several.none"
    if len(set(clear)) > 1:
        return "several.mixed"
    extent = "all" if len(clear) == len(findings) else "only" if len(clear) == 1 else "some"
    return f"several.{extent}_{clear[0]}"


def summed_up(view: View, outcome: str, group: str = EVERYONE) -> Sentence | None:
    """One sentence on an outcome for all alternatives; None without figures.

    A clear difference is told apart from one that matters, and none is called one that is not clear.
    """
    known = [d for d in view.differences(outcome, group) if d.finding is not Finding.UNKNOWN]
    if not known:
        return None
    clear = [d for d in known if d.is_clear]
    key = pattern(known)
    if clear:
        key += ".large" if any(d.matters for d in clear) else ".small"
    largest = max(clear or known, key=lambda d: abs(d.row.difference))
    values = _values(view, largest)
    for name, finding in (("up", Finding.HIGHER), ("down", Finding.LOWER)):
        ways = [d for d in clear if d.finding is finding]
        if ways:
            values |= named(view, name, max(ways, key=lambda d: abs(d.row.difference)))
    special = f"{view.subject.key}.{outcome}.{key}"
    return Sentence(view.messages, special if special in view.messages else f"finding.{key}", values)


def named(view: View, name: str, d: Difference) -> dict[str, object]:
    """A difference's values under names that begin with `name`."""
    return {
        name: view.names.design_inline(d.row.design_b),
        f"{name}_group": view.names.group_inline(d.row.group),
        f"{name}_difference": d.difference,
        f"{name}_low": d.low,
        f"{name}_high": d.high,
    }


def _values(view: View, d: Difference) -> dict[str, object]:
    names = view.names
    return {
        "outcome": names.outcome(d.row.outcome),
        "outcome_inline": names.outcome_inline(d.row.outcome),
        "a": names.design_inline(d.row.design_a),
        "b": names.design_inline(d.row.design_b),
        **d.values,
    }


def _on(view: View, outcomes: Sequence[str]) -> Sentence | None:
    found = (summed_up(view, outcome) for outcome in outcomes)
    return next((sentence for sentence in found if sentence), None)


def _on_price(view: View) -> Sentence | None:
    """The first outcome that gets worse by more than a trifle."""
    differences = [d for outcome in view.present(view.subject.prices) for d in view.differences(outcome)]
    known = [d for d in differences if d.finding is not Finding.UNKNOWN]
    if not known:
        return None
    worse = [d for d in known if d.judged is Judged.WORSE]
    matters = [d for d in worse if d.matters]
    if not matters:
        values = {"a": view.names.design_inline(view.results.baseline)}
        return Sentence(view.messages, "price.small" if worse else "price.none", values)
    of_first = [d for d in matters if d.row.outcome == matters[0].row.outcome]
    worst = max(of_first, key=lambda d: abs(d.row.difference))
    kind = "one" if len(view.results.alternatives) == 1 else "several"
    return Sentence(view.messages, f"price.{worst.finding}.{kind}", _values(view, worst))


def _description(view: View) -> list[Sentence]:
    """A single design: where the first outcomes begin and end."""
    from sim.report.levels import start_and_end

    sentences = []
    for outcome in view.main_outcomes:
        ends = start_and_end(view, view.results.baseline, outcome)
        if ends:
            values = {
                "outcome": view.names.outcome(outcome),
                "design": view.names.design_inline(view.results.baseline),
            }
            sentences.append(Sentence(view.messages, "level.from_to", {**values, **ends}))
    return sentences[:3]
