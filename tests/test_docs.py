"""What is written by hand in the docs points only to what exists: pages, files, modules, parameters, processes."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from sim.declared import REGISTRY
from sim.half_year import Season
from sim.school_year import order
from sim.studies.results import Results

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "results" / "README.md",
        *(ROOT / "docs").rglob("*.md"),
    ]
)
WRITTEN_BY_HAND = [page for page in PAGES if page.parent.name != "reference"]

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
FOLDERS = ("sim", "tests", "docs", "scenarios", "benchmarks", "results", "calibration")
FILE = re.compile(rf"(?:{'|'.join(FOLDERS)})/[\w./-]*\w(?:\.\w+)|(?:{'|'.join(FOLDERS)})/(?:[\w-]+/)*")
MODULE = re.compile(r"sim(?:\.\w+)+")

GROUPS = {group.key.split(".")[0] for group in REGISTRY.groups}
DOTTED = re.compile(rf"(?<![\w./])(?:{'|'.join(sorted(GROUPS))})(?:\.[a-z_0-9]+)+(?![\w/]|\.\w)")
KNOWN = (
    set(REGISTRY.by_name)
    | {group.key for group in REGISTRY.groups}
    | {process.name for season in Season for _, process in order(season)}
)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    """The places in a page that a link can point to, named as GitHub names them."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    names = (re.sub(r"[^\w\- ]", "", heading.strip().lower()) for heading in HEADING.findall(text))
    return {name.replace(" ", "-") for name in names}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_points_to_something_that_is_there(page: Path) -> None:
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    broken = []
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, place = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        if not there.exists() or (place and place not in anchors(there)):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("page", WRITTEN_BY_HAND, ids=name_of)
def test_every_parameter_and_process_named_exists(page: Path) -> None:
    named = set(DOTTED.findall(page.read_text(encoding="utf-8")))
    known = KNOWN.union(EXAMPLES.get(page.stem, ()))
    assert not sorted(name for name in named - known if not is_of_results(name))


def is_of_results(name: str) -> bool:
    """Whether this is Python on a study's `results` and no parameter of that group."""
    first, second = name.split(".")[:2]
    return first == "results" and hasattr(Results, second)


EXAMPLES = {"add-a-parameter": ("turnover.summer_exit",)}
"""Names that a recipe makes up."""


@pytest.mark.parametrize("page", WRITTEN_BY_HAND, ids=name_of)
def test_every_file_and_module_named_as_code_exists(page: Path) -> None:
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    gone = []
    for said in CODE.findall(text):
        if FILE.fullmatch(said) and not (ROOT / said).exists() and not made_when_needed(said):
            gone.append(said)
        if MODULE.fullmatch(said) and not is_there(said):
            gone.append(said)
    assert not gone


def test_every_name_in_the_glossary_stands_in_the_code() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "sim").rglob("*.py"))
    words = set(re.findall(r"\w+", code))
    said = CODE.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
    names = {part for name in said if not FILE.fullmatch(name) for part in re.findall(r"[A-Za-z_]\w+", name)}
    assert not sorted(names - words)


def test_every_library_that_the_package_needs_stands_in_the_decision_on_them() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = [re.split(r"[^\w-]", one, maxsplit=1)[0].lower() for one in needed]
    told = (ROOT / "docs" / "decisions" / "0008-libraries.md").read_text(encoding="utf-8").lower()
    assert [name for name in names if name not in told] == []


def made_when_needed(path: str) -> bool:
    """Results lie there only after a run."""
    return path.startswith("results/")


def is_there(dotted: str) -> bool:
    """Whether `sim.a.b` is a module or something in one."""
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False
