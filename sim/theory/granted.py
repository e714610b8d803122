"""The same design with the conditions of a programme theory granted: what would have come of it, had they been there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sim.design import DECISION_YEAR, Design
from sim.legible import lowered
from sim.parameters.declaration import Value
from sim.parameters.registry import Registry, accept
from sim.theory.link import Link, Origin, Stage, Theory

NAMED, PRESUMED, ALL, AS_WRITTEN = "named", "presumed", "all", "as_written"
CHAIN = "chain_"
"""What can be granted, besides a single condition by its key: the conditions that the figure of the theory names; these and what
the theory presumes without naming it; these and the project's own; none, but what practice did without done as the theory has
it; and `chain_` with a strand, the named conditions of one of the chains in the theory."""

_ORIGINS = {
    NAMED: (Origin.NAMED,),
    PRESUMED: (Origin.NAMED, Origin.PRESUMED),
    ALL: tuple(Origin),
}
_TITLES = {
    "en": "{title} – granted: {granted}",
    "nb": "{title} – innfridd: {granted}",
}
_EVERYTHING = {
    "en": {
        NAMED: "the conditions that the theory of {theory} names",
        PRESUMED: "the conditions that the theory of {theory} names or presumes",
        ALL: "the conditions of the theory of {theory}, and the project’s own",
        AS_WRITTEN: "the theory of {theory} as written",
        CHAIN: "the conditions that the theory of {theory} names, {strand}",
    },
    "nb": {
        NAMED: "betingelsene som teorien om {theory} nevner",
        PRESUMED: "betingelsene som teorien om {theory} nevner eller forutsetter",
        ALL: "betingelsene i teorien om {theory} og prosjektets egne",
        AS_WRITTEN: "teorien om {theory} slik den er skrevet",
        CHAIN: "betingelsene som teorien om {theory} nevner, {strand}",
    },
}
_DESCRIPTIONS = {
    "en": "No policy but a thought experiment. From {year} on the model is set so that this holds: {conditions}",
    "nb": "Ikke et tiltak, men et tankeeksperiment. Fra {year} er modellen satt slik at dette gjelder: {conditions}",
}


def grantings(theory: Theory, *, each: bool = False) -> tuple[str, ...]:
    """What is granted to the twins of a design: the named conditions first, then what adds anything to them.

    Parameters
    ----------
    each : bool
        Whether every chain in the theory and every condition by itself is granted too.
    """
    found = [NAMED]
    if theory.conditions(Origin.PRESUMED):
        found.append(PRESUMED)
    if theory.conditions(Origin.OWN):
        found.append(ALL)
    if theory.departures:
        found.append(AS_WRITTEN)
    if each:
        found += [CHAIN + strand for strand in theory.strands]
        found += [link.key for link in theory.of_stage(Stage.CONDITION)]
    return tuple(found)


def conditions_granted(
    design: Design,
    theory: Theory,
    registry: Registry,
    *,
    only: str = NAMED,
    from_year: int = DECISION_YEAR,
) -> Design:
    """A design's twin in which the theory's conditions hold from a year on, as far as the model can grant them.

    Up to that year the twin is the design itself, so both share their history. Levers and assumptions alike are set, dated
    by year; the means and all else that the design decides stay as they are, but for `AS_WRITTEN`.

    Parameters
    ----------
    only : str
        One of `grantings`: by default the conditions that the figure of the theory names.
    from_year : int
        First year in which they are granted.
    """
    said = _said(theory, only)
    twin = design.with_levers(_values(theory, only, registry), from_year)
    return replace(
        twin,
        key=twin_key(design.key, theory.scheme, only),
        title={lang: _title(design, theory, only, lang) for lang in _TITLES},
        description={
            lang: words.format(year=from_year, conditions=" ".join(text[lang] for text in said))
            for lang, words in _DESCRIPTIONS.items()
        },
        expected={},
        extends=design.key,
        file=None,
    )


def twin_key(design: str, scheme: str, only: str = NAMED) -> str:
    """What a twin is called in the tables."""
    return "_".join([design, "granted", scheme, *([] if only == NAMED else [only])])


def _granted(theory: Theory, only: str) -> tuple[Link, ...]:
    """The conditions that are granted."""
    if only in _ORIGINS:
        return theory.conditions(*_ORIGINS[only])
    if only.startswith(CHAIN):
        return tuple(link for link in theory.conditions(Origin.NAMED) if CHAIN + link.strand == only)
    return () if only == AS_WRITTEN else (theory.link(only),)


def _values(theory: Theory, only: str, registry: Registry) -> Mapping[str, Value]:
    if only == AS_WRITTEN:
        asked = {name: value for each in theory.departures for name, value in each.levers.items()}
        return {name: accept(registry.find(name), value) for name, value in asked.items()}
    return grants(_granted(theory, only), registry)


def _said(theory: Theory, only: str) -> list[Mapping[str, str]]:
    if only == AS_WRITTEN:
        return [each.text for each in theory.departures]
    return [link.text for link in _granted(theory, only)]


def grants(conditions: Iterable[Link], registry: Registry) -> Mapping[str, Value]:
    """The parameters that make conditions hold, in the model's own kinds."""
    return {
        name: accept(registry.find(name), value)
        for link in conditions
        for name, value in link.granted.items()
    }


def _title(design: Design, theory: Theory, only: str, lang: str) -> str:
    title, everything = design.title.get(lang, design.key), _EVERYTHING[lang]
    kind = CHAIN if only.startswith(CHAIN) else only
    if kind in everything:
        strand = theory.strands[only.removeprefix(CHAIN)][lang] if kind == CHAIN else ""
        granted = everything[kind].format(theory=lowered(theory.title[lang]), strand=strand)
    else:
        granted = lowered(theory.link(only).text[lang]).rstrip(".")
    return _TITLES[lang].format(title=title, granted=granted)
