"""The programme theories as the report needs them: the chain's sentences in a reader's language, in their order.

They are read from the files that declare the theories, so each sentence is written once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.cached import read_yaml

STAGES = ("challenge", "means", "condition", "result", "goal")
_DATA = Path(__file__).parents[1] / "theory" / "data"


@dataclass(frozen=True)
class Link:
    """One link of a chain."""

    key: str
    stage: str
    text: str


@dataclass(frozen=True)
class Theory:
    """A scheme's chain, its links in order of stages."""

    scheme: str
    title: str
    links: tuple[Link, ...]

    def of_stage(self, *stages: str) -> tuple[Link, ...]:
        """The links of some stages, in order."""
        return tuple(link for link in self.links if link.stage in stages)

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
        Link(key, stage, str(said[lang])) for stage in STAGES for key, said in tree["chain"][stage].items()
    )
    return Theory(file.stem, str(tree["title"][lang]), links)
