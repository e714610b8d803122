"""What all pages work with: designs, answers, runs and bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from starlette.requests import Request

from sim.app.answers import Answers
from sim.app.bounds import Bounds, Usual
from sim.app.cautions import shipped
from sim.app.jobs import Jobs
from sim.app.own_designs import PREFIX, OwnDesigns
from sim.app.texts import texts
from sim.design import Design
from sim.parameters.registry import Registry
from sim.report.messages import Messages
from sim.report.names import TODAY, by_name

HIDDEN = ".page"  # folder of the page's own files, beside the results
HISTORY = "history"
MOST_OWN = 20  # of visitors' designs in the lists, the latest


@dataclass
class Desk:
    """The page's tools.

    Attributes
    ----------
    results : Path
        Where results lie and are put.
    open_streams : int
        Progress pages that are open.
    """

    results: Path
    bounds: Bounds
    usual: Usual
    registry: Registry
    open_streams: int = field(default=0)

    @cached_property
    def own(self) -> OwnDesigns:
        """Visitors' designs."""
        return OwnDesigns(self.results / HIDDEN / "designs", self.registry, self.bounds.own_designs)

    @cached_property
    def answers(self) -> Answers:
        """Finished results."""
        return Answers(self.results, self.registry)

    @cached_property
    def jobs(self) -> Jobs:
        """Runs."""
        return Jobs(self.results / HIDDEN / "runs", self.results, self.own, self.bounds, self.usual.workers)

    def offered(self, lang: str) -> list[Design]:
        """The designs to choose from: what there is today first, then the others in the language's alphabetical order."""
        found = by_name(shipped(self.registry), partial(title, lang=lang), lang)
        return sorted(found, key=lambda design: design.key != TODAY)


def listed(here: Desk, lang: str) -> list[tuple[str, str]]:
    """Key and title of every design that can be chosen: visitors' own first, then those that come with the model."""
    return [(design.key, title(design, lang)) for design in (*here.own.latest(MOST_OWN), *here.offered(lang))]


def desk(request: Request) -> Desk:
    """The tools of the page that a request reached."""
    found: Desk = request.app.state.desk
    return found


def title(design: Design, lang: str) -> str:
    """A design's title in a language."""
    return design.title.get(lang) or next(iter(design.title.values()), design.key)


def together(names: Sequence[str], words: Messages) -> str:
    """Some names as one."""
    *first, last = names
    return words.text("question.together", first=", ".join(first), last=last) if first else last


def opening(design: Design, lang: str) -> str:
    """A design at the beginning of a sentence."""
    known = None if design.key.startswith(PREFIX) else texts(lang).first(f"design.{design.key}.inline")
    return f"{known[0].upper()}{known[1:]}" if known else title(design, lang)


def inline(design: Design, lang: str) -> str:
    """A design inside a sentence."""
    words = texts(lang)
    known = None if design.key.startswith(PREFIX) else words.first(f"design.{design.key}.inline")
    return known or words.text("design.quoted", title=title(design, lang))
