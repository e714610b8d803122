"""The page over results of a user's real municipalities."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from starlette.testclient import TestClient

from sim.app.application import make_app
from sim.app.drawn import DrawKey, draws_held, groups
from sim.report.results import Results
from sim.report.view import View
from tests.app.conftest import ANSWER, ORIGIN, USUAL

AT = f"resultat/{ANSWER}"
GROUPS = pd.DataFrame({
    "world": 0, "design": ["voluntary", "voluntary", "obligatory"], "year": 2026, "county": "Rogaland",
    "size": ["small", "others", "small"], "centrality": ["remote", "others", "remote"], "municipalities": [8, 5, 8],
    "members": ["Utsira, Kvitsøy", "Sandnes, Sola", "Utsira, Kvitsøy"], "drawn": [2, 0, 3], "participates": [1, 0, 3],
    "risk_share": [0.4, 0.2, 0.4],
})  # fmt: skip


def results_of(finished: Path, folder: Path, places: str) -> Path:
    """Finished results, as if their municipalities were a user's."""
    shutil.copytree(finished, folder)
    answer = folder / ANSWER
    content = json.loads((answer / "manifest.json").read_text(encoding="utf-8"))
    (answer / "manifest.json").write_text(json.dumps(content | {"places": places}), encoding="utf-8")
    if places == "grouped":
        for name in ("draws", "municipalities", "schools"):
            (answer / f"{name}.parquet").unlink()
        GROUPS.to_parquet(answer / "draws_by_group.parquet")
    return folder


@pytest.fixture(params=["grouped", "single"])
def places(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def site(finished: Path, tmp_path: Path, places: str) -> Iterator[TestClient]:
    app = make_app(results_of(finished, tmp_path / "results", places), usual=USUAL)
    with TestClient(app, base_url=ORIGIN, headers={"origin": ORIGIN}, follow_redirects=False) as client:
        yield client


def test_groups_are_read_as_they_lie_there(finished: Path, tmp_path: Path) -> None:
    view = View(Results(results_of(finished, tmp_path / "results", "grouped") / ANSWER), "nb")
    assert draws_held(view.results) == {"voluntary": [2026], "obligatory": [2026]}
    rows = groups(view, DrawKey(0, "voluntary", 2026))
    assert [(row.county, row.kind, str(row.drawn)) for row in rows] == [
        ("Rogaland", ("small", "remote"), "2"),
        ("Rogaland", ("others", "others"), "0"),
    ]


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_page_of_the_answer_says_how_places_are_told_of(
    site: TestClient, places: str, lang: str
) -> None:
    said = {
        ("grouped", "nb"): "Derfor vises ingen tall for enkeltkommuner",
        ("single", "nb"): "er trukket tilfeldig og ikke observert",
        ("grouped", "en"): "Nothing is therefore told of any single municipality",
        ("single", "en"): "drawn by lot and not observed",
    }[places, lang]  # fmt: skip
    for path in ("", "/uttrekk", "/partnerskap", "/kart", "/grunnlag"):
        page = site.get(f"/{lang}/{AT}{path}").text
        assert said in page, path
        assert "tenkte" not in page
        assert "none of them is a real municipality" not in page


def test_the_draw_is_shown_by_groups(site: TestClient, places: str) -> None:
    page = site.get(f"/nb/{AT}/uttrekk").text
    if places == "grouped":
        assert "Rogaland: under 3000 innbyggere, lite sentrale" in page.replace("\u00a0", " ").replace(
            "\u202f", " "
        )
        assert "Rogaland: de øvrige" in page
        assert "Utsira, Kvitsøy" in page
        assert "/kommune/" not in page
    else:
        assert "/kommune/" in page


def test_no_single_municipality_can_be_opened_where_they_are_grouped(site: TestClient, places: str) -> None:
    if places == "grouped":
        assert site.get(f"/nb/{AT}/kommune/1103").status_code == 404
        assert "Kommunene er virkelige" in site.get(f"/nb/{AT}/partnerskap").text
