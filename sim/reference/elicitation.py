"""Sheets on which experts say what they believe about the parameters that decide: the SHELF form, ready to be filled in.

Which parameters decide is reckoned from the table of total influence; what is believed today is their prior, or the value
at which an assumption is fixed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.declared import REGISTRY
from sim.parameters.declaration import Declaration
from sim.reference.influence import INFLUENCES, decisive
from sim.reference.markdown import code, paragraphs, table

ASSUMPTION = "assumption"
_AT = {
    "lower plausible (5 %)": 0.05,
    "lower quartile": 0.25,
    "median": 0.5,
    "upper quartile": 0.75,
    "upper plausible (95 %)": 0.95,
}
_BLANK = "&nbsp;"


_INTRODUCTION = (
    "The ten parameters that carry most of the differences between obligatory and voluntary follow-up, fixed assumptions "
    "included ([total influence](influence.md): a parameter's share of all influence on a difference, averaged over outcomes), "
    "each with a sheet in the form of the Sheffield elicitation framework (SHELF): what is asked, what is known, what each "
    "expert judges by themselves (plausible limits first, then median and quartiles), and what the group agrees on. What "
    "stands there today was not elicited: it is the model's prior, or the value at which it is fixed, and an *assumption* "
    "unless a source is named."
)


def elicitation(file: Path = INFLUENCES) -> str:
    """The sheets of the parameters that decide, the heaviest first."""
    lines = paragraphs("# Sheets for experts", _INTRODUCTION)
    if not file.is_file():
        return "\n".join([*lines, "No table of total influence lies in this checkout.", ""])
    heaviest = decisive(file)
    lines += table(
        ["", "parameter", "share of influence"],
        [[str(i), code(name), f"{share:.0%}"] for i, (name, share) in enumerate(heaviest, 1)],
    )
    for name, _ in heaviest:
        lines += _sheet(REGISTRY.by_name[name])
    return "\n".join(lines)


def _sheet(d: Declaration) -> list[str]:
    assert d.bounds is not None
    values = [d.default] * len(_AT)
    if d.prior is not None:
        values = d.prior.quantile(np.array(list(_AT.values())), d.bounds).tolist()
    today = d.prior.words() if d.prior else f"fixed at {d.default:g}"
    judged = [
        [place, f"{value:.3g}", _BLANK, _BLANK, _BLANK, _BLANK]
        for place, value in zip(_AT, values, strict=True)
    ]
    return [
        *paragraphs(f"## `{d.name}`"),
        f"- **Quantity**: {d.meaning}",
        f"- **Unit**: {d.unit}; possible values from {d.bounds[0]:.15g} to {d.bounds[1]:.15g}",
        f"- **Evidence today**: {d.source}",
        f"- **Today**: {today} (not elicited{'' if _has_source(d) else '; *assumption*'})",
        "- **Experts** (name, field, interests declared), **facilitator**, **date**:",
        "",
        *table(["", "today", "expert A", "expert B", "expert C", "the group agrees on"], judged),
        *paragraphs(
            "Fitted distribution and its feedback (chance below the limits, chance between the quartiles): &nbsp;",
            "Reasons, and what would change the judgement: &nbsp;",
        ),
    ]


def _has_source(d: Declaration) -> bool:
    return not d.source.lower().startswith(ASSUMPTION)
