"""A whole analysis on the toy world: practice is a random walk of spread `toy.luck_sd`, and `other.unused` moves nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.report import write_report
from sim.sensitivity.api import analyse, figure_names
from sim.sensitivity.from_runs import given
from sim.studies.analyses import Analysis
from tests.experiments.toy import PUSHED, STILL, toy_instruments


def toy_analysis(out: Path, **settings: object) -> Analysis:
    usual: dict[str, object] = {
        "method": "morris", "outcomes": ["practice@2021", "spread@2021"], "n": 3, "worlds": 3, "start": 2019,
        "end": 2021, "workers": 1, "progress": False, "instruments": toy_instruments, "lang": "en",
    }  # fmt: skip
    return analyse([STILL, PUSHED], out=out, **{**usual, **settings})  # type: ignore[arg-type]


def test_what_moves_a_level_and_what_moves_a_difference(tmp_path: Path) -> None:
    found = toy_analysis(tmp_path / "out").table("indices").fillna({"versus": ""}).set_index("factor")
    size = found[found["index"] == "mu_star"]
    level = size[(size["outcome"] == "spread") & (size["versus"] == "") & (size["design"] == "still")][
        "value"
    ]
    assert level["toy.luck_sd"] > 0
    assert level["other.unused"] == level["dummy"] == 0.0
    # the push is the same whatever luck: with common random numbers nothing moves the difference in mean practice
    contrast = size[(size["outcome"] == "practice") & (size["versus"] == "still")]["value"]
    assert contrast.tolist() == [0.0, 0.0, 0.0]


def test_everything_lies_in_the_folder(tmp_path: Path) -> None:
    found = toy_analysis(tmp_path / "out")
    names = {path.name for path in found.folder.iterdir()}
    tables = ("indices", "convergence", "noise", "factors", "points")
    assert names >= {f"{table}.{end}" for table in tables for end in ("parquet", "csv")}
    assert names >= {"tables.md", "manifest.json", "report.html"}
    assert found.manifest["kind"] == "sensitivity"
    said = (found.folder / "tables.md").read_text(encoding="utf-8")
    assert all(f"`{column}`" in said for table in tables for column in found.table(table).columns)
    page = (found.folder / "report.html").read_text(encoding="utf-8")
    assert "What do the answers hang on?" in page
    assert "Hva henger svarene på?" in page


def test_the_page_can_be_made_anew_in_the_other_language(tmp_path: Path) -> None:
    found = toy_analysis(tmp_path / "out")
    write_report(found.folder, "nb")
    page = (found.folder / "report.html").read_text(encoding="utf-8")
    assert page.index("Hva henger svarene på?") < page.index("What do the answers hang on?")


def test_the_same_analysis_gives_the_same_bytes(tmp_path: Path) -> None:
    first, again = toy_analysis(tmp_path / "a"), toy_analysis(tmp_path / "b")
    for name in ("indices.parquet", "noise.csv", "convergence.parquet", "report.html"):
        assert (first.folder / name).read_bytes() == (again.folder / name).read_bytes(), name


def test_luck_is_split_from_parameters(tmp_path: Path) -> None:
    noise = toy_analysis(tmp_path / "out").table("noise").fillna({"versus": ""})
    level = noise[(noise["outcome"] == "practice") & (noise["design"] == "still")].set_index("part")["share"]
    assert level.sum() == pytest.approx(1.0)
    assert level["luck"] + level["interplay"] > 0.5  # a random walk's mean is luck above all


@pytest.mark.parametrize("method", ["sobol", "pawn"])
def test_the_other_methods_answer_too(tmp_path: Path, method: str) -> None:
    n = {"sobol": 16, "pawn": 60}[method]
    found = toy_analysis(tmp_path / "out", method=method, n=n, worlds=1, outcomes=["spread@2021"])
    indices = found.table("indices").fillna({"versus": ""})
    main = indices[indices["index"].isin(["total", "pawn"]) & (indices["design"] == "still")]
    value = main.set_index("factor")["value"]
    assert value["toy.luck_sd"] > value["other.unused"]


def test_groups_of_municipalities_are_figures_of_their_own(tmp_path: Path) -> None:
    found = toy_analysis(tmp_path / "out", groups=["all", "size.small"], outcomes=["practice@2021"])
    assert set(found.table("indices")["group"]) == {"all", "size.small"}


def test_names_of_figures() -> None:
    assert figure_names(["practice", "hours@end"], ["all", "need"]) == [
        "practice@mean", "practice@mean:need", "hours@end", "hours@end:need",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"method": "guess"}, "method: expected one of morris, sobol, pawn"),
        ({"outcomes": ["nothing"]}, "unknown outcome 'nothing'"),
        ({"parameters": ["toy.luck"]}, r"'toy\.luck' is no uncertain parameter"),
        ({"worlds": 0}, "worlds: expected a whole number"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_written(
    tmp_path: Path, settings: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        toy_analysis(tmp_path / "out", **settings)
    assert not (tmp_path / "out").exists()


def test_any_store_can_be_analysed(tmp_path: Path) -> None:
    toy_analysis(tmp_path / "out", method="pawn", n=60, worlds=2, store=tmp_path / "runs")
    found = given(tmp_path / "runs", out=tmp_path / "given", lang="en")
    indices = found.table("indices").fillna({"versus": ""})
    level = indices[(indices["outcome"] == "spread") & (indices["design"] == "still")]
    value = level[level["index"] == "pawn"].set_index("factor")["value"]
    assert value["toy.luck_sd"] > value["other.unused"]
    assert found.manifest["points"] == 60
    assert np.isfinite(value).all()


def test_only_the_figures_asked_for_are_explained(tmp_path: Path) -> None:
    toy_analysis(tmp_path / "out", method="pawn", n=60, worlds=2, store=tmp_path / "runs")
    whole = given(tmp_path / "runs", out=tmp_path / "whole", lang="en").table("indices")
    found = given(tmp_path / "runs", outcomes=["spread"], out=tmp_path / "given", lang="en")
    some = found.table("indices")
    assert set(some["outcome"]) == {"spread"} < set(whole["outcome"])
    same = whole[whole["outcome"] == "spread"].reset_index(drop=True)
    assert some.equals(same)  # what else is asked for changes nothing
    assert found.headline("en")
    with pytest.raises(InputError, match="keeps no figure 'nothing@mean'"):
        given(tmp_path / "runs", outcomes=["nothing"], out=tmp_path / "none")


def test_a_store_with_few_draws_is_refused(tmp_path: Path) -> None:
    toy_analysis(tmp_path / "out", n=2, store=tmp_path / "runs")
    with pytest.raises(InputError, match="expected at least"):
        given(tmp_path / "runs", out=tmp_path / "given")
