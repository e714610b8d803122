"""What all pages work with: designs, answers, runs and bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from starlette.requests import Request

from sim.app import scenario_text
from sim.app.answers import Answers
from sim.app.bounds import FIRST_ASKED, Bounds, Usual
from sim.app.cautions import shipped
from sim.app.jobs import Jobs
from sim.app.own_designs import PREFIX, OwnDesigns
from sim.app.texts import texts
from sim.conditions.kept import differing
from sim.design import Design
from sim.parameters.registry import Registry
from sim.report.messages import LANGUAGES, Messages
from sim.report.names import FREEDOM, TODAY, by_name, today_of

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
        """The designs to choose from: the question asked most first, what happened last, the others in alphabetical order."""
        first = {key: place for place, key in enumerate(FIRST_ASKED)}
        found = by_name(shipped(self.registry), partial(title, lang=lang), lang)
        return sorted(found, key=lambda one: (one.key == HISTORY, first.get(one.key, len(first))))


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


def kept_as_own(here: Desk, design: Design) -> str:
    """A design with assumptions of the visitor's, kept as a scenario; its key."""
    called = {lang: texts(lang).text("conditions.own", design=title(design, lang)) for lang in LANGUAGES}
    return here.own.keep(scenario_text.whole(design, called, here.registry)).key


def together(names: Sequence[str], words: Messages) -> str:
    """Some names as one."""
    *first, last = names
    return words.text("question.together", first=", ".join(first), last=last) if first else last


def today(designs: Sequence[Design], registry: Registry) -> str:
    """Key of what there is today under `today`, among these; empty where its name is that taking part is voluntary."""
    a, *others = designs
    names = {name for b in others for name in differing(a, b, registry)}
    return "" if not names or names & {*FREEDOM} else today_of(names)


@dataclass(frozen=True)
class Called:
    """What designs are called that are held against each other: what there is today by what it is asked about.

    Attributes
    ----------
    as_today : str
        Its key under `today`; empty where its own name will do.
    """

    lang: str
    as_today: str = ""

    def _known(self, design: Design, form: str) -> str | None:
        words = texts(self.lang)
        named = words.first(f"today.{self.as_today}.{form}") if design.key == TODAY else None
        if named or form != "inline" or design.key.startswith(PREFIX):
            return named
        return words.first(f"design.{design.key}.inline")

    def title(self, design: Design) -> str:
        """As a heading."""
        return self._known(design, "name") or title(design, self.lang)

    def description(self, design: Design) -> str:
        """What it is."""
        return self._known(design, "what") or design.description.get(self.lang, "")

    def inline(self, design: Design) -> str:
        """Inside a sentence."""
        return self._known(design, "inline") or texts(self.lang).text(
            "design.quoted", title=title(design, self.lang)
        )

    def opening(self, design: Design) -> str:
        """At the beginning of a sentence."""
        known = self._known(design, "inline")
        return f"{known[0].upper()}{known[1:]}" if known else title(design, self.lang)


def inline(design: Design, lang: str) -> str:
    """A design inside a sentence."""
    return Called(lang).inline(design)
