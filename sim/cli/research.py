"""The researcher's commands: sensitivity, discovery, the search for designs, the value of information."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.bundles import Analysis, Telling, playing, spread
from sim.cli.failures import Commands
from sim.cli.options import OutBeside, ParameterDraws, Plugins, Quiet, Seed, Workers
from sim.cli.second_contents import tell_of_others
from sim.errors import InputError

sensitivity = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    help="Which uncertain parameters the answers hang on; and the check of continuous integration.",
)

Store = Annotated[
    Path, typer.Argument(metavar="STORE", exists=True, file_okay=False, help="Folder of a sweep's runs.")
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        metavar="FIGURE",
        help="Outcome, or figure such as practice@2030 or practice@end:need. Can be given again.",
        show_default="six main ones",
    ),
]
Designs = Annotated[
    list[str] | None,
    typer.Option(
        "--design", metavar="DESIGN", help="Design of the store. Can be given again.", show_default="all"
    ),
]
OfStore = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome", metavar="FIGURE", help="Figure of the store. Can be given again.", show_default="all"
    ),
]
Reference = Annotated[
    Path | None,
    typer.Option(dir_okay=False, help="File of accepted influences.", show_default="tests/sensitivity/..."),
]


@dataclass(frozen=True, kw_only=True)
class Plan(Analysis):
    """What playing a plan of points needs."""

    worlds: Annotated[int, typer.Option(min=1, help="Worlds of each point, the same for all.")] = 4


@dataclass(frozen=True, kw_only=True)
class Tries(Analysis):
    """What trying candidates needs."""

    worlds: Annotated[int, typer.Option(min=1, help="Worlds that candidates are tried in.")] = 8


@sensitivity.command()
@spread
@playing
def run(
    designs: Annotated[list[str], typer.Argument(metavar="DESIGN...", help="Designs; others less the first.")],
    *,
    method: Annotated[str, typer.Option(help="morris, sobol or pawn.")] = "morris",
    outcome: Outcomes = None,
    group: Annotated[
        list[str] | None,
        typer.Option(help="Group of municipalities. Can be given again.", show_default="all"),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Uncertain parameter, or theme such as follow_up.acceptance. Can be given again.",
            show_default="all",
        ),
    ] = None,
    themes: Annotated[bool, typer.Option("--themes", help="Move each theme's parameters as one.")] = False,
    n: Annotated[
        int | None,
        typer.Option(
            "-n", min=2, metavar="N", help="Trajectories, base points (a power of 2) or points.",
            show_default="10, 128 or 1000",
        ),
    ] = None,
    plan: Plan,
) -> None:  # fmt: skip
    """Play a plan of the parameters' space and tell what the outcomes and their differences hang on."""
    from sim.sensitivity.api import FIGURES, analyse

    found = analyse(
        designs, method=method, outcomes=outcome or FIGURES, groups=group or ["all"], parameters=parameter,
        themes=themes, n=n, **plan.given(),
    )  # fmt: skip
    plan.tell(found.headline, found.folder)


@sensitivity.command()
@spread
def given(
    store: Store,
    *,
    design: Designs = None,
    outcome: OfStore = None,
    seed: Seed = 2026,
    out: OutBeside = None,
    telling: Telling,
) -> None:
    """Sensitivity (PAWN) from the runs of a sweep, whatever it was made for and whatever failed."""
    from sim.sensitivity.from_runs import given as of_runs

    found = of_runs(store, designs=design, outcomes=outcome, seed=seed, out=out, lang=telling.lang.value)
    telling.tell(found.headline, found.folder)
    tell_of_others(store, designs=design)


@sensitivity.command()
@playing
def check(
    *,
    out: Annotated[Path, typer.Option(file_okay=False, help="Folder for the artefact.")] = Path(
        "results/sensitivity-check"
    ),
    reference: Reference = None,
    workers: Workers = None,
    quiet: Quiet = False,
) -> None:
    """A small fixed analysis: has any parameter's influence appeared, vanished or turned round? Then the status is 1."""
    from sim.sensitivity import check as checking
    from sim.sensitivity.reference import read_reference

    path = reference or checking.checkout() / checking.REFERENCE
    read_reference(path)  # before minutes are spent
    checked = checking.compared(
        checking.run_check(checking.CheckSettings(workers=workers, progress=not quiet)), path
    )
    checking.write_artefact(checked, out, path)
    for change in checked.found or []:
        typer.echo(str(change), err=True)
    if checked.found:
        typer.echo(
            f"{len(checked.found)} influences are not as accepted. If that is meant: kompetansesim sensitivity accept "
            '--reason "why"',
            err=True,
        )
        raise typer.Exit(1)
    typer.echo(f"All influences are as accepted; the table lies in {out}.")


@sensitivity.command()
@playing
def total(
    *,
    out: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="File of the table.", show_default="tests/sensitivity/..."),
    ] = None,
    bases: Annotated[int, typer.Option(min=1, max=100, metavar="N", help="Base points.")] = 2,
    worlds: Annotated[int, typer.Option(min=1, max=100, metavar="N", help="Worlds of each point.")] = 3,
    scale: Annotated[float, typer.Option(min=0.02, max=1.0, metavar="X", help="Share of the country.")] = 0.1,
    store: Annotated[
        Path,
        typer.Option(file_okay=False, help="Where runs are kept; what was broken off goes on from there."),
    ] = Path("results/total-influence-runs"),
    workers: Workers = None,
    quiet: Quiet = False,
) -> None:
    """Total influence on the headline differences, the fixed assumptions opened for the purpose; `docs-tables` publishes it."""
    from sim.declared import REGISTRY
    from sim.sensitivity import check as checking
    from sim.sensitivity.total import TOTAL, write_total
    from sim.sensitivity.total import total as found

    path = out or checking.checkout() / TOTAL
    table = found(
        REGISTRY, bases=bases, worlds=worlds, scale=scale, store=store, workers=workers, progress=not quiet
    )
    write_total(table, path, bases, worlds, scale)
    typer.echo(path)


@sensitivity.command()
@playing
def accept(
    *,
    reason: Annotated[str, typer.Option(help="Why the influences have moved; goes into the changelog.")],
    reference: Reference = None,
    changelog: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Changelog.", show_default="CHANGELOG.md")
    ] = None,
    workers: Workers = None,
    quiet: Quiet = False,
) -> None:
    """Play the check, take its influences as the new reference, and note the reason in the changelog."""
    from sim.sensitivity import accepting
    from sim.sensitivity import check as checking
    from sim.sensitivity.reference import write_reference

    path = reference or checking.checkout() / checking.REFERENCE
    log = changelog or checking.checkout() / "CHANGELOG.md"
    accepting.check_reason(reason, log)
    checked = checking.run_check(checking.CheckSettings(workers=workers, progress=not quiet))
    if path.is_file():
        checked = checking.compared(checked, path)
    line = accepting.entry(reason, checked.found)
    write_reference(checked.influence, path)
    accepting.note(log, line)
    typer.echo(line)
    typer.echo(path)


def discover(
    store: Store,
    *,
    design: Designs = None,
    outcome: OfStore = None,
    margin: Annotated[
        float, typer.Option(min=0.0, help="By how much a design must be better to count as beating another.")
    ] = 0.0,
    boxes: Annotated[int, typer.Option(min=1, max=10, help="Boxes looked for in each direction.")] = 2,
    seed: Seed = 2026,
    out: OutBeside = None,
    plugins: Plugins = None,
    telling: Telling,
) -> None:
    """Tell when one design beats another: boxes (PRIM), trees (CART), regret, from the runs of a sweep."""
    from sim.discovery.api import discover as find

    found = find(
        store,
        designs=design,
        outcomes=outcome,
        margin=margin,
        boxes=boxes,
        seed=seed,
        out=out,
        lang=telling.lang.value,
        plugins=plugins or (),
    )
    telling.tell(found.headline, found.folder)
    tell_of_others(store, designs=design)


def search(
    versus: Annotated[
        str, typer.Argument(metavar="VERSUS", help="What candidates extend, and are held against.")
    ] = "voluntary",
    *,
    lever: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[=LOW:HIGH|=A,B]",
            help="Lever to move. Can be given again.",
            show_default="nine of follow-up",
        ),
    ] = None,
    objective: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIGURE",
            help="What is wanted. Can be given again.",
            show_default="results, inequality, hours, legitimacy",
        ),
    ] = None,
    population: Annotated[int, typer.Option(min=4, help="Candidates of a generation.")] = 24,
    generations: Annotated[int, typer.Option(min=1, help="Generations.")] = 10,
    fresh: Annotated[int, typer.Option(min=2, help="Further worlds that the front is judged in.")] = 24,
    parameters: ParameterDraws = None,
    tries: Tries,
) -> None:
    """Look for designs that no other beats in everything, and write them as scenario files."""
    from sim.discovery.levers import LEVERS
    from sim.discovery.searching import OBJECTIVES
    from sim.discovery.searching import search as look

    found = look(
        versus, levers=lever or LEVERS, objectives=objective or OBJECTIVES, population=population,
        generations=generations, fresh=fresh, parameters=parameters, **tries.given(),
    )  # fmt: skip
    tries.tell(found.headline, found.folder)


def voi(
    store: Store,
    designs: Annotated[
        list[str],
        typer.Argument(
            metavar="DESIGN DESIGN",
            help="The two designs to choose between, by the names in the store: with levers that were varied "
            "'voluntary (follow_up.openness=0.7)'.",
        ),
    ],
    *,
    outcome: Annotated[
        str, typer.Option(metavar="FIGURE", help="What is decided on.")
    ] = "pupil_results@mean",
    price: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIGURE=PRICE",
            help="What a unit of a figure takes away, in units of the outcome. Can be given again.",
        ),
    ] = None,
    surveys: Annotated[
        bool, typer.Option("--surveys/--no-surveys", help="Ask the evaluation's surveys in every draw.")
    ] = True,
    seed: Seed = 2026,
    workers: Workers = None,
    out: OutBeside = None,
    plugins: Plugins = None,
    telling: Telling,
) -> None:
    """Tell what parameter, survey item or register figure, measured better, would most change the choice."""
    from sim.discovery.information import value_of_information

    found = value_of_information(
        store, designs, outcome=outcome, prices=_prices(price or []), surveys=surveys, seed=seed,
        workers=workers, out=out, plugins=plugins or (), **telling.given(),
    )  # fmt: skip
    telling.tell(found.headline, found.folder)
    tell_of_others(store, designs=designs)


def _prices(written: list[str]) -> dict[str, float]:
    found = {}
    for text in written:
        name, _, price = text.partition("=")
        try:
            found[name.strip()] = float(price)
        except ValueError:
            raise InputError(f"--price: expected FIGURE=NUMBER, got '{text}'", field="price") from None
    return found
