"""The programme theories as the report needs them: the chain's sentences in a reader's language, in their order.

They are read from the files that declare the theories, so each sentence is written once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sim.cached import read_yaml

STAGES = ("challenge", "means", "condition", "result", "goal")
ORIGINS = ("named", "presumed", "own")
_DATA = Path(__file__).parents[1] / "theory" / "data"


@dataclass(frozen=True)
class Link:
    """One link of a chain.

    Attributes
    ----------
    strand : str
        Which of the theory's chains it belongs to; empty where the theory is one.
    origin : str
        For a condition: `named` by the theory, `presumed` by it, or the project's `own`; else empty.
    nobody_asked : bool
        Whether the limit lies half-way only because nobody was asked.
    also : str
        Stage at which the same may as well stand; empty for most.
    """

    key: str
    stage: str
    text: str
    strand: str = ""
    origin: str = ""
    nobody_asked: bool = False
    also: str = ""


@dataclass(frozen=True)
class Theory:
    """A scheme's chain, its links in order of stages.

    Attributes
    ----------
    units : str
        Whom the links are judged for: `municipalities` or `counties`.
    strands : mapping from strand to title
        The chains in it; empty where it is one.
    departures : tuple of str
        What it asks for and practice did without.
    """

    scheme: str
    title: str
    links: tuple[Link, ...]
    units: str
    strands: Mapping[str, str]
    departures: tuple[str, ...]

    def of_stage(self, *stages: str) -> tuple[Link, ...]:
        """The links of some stages, in order."""
        return tuple(link for link in self.links if link.stage in stages)

    def of_strand(self, strand: str) -> tuple[Link, ...]:
        """The links of one of the chains in it, in order of stages."""
        return tuple(link for link in self.links if link.strand == strand)

    def conditions(self, origin: str) -> tuple[Link, ...]:
        """The conditions of one origin, in order."""
        return tuple(link for link in self.links if link.origin == origin)

    def link(self, key: str) -> Link:
        """One link."""
        return next(link for link in self.links if link.key == key)


@cache
def theories(lang: str) -> tuple[Theory, ...]:
    """All programme theories in one language, in the order of their schemes' names."""
    return tuple(_read(file, lang) for file in sorted(_DATA.glob("*.yaml")))


def _read(file: Path, lang: str) -> Theory:
    tree = read_yaml(file)
    links = tuple(
        _link(key, stage, said, lang) for stage in STAGES for key, said in tree["chain"][stage].items()
    )
    return Theory(
        file.stem,
        str(tree["title"][lang]),
        links,
        str(tree["units"]),
        {key: str(title[lang]) for key, title in tree.get("strands", {}).items()},
        tuple(str(said[lang]) for said in tree.get("departures", {}).values()),
    )


def _link(key: str, stage: str, said: Mapping[str, Any], lang: str) -> Link:
    return Link(
        key,
        stage,
        str(said[lang]),
        str(said.get("strand", "")),
        str(said.get("origin", "")),
        "half" in (said.get("at_least"), said.get("at_most")),
        str(said.get("also", {}).get("stage", "")),
    )
