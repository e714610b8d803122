"""The command `page`: the web page, served on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import End, Start, Workers


def page(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")
    ] = 8017,
    results: Annotated[
        Path, typer.Option(file_okay=False, help="Folder where results lie and are put.")
    ] = Path("results"),
    worlds: Annotated[int, typer.Option(min=1, max=100, help="Worlds offered first for a run.")] = 20,
    scale: Annotated[
        float, typer.Option(min=0.02, max=1.0, help="Share of the country offered first.")
    ] = 1.0,
    start: Start = 2017,
    end: End = 2034,
    workers: Workers = None,
) -> None:
    """Serve the web page on this machine until Ctrl-C."""
    from sim.app.bounds import Usual
    from sim.app.server import serve

    usual = Usual(worlds=worlds, scale=scale, start=start, end=end, workers=workers)
    serve(results, port, typer.echo, usual=usual)
