"""Sheets on which experts say what they believe about the parameters that decide: the SHELF form, ready to be filled in.

Which parameters decide is reckoned from the accepted influences; what is believed today is their prior.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from sim.declared import REGISTRY
from sim.parameters.declaration import Declaration
from sim.reference.markdown import code, table

INFLUENCES = Path(__file__).resolve().parents[2] / "tests" / "sensitivity" / "accepted_influences.csv"
MOST = 10
ASSUMPTION = "assumption"
_AT = {
    "lower plausible (5 %)": 0.05,
    "lower quartile": 0.25,
    "median": 0.5,
    "upper quartile": 0.75,
    "upper plausible (95 %)": 0.95,
}
_RESULT = ["outcome", "when", "group", "design", "versus"]
_BLANK = "&nbsp;"


_INTRODUCTION = (
    "The ten uncertain parameters that carry most of the differences between designs, by the accepted influences (a parameter's "
    "share of all influence on a difference, averaged over outcomes), each with a sheet in the form of the Sheffield elicitation "
    "framework (SHELF): what is asked, what is known, what each expert judges by themselves (plausible limits first, then median "
    "and quartiles), and what the group agrees on. What stands there today was not elicited: it is the model's prior, and an "
    "*assumption* unless a source is named."
)


def weights(influences: pd.DataFrame) -> pd.Series:
    """Each parameter's part in the differences between designs: its share of all influence on a difference, averaged over the
    outcomes told of; largest first.

    Parameters
    ----------
    influences : DataFrame
        outcome, when, group, design, versus, factor, mu_star; rows without `versus` are levels and left out.
    """
    between = influences[influences["versus"].notna()]
    wide = between.pivot_table(
        index=_RESULT, columns="factor", values="mu_star", aggfunc="sum", fill_value=0.0
    )
    shares = wide.div(wide.sum(axis=1).replace(0.0, np.nan), axis=0).fillna(0.0)
    return shares.mean().sort_values(ascending=False, kind="stable")


def elicitation(file: Path = INFLUENCES) -> str:
    """The sheets of the parameters that decide, the heaviest first."""
    lines = [
        "# Sheets for experts",
        "",
        _INTRODUCTION,
        "",
    ]
    if not file.is_file():
        return "\n".join([*lines, "No influences have been accepted.", ""])
    known = {name: d for name, d in REGISTRY.by_name.items() if d.prior is not None}
    found = weights(pd.read_csv(file))
    heaviest = [(str(name), float(share)) for name, share in found.items() if name in known][:MOST]
    lines += table(
        ["", "parameter", "share of influence"],
        [[str(i), code(name), f"{share:.0%}"] for i, (name, share) in enumerate(heaviest, 1)],
    )
    for name, _ in heaviest:
        lines += _sheet(known[name])
    return "\n".join(lines)


def _sheet(d: Declaration) -> list[str]:
    assert d.prior is not None
    assert d.bounds is not None
    today = d.prior.quantile(np.array(list(_AT.values())), d.bounds)
    judged = [
        [place, f"{value:.3g}", _BLANK, _BLANK, _BLANK, _BLANK]
        for place, value in zip(_AT, today.tolist(), strict=True)
    ]
    return [
        f"## `{d.name}`",
        "",
        f"- **Quantity**: {d.meaning}",
        f"- **Unit**: {d.unit}; possible values from {d.bounds[0]:g} to {d.bounds[1]:g}",
        f"- **Evidence today**: {d.source}",
        f"- **Today**: {d.prior.words()} (not elicited{'' if _has_source(d) else '; *assumption*'})",
        "- **Experts** (name, field, interests declared), **facilitator**, **date**:",
        "",
        *table(["", "today's prior", "expert A", "expert B", "expert C", "the group agrees on"], judged),
        "Fitted distribution and its feedback (chance below the limits, chance between the quartiles): &nbsp;",
        "",
        "Reasons, and what would change the judgement: &nbsp;",
        "",
    ]


def _has_source(d: Declaration) -> bool:
    return not d.source.lower().startswith(ASSUMPTION)
