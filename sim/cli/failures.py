"""How the command line ends when something goes wrong: a line that says what, and an exit status."""

from __future__ import annotations

from typing import Any

import typer
import typer.core

from sim.errors import (
    InputError,
    NotPlacedError,
    NotToldError,
    RunsFailedError,
    UnsoundWorldError,
    WorkerLostError,
)

WRONG_INPUT, FAILED, INTERRUPTED = 2, 1, 130  # exit statuses


class Commands(typer.core.TyperGroup):
    """The commands, with what a user can cause told in a line and no traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            for one in getattr(error, "errors", (error,)):
                typer.echo(f"error: {one}", err=True)
            raise typer.Exit(WRONG_INPUT) from None
        except KeyboardInterrupt:
            typer.echo("interrupted", err=True)
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            raise  # whoever read the output has seen enough; typer ends quietly
        except (NotPlacedError, NotToldError, RunsFailedError, UnsoundWorldError, WorkerLostError) as error:
            typer.echo(f"error: {'; '.join([str(error), *getattr(error, '__notes__', ())])}", err=True)
            raise typer.Exit(FAILED) from None
        except OSError as error:
            file = f"{error.filename}: " if error.filename else ""
            typer.echo(f"error: {file}{error.strerror or error}", err=True)
            raise typer.Exit(FAILED) from None
