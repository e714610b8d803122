"""Warnings: where a question lies outside of what was explored, fitted, or played often enough to tell."""

from __future__ import annotations

import math
from functools import cache

from sim.app.answers import Answer
from sim.app.lever_form import label, levers, shown_value
from sim.design import DECISION_YEAR, Design
from sim.parameters.declaration import Declaration, Value
from sim.parameters.registry import Registry
from sim.report.differences import Difference, Finding
from sim.report.edition import Edition
from sim.report.messages import Messages
from sim.report.quantity import Quantity
from sim.report.sentences import Sentence
from sim.scenario_files import load_design, names

USUAL_SHARE = 0.05, 0.95  # of a prior: what most worlds have
FEW_WORLDS = 20
_TINY = 1e-9


@cache
def shipped(registry: Registry) -> tuple[Design, ...]:
    """The designs that come with the model: what was explored."""
    return tuple(load_design(name, registry) for name in names())


def beyond(designs: tuple[Design, ...], registry: Registry, texts: Messages) -> list[Sentence]:
    """What some designs set beyond what any of the shipped designs has from the year of decision on."""
    found = []
    for design in designs:
        years = sorted({DECISION_YEAR} | {year for year in design.years_of_change() if year > DECISION_YEAR})
        for d in levers(registry):
            strange = [
                value
                for year in years
                if _is_beyond(d, value := design.value(d.name, year, registry), registry)
            ]
            if strange:
                values = {"lever": label(d, texts), "value": shown_value(strange[0], texts)}
                found.append(Sentence(texts, "caution.lever", values))
        found += _strange_assumptions(design, registry, texts)
    return found


def _is_beyond(d: Declaration, value: Value, registry: Registry) -> bool:
    tried = explored(d.name, registry)
    if d.item is not None:
        return False  # a list of years or of indicators lies between others in no order
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return not min(tried) - _TINY <= value <= max(tried) + _TINY
    return value not in tried


@cache
def explored(name: str, registry: Registry) -> frozenset[Value]:
    """The values that a lever takes in any of the shipped designs, in any year, history among them."""
    return frozenset(
        design.value(name, year, registry)
        for design in shipped(registry)
        for year in {DECISION_YEAR} | design.years_of_change()
    )


def _strange_assumptions(design: Design, registry: Registry, texts: Messages) -> list[Sentence]:
    found = []
    dated = {name: steps[-1][1] for name, steps in design.levers.items() if not registry.find(name).by_year}
    for name, value in {**design.assumptions, **dated}.items():
        d = registry.find(name)
        if d.prior is None or d.bounds is None:
            continue
        low, high = (float(d.prior.quantile(share, d.bounds)) for share in USUAL_SHARE)
        if not low <= value <= high:
            values = {"name": label(d, texts), "value": shown_value(value, texts)}
            found.append(Sentence(texts, "caution.assumption", values))
    return found


def of_run(worlds: int, scale: float, texts: Messages) -> list[Sentence]:
    """What to know before a run of so many worlds."""
    found = []
    if worlds < FEW_WORLDS:
        found.append(Sentence(texts, "caution.few_worlds"))
    if scale < 1:
        found.append(Sentence(texts, "caution.part_of_country"))
    return found


def of_answer(answer: Answer, edition: Edition, texts: Messages) -> list[Sentence]:
    """What to know of results: too few worlds, part of the country, other code, not fitted to anything."""
    found = []
    needed = worlds_needed(edition)
    if needed is not None:
        outcome, worlds = needed
        values = {
            "worlds": edition.years["worlds"],
            "outcome_inline": edition.names.outcome_inline(outcome.row.outcome),
            "mde": outcome.smallest_seen,
            "needed": worlds,
        }
        found.append(Sentence(texts, "caution.too_few", values))
    if edition.manifest.scale < 1:
        share = Quantity(edition.manifest.scale, "manifest.json#path=scale", texts, "percent", factor=100.0)
        found.append(Sentence(texts, "caution.scale", {"share": share}))
    if edition.manifest.from_priors:
        found.append(Sentence(texts, "caution.not_calibrated"))
    if not answer.is_of_this_code:
        found.append(Sentence(texts, "caution.other_code"))
    return found


def worlds_needed(edition: Edition) -> tuple[Difference, Quantity] | None:
    """The main outcome that would need most worlds to show a difference that matters, and how many; None if none would."""
    view = edition.view
    short: list[tuple[float, Difference]] = []
    for outcome in view.main_outcomes:
        for d in view.differences(outcome):
            mde, mark = d.row.minimum_detectable_effect, d.smallest
            if d.finding is not Finding.UNKNOWN and mark and math.isfinite(mde) and mde > mark:
                short.append(((mde / mark) ** 2, d))
    if not short:
        return None
    times, d = max(short, key=lambda pair: pair[0])
    worlds = math.ceil(d.row.n_worlds * times)
    source = f"{d.smallest_seen.source};worlds_for={d.smallest!r}"
    return d, Quantity(float(worlds), source, view.messages, "worlds")
