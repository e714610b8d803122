"""The atlas of three designs in a small country."""

import json
from pathlib import Path

import pandas as pd
import pytest
from sim.atlas.criteria import CRITERIA, Of, sheets_of

from sim.atlas import api
from sim.declared import OUTCOMES
from sim.errors import InputError
from sim.outcomes.groups import KEYS


def test_all_shipped_designs_are_in_it_but_history_and_the_baseline_comes_first() -> None:
    shipped = api.shipped()
    assert shipped[0] == "voluntary"
    assert "history" not in shipped
    assert {"obligatory", "market", "no_follow_up"} <= set(shipped)
    assert len(shipped) == len(set(shipped))


def test_criteria_are_outcomes_and_groups_that_there_are() -> None:
    for criteria in CRITERIA.values():
        assert {criterion.outcome for criterion in criteria} <= {outcome.key for outcome in OUTCOMES}
        assert {criterion.group for criterion in criteria} <= set(KEYS)
        assert len({criterion.key for criterion in criteria}) == len(criteria)


def test_a_design_stands_on_the_sheet_of_what_it_changes() -> None:
    assert sheets_of({"vocational.plan"}) == (Of.VOCATIONAL,)
    assert sheets_of({"follow_up.obligation", "decentralised.grant_nok"}) == (Of.SCHOOL,)
    assert sheets_of({"vocational.joint", "neighbours.run_together"}) == (Of.SCHOOL, Of.VOCATIONAL)
    assert sheets_of(set()) == (Of.SCHOOL,)
    assert sheets_of({"vocational_board.active"}) == (Of.SCHOOL,)  # a plug-in's part, of another name


def test_vocational_designs_have_vocational_criteria_and_are_dominated_by_such_designs_alone(
    tmp_path: Path,
) -> None:
    done = api.atlas(
        ["voluntary", "no_follow_up", "no_vocational", "vocational_as_written", "system_2026"], worlds=2, start=2025,
        end=2027, scale=0.03, workers=1, out=tmp_path / "atlas", parameters="prior", progress=False,
    )  # fmt: skip
    on = done.cells.groupby("sheet")["design"].unique()
    assert set(on["school"]) == {"voluntary", "no_follow_up", "system_2026"}
    assert set(on["vocational"]) == {"voluntary", "no_vocational", "vocational_as_written", "system_2026"}
    vocational = done.cells[done.cells["sheet"] == "vocational"]
    assert set(vocational["outcome"]) == {criterion.outcome for criterion in CRITERIA[Of.VOCATIONAL]}
    assert (vocational["outcome"].str.startswith("voc_")).all()
    by = done.designs[done.designs["sheet"] == "vocational"]["dominated_by"].str.cat(sep=" ").split()
    assert set(by) <= set(on["vocational"])
    page = (done.folder / "atlas.html").read_text(encoding="utf-8")
    assert page.index("Grunnskolen</h2>") < page.index("Yrkesfag</h2>")


def test_a_sheet_in_two_languages_with_its_tables(tmp_path: Path) -> None:
    done = api.atlas(
        ["voluntary", "obligatory", "no_follow_up"], worlds=2, start=2025, end=2027, scale=0.03, workers=1,
        out=tmp_path / "atlas", parameters="prior", progress=False,
    )  # fmt: skip
    assert len(done.cells) == 3 * len(CRITERIA[Of.SCHOOL])
    page = (done.folder / "atlas.html").read_text(encoding="utf-8")
    assert "Obligatorisk oppfølging" in page
    assert "Obligatory follow-up" in page
    assert "http" not in page.replace('http-equiv="Content', "")
    assert (done.folder / "atlas.png").stat().st_size > 10_000
    assert json.loads((done.folder / "manifest.json").read_text())["worlds"] == 2
    pd.testing.assert_frame_equal(
        pd.read_parquet(done.folder / "atlas.parquet").astype({"better": int})["difference"].to_frame(),
        done.cells["difference"].to_frame(),
    )


def test_a_design_asked_for_twice_or_alone_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="twice"):
        api.atlas(["voluntary", "voluntary"], out=tmp_path / "a")
    with pytest.raises(InputError, match="at least two"):
        api.atlas(["voluntary"], out=tmp_path / "a")
    assert not list(tmp_path.iterdir())
