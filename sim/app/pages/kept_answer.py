"""The answer that is kept for two designs of the atlas: the verdict, what moves, when and where, money, municipalities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from urllib.parse import urlencode

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from sim.app.asked_often import AskedOften, answered_by
from sim.app.desk import desk
from sim.app.experiment_words import tried as experiment_with
from sim.app.pages.atlas import address, kept_atlas, outdated, telling, told_of
from sim.app.pages.conditions import answered
from sim.app.pages.place import map_values
from sim.app.pages.result import checked_language, kept_file, picture_file, table_file
from sim.app.rendering import page
from sim.atlas.kept import shipped
from sim.atlas.municipality_types import MEASURES, for_the_smallest, of_design, size_for_the_smallest
from sim.atlas.telling import NEAR, Kind, Telling
from sim.design import Design
from sim.errors import InputError
from sim.parameters.registry import Registry
from sim.report.answer import headline_sentences
from sim.report.differences import Told
from sim.report.edition import Edition
from sim.report.felt import Felt
from sim.report.figures.answer import answer_figure
from sim.report.figures.panel import Figure
from sim.report.figures.trajectories import trajectory_figure
from sim.report.names import in_order
from sim.report.number_format import number
from sim.report.pdf import brief_pdf, report_pdf
from sim.report.sentences import Sentence
from sim.report.worth import Worth, side_by_side, worths

PLACE = "oversikt"
_EDITIONS_KEPT = 64
_REST = {
    "same": (Told.SAME,),
    "trifle": (Told.TRIFLE, Told.HIGHER, Told.LOWER),
    "open": (Told.OPEN, Told.NONE, Told.UNKNOWN),
}


class KeptEdition(Edition):
    """What the report says of two designs, as far as it is kept.

    Parameters
    ----------
    also : sequence of str
        Further designs of which it is told what their follow-up costs and brings.
    """

    def __init__(self, told: Telling, b: str, also: Sequence[str] = ()) -> None:
        super().__init__(told.views[b].results, told.lang)
        self.view, self.names = told.views[b], replace(told.names, asked=self.results.manifest)
        self.also, self.told = also, told

    @cached_property
    def question(self) -> AskedOften | None:
        """The question of the front page that it answers, if any."""
        return answered_by(self.results.designs[0], self.results.designs[1])

    @property
    def on_small(self) -> bool:
        """Whether that question is asked of the smallest municipalities."""
        return self.question is not None and self.question.on_small

    @cached_property
    def headline(self) -> list[Sentence]:
        """The answer; asked of the smallest municipalities, it begins with them, and their sizes stand for the country's."""
        verdict, *rest = headline_sentences(self.view)
        if not self.on_small:
            return [verdict, *rest]
        b = self.results.designs[1]
        size = size_for_the_smallest(self.told, b) or rest[0]
        of_country = Sentence(self.told.texts, "types.of_country", {"verdict": verdict})
        return [for_the_smallest(self.told, b, verdict=True), size, of_country, *rest[1:]]

    @property
    def opening(self) -> list[Sentence]:
        """The answer with the lines on money, and what it is to the smallest municipalities."""
        if self.on_small:
            return [*self.headline[:3], *self.on_money, *self.headline[3:]]
        return [*super().opening, for_the_smallest(self.told, self.results.designs[1])]

    @cached_property
    def title(self) -> Markup:
        """That question, or what is compared with what."""
        return escape(self.question.words[self.lang]) if self.question else super().title

    @property
    def report_sections(self) -> list[str]:
        """What the report holds; there is no annex to lead on to."""
        return [section for section in super().report_sections if section != "more"]

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Those for which there are figures."""
        made = (f(self.view) for f in (answer_figure, trajectory_figure))
        return {figure.key: figure for figure in made if figure.panels}

    @cached_property
    def worths(self) -> list[Worth]:
        """What the scheme costs and brings; that of further designs from their comparison with the first design of the atlas."""
        own, first = worths(self.view), telling(self.lang, kept_atlas().designs[0])
        more = (
            each for b in self.also if b in first.views for each in worths(first.views[b]) if each.design == b
        )
        return side_by_side([*own, *(each for each in more if own and each.scheme == own[0].scheme)])


@lru_cache(maxsize=_EDITIONS_KEPT)
def _edition(lang: str, a: str, b: str, also: tuple[str, ...]) -> KeptEdition:
    return KeptEdition(telling(lang, a), b, also)


def _asked(request: Request) -> tuple[Telling, str, KeptEdition]:
    """The atlas, the design that the address names, and what is told of it."""
    told, key = told_of(request), request.path_params["key"]
    if key == told.a:  # against itself there is nothing to tell
        told = telling(told.lang, next(one for one in told.kept.designs if one != key))
    if key not in told.views:
        raise InputError("the atlas has no such design", field="key")
    also = tuple(dict.fromkeys(request.query_params.getlist("ogsa")))
    return told, key, _edition(told.lang, told.a, key, tuple(b for b in also if b in told.views and b != key))


def show(request: Request) -> Response:
    """The answer."""
    told, key, e = _asked(request)
    registry, tried = desk(request).registry, experiment_with((told.a, key), told.lang)
    moved = told.moved(key)
    rows = sorted((d for some in moved.values() for d in some), key=lambda d: -d.times)
    shown = {d.row.outcome for d in rows}
    rest = [d for outcome in e.results.outcomes if outcome not in shown for d in e.view.differences(outcome)]
    shares = [told.share(d) for d in rows]
    anew = {"a": told.a, "b": [key, *e.also], "ny": 1, "seed": int(told.kept.manifest["seed"]) + 1}
    here = address(told, PLACE, key)
    return page(
        request, "kept_answer.html.j2", told=told, e=e, key=key, costs=told.costs(key),
        facts={**told.facts, "a": e.names.design_inline(told.a)},
        same=told.same_money(key), near=number(100 * NEAR, told.lang), to=partial(address, told, PLACE),
        tried=tried, tried_old=tried.kept.outdated(registry) if tried else [], old=outdated(told, registry),
        conditions=answered([told.a, key], told.lang, registry),
        moved=[(d, told.cell(d), Felt(d).level, share) for d, share in zip(rows, shares, strict=True)], shares=any(shares),
        rest={name: ", ".join(in_order([e.names.outcome_inline(d.row.outcome) for d in rest if d.told in some], told.lang))
              for name, some in _REST.items()},
        types=[row for row in of_design(told, key) if row.kind is not Kind.NOTHING], measures=MEASURES,
        link=partial(address, told, "kommunetyper"), anew=f"/{told.lang}/sporsmal?{urlencode(anew, doseq=True)}",
        to_map=here.replace(f"/{key}", f"/{key}/kart", 1), files=f"/oversikt/{key}", mot=f"?{urlencode({'mot': told.a})}",
        figures=[(name, figure.title) for name, figure in e.figures.items()],
    )  # fmt: skip


def county_map(request: Request) -> Response:
    """Where in the country it differs."""
    told, key, e = _asked(request)
    values = map_values(request, e)
    if values is None:
        raise InputError("nothing is known by place", field="key")
    return page(
        request, "map.html.j2", e=e, answer=None, tab="", **values, back=address(told, PLACE, key), mot=told.a
    )


def paper(request: Request) -> Response:
    """The answer on one page, as PDF."""
    checked_language(request)
    _, _, e = _asked(request)
    return kept_file(brief_pdf(e), f"{_file_name(e)}-kort.{e.lang}.pdf", "application/pdf")


def report(request: Request) -> Response:
    """The report without its annex, as PDF."""
    checked_language(request)
    _, _, e = _asked(request)
    return kept_file(report_pdf(e), f"{_file_name(e)}-rapport.{e.lang}.pdf", "application/pdf")


def sheet(request: Request) -> Response:
    """All its differences, for a spreadsheet: xlsx, or CSV as the language's Excel reads it."""
    checked_language(request)
    _, _, e = _asked(request)
    return table_file(e, _file_name(e), request.path_params["kind"])


def picture(request: Request) -> Response:
    """One of its figures as SVG or PNG, with its caption and where it is from."""
    checked_language(request)
    _, _, e = _asked(request)
    return picture_file(e, _file_name(e), request.path_params["figure"], request.path_params["kind"])


def _file_name(e: KeptEdition) -> str:
    """How the names of its files begin: which designs are compared."""
    return "-".join(e.results.designs)


def ready(designs: Sequence[Design], registry: Registry, lang: str) -> tuple[str, Edition] | None:
    """Where the answer for the first two of some designs is kept, and what it says; None where it is not, or one has changed."""
    kept = shipped()
    keys = [design.key for design in designs]
    if kept is None or not set(keys) <= set(kept.designs) or "designs" in kept.outdated(registry):
        return None
    told, (_, b, *also) = telling(lang, keys[0]), keys
    where = address(told, PLACE, b)
    more = urlencode({"ogsa": also}, doseq=True)
    return f"{where}{'&' if '?' in where else '?'}{more}" if also else where, _edition(lang, keys[0], b, ())
