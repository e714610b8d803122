"""The commands on calibration: `calibrate`, and under it `check`, `forecast`, `replay`, `accept` and `report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.bundles import Telling, playing, spread
from sim.cli.options import Lang, Language, Workers

calibration = typer.Typer(add_completion=False, rich_markup_mode=None)

# An option is a sentence of two to four lines; the formatter would give each part of it a line.
# fmt: off
Points = Annotated[int | None, typer.Option(
    min=60, max=1_000_000, metavar="N", help="Points to play, all waves together.", show_default="4000, quick 240",
)]
PointWorlds = Annotated[int | None, typer.Option(
    "--worlds", min=1, max=100, metavar="N", help="Worlds for each point.", show_default="2, quick 1",
)]
Waves = Annotated[int, typer.Option(
    min=1, max=4, metavar="N", help="Waves of points, each drawn from the posterior before it.",
)]
PointScale = Annotated[float | None, typer.Option(
    "--scale", min=0.02, max=1.0, metavar="X", help="Share of the country that is modelled.",
    show_default="1, quick 0.1",
)]
CalibrationSeed = Annotated[
    int, typer.Option("--seed", min=0, max=2**31, metavar="S", help="Seed; the same seed, the same bytes.")
]
CalibrationOut = Annotated[Path | None, typer.Option(
    "--out", file_okay=False, help="Work folder; a calibration begun there goes on.",
    show_default="results/calibration",
)]
Done = Annotated[
    Path, typer.Argument(exists=True, file_okay=False, metavar="FOLDER", help="Folder of a calibration.")
]
# fmt: on


@calibration.callback(invoke_without_command=True)
@spread
@playing
def calibrate(
    context: typer.Context,
    *,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="The same way in a few minutes: little of the country, few points."),
    ] = False,
    points: Points = None,
    worlds: PointWorlds = None,
    waves: Waves = 2,
    scale: PointScale = None,
    seed: CalibrationSeed = 1,
    workers: Workers = None,
    out: CalibrationOut = None,
    telling: Telling,
) -> None:
    """Fit the uncertain parameters to the evaluations' figures, validate, and report. Killed, it goes on where it was."""
    if context.invoked_subcommand is not None:
        return
    from sim.calibration import api

    folder = api.calibrate(
        quick=quick, points=points, worlds=worlds, waves=waves, scale=scale, seed=seed, out=out, workers=workers,
        say=_silence if telling.quiet else _aloud, **telling.given(),
    )  # fmt: skip
    telling.tell(lambda _: api.headline(folder), folder)


@calibration.command()
@spread
@playing
def check(
    folder: Done,
    *,
    groups: Annotated[
        int,
        typer.Option(
            min=1, max=20, metavar="N", help="Groups of points of each wave, left out of a fit made anew."
        ),
    ] = 5,
    truths: Annotated[int, typer.Option(min=5, max=1000, metavar="N", help="Truths in each group.")] = 20,
    wrong: Annotated[
        int, typer.Option(min=0, max=1000, metavar="N", help="Of them, whose answers are also made wrong.")
    ] = 4,
    workers: Workers = None,
    out: Annotated[
        Path | None, typer.Option(file_okay=False, help="Work folder.", show_default="FOLDER/check")
    ] = None,
    telling: Telling,
) -> None:
    """Try the method where the truth is known, on the points of a finished calibration (simulation-based calibration), and with
    answers of wrong models, which must be told. Killed, it goes on where it was.
    """
    from sim.calibration import api
    from sim.calibration.check import CheckPlan, told
    from sim.calibration.study import CHECK
    from sim.report.calibration import write_check_figure

    place = out or folder / CHECK
    found = api.check(
        folder, CheckPlan(groups, truths, wrong), out=place, workers=workers, progress=not telling.quiet,
        say=_silence if telling.quiet else _aloud,
    )  # fmt: skip
    telling.tell(lambda _: told(found), write_check_figure(place, telling.lang.value))


@calibration.command()
def accept(
    folder: Done,
    check_folder: Annotated[
        Path | None,
        typer.Option(
            "--check", exists=True, file_okay=False, help="Folder of a `calibrate check` to keep with it."
        ),
    ] = None,
) -> None:
    """Make a calibration's posterior the one that comparisons use: copy it, its fit and where they come from to calibration/."""
    from sim.calibration.acceptance import accept as take_over

    for file in take_over(folder, check_folder):
        typer.echo(file)


@calibration.command()
def forecast(folder: Done, lang: Language = Lang.NB) -> None:
    """Foretell each survey wave from those before it, with the points of a finished calibration."""
    from sim.calibration import api

    api.forecast(folder, lang=lang.value)
    for line in api.headline(folder):
        typer.echo(line)


@calibration.command()
@playing
def replay(
    folder: Annotated[
        Path | None,
        typer.Argument(
            exists=True,
            file_okay=False,
            metavar="FOLDER",
            help="Folder of a calibration.",
            show_default="calibration",
        ),
    ] = None,
) -> None:
    """Play the first draws of a posterior anew and hold them against the answers that lie beside it; where they are the same,
    the posterior's provenance notes the present rules beside those that it was made with.
    """
    from sim.calibration import api

    found = api.played_again(folder)
    if not found:
        api.note_same_answers(folder)
    for line in found or ["the same answers"]:
        typer.echo(line)
    if found:
        raise typer.Exit(1)


@calibration.command()
def report(folder: Done, lang: Language = Lang.NB) -> None:
    """Write the fit and validation report of a finished calibration anew."""
    from sim.report.calibration import write_calibration_report

    typer.echo(write_calibration_report(folder, lang.value))


def _aloud(line: str) -> None:
    typer.echo(line, err=True)


def _silence(line: str) -> None:
    """Say nothing."""
