"""The rules of docs/architecture.md that can be read off the code."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import sim.randomness

SIM = Path(sim.randomness.__file__).parent
DOCS = SIM.parent / "docs" / "architecture.md"
FILES = sorted(SIM.rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(SIM.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in FILES}


def layers() -> list[list[str]]:
    """The layers drawn in docs/architecture.md, uppermost first."""
    text = DOCS.read_text(encoding="utf-8")
    drawing = text.split("Imports point one way only")[1].split("```")[1]
    return [line.strip().split(", ") for line in drawing.splitlines() if line.strip()]


BESIDE = {"sim.year_parts": "sim.half_year"}
"""Modules that belong to a layer with another's name in the drawing."""

APART = ("sim.report",)
"""Reads a results folder and knows nothing of the model."""

DEFERRED = {
    ("sim", "sim.errors"): "the public names are imported when first used",
    ("sim.studies", "sim.report"): "finished results are told of",
    ("sim.cli", "sim.report"): "the command that makes a report anew",
    ("sim.sweeps.api", "sim.report"): "a sweep shows its figures",
    ("sim.sensitivity", "sim.sensitivity.api"): "the public names are imported when first used",
    ("sim.theory", "sim.studies.programme_theory"): "its public name is imported when first used",
}
"""Imports that the drawing doesn't show, allowed inside functions and for types only."""

ROUND: set[tuple[str, str]] = set()
"""Imports that close a circle and are still to be opened."""


@dataclass(frozen=True)
class Import:
    """`here` imports `target`; `deferred` inside a function; `typing` only for the type checker."""

    here: str
    target: str
    line: int
    deferred: bool
    typing: bool

    def __str__(self) -> str:
        return f"{self.here}:{self.line} imports {self.target}"


class Reader(ast.NodeVisitor):
    """Gathers the imports of one module."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Import] = []
        self.deferred = self.typing = False

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:  # the name that ast asks for
        before, self.deferred = self.deferred, True
        self.generic_visit(node)
        self.deferred = before

    def visit_If(self, node: ast.If) -> None:  # as above
        before, self.typing = self.typing, self.typing or "TYPE_CHECKING" in ast.unparse(node.test)
        self.generic_visit(node)
        self.typing = before

    def visit_Import(self, node: ast.Import) -> None:  # as above
        for alias in node.names:
            self.note(alias.name, node.lineno)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:  # as above
        assert node.level == 0, f"{self.name}:{node.lineno}: relative import"
        whole = node.module or ""
        for alias in node.names:
            part = f"{whole}.{alias.name}"
            self.note(part if part in MODULES else whole, node.lineno)

    def note(self, target: str, line: int) -> None:
        if target.split(".", maxsplit=1)[0] == "sim":
            self.found.append(Import(self.name, target, line, self.deferred, self.typing))


def imports_in(name: str, text: str) -> list[Import]:
    reader = Reader(name)
    reader.visit(ast.parse(text))
    return reader.found


IMPORTS = [
    one for name, path in MODULES.items() for one in imports_in(name, path.read_text(encoding="utf-8"))
]


def home(module: str) -> str:
    """The part of the drawing that a module belongs to."""
    part = ".".join(module.split(".")[:2])
    return BESIDE.get(part, part)


def level(module: str) -> int | None:
    """How high a module stands; None for `sim` itself, which imports nothing by itself, and for what stands apart."""
    for height, names in enumerate(reversed(layers())):
        if home(module) in names:
            return height
    return None


def allowed_when_asked_for(one: Import) -> bool:
    return (one.deferred or one.typing) and any(
        one.here.startswith(here) and one.target.startswith(target) for here, target in DEFERRED
    )


def test_every_module_has_its_place_in_the_drawing() -> None:
    known = {name for row in layers() for name in row} | set(BESIDE) | set(APART) | {"sim"}
    assert {".".join(name.split(".")[:2]) for name in MODULES} == known


def test_the_drawing_is_read_from_the_bottom() -> None:
    rising = [
        "sim.errors", "sim.state.borders", "sim.processes", "sim.world.ground", "sim.schemes.follow_up.draw",
        "sim.model",
    ]  # fmt: skip
    heights = [level(module) or 0 for module in [*rising, "sim.cli.options"]]
    assert heights == sorted(set(heights))


def test_imports_point_downwards() -> None:
    wrong = []
    for one in IMPORTS:
        here, target = level(one.here), level(one.target)
        if here is not None and target is not None and target > here and not allowed_when_asked_for(one):
            wrong.append(str(one))
    assert wrong == []


def circle(imports: Iterable[tuple[str, str]]) -> list[str]:
    """Modules that import each other in a ring, if there are any."""
    graph: dict[str, set[str]] = {}
    for here, target in imports:
        if here != target:
            graph.setdefault(here, set()).add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        return list(reversed(found.args[1]))
    return []


def test_no_imports_go_round_in_a_circle_not_even_inside_functions_or_for_types() -> None:
    found = circle((o.here, o.target) for o in IMPORTS if (o.here, o.target) not in ROUND)
    assert found == [], " -> ".join(found)


def test_a_circle_is_found_wherever_its_imports_stand() -> None:
    a = "import sim.b\n"
    b = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sim.c import C\n"
    c = "def later():\n    from sim.a import A\n"
    read = [
        one for name, text in (("sim.a", a), ("sim.b", b), ("sim.c", c)) for one in imports_in(name, text)
    ]
    assert set(circle((o.here, o.target) for o in read)) == {"sim.a", "sim.b", "sim.c"}
    assert circle((o.here, o.target) for o in read[:2]) == []


LOWEST = (
    "arrays", "cached", "errors", "in_place", "legible", "rules", "half_year", "year_parts", "randomness",
    "state", "parameters",
)  # fmt: skip


def test_the_lowest_parts_know_nothing_above_them() -> None:
    lowest = {f"sim.{name}" for name in LOWEST}

    def part(module: str) -> str:
        return ".".join(module.split(".")[:2])

    assert [str(o) for o in IMPORTS if part(o.here) in lowest and part(o.target) not in lowest] == []


def test_processes_know_the_synthetic_country_only_where_borders_change() -> None:
    users = {
        one.here
        for one in IMPORTS
        if one.here.startswith("sim.processes") and one.target.startswith("sim.world")
    }
    assert users <= {"sim.processes.mergers"}


def test_a_scheme_knows_no_other_scheme() -> None:
    wrong = []
    for one in IMPORTS:
        here, target = one.here.split("."), one.target.split(".")
        if here[:2] == target[:2] == ["sim", "schemes"] and min(len(here), len(target)) > 2:
            own, neighbours = here[2], target[2]
            if neighbours not in (own, "scheme"):
                wrong.append(str(one))
    assert wrong == []


def test_only_the_list_of_schemes_names_a_scheme() -> None:
    # Everything else meets schemes through `sim.schemes.SCHEMES` (a scheme's own records and outcomes apart).
    wrong = [
        str(one)
        for one in IMPORTS
        if home(one.here)
        in ("sim.model", "sim.school_year", "sim.declared", "sim.processes", "sim.world", "sim.agents")
        and one.target.startswith("sim.schemes.")
    ]
    assert wrong == []


def test_the_report_knows_nothing_of_the_model() -> None:
    allowed = ("sim.report", "sim.arrays", "sim.cached", "sim.errors", "sim.in_place", "sim.legible")
    wrong = [str(o) for o in IMPORTS if o.here.startswith("sim.report") and not o.target.startswith(allowed)]
    assert wrong == []


def test_playing_and_keeping_know_nothing_of_telling() -> None:
    users = {
        o.here for o in IMPORTS if o.target.startswith("sim.report") and not o.here.startswith("sim.report")
    }
    showing = ("sim.app.", "sim.atlas.", "sim.calibration.", "sim.cli.")
    users = {user for user in users if not user.startswith(showing)}
    assert users == {
        *(f"sim.studies.{name}" for name in ("telling", "finished", "analyses")),
        "sim.sweeps.api",
    }


def test_importing_the_package_imports_nothing_of_it() -> None:
    assert [str(one) for one in IMPORTS if one.here == "sim" and not (one.typing or one.deferred)] == []


def test_every_exception_is_used() -> None:
    for here, target in DEFERRED:
        assert any(o.here.startswith(here) and o.target.startswith(target) for o in IMPORTS), (here, target)


def test_a_module_opens_with_a_sentence() -> None:
    for path in FILES:
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert text, f"{path}: no docstring"
        assert text.split("\n\n")[0].rstrip().endswith((".", ":")), path


def test_modules_are_named_after_what_they_hold() -> None:
    meaningless = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff"}
    assert [str(path) for path in FILES if path.stem in meaningless or path.parent.name in meaningless] == []


def test_no_module_has_the_name_of_one_of_python_s_own() -> None:
    assert [str(p.relative_to(SIM)) for p in FILES if p.stem in sys.stdlib_module_names] == []


def test_random_numbers_are_made_in_one_place() -> None:
    makers = set()
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in ("np.random", "numpy.random"):
                makers.add(name)
            if isinstance(node, ast.Import) and any(alias.name == "random" for alias in node.names):
                makers.add(name)
    # A sampler walks by emcee's own numbers, which are no chance in the model.
    assert makers <= {"sim.randomness", "sim.calibration.sampling"}


BARE = {0.5, 1e-9}
"""Beside 0, 1, -1 and 2: rounding adds a half, and 1e-9 is next to nothing."""


def numbers_in_formulas(tree: ast.Module) -> Iterator[tuple[int, float]]:
    """Numbers that are reckoned with inside functions; not indices, keys or how many draws one gets."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.BinOp):
                    operands: list[ast.expr] = [node.left, node.right]
                elif isinstance(node, ast.Compare):
                    operands = [node.left, *node.comparators]
                elif isinstance(node, ast.Call):
                    operands = list(node.args)
                else:
                    continue
                for operand in operands:
                    value = operand.value if isinstance(operand, ast.Constant) else None
                    if isinstance(value, int | float) and not isinstance(value, bool):
                        yield node.lineno, value


@pytest.mark.parametrize("part", ["processes", "schemes", "outcomes"])
def test_no_number_stands_bare_in_a_formula(part: str) -> None:
    found = [
        f"{path.relative_to(SIM)}:{line}: {number}"
        for path in sorted((SIM / part).rglob("*.py"))
        for line, number in numbers_in_formulas(ast.parse(path.read_text(encoding="utf-8")))
        if number not in {0, 1, -1, 2} | BARE
    ]
    assert found == []
