"""The page on the command line: every command's own help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from sim.reference.markdown import code, paragraphs, table

_PROGRAM = "kompetansesim"


def commands(program: Any) -> str:
    """Every command of the program (a group of commands) with its arguments and options."""
    found = dict(_every(program))
    faults = (
        "A wrong input ends a command with exit status 2 and a line that says what was wrong and where; an interruption "
        "leaves nothing half-written."
    )
    lines = [
        *paragraphs("# Commands", program.help or "", faults),
        *table(
            ["command", "what it does"],
            [
                [f"[`{name}`](#{name.replace(' ', '-')})", command.help or ""]
                for name, command in found.items()
            ],
        ),
    ]
    for name, command in found.items():
        context = typer.Context(command, info_name=f"{_PROGRAM} {name}")
        usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
        records = [record for p in command.params if (record := p.get_help_record(context))]
        lines += paragraphs(f"## {name}", command.help or "", f"    {usage}")
        if records:
            lines += table(
                ["argument or option", "meaning"], [[code(what), meaning] for what, meaning in records]
            )
    return "\n".join(lines)


def _every(group: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by name, those under another with both names."""
    for name, command in group.commands.items():
        yield above + name, command
        if hasattr(command, "commands"):
            yield from _every(command, f"{above}{name} ")
