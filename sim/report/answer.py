"""The answer in a few sentences: the verdict with what moved most, those whom the question is about, then the country.

What moved leads. Outcomes are ranked by the size of their difference against their smallest effect of interest; a difference
below that is told without digits, and is no reason for a verdict. Nothing is called a price where nothing is gained.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.differences import Difference, Judged, Told
from sim.report.results import EVERYONE
from sim.report.sentences import Sentence
from sim.report.subject import PUPILS
from sim.report.variance import turning
from sim.report.view import View

MOST_VERDICTS = 4  # alternatives that get a verdict of their own
LEAST_SHARE = 0.1  # of a scheme's own effect; assumption: less than a tenth is not worth a sentence


def headline_sentences(view: View) -> list[Sentence]:
    """The answer's sentences, and under which structure of the model the sign turns; fewer where the files lack outcomes."""
    if not view.results.alternatives:
        return _description(view)
    if not any(
        d.told is not Told.UNKNOWN for outcome in view.results.outcomes for d in view.differences(outcome)
    ):
        return [Sentence(view.messages, "sure.single_world")]
    alternatives = view.results.alternatives
    moved = {design: view.movers(design) for design in alternatives}
    first = sorted(alternatives, key=lambda design: -max((d.times for d in moved[design]), default=0.0))
    chosen = [design for design in alternatives if design in first[:MOST_VERDICTS]]
    found: list[Sentence | None] = [_verdict(view, design, moved[design]) for design in chosen]
    if len(alternatives) == 1:
        found.append(_next(view, moved[alternatives[0]]))
    if view.subject.concerned == EVERYONE:
        goal = next(iter(view.present(view.subject.goals)), None)
        found += [summed_up(view, outcome) for outcome in dict.fromkeys((goal, PUPILS)) if outcome]
    else:
        found += [_on_those_concerned(view), summed_up(view, PUPILS)]
    return [*(sentence for sentence in found if sentence), *turning(view)]


def _first(moved: Sequence[Difference], judged: Judged) -> Difference | None:
    return next((d for d in moved if d.judged is judged), None)


def _verdict(view: View, design: str, moved: Sequence[Difference]) -> Sentence:
    """Better, worse, it depends, no difference, or can't be told; and why, by what moved most."""
    best, worst = _first(moved, Judged.BETTER), _first(moved, Judged.WORSE)
    values: dict[str, object] = {
        "a": view.names.design_inline(view.results.baseline),
        "b": view.names.design_inline(design),
        "worlds": view.fact("n_worlds"),
    }
    if best and worst:
        kind = "mixed"
        key = f"mixed.{_way(best)}_{_way(worst)}"
        values |= _of(view, best, "best_") | _of(view, worst, "worst_")
    elif moved:
        leading = best or worst or moved[0]
        kind = "better" if best else "worse" if worst else "moved"
        key = f"{kind}.{_way(leading)}"
        values |= _of(view, leading)
    else:
        kind = key = "nothing" if _settled(view, design) else "open"
    reason = Sentence(view.messages, f"answer.{key}", values)
    if len(view.results.alternatives) > 1:
        return reason
    asked = "question" if view.question else "plain"
    word = Sentence(view.messages, f"answer.word.{asked}.{kind}")
    return Sentence(view.messages, "answer.verdict", {"word": word, "reason": reason})


def _settled(view: View, design: str) -> bool:
    """Whether differences that would matter are ruled out in all that the question is about."""
    told = {
        d.told
        for outcome in view.present(view.subject.followed)
        for d in view.differences(outcome, view.concerned(outcome))
        if d.row.design_b == design
    }
    return not told & {Told.OPEN, Told.NONE}


def _next(view: View, moved: Sequence[Difference]) -> Sentence | None:
    """What moved most beside what the verdict names."""
    leading = _leading(moved)
    rest = [d for d in moved if d not in leading]
    if not rest:
        return None
    return Sentence(view.messages, f"answer.next.{_way(rest[0])}", _of(view, rest[0]))


def _leading(moved: Sequence[Difference]) -> list[Difference]:
    """What the verdict names: what moved most for the better and for the worse, else what moved most."""
    return [d for d in (_first(moved, Judged.BETTER), _first(moved, Judged.WORSE)) if d] or list(moved[:1])


def told_outcomes(view: View) -> list[str]:
    """The outcomes that figure and table show: what the answer names, then the main ones."""
    moved = [view.movers(design) for design in view.results.alternatives]
    named = [d.row.outcome for some in moved for d in _leading(some)]
    if len(moved) == 1:
        named += [d.row.outcome for d in moved[0] if d.row.outcome not in named][:1]
    return list(dict.fromkeys([*named, *view.main_outcomes]))


def _way(d: Difference) -> str:
    return "up" if d.told is Told.HIGHER else "down"


def _of(view: View, d: Difference, prefix: str = "") -> dict[str, object]:
    """What a sentence may name of a difference, under names that begin with a prefix."""
    return {
        f"{prefix}outcome_inline": view.names.outcome_inline(d.row.outcome),
        f"{prefix}group": view.names.group_inline(d.row.group),
        f"{prefix}size": d.size,
        f"{prefix}nearest": d.nearest,
        f"{prefix}farthest": d.farthest,
    }


def _on_those_concerned(view: View) -> Sentence | None:
    """Pupils' results among those whom the question is about: in points, and as a share of the scheme's own effect."""
    known = [d for d in view.differences(PUPILS, view.subject.concerned) if d.told is not Told.UNKNOWN]
    if not known or known[0].row.group == EVERYONE:
        return None
    d = max(known, key=lambda one: (one.moved, abs(one.row.difference)))
    kind = "one" if len(known) == 1 else "several"
    share = view.share(d)
    told = share if share and share.is_clear and abs(share.row.share) >= LEAST_SHARE else None
    values = {
        **_of(view, d),
        "a": view.names.design_inline(d.row.design_a),
        "b": view.names.design_inline(d.row.design_b),
    }
    if told:
        values |= {"share": told.size, "share_low": told.nearest, "share_high": told.farthest}
    if d.moved:
        key = f"{d.told}.{'share' if told else 'alone'}"
    elif told:
        key = "won" if told.row.share > 0 else "lost"
    else:
        key = "open" if d.told in (Told.OPEN, Told.NONE) else "trifle"
    return Sentence(view.messages, f"concerned.{kind}.{key}", values)


def pattern(differences: Sequence[Difference]) -> str:
    """Which kind of sentence sums up the differences of one alternative or several, sizes left aside."""
    told = [d.told for d in differences]
    moved = [d.told for d in differences if d.moved]
    if len(differences) == 1:
        return f"one.{told[0]}"
    if not moved:
        return f"several.{next(one for one in (Told.NONE, Told.OPEN, Told.TRIFLE, Told.SAME) if one in told)}"
    if len(set(moved)) > 1:
        return "several.mixed"
    extent = "all" if len(moved) == len(told) else "only" if len(moved) == 1 else "some"
    return f"several.{extent}_{moved[0]}"


def summed_up(view: View, outcome: str, group: str = EVERYONE) -> Sentence | None:
    """One sentence on an outcome for all alternatives; None without figures.

    Only what is clear and would matter is told with its size.
    """
    known = [d for d in view.differences(outcome, group) if d.told is not Told.UNKNOWN]
    if not known:
        return None
    moved = [d for d in known if d.moved]
    key = pattern(known)
    largest = max(moved or known, key=lambda d: abs(d.row.difference))
    values = _values(view, largest)
    for name, told in (("up", Told.HIGHER), ("down", Told.LOWER)):
        ways = [d for d in moved if d.told is told]
        if ways:
            values |= named(view, name, max(ways, key=lambda d: abs(d.row.difference)))
    return Sentence(view.messages, f"finding.{key}", values)


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
        "group": names.group_inline(d.row.group),
        "a": names.design_inline(d.row.design_a),
        "b": names.design_inline(d.row.design_b),
        **d.values,
    }


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
