"""How far a run is: a page that grows while worlds are played, without a script, and is loaded anew only for a sharper answer."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import anyio
from markupsafe import Markup, escape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from sim.app.desk import Called, Desk, desk, today, together
from sim.app.expecting import expected_seconds
from sim.app.job import Job, Phase
from sim.app.pages.start import share
from sim.app.preliminary import PreliminaryEdition
from sim.app.rendering import PROGRESS_MARK, language, page, piece, text
from sim.app.texts import texts
from sim.errors import InputError
from sim.report.messages import Messages
from sim.report.quantity import Quantity
from sim.report.results import Results

LOOK_SECONDS = 0.25  # between looks at how far it is
_MINUTE = 60.0


def _job(request: Request) -> Job:
    job = desk(request).jobs.find(request.path_params["key"])
    if job is None:
        raise HTTPException(404)
    return job


def show(request: Request) -> Response:
    """Where a run stands. While it is under way the page stays open and grows; when it is done it leads to the answer."""
    here, lang, job = desk(request), language(request), _job(request)
    if job.phase is Phase.DONE:
        return RedirectResponse(f"/{lang}/resultat/{job.key}", status_code=303)
    latest = here.jobs.preliminary(job)
    shown: dict[str, Any] = {
        "job": job,
        "heading": _heading(here, job, lang),
        "so_far": _so_far(latest, job, lang),
    }
    if job.phase.is_over or here.open_streams >= here.bounds.streams or request.method == "HEAD":
        return page(request, "run.html.j2", **shown, moving=False,
                    tick="" if job.phase.is_over else tick(here, job, texts(lang)))  # fmt: skip
    whole = text(request, "run.html.j2", **shown, moving=True, tick="")
    known = int(latest.name) if latest else 0
    return StreamingResponse(_growing(here, job, lang, whole, known), media_type="text/html; charset=utf-8")


async def stop(request: Request) -> Response:
    """Stop a run."""
    here, job = desk(request), _job(request)
    await anyio.to_thread.run_sync(here.jobs.stop, job.key)
    return RedirectResponse(f"/{language(request)}/jobb/{job.key}", status_code=303)


async def _growing(here: Desk, job: Job, lang: str, whole: str, known: int) -> AsyncIterator[str]:
    """The page up to the place of its progress; then what is new, as it comes; then, when it is over, the rest.

    When there is an answer from more worlds than the `known` ones it leads to itself, and shows that.
    """
    head, _, tail = whole.partition(PROGRESS_MARK)
    here.open_streams += 1
    try:
        last = str(tick(here, job, texts(lang)))
        yield head + last
        with anyio.move_on_after(here.bounds.stream_seconds):
            while not job.phase.is_over and job.preliminary == known:
                await anyio.sleep(LOOK_SECONDS)
                now = str(tick(here, job, texts(lang)))
                if now != last:
                    yield now
                    last = now
        target = f"/{lang}/resultat/{job.key}" if job.phase is Phase.DONE else f"/{lang}/jobb/{job.key}"
        yield str(_onward(target, texts(lang)))
        yield tail
    finally:
        here.open_streams -= 1


def tick(here: Desk, job: Job, words: Messages) -> Markup:
    """How far a run is, as one piece of the page; the style sheet shows only the latest."""
    worlds = Quantity(float(job.question.worlds), "", words, "worlds")
    bar = ""
    if job.phase is Phase.WAITING:
        said = words.text("job.waiting", n=str(here.jobs.place(job)))
    elif job.phase is Phase.WRITING:
        said = words.text("job.writing")
    elif not job.worlds_done:
        said = words.text("job.starting")
    else:
        said = words.text("job.playing", done=str(job.worlds_done), worlds=str(worlds))
    if job.phase is not Phase.WAITING:
        done = job.question.worlds if job.phase is Phase.WRITING else job.worlds_done
        bar = Markup('<progress max="{}" value="{}" aria-label="{}"></progress>').format(
            job.question.worlds, done, words.text("job.progress")
        )
    return Markup('<div class="tick"><p>{}</p>{}<p class="small">{}</p></div>\n').format(
        said, bar, _time_left(here, job, words)
    )


def _time_left(here: Desk, job: Job, words: Messages) -> str:
    """From how it went so far; before two worlds are done, from what such runs take."""
    seconds = job.seconds_left
    if seconds is None and job.phase is Phase.PLAYING and job.began is not None:
        expected = expected_seconds(job.question, here.answers, here.usual.workers)
        seconds = max(expected - (time.time() - job.began), 0.0)
    if seconds is None:
        return "\u00a0"
    minutes = round(seconds / _MINUTE)
    return words.text("job.left_minutes", n=str(minutes)) if minutes else words.text("job.left_seconds")


def _onward(target: str, words: Messages) -> Markup:
    """On to where the run leads, at once."""
    return Markup(
        '<div class="tick"><meta http-equiv="refresh" content="0; url={0}"><p><a href="{0}">{1}</a></p></div>\n'
    ).format(escape(target), words.text("job.see" if "/resultat/" in target else "job.reload"))


def _so_far(folder: Path | None, job: Job, lang: str) -> Markup:
    """The answer from the worlds so far, as HTML; empty if there is none."""
    if folder is None:
        return Markup()
    try:
        results = Results(folder)
        if (
            not results.outcomes
        ):  # read before the page is made: the run may be over, and the folder gone, at any time
            return Markup()
    except InputError:  # it was over already
        return Markup()
    return piece(lang, "preliminary.html.j2", e=PreliminaryEdition(results, lang), worlds=job.question.worlds)


def _heading(here: Desk, job: Job, lang: str) -> Markup:
    words = texts(lang)
    try:
        a, *others = job.question.designs(here.own)
    except InputError:  # a visitor's design that has made way for others
        return words.html("job.title", a=job.question.a, b=job.question.b)
    called = Called(lang, today([a, *others], here.registry))
    return words.html(
        "job.title", a=called.inline(a), b=together([called.title(other) for other in others], words)
    )


def facts(job: Job, lang: str) -> str:
    """Worlds and share of the country of a run."""
    worlds = Quantity(float(job.question.worlds), "", texts(lang), "worlds")
    part = share(job.question.scale, lang)
    return texts(lang).text("job.facts", worlds=str(worlds), share=str(part))
