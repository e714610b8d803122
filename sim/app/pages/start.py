"""The front page, the list of designs, and what the model is."""

from __future__ import annotations

import logging

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sim.app.answers import Answer
from sim.app.asked_often import themes
from sim.app.desk import MOST_OWN, Desk, desk, inline, listed, title
from sim.app.job import Phase
from sim.app.pages.conditions import questions
from sim.app.rendering import language, page
from sim.app.texts import texts
from sim.atlas.kept import shipped as shipped_atlas
from sim.errors import InputError
from sim.experiments.posterior import source_of
from sim.legible import illegible
from sim.report.quantity import Quantity
from sim.report.sentences import Sentence

_LOG = logging.getLogger(__name__)
MOST_READY = 6  # answers shown on the front page
MOST_RUNS = 8
_LEARNED = {
    "learned_measurement": "measurement",
    "of_measurement": "of_measurement",
    "learned_mechanisms": "mechanisms",
    "of_mechanisms": "of_mechanisms",
}
"""Places in the sentence on what was learned, and where the posterior's description has them."""
LONGEST_SEARCH = 80
_LIMITS = ("obligation", "introduction", "adaptation", "measured", "surroundings.follow_up", "long_run")


def root(request: Request) -> Response:
    """To the front page in the language that the browser asks for."""
    wanted = request.headers.get("accept-language", "").lower()
    first = wanted.split(",")[0].split(";")[0].strip()
    lang = "nb" if not first or first[:2] in ("nb", "nn", "no") else "en"
    return RedirectResponse(f"/{lang}/", status_code=302)


def start(request: Request) -> Response:
    """Ask a question; read an answer; change or upload a design."""
    here, lang = desk(request), language(request)
    ready, odd = _cards(here, lang)
    return page(
        request, "start.html.j2",
        designs=listed(here, lang), themes=themes(), conditions=questions(lang),
        atlas=shipped_atlas() is not None,
        ready=ready, left_out=odd + here.jobs.left_out,
        runs=[job for job in here.jobs.all if job.phase is not Phase.DONE][:MOST_RUNS],
        names=lambda key: name_of(here, key, lang),
    )  # fmt: skip


def _cards(here: Desk, lang: str) -> tuple[list[dict[str, object]], int]:
    """Cards of the newest answers, and how many folders can't be shown: one of them is no reason to show none."""
    ready: list[dict[str, object]] = []
    odd = here.answers.left_out
    for answer in here.answers.all():
        if len(ready) == MOST_READY:
            break
        try:
            made = card(here, answer, lang)
            shown = all(illegible(str(text)) is None for text in made.values())
        except Exception:  # noqa: BLE001 - whatever is wrong with the files of a folder, it is the folder's own
            _LOG.warning("the results in %s can't be shown", answer.folder, exc_info=True)
            shown = False
        if shown:
            ready.append(made)
        else:
            odd += 1
    return ready, odd


def card(here: Desk, answer: Answer, lang: str) -> dict[str, object]:
    """A finished answer on the front page: its question, the first sentence of its answer, what it rests on."""
    edition = here.answers.edition(answer, lang)
    return {
        "name": answer.name,
        "title": edition.title,
        "sentence": next(iter(edition.headline), ""),
        "facts": Sentence(
            texts(lang), "start.facts", {**edition.years, "scale": share(edition.manifest.scale, lang)}
        ),
    }


def share(scale: float, lang: str) -> Quantity:
    """A share of the country in per cent."""
    return Quantity(scale, "manifest.json#path=scale", texts(lang), "percent", factor=100.0)


def name_of(here: Desk, key: str, lang: str) -> str:
    """A design's title by its key; the key if it is not kept any more."""
    try:
        return title(here.own.find(key), lang)
    except InputError:
        return key


def designs(request: Request) -> Response:
    """All designs, or the questions and designs that hold some words."""
    here, lang = desk(request), language(request)
    wanted = request.query_params.get("sok", "").strip()[:LONGEST_SEARCH]
    found = [
        {
            "key": design.key,
            "title": title(design, lang),
            "inline": inline(design, lang),
            "description": design.description.get(lang, ""),
            "expected": design.expected.get(lang, ""),
            "source": texts(lang).first(f"design_source.{design.key}") or design.source,
        }
        for design in (*here.own.latest(MOST_OWN), *here.offered(lang))
    ]
    n = len(found)
    asked = [
        one for theme in themes() for one in theme.questions if wanted and _holds(one.words[lang], wanted)
    ]
    if wanted:
        told = ("title", "description", "expected")
        found = [one for one in found if _holds(" ".join(one[part] for part in told), wanted)]
    return page(
        request, "designs.html.j2", designs=found, questions=asked, wanted=wanted, n=n, listed=listed(here, lang),
        longest=LONGEST_SEARCH,
    )  # fmt: skip


def _holds(text: str, wanted: str) -> bool:
    """Whether a text holds all the words that are looked for."""
    return all(word in text.casefold() for word in wanted.casefold().split())


def about(request: Request) -> Response:
    """What the model is and is not."""
    here, words = desk(request), texts(language(request))
    told = source_of(here.registry, here.usual.seed).describe()
    fitted = "priors" if told["drawn_from"] == "priors" else "calibrated"
    known = told.get("learned")
    learned = (
        {words_of: known[name] for words_of, name in _LEARNED.items()} if isinstance(known, dict) else None
    )
    return page(
        request, "about.html.j2",
        limits=[f"limits.{key}" for key in ("synthetic", fitted, *_LIMITS)],
        learned=learned,
        glossary=[f"glossary.{key}" for key in words.under("glossary")],
        sources=[f"sources.{key}" for key in words.under("sources")],
    )  # fmt: skip
