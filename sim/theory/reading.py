"""The programme theories read from `data/`: one file for each scheme, so that a new theory is a new file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sim.cached import read_yaml
from sim.theory.link import Aim, Link, Stage, Theory

_FOLDER = Path(__file__).with_name("data")
_LANGUAGES = ("en", "nb")


@cache
def theories() -> tuple[Theory, ...]:
    """All programme theories, in the order of their schemes' names."""
    return tuple(read(file) for file in sorted(_FOLDER.glob("*.yaml")))


def read(file: Path) -> Theory:
    """One theory; its scheme is the file's name."""
    tree = read_yaml(file)
    return Theory(
        scheme=file.stem,
        title=tree["title"],
        source=tree["source"],
        left_out=tree["left_out"],
        links=tuple(_links(tree["chain"])),
    )


def _links(chain: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[Link]:
    for stage in Stage:
        for key, said in chain[stage.value].items():
            rest = {name: value for name, value in said.items() if name not in _LANGUAGES}
            aim = rest.pop("aim", None)
            yield Link(
                key=key,
                stage=stage,
                text={lang: said[lang] for lang in _LANGUAGES},
                leads_to=tuple(rest.pop("leads_to", ())),
                aim=Aim(**aim) if aim else None,
                **rest,
            )
