"""The command `evaluate`: its options, and what it prints."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from sim.cli.bundles import Country, Keeping
from sim.cli.options import Worlds


class What(StrEnum):
    """What can be evaluated."""

    FOLLOW_UP = "follow-up"


WhatName = Annotated[What, typer.Argument(metavar="WHAT", help="What is evaluated: follow-up.")]
Design = Annotated[str, typer.Option(metavar="DESIGN", help="Design that is played up to the draw.")]
DrawYear = Annotated[
    int, typer.Option(min=2017, max=2059, metavar="YEAR", help="Year of the draw that is evaluated.")
]
YearsAfter = Annotated[
    list[int] | None,
    typer.Option(
        min=1,
        max=43,
        metavar="N",
        help="After how many years the evaluator looks. Can be given again and again.",
        show_default="1, 3 and 6",
    ),
]
Multiple = Annotated[
    float,
    typer.Option(
        min=1.0,
        max=4.0,
        metavar="X",
        help="How many times as much measures give in the scenario of a stronger effect.",
    ),
]


@dataclass(frozen=True, kw_only=True)
class Evaluation(Country, Keeping):
    """What an evaluation needs; its years follow from the draw."""

    worlds: Worlds = 100


def evaluate(
    what: WhatName,
    *,
    design: Design = "voluntary",
    draw_year: DrawYear = 2026,
    years_after: YearsAfter = None,
    multiple: Multiple = 4.0,
    evaluation: Evaluation,
) -> None:
    """Evaluate a draw as an evaluator could, in worlds where the truth is known: what would be found?"""
    import sim

    looks = tuple(dict.fromkeys(years_after or (1, 3, 6)))
    given = evaluation.split(evaluation.given(), draw_year + max(looks))
    results = sim.evaluate(
        what.value, design=design, draw_year=draw_year, years_after=looks, multiple=multiple, **given
    )
    evaluation.tell(results.headline, results.folder)
