"""Designs by name: where their files lie, and how one inherits from another."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from sim.design import Design, override
from sim.errors import InputError, raise_all
from sim.parameters.registry import Registry
from sim.scenario_files.faults import PlacedError, nearest, place_of
from sim.scenario_files.reading import FileContent, read_content

ENDINGS = (".yaml", ".yml", ".json")  # JSON is YAML
LONGEST_CHAIN = 20  # designs that extend each other
LONGEST_NAME = 200  # bytes; systems take no file with more than some 250


@cache
def folders() -> tuple[Path, ...]:
    """Where designs are looked for by name: scenarios/ of a checkout, else its copy in the package."""
    return (shipped("scenarios"),)


def shipped(place: str) -> Path:
    """Where data that come along lie: at a place in the checkout, else in their copy in the package."""
    package = Path(__file__).resolve().parents[1]
    there = package.parent / place
    if (package.parent / "pyproject.toml").is_file() and there.is_dir():
        return there
    return package / f"_{there.name}"


def names() -> list[str]:
    """Names of the designs that come with the model, in the order of the alphabet."""
    return sorted({path.stem for folder in folders() for path in folder.glob("*.yaml")})


def load_design(design: str | Path, registry: Registry | None = None) -> Design:
    """A design by its name, or read from a file.

    Parameters
    ----------
    design : str or Path
        A name from `names()`, or the path of a .yaml or .json file. What a file extends is looked for beside it first.
    registry : Registry, optional
        The parameters that may be set; by default those of the whole model.

    Raises
    ------
    InputError
        With every fault of the file and of those it extends, each with its place.
    """
    if registry is None:
        from sim.declared import REGISTRY  # brings in all schemes

        registry = REGISTRY
    path = _path_of(design)
    errors: list[InputError] = []
    loaded = _inherit(path, registry, (), errors)
    raise_all(errors)
    return loaded


def _path_of(design: str | Path) -> Path:
    text = str(design)
    if isinstance(design, Path) or text.endswith(ENDINGS) or "/" in text or "\\" in text:
        return Path(design)
    # A longer name is no file's, and systems refuse to look for it.
    short = len(text.encode(errors="replace")) <= LONGEST_NAME
    for folder in folders() if short else ():
        file = folder / f"{text}.yaml"
        if file.is_file() and file.stem == text:
            return file
    raise InputError(
        f"unknown design '{text[:LONGEST_NAME]}'{nearest(text, names())}; `kompetansesim designs` lists all"
    )


def _inherit(path: Path, registry: Registry, heirs: tuple[Path, ...], errors: list[InputError]) -> Design:
    """A file's content laid upon that of the design it extends; faults of both are added to `errors`."""
    content = read_content(path, registry)
    faults = list(content.errors)
    parent: Path | None = None
    if content.extends is not None:
        try:
            parent = _parent(path, content.extends, (*heirs, path))
        except InputError as error:
            line, column = content.extends_at
            faults.append(PlacedError(error.message, file=str(path), line=line, column=column))
    errors.extend(sorted(faults, key=place_of))
    base = _inherit(parent, registry, (*heirs, path), errors) if parent else Design(key="")
    return _laid_upon(base, content, path)


def _parent(path: Path, extends: str, chain: tuple[Path, ...]) -> Path:
    if Path(extends).name != extends or extends.endswith(ENDINGS) or len(extends.encode()) > LONGEST_NAME:
        near = Path(extends).stem[:LONGEST_NAME]
        raise InputError(f"extends: expected the name of a design, such as '{near}', got '{extends}'")
    beside = next((file for end in ENDINGS if (file := path.with_name(extends + end)).is_file()), None)
    if len(chain) > LONGEST_CHAIN:
        raise InputError(f"more than {LONGEST_CHAIN} designs extend each other")
    found = beside or _path_of(extends)
    if any(link.name == found.name for link in chain) and found.resolve() in (
        known := [link.resolve() for link in chain]
    ):
        circle = [link.stem for link in chain[known.index(found.resolve()) :]]
        raise InputError(f"the designs extend each other in a circle: {' -> '.join([*circle, found.stem])}")
    return found


@lru_cache(maxsize=64)  # the same files make the same design
def _laid_upon(base: Design, content: FileContent, path: Path) -> Design:
    levers = {name: steps for name, steps in base.levers.items() if name not in content.assumptions}
    for name, steps in content.levers.items():
        levers[name] = override(levers.get(name, ()), steps)
    return Design(
        key=content.key,
        title=content.texts.get("title", {}),
        description=content.texts.get("description", {}),
        expected=content.texts.get("expected", {}),
        author=content.author,
        source=content.source,
        extends=content.extends,
        file=str(path),
        levers=dict(sorted(levers.items())),
        assumptions=dict(sorted({**base.assumptions, **content.assumptions}.items())),
    )
