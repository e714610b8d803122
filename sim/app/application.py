"""The page put together: its addresses, its guard, and what is said when something goes wrong."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sim.app.bounds import Bounds, Usual
from sim.app.desk import Desk
from sim.app.guard import Guard, TooLargeError
from sim.app.pages import atlas, conditions, kept_answer, levers, place, question, result, run, start, value
from sim.app.pages.result import NOT_TOLD
from sim.app.rendering import get_ready, page, static_files
from sim.errors import InputError
from sim.report.messages import LANGUAGES

_MISSING, _TOO_LARGE, _BAD = 404, 413, 400
_MISHAPS = {_MISSING: "missing", _TOO_LARGE: "too_large", 500: "broken"}
"""By status; all others are requests that can't be read."""


def make_app(
    results: Path, *, bounds: Bounds | None = None, usual: Usual | None = None, ready: bool = False
) -> Starlette:
    """The page for a folder of results.

    Parameters
    ----------
    results : Path
        Where results lie and are put.
    ready : bool
        Whether the process that plays gets ready now, so that the first question does not wait for it.

    Raises
    ------
    InputError
        If another page is at work in the folder.
    """
    from sim.declared import REGISTRY

    bounds = bounds or Bounds()
    desk = Desk(results.absolute(), bounds, usual or Usual(), REGISTRY)
    desk.results.mkdir(parents=True, exist_ok=True)
    jobs = desk.jobs  # takes up the runs of earlier, and the lock
    if ready:
        jobs.stand_ready()
        threading.Thread(target=get_ready, name="getting ready", daemon=True).start()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(jobs.close)

    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, most=bounds.body, failure=failure)],
        exception_handlers={InputError: _missing, HTTPException: _refused, TooLargeError: _too_large},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.desk = desk
    return app


def _routes() -> list[Route]:
    read = ["GET"]
    shown = [
        Route("/", start.root, methods=read),
        Route("/static/{file}", _static, methods=read),
        Route("/oversikt/tabell.{lang}.{kind}", atlas.table, methods=read),
        Route("/oversikt/{key}/kort.{lang}.pdf", kept_answer.paper, methods=read),
        Route("/oversikt/{key}/rapport.{lang}.pdf", kept_answer.report, methods=read),
        Route("/oversikt/{key}/tabell.{lang}.{kind}", kept_answer.sheet, methods=read),
        Route("/oversikt/{key}/figur/{figure}.{lang}.{kind}", kept_answer.picture, methods=read),
        Route("/resultat/{name}", result.without_language, methods=read),
        Route("/resultat/{name}/rapport.html", result.report, methods=read),
        Route("/resultat/{name}/annex.html", result.annex, methods=read),
        Route("/resultat/{name}/{kind}.{lang}.pdf", result.paper, methods=read),
        Route("/resultat/{name}/tabell.{lang}.{kind}", result.sheet, methods=read),
        Route("/resultat/{name}/figur/{key}.{lang}.{kind}", result.figure, methods=read),
        Route("/resultat/{name}/data.zip", result.data, methods=read),
        Route("/resultat/{name}/scenario/{key}.yaml", result.scenario, methods=read),
    ]
    for lang in LANGUAGES:
        at = f"/{lang}"
        shown += [
            Route(f"{at}/", start.start, methods=read),
            Route(f"{at}/alternativer", start.designs, methods=read),
            Route(f"{at}/om", start.about, methods=read),
            Route(f"{at}/oversikt", atlas.overview, methods=read),
            Route(f"{at}/oversikt/{{key}}", kept_answer.show, methods=read),
            Route(f"{at}/oversikt/{{key}}/kart", kept_answer.county_map, methods=read),
            Route(f"{at}/verdi", value.show, methods=read),
            Route(f"{at}/kommunetyper", atlas.types, methods=read),
            Route(f"{at}/kommunetyper/{{group}}", atlas.type_of_municipality, methods=read),
            Route(f"{at}/vilkar", conditions.show, methods=read),
            Route(f"{at}/vilkar/{{key}}", conditions.show, methods=read),
            Route(f"{at}/vilkar/{{key}}", conditions.check, methods=["POST"]),
            Route(f"{at}/virkemidler", levers.show, methods=read),
            Route(f"{at}/virkemidler", levers.change, methods=["POST"]),
            Route(f"{at}/last-opp", levers.upload, methods=["POST"]),
            Route(f"{at}/sporsmal", question.show, methods=read),
            Route(f"{at}/sporsmal/{{key}}", question.often, methods=read),
            Route(f"{at}/kjor", question.run, methods=["POST"]),
            Route(f"{at}/jobb/{{key}}", run.show, methods=read),
            Route(f"{at}/jobb/{{key}}/stopp", run.stop, methods=["POST"]),
            Route(f"{at}/resultat/{{name}}", result.show, methods=read),
            Route(f"{at}/resultat/{{name}}/grunnlag", result.basis, methods=read),
            Route(f"{at}/resultat/{{name}}/kart", place.county_map, methods=read),
            Route(f"{at}/resultat/{{name}}/partnerskap", place.partnerships, methods=read),
            Route(f"{at}/resultat/{{name}}/uttrekk", place.draw, methods=read),
            Route(f"{at}/resultat/{{name}}/kommune/{{code}}", place.municipality, methods=read),
        ]
    return shown


def _static(request: Request) -> Response:
    files = static_files()
    name = request.path_params["file"]
    if name not in files:
        raise HTTPException(_MISSING)
    content, kind = files[name]
    return Response(content, media_type=kind, headers={"Cache-Control": "no-cache"})


def _missing(request: Request, error: Exception) -> Response:
    """What was asked for is not there (any more), or can't be made."""
    key = "not_told" if getattr(error, "field", None) == NOT_TOLD else "missing"
    return page(request, "error.html.j2", status=_MISSING, key=key)


def _refused(request: Request, error: Exception) -> Response:
    return failure(request, getattr(error, "status_code", _BAD))


def _too_large(request: Request, _: Exception) -> Response:
    return failure(request, _TOO_LARGE)


def failure(request: Request, status: int) -> Response:
    """What is said when something goes wrong: what happened, what is kept, what to do."""
    return page(request, "error.html.j2", status=status, key=_MISHAPS.get(status, "bad"))
