"""Preliminary answers: from the first worlds, with the final statistics, and never mistaken for results."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from starlette.testclient import TestClient

from sim.app.downloads import zipped
from sim.app.preliminary import Gathering, PreliminaryEdition
from sim.experiments.folder import is_results
from sim.experiments.play import play
from sim.report.results import Results
from sim.studies.api import compare
from tests.app.conftest import USUAL, SiteMaker, question

ALL = 18  # worlds of a run on the page
ASKED = {"a": "voluntary", "b": "market", "worlds": str(ALL), "scale": "0.05", "seed": "7"}
LABELS = {
    "nb": rf"Foreløpig svar, bygger på (\d+) av {ALL} simuleringer",
    "en": rf"Preliminary answer from (\d+) of {ALL} simulations",
}


def compared(worlds: int, out: Path) -> Path:
    """The same question put to `compare`."""
    compare(
        ["voluntary", "market"], worlds=worlds, seed=7, start=USUAL.start, end=USUAL.end, scale=0.05, detail=2, out=out,
        workers=1, progress=False, tables_only=True,
    )  # fmt: skip
    return out


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """The preliminary answers of eleven worlds, and when they came."""
    from sim.app.own_designs import OwnDesigns
    from sim.declared import REGISTRY

    folder = tmp_path_factory.mktemp("preliminary") / "run"
    told: list[int] = []
    study = question(worlds=11, seed=7).study(OwnDesigns(folder, REGISTRY, 0))
    gathering = Gathering(study, folder, told.append)
    for world in play(study.jobs(), workers=1, progress=False):
        gathering.take_in(world)
    return folder, told


def test_there_is_one_after_four_worlds_and_after_ten_and_after_the_last_comes_the_answer_itself(
    gathered: tuple[Path, list[int]],
) -> None:
    folder, told = gathered
    assert told == [4, 10]
    assert {path.name for path in folder.iterdir()} == {"4", "10"}


def test_four_worlds_of_eleven_say_what_a_comparison_of_four_worlds_says(
    gathered: tuple[Path, list[int]], tmp_path: Path
) -> None:
    four = compared(4, tmp_path / "four")
    assert (gathered[0] / "4" / "comparison.parquet").read_bytes() == (
        four / "comparison.parquet"
    ).read_bytes()


def test_they_sharpen(gathered: tuple[Path, list[int]]) -> None:
    def widths(n: int) -> pd.Series[float]:
        frame = pd.read_parquet(gathered[0] / str(n) / "comparison.parquet")
        frame = frame.set_index(["outcome", "group", "horizon"])
        return (frame["high"] - frame["low"]).replace(0.0, float("nan"))

    assert (widths(10) / widths(4)).median() < 0.9


def test_they_are_no_results_and_have_the_answer_alone(gathered: tuple[Path, list[int]]) -> None:
    folder = gathered[0] / "4"
    assert not is_results(folder)
    edition = PreliminaryEdition(Results(folder), "en")
    assert list(edition.figures) == ["answer"]
    assert str(edition.years["worlds"]) == "4 simulations"
    assert edition.headline


def followed(site: TestClient, address: str, seen: Callable[[str], object]) -> str:
    """Go where a run's page leads, as a browser does, up to the answer; its address."""
    while "/resultat/" not in address:
        text = site.get(address, follow_redirects=True).text
        seen(text)
        onward = re.search(r'content="0; url=([^"]+)"', text)
        if onward is None:  # it was over already
            return str(site.get(address).headers["location"])
        address = unescape(onward[1])
    return address


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `compare` makes of the question that the page is asked."""
    return compared(ALL, tmp_path_factory.mktemp("compared") / "results")


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_run_shows_them_labelled_and_ends_in_the_tables_that_compare_writes(
    make_site: SiteMaker, tmp_path: Path, other: Path, lang: str
) -> None:
    site = make_site(answers=False)
    site.get(f"/{lang}/")  # takes seconds the first time, in which a run would get ahead of those who look
    job = site.post(f"/{lang}/kjor", data=ASKED).headers["location"]
    worlds: list[int] = []

    def seen(text: str) -> None:
        worlds.extend(int(n) for n in re.findall(LABELS[lang], text))
        front = site.get(f"/{lang}/").text
        if not list((tmp_path / "results").glob("*/manifest.json")):  # it was not over meanwhile
            assert "/resultat/" not in front

    answer = followed(site, job, seen)
    assert worlds
    assert set(worlds) <= {4, 10}
    assert worlds == sorted(set(worlds))
    folder = tmp_path / "results" / answer.rsplit("/", 1)[1]
    tables = sorted(path.name for path in other.iterdir() if path.suffix in (".parquet", ".md"))
    assert "theory_split.parquet" in tables
    assert sorted(path.name for path in folder.iterdir()) == sorted([*tables, "manifest.json"])
    for name in tables:
        assert (folder / name).read_bytes() == (other / name).read_bytes(), name
    with zipfile.ZipFile(
        io.BytesIO(b"".join(zipped(folder)))
    ) as home:  # copies as CSV are made when they are fetched
        for copy in other.glob("*.csv"):
            assert home.read(f"{folder.name}/{copy.name}") == copy.read_bytes(), copy.name
    assert not list((tmp_path / "results" / ".page" / "runs" / "preliminary").iterdir())
