"""The same design with the conditions of a programme theory granted: what would have come of it, had they been there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sim.design import DECISION_YEAR, Design
from sim.parameters.declaration import Value
from sim.parameters.registry import Registry, accept
from sim.theory.link import Link, Stage, Theory

ALL_CONDITIONS = "all"

_TITLES = {
    "en": "{title} – granted: {granted}",
    "nb": "{title} – innfridd: {granted}",
}
_EVERYTHING = {
    "en": "all conditions of the theory of {theory}",
    "nb": "alle betingelser i teorien om {theory}",
}
_DESCRIPTIONS = {
    "en": "No policy but a thought experiment. From {year} on the model is set so that this holds: {conditions}",
    "nb": "Ikke et tiltak, men et tankeeksperiment. Fra {year} er modellen satt slik at dette gjelder: {conditions}",
}


def conditions_granted(
    design: Design,
    theory: Theory,
    registry: Registry,
    *,
    only: str = ALL_CONDITIONS,
    from_year: int = DECISION_YEAR,
) -> Design:
    """A design's twin in which the theory's conditions hold from a year on, as far as the model can grant them.

    Up to that year the twin is the design itself, so both share their history. Levers and assumptions alike are set, dated
    by year; the means and all else that the design decides stay as they are.

    Parameters
    ----------
    only : str
        Key of the one condition to grant; by default all of them.
    from_year : int
        First year in which they are granted.
    """
    conditions = theory.of_stage(Stage.CONDITION) if only == ALL_CONDITIONS else (theory.link(only),)
    twin = design.with_levers(grants(conditions, registry), from_year)
    return replace(
        twin,
        key=twin_key(design.key, theory.scheme, only),
        title={lang: _title(design, theory, conditions, only, lang) for lang in _TITLES},
        description={
            lang: words.format(year=from_year, conditions=" ".join(link.text[lang] for link in conditions))
            for lang, words in _DESCRIPTIONS.items()
        },
        expected={},
        extends=design.key,
        file=None,
    )


def twin_key(design: str, scheme: str, only: str = ALL_CONDITIONS) -> str:
    """What a twin is called in the tables."""
    return "_".join([design, "granted", scheme, *([] if only == ALL_CONDITIONS else [only])])


def grants(conditions: Iterable[Link], registry: Registry) -> Mapping[str, Value]:
    """The parameters that make conditions hold, in the model's own kinds."""
    return {
        name: accept(registry.find(name), value)
        for link in conditions
        for name, value in link.granted.items()
    }


def _title(design: Design, theory: Theory, conditions: tuple[Link, ...], only: str, lang: str) -> str:
    title = design.title.get(lang, design.key)
    everything = _EVERYTHING[lang].format(theory=_small(theory.title[lang]))
    granted = everything if only == ALL_CONDITIONS else _small(conditions[0].text[lang]).rstrip(".")
    return _TITLES[lang].format(title=title, granted=granted)


def _small(words: str) -> str:
    """The first letter small, unless the word is an abbreviation."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
