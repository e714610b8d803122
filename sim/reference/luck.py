"""Named luck outside the processes of a half-year: that of the initial world, of the survey, and of studies around the model."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from sim.reference.markdown import paragraphs, table
from sim.rules.touching import DRAWN

PACKAGE = Path(__file__).resolve().parents[1]
_WHERE = (
    ("The initial world, and what schemes start with", ("world", "schemes")),
    ("Half-years, where a name is put together", ("processes",)),
    ("The virtual survey", ("surveys",)),
    ("Studies around the model", ("",)),
)
"""Headings, and folders of the package whose luck stands under each; the last has what is left."""


def luck_elsewhere(of_processes: set[str]) -> list[str]:
    """A table for each heading: names of decisions that no process of a half-year is known to draw, and the module that does."""
    left = [(name, module) for name, module in named() if name not in of_processes]
    lines = paragraphs(
        "## Luck outside the half-year",
        "Every other name under which something is drawn, with its module. Parts in angle brackets differ: one number "
        "for each group, question, grade or parameter.",
    )
    for heading, folders in _WHERE:
        here = [
            (name, module) for name, module in left if module.split("/")[0] in folders or folders == ("",)
        ]
        left = [one for one in left if one not in here]
        lines += [
            *paragraphs(f"### {heading}"),
            *table(["luck", "drawn in"], [[n, f"`sim/{m}`"] for n, m in here]),
            "",
        ]
    return lines


def named() -> Iterator[tuple[str, str]]:
    """Names of decisions whose luck the package draws, with the module that does; in the order of modules and lines."""
    for file in sorted(PACKAGE.rglob("*.py")):
        module = file.relative_to(PACKAGE).as_posix()
        found = {}
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = _of_call(node) or _of_rule(node)
            if name:
                found[name] = module
        yield from found.items()


def _of_call(node: ast.AST) -> str | None:
    """`draw.uniform("teacher leaves", ...)`."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in DRAWN
        and node.args
    ):
        return _words(node.args[0])
    return None


def _of_rule(node: ast.AST) -> str | None:
    """`Annotated[Luck, "teacher leaves"]`."""
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Annotated"
        and isinstance(node.slice, ast.Tuple)
        and isinstance(node.slice.elts[0], ast.Name)
        and node.slice.elts[0].id == "Luck"
    ):
        return _words(node.slice.elts[1])
    return None


def _words(node: ast.expr) -> str | None:
    """A text as written; what is filled in stands in angle brackets."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            f"<{ast.unparse(part.value)}>"
            if isinstance(part, ast.FormattedValue)
            else str(getattr(part, "value", ""))
            for part in node.values
        )
    return None
