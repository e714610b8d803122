"""How sure the answer is, in sentences: method, smallest effect that would show, pairing, chance findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.differences import Difference, Finding
from sim.report.quantity import Quantity, source
from sim.report.results import MEAN
from sim.report.sentences import Sentence
from sim.report.view import View

_BY_CHANCE = 0.1  # of 90 % intervals leave out zero although nothing differs


@dataclass(frozen=True)
class Certainty:
    """What the section on certainty says."""

    opening: tuple[Sentence, ...]
    smallest_seen: tuple[Sentence, ...]
    closing: tuple[Sentence, ...]


def certainty(view: View) -> Certainty:
    """The sentences; few where there is one world only."""
    worlds = view.fact("n_worlds")
    known = [
        d
        for outcome in view.main_outcomes
        for d in view.differences(outcome)
        if d.finding is not Finding.UNKNOWN
    ]
    opening = [_say(view, "sure.method", worlds=worlds)]
    if not known:
        return Certainty((*opening, _say(view, "sure.single_world")), (), ())
    opening += [_say(view, "sure.interval"), *_pairing(view, known)]
    return Certainty(
        tuple(opening), tuple(_smallest_seen(view)), (_chance(view), _say(view, "sure.two_sizes"))
    )


def in_short(view: View) -> list[Sentence]:
    """Three sentences: what the figures are means of, what the lines tell, and what the answer rests on."""
    manifest = view.results.manifest
    rests = "obligation" if manifest.obliges else "priors" if manifest.from_priors else "calibrated"
    return [
        _say(view, "sure.short.method", worlds=view.fact("n_worlds")),
        _say(view, "sure.short.interval"),
        _say(view, f"sure.short.{rests}"),
    ]


def _say(view: View, key: str, **values: object) -> Sentence:
    return Sentence(view.messages, key, values)


def _pairing(view: View, known: Sequence[Difference]) -> list[Sentence]:
    """What pairing the worlds brought, for the first main outcome where it can be said."""
    found = [d for d in known if d.row.variance_reduction > 1]
    if not found:
        return []
    first = found[0]
    outcome = view.names.outcome_inline(first.row.outcome)
    return [_say(view, "sure.pairing", outcome_inline=outcome, times=first.times_less_variance)]


def _smallest_seen(view: View) -> list[Sentence]:
    """The minimum detectable effect of each main outcome, the largest over the alternatives."""
    sentences = []
    for outcome in view.main_outcomes:
        differences = [d for d in view.differences(outcome) if d.row.minimum_detectable_effect > 0]
        if differences:
            widest = max(differences, key=lambda d: d.row.minimum_detectable_effect)
            sentences.append(
                _say(view, "sure.mde_row", outcome=view.names.outcome(outcome), mde=widest.smallest_seen)
            )
    return sentences


def _chance(view: View) -> Sentence:
    """How many differences are clear, and how many would be by chance alone."""
    differences = [d for outcome in view.results.outcomes for d in view.differences(outcome)]
    compared = [d for d in differences if d.finding not in (Finding.UNKNOWN, Finding.SAME)]
    where = {"versus": view.results.baseline, "horizon": MEAN, "group": "all"}

    def count(n: int, stat: str, factor: float = 1.0) -> Quantity:
        place = source(view.results.file_of("comparison"), **where, stat=stat)
        return Quantity(float(n), place, view.messages, factor=factor)

    return _say(
        view,
        "sure.chance",
        compared=count(len(compared), "compared"),
        clear=count(sum(d.is_clear for d in compared), "clear"),
        by_chance=count(len(compared), "compared", _BY_CHANCE),
    )
