"""A folder with one finished answer, and the page over a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sim.app.answers import Answers
from sim.app.application import make_app
from sim.app.bounds import Bounds, Usual
from sim.app.questions import Question
from sim.declared import REGISTRY
from sim.experiments.conduct import conduct
from sim.experiments.planning import planned
from sim.report.edition import Edition
from sim.report.page import render
from sim.report.results import Results

HOST = "127.0.0.1:8017"
ORIGIN = f"http://{HOST}"
ANSWER = "voluntary-vs-obligatory"
USUAL = Usual(worlds=2, scale=0.05, start=2025, end=2027, detail=2, workers=1)

SiteMaker = Callable[..., TestClient]


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results with one answer: voluntary or obligatory, in a small country over three years."""
    results = tmp_path_factory.mktemp("page") / "results"
    study = planned(
        ["voluntary", "obligatory"],
        worlds=2,
        seed=2026,
        start=2025,
        end=2027,
        scale=0.05,
        detail=2,
        lang="nb",
    )
    folder = results / ANSWER
    conduct(study, folder, workers=1, progress=False)
    report = render([Edition(Results(folder), lang) for lang in ("nb", "en")])
    (folder / "report.html").write_text(report, encoding="utf-8")
    return results


@pytest.fixture
def answers(finished: Path, tmp_path: Path) -> Answers:
    """What has been answered, in a folder of its own."""
    shutil.copytree(finished, tmp_path / "results")
    return Answers(tmp_path / "results", REGISTRY)


@pytest.fixture
def make_site(finished: Path, tmp_path: Path) -> Iterator[SiteMaker]:
    """Makes the page over a folder of its own; `answers=False` leaves it empty."""
    with ExitStack() as stack:

        def make(answers: bool = True, bounds: Bounds | None = None, **usual: Any) -> TestClient:
            results = tmp_path / "results"
            if answers and not results.exists():
                shutil.copytree(finished, results)
            made = Usual(**{**vars(USUAL), **usual})
            app = make_app(results, bounds=bounds, usual=made)
            client = TestClient(app, base_url=ORIGIN, headers={"origin": ORIGIN}, follow_redirects=False)
            return stack.enter_context(client)

        yield make


@pytest.fixture(scope="module")
def reader(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The page for tests that only read."""
    results = tmp_path_factory.mktemp("reader") / "results"
    shutil.copytree(finished, results)
    app = make_app(results, usual=USUAL)
    with TestClient(app, base_url=ORIGIN, headers={"origin": ORIGIN}, follow_redirects=False) as client:
        yield client


def question(**changes: Any) -> Question:
    """A small question."""
    asked: dict[str, Any] = {
        "a": "voluntary", "b": "market", "worlds": 2, "scale": 0.05, "seed": 2026, "start": 2025, "end": 2027,
        "detail": 1, "lang": "nb",
    }  # fmt: skip
    return Question(**{**asked, **changes})
