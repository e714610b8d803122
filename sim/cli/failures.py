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
from sim.legible import legible

WRONG_INPUT, FAILED, INTERRUPTED = 2, 1, 130  # exit statuses


class Commands(typer.core.TyperGroup):
    """The commands, with what a user can cause told in a line and no traceback."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line; names of files that are no UTF-8 are refused, as no table could be written there."""
        for word in args:
            if not word.isprintable() and any("\ud800" <= sign <= "\udfff" for sign in word):
                typer.echo(f"error: {legible(word)}: expected a name in UTF-8", err=True)
                raise typer.Exit(WRONG_INPUT)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            _tell_value(error)
            raise
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


def _tell_value(error: typer.BadParameter) -> None:
    """Add to what is wrong with an option the value that was given, where its message leaves it out."""
    faults = getattr(error.__cause__, "errors", None)
    values = [one["input"] for one in faults()] if faults else []
    missing = [legible(str(value)) for value in values if str(value) not in error.message]
    if missing:
        error.message = f"{error.message.rstrip('.')}, got {', '.join(missing)}"
