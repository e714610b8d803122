"""The answer in a few sentences: the verdict with one reason, one size and how sure it is, then those whom it is about.

What moved leads. Outcomes are ranked by the size of their difference against their smallest effect of interest; a difference
below that is told without digits, and is no reason for a verdict. Nothing is called a price where nothing is gained. The verdict
is on the pair that was asked about, the first alternative; of the others it is said in words how they come out.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.differences import Difference, Judged, Told
from sim.report.felt import Felt
from sim.report.money import weighed
from sim.report.own_effect import own_share
from sim.report.reasons import KRONER, STOPS, leading, reason
from sim.report.results import EVERYONE
from sim.report.sentences import Sentence
from sim.report.subject import PUPILS
from sim.report.variance import deciding
from sim.report.view import View

MOST_VERDICTS = 4  # alternatives that get a verdict of their own
COUNTED = (
    "pupils",
    "teachers",
    "schools",
    "municipalities",
)  # what outcomes in these units count, their names say
ITSELF = ("felt_voluntariness",)  # outcomes that a rule sets by itself, before anything comes of it


def headline_sentences(view: View) -> list[Sentence]:
    """The answer's sentences, the last on how the model is built where that decides; fewer where the files lack outcomes."""
    if not view.results.alternatives:
        return _description(view)
    if not any(
        d.told is not Told.UNKNOWN for outcome in view.results.outcomes for d in view.differences(outcome)
    ):
        return [Sentence(view.messages, "sure.single_world")]
    asked, *others = view.results.alternatives
    moved = weighed(view, asked)
    found = [_verdict(view, asked, moved), _size(view, asked, moved), _on_pupils(view, asked, moved)]
    found += _on_others(view, asked, others[: MOST_VERDICTS - 1])
    return [sentence for sentence in (*found, deciding(view)) if sentence]


def kind_of(view: View, design: str, moved: Sequence[Difference]) -> str:
    """Which verdict a design gets: better, worse, mixed, moved (neither), nothing, or open (can't be told)."""
    judged = {d.judged for d in moved}
    if judged >= {Judged.BETTER, Judged.WORSE}:
        return "mixed"
    if moved:
        return "better" if Judged.BETTER in judged else "worse" if Judged.WORSE in judged else "moved"
    return "nothing" if _settled(view, design) else "open"


def _verdict(view: View, design: str, moved: Sequence[Difference]) -> Sentence:
    """Yes, no, it depends, no difference, or can't be told; and one reason."""
    kind = kind_of(view, design, moved)
    asked, why = "question" if view.question else "plain", reason(view, moved, design)
    stops = (
        kind == "better" and why.key == STOPS
    )  # a gain that does not come as far as the classroom is no plain yes
    word = Sentence(view.messages, f"answer.word.{asked}.{'partly' if stops else kind}", _pair(view, design))
    values = {"word": word, "reason": why}
    return Sentence(view.messages, "answer.undecided" if kind == "open" else "answer.verdict", values)


def _on_others(view: View, asked: str, others: Sequence[str]) -> list[Sentence]:
    """How further alternatives come out, without digits; those with the same answer as the first are named together."""
    keys = {design: kind_of(view, design, weighed(view, design)) for design in (asked, *others)}
    reasons = {design: reason(view, weighed(view, design), design) for design in keys}
    alike = [b for b in others if (keys[b], str(reasons[b])) == (keys[asked], str(reasons[asked]))]
    found = [
        Sentence(view.messages, f"answer.other.{keys[b]}", {**_pair(view, b), "reason": reasons[b]})
        for b in others
        if b not in alike
    ]
    if alike:
        names = [view.names.design_inline(b) for b in alike]
        *first, last = names
        together = (
            view.messages.text("answer.other.together", first=", ".join(first), last=last) if first else last
        )
        found.insert(0, Sentence(view.messages, "answer.other.same", {"all": together}))
    return found


def _pair(view: View, design: str) -> dict[str, object]:
    b = view.names.design_inline(design)
    return {"a": view.names.design_inline(view.results.baseline), "b": b, "b_first": b[:1].upper() + b[1:]}


def _size(view: View, design: str, moved: Sequence[Difference]) -> Sentence:
    """What moved most, in units that can be felt, for whom, and how sure it is."""
    kind = kind_of(view, design, moved)
    if not moved:
        return Sentence(view.messages, f"answer.size.{kind}", {"worlds": view.fact("n_worlds")})
    most, *other = _leading(moved)
    if other:
        best, (worst,) = most, other
        both = "size" if best.surely_matters and worst.surely_matters else "way"
        sure = Sentence(view.messages, f"answer.sure.both_{both}")
        values = {**_of(view, best, "best_"), **_of(view, worst, "worst_"), "sure": sure}
        return Sentence(view.messages, f"answer.size.mixed.{_way(best)}_{_way(worst)}", values)
    how = "itself" if most.row.outcome in ITSELF else "size" if most.surely_matters else "way"
    sure = Sentence(view.messages, f"answer.sure.{how}")
    values = {**_of(view, most), "sure": sure}
    return Sentence(view.messages, f"answer.size.one.{_way(most)}", values)


def _on_pupils(view: View, design: str, moved: Sequence[Difference]) -> Sentence | None:
    """Pupils' results among those whom the question is about, and what part that is of what follow-up itself brings them.

    Where the size tells of their results, only the latter; without digits where the answer has three numbers already.
    """
    leading = _leading(moved)
    led = any(d.row.outcome == PUPILS for d in leading)
    found = [d for d in view.differences(PUPILS, view.concerned(PUPILS)) if d.row.design == design]
    known = [d for d in found if d.told is not Told.UNKNOWN]
    if not known:
        return None
    d, instead = known[0], {Told.SAME: Told.TRIFLE, Told.NONE: Told.OPEN}
    told = Sentence(view.messages, f"concerned.{instead.get(d.told, d.told)}", _of(view, d))
    own = own_share(view, d)
    if own is None or d.told is Told.SAME:
        return None if led else told
    then = own.sentence(digits=led or len(leading) > 1, then=not led)
    return then if led else Sentence(view.messages, "own_effect.after", {"first": told, "then": then})


def _settled(view: View, design: str) -> bool:
    """Whether differences that would matter are ruled out in all that the question is about."""
    told = {
        d.told
        for outcome in view.present(view.subject.followed)
        for d in view.differences(outcome, view.concerned(outcome))
        if d.row.design == design
    }
    return not told & {Told.OPEN, Told.NONE}


def _leading(moved: Sequence[Difference]) -> list[Difference]:
    """What the answer names: what moved most for the better and for the worse, else what moved most.

    A side that kroner alone are on is not named beside the other: the line on money has them.
    """
    sides = [d for d in (leading(moved, Judged.BETTER), leading(moved, Judged.WORSE)) if d]
    return [d for d in sides if d.row.outcome not in KRONER] or sides or list(moved[:1])


def named_outcomes(view: View, design: str) -> list[tuple[str, str]]:
    """What the answer on a design names, each outcome with the group that it is told of."""
    return [(d.row.outcome, d.row.group) for d in _leading(weighed(view, design))]


MOST_TOLD = 8  # outcomes in the answer's figure


def told_outcomes(view: View) -> list[str]:
    """The outcomes that figure and table show: what moved, the farthest beyond its threshold first, then the main ones."""
    moved = [d for design in view.results.alternatives for d in view.movers(design)]
    named = [d.row.outcome for design in view.results.alternatives for d in _leading(weighed(view, design))]
    ranked = [d.row.outcome for d in sorted(moved, key=lambda d: -d.times)]
    first = list(dict.fromkeys([*named, *ranked]))[: max(MOST_TOLD - 2, len(set(named)))]
    first.sort(key=ranked.index)
    # Pupils' results are told even where they don't move: everybody looks for them.
    main = sorted(view.main_outcomes, key=lambda outcome: outcome != PUPILS)
    rest = [outcome for outcome in main if outcome not in first]
    return [*first, *rest[: max(0, MOST_TOLD - len(first))]]


def outcomes_by_group(view: View) -> list[str]:
    """The outcomes that are told by group of municipalities: what the answer names, if it has groups, then the usual ones."""
    usual = view.gain_outcomes
    if not usual:
        return []
    named = [d.row.outcome for design in view.results.alternatives for d in _leading(weighed(view, design))]
    grouped = [o for o in named if sum(bool(view.differences(o, group)) for group in view.results.groups) > 1]
    return list(dict.fromkeys([*grouped, *usual]))[: max(len(usual), len(set(grouped)))]


def _way(d: Difference) -> str:
    return "up" if d.told is Told.HIGHER else "down"


def _of(view: View, d: Difference, prefix: str = "") -> dict[str, object]:
    """What a sentence may name of a difference, under names that begin with a prefix."""
    felt = Felt(d)
    return {
        f"{prefix}outcome_inline": view.names.outcome_inline(d.row.outcome),
        f"{prefix}group": view.names.group_inline(d.row.group),
        f"{prefix}size": felt.size.bare if felt.size.unit in COUNTED else felt.size,
        f"{prefix}nearest": felt.nearest,
        f"{prefix}farthest": felt.farthest,
    }


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
        name: view.names.design_inline(d.row.design),
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
        "a": names.design_inline(d.row.versus),
        "b": names.design_inline(d.row.design),
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
