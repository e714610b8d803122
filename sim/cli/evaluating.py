"""The command `evaluate`: its options, and what it prints."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sim.cli.checks import check_designs, experiment_options
from sim.cli.options import (
    Lang,
    Language,
    Out,
    ParameterDraws,
    Quiet,
    Registers,
    Scale,
    Seed,
    Settings,
    Workers,
    Worlds,
)


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


def evaluate(  # noqa: PLR0913 - every option is a parameter of its own, that is how typer knows them
    what: WhatName,
    *,
    design: Design = "voluntary",
    draw_year: DrawYear = 2026,
    years_after: YearsAfter = None,
    multiple: Multiple = 4.0,
    worlds: Worlds = 100,
    seed: Seed = 2026,
    scale: Scale = 1.0,
    workers: Workers = None,
    out: Out = None,
    settings: Settings = None,
    lang: Language = Lang.NB,
    registers: Registers = None,
    parameters: ParameterDraws = None,
    quiet: Quiet = False,
) -> None:
    """Evaluate a draw as an evaluator could, in worlds where the truth is known: what would be found?"""
    import sim

    looks = tuple(dict.fromkeys(years_after or (1, 3, 6)))
    last = draw_year + max(looks)
    options = experiment_options(min(2017, draw_year - 1), last, settings, None)
    check_designs([design])
    results = sim.evaluate(
        what.value, design=design, draw_year=draw_year, years_after=looks, multiple=multiple, worlds=worlds, seed=seed,
        scale=scale, workers=workers, out=out, levers=options["levers"], assumptions=options["assumptions"],
        registers=registers, lang=lang.value, progress=not quiet,
        parameters=parameters,
    )  # fmt: skip
    for line in [] if quiet else results.headline(lang.value):
        typer.echo(line)
    typer.echo(results.folder / "report.html")
