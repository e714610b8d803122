"""The worlds that an evaluation is tried in: with the draw, without it, and with a draw that does more good.

What the draw truly did to a municipality is its figure with the draw less its figure without, in the same world: same luck,
same parameters. A fourth case needs no world of its own: that of a draw without any effect is the world without the draw, seen
by an evaluator who believes that those drawn were followed up.
"""

from __future__ import annotations

from dataclasses import replace

from sim.design import Design
from sim.parameters.declaration import Value
from sim.parameters.registry import Registry, accept

WITH, WITHOUT = "with_draw", "without_draw"
STRONGER, STRONGER_WITHOUT = "stronger_draw", "stronger_without"
"""Keys of the designs."""

MODEL, NONE, STRONG = "model", "none", "stronger"
"""The scenarios: the model's own effect, no effect, a stronger effect."""

SCENARIOS = {MODEL: (WITH, WITHOUT), NONE: (WITHOUT, WITHOUT), STRONG: (STRONGER, STRONGER_WITHOUT)}
"""The design whose figures the evaluator sees in each, and the one that tells what would have been without the draw."""

MULTIPLE = 4.0  # of what a measure gives in the stronger scenario
LEAST_MULTIPLE, MOST_MULTIPLE = 1.0, 4.0  # the upper one is what the model's bounds allow

_FIT = "implementing.usual_fit"
_BEST = "implementing.best_fidelity"

_TITLES = {
    WITH: {"en": "With the draw", "nb": "Med uttrekket"},
    WITHOUT: {"en": "Without the draw", "nb": "Uten uttrekket"},
    STRONGER: {"en": "With a stronger draw", "nb": "Med et sterkere uttrekk"},
    STRONGER_WITHOUT: {"en": "Without the stronger draw", "nb": "Uten det sterkere uttrekket"},
}
_DESCRIPTIONS = {
    WITH: {
        "en": "“{title}” up to {year}, with the draw of that year and none after it.",
        "nb": "«{title}» til {year}, med uttrekket det året og ingen etter det.",
    },
    WITHOUT: {
        "en": "“{title}” up to {year}, without the draw of that year or any after it.",
        "nb": "«{title}» til {year}, uten uttrekket det året eller noe etter det.",
    },
    STRONGER: {
        "en": "As with the draw, but from then on measures of the same fit, whichever scheme they belong to, give up to "
        "{multiple:g} times as much. An assumption, to see how the estimators would do with a larger effect.",
        "nb": "Som med uttrekket, men fra da av gir tiltak som passer like godt, opptil {multiple:g} ganger så mye, "
        "i hvilken ordning de enn hører til. En antakelse, for å se hvordan estimatorene klarer seg med en større virkning.",
    },
    STRONGER_WITHOUT: {
        "en": "The same without the draw: what a stronger draw is held against.",
        "nb": "Det samme uten uttrekket: det et sterkere uttrekk holdes opp mot.",
    },
}  # fmt: skip


def designs(
    base: Design, draw_year: int, registry: Registry, multiple: float = MULTIPLE
) -> tuple[Design, ...]:
    """The four designs of an evaluation of one draw.

    Parameters
    ----------
    base : Design
        What is played up to the year of the draw.
    multiple : float
        How many times as much a measure of usual fit gives in the stronger scenario, at most.
    """
    once: dict[str, Value] = {
        "follow_up.active": True,
        "follow_up.draw.years": accept(registry.find("follow_up.draw.years"), (draw_year,)),
    }
    usual = float(str(registry.find(_FIT).default))
    bounds = registry.find(_BEST).bounds
    best = float(str(bounds[1])) if bounds else MOST_MULTIPLE
    more: dict[str, Value] = {
        _FIT: accept(registry.find(_FIT), usual / multiple),
        _BEST: accept(registry.find(_BEST), best),
    }
    held = base.with_levers(once, draw_year)
    without = base.with_levers({"follow_up.active": False}, draw_year)
    found = {
        WITH: held,
        WITHOUT: without,
        STRONGER: held.with_levers(more, draw_year),
        STRONGER_WITHOUT: without.with_levers(more, draw_year),
    }
    return tuple(_named(design, key, base, draw_year, multiple) for key, design in found.items())


def _named(design: Design, key: str, base: Design, year: int, multiple: float) -> Design:
    return replace(
        design,
        key=key,
        title=_TITLES[key],
        description={
            lang: words.format(title=base.title.get(lang, base.key), year=year, multiple=multiple)
            for lang, words in _DESCRIPTIONS[key].items()
        },
        expected={},
        extends=base.key,
        file=None,
    )
