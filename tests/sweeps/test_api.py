from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

import sim
from sim.declared import REGISTRY
from sim.errors import InputError
from sim.experiments.parameter_draws import uncertain
from sim.experiments.posterior import posterior_table
from sim.sensitivity.given_runs import read_runs
from sim.sweeps.api import Sweep

SMALL = {
    "title": "T", "designs": ["voluntary", "obligatory"], "worlds": 3, "scale": 0.03, "start": 2024, "end": 2028,
    "outcomes": ["practice", "owner_competence", "inequality"], "groups": ["all", "picked.either", "need"], "at": ["mean", "end"],
}  # fmt: skip


@pytest.mark.slow
def test_a_sweep_gives_the_figures_of_a_comparison_to_the_last_digit(tmp_path: Path) -> None:
    compared = sim.compare(
        ["voluntary", "obligatory"],
        worlds=3,
        scale=0.03,
        start=2024,
        end=2028,
        workers=1,
        out=tmp_path / "c",
        progress=False,
    )
    done = sim.sweep(SMALL, out=tmp_path / "s", workers=2, progress=False)
    rows = {(row["outcome"], row["horizon"], row["group"]): row for _, row in compared.comparison.iterrows()}
    means = done.outcomes.groupby(done.experiments["design"]).mean()
    assert len(done.outcomes.columns) == 14
    for figure in done.outcomes.columns:
        outcome, _, rest = figure.partition("@")
        when, _, group = rest.partition(":")
        row = rows[outcome, when, group or "all"]
        assert means.loc["voluntary", figure] == pytest.approx(row["mean_versus"], rel=1e-14)
        assert means.loc["obligatory", figure] == pytest.approx(row["mean_design"], rel=1e-14)
        found = done.contrast(figure, "obligatory", "voluntary").iloc[0]
        assert found[["difference", "low", "high"]].tolist() == pytest.approx(
            row[["difference", "low", "high"]].tolist(), rel=1e-9, abs=1e-15
        )


def test_levers_and_draws_stand_in_the_table(tmp_path: Path) -> None:
    asked = {
        **SMALL, "worlds": 1, "start": 2026, "end": 2026, "designs": ["voluntary"], "outcomes": ["practice"],
        "groups": ["all"], "at": ["end"], "levers": {"follow_up.openness": [0.1, 0.9]},
        "parameters": {"method": "latin_hypercube", "number": 2, "vary": ["classroom.half_life"]},
    }  # fmt: skip
    done = sim.sweep(asked, out=tmp_path, workers=1, progress=False)
    assert done.table.levers == ("follow_up.openness",)
    assert done.table.parameters == ("classroom.half_life",)
    assert done.experiments["follow_up.openness"].tolist() == [0.1, 0.9, 0.1, 0.9]
    assert done.experiments["classroom.half_life"].nunique() == 2
    assert done.experiments["variant"].tolist()[0] == "voluntary (follow_up.openness=0.1)"
    assert done.outcomes.notna().all(axis=None)
    with pytest.raises(InputError, match="say which figure"):
        done.contrast()
    assert Sweep.read(tmp_path).outcomes.equals(done.outcomes)


def test_draws_come_from_a_posterior_s_file(tmp_path: Path) -> None:
    from sim.sweeps.draws import Method, drawn

    wanted = [d for d in uncertain(REGISTRY) if d.name in ("classroom.half_life", "classroom.cycle_effect")]
    rows = np.array([[0.25, 2.5], [0.5, 3.5]])
    assert [d.name for d in wanted] == ["classroom.cycle_effect", "classroom.half_life"]
    pq.write_table(posterior_table(wanted, rows), tmp_path / "p.parquet")
    asked = (Method.POSTERIOR, REGISTRY, 1)
    block = drawn(*asked, 2, [d.name for d in wanted], str(tmp_path / "p.parquet"))
    assert sorted(map(tuple, block.matrix.tolist())) == sorted(map(tuple, rows.tolist()))
    with pytest.raises(InputError, match="no draw counts twice"):
        drawn(*asked, 3, [d.name for d in wanted], str(tmp_path / "p.parquet"))


def test_more_worlds_are_added_only_while_there_are_draws_for_them(tmp_path: Path) -> None:
    pq.write_table(
        posterior_table([REGISTRY.find("classroom.half_life")], np.array([[2.5], [3.5]])),
        tmp_path / "p.parquet",
    )
    contrast = {"design": "obligatory", "versus": "voluntary", "outcome": "practice", "at": "mean"}
    asked = {
        **SMALL,
        "parameters": {"method": "posterior", "file": str(tmp_path / "p.parquet")},
        "contrast": contrast,
    }
    with pytest.raises(InputError, match="expected at most 2 worlds"):
        sim.sweep(asked, out=tmp_path / "s", progress=False, until=0.1, at_most=3)


def test_a_folder_without_a_finished_sweep_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no finished sweep"):
        Sweep.read(tmp_path)


@pytest.mark.parametrize(
    "settings", [{"workers": 0}, {"worlds": 0}, {"until": -1.0}, {"at_most": 0}, {"scale": 2.0}]
)
def test_settings_that_can_not_be_are_refused_before_anything_is_written(
    tmp_path: Path, settings: dict[str, float]
) -> None:
    with pytest.raises(InputError):
        sim.sweep(SMALL, out=tmp_path / "s", progress=False, **settings)  # type: ignore[arg-type]  # wrong on purpose
    assert not (tmp_path / "s").exists()


def test_of_a_design_changed_between_two_sweeps_the_one_asked_last_answers(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    asked = {
        "title": "T", "designs": [str(mine)], "worlds": 2, "scale": 0.02, "start": 2025, "end": 2026,
        "outcomes": ["practice"], "levers": {"follow_up.active": [True, False]},
    }  # fmt: skip
    digests = []
    for active in ("true", "false"):
        mine.write_text(
            f"title: Mine\nextends: voluntary\nfrom: 2026\nlevers: {{innovation.active: {active}}}\n",
            encoding="utf-8",
        )
        done = sim.sweep(asked, out=tmp_path / "s", workers=1, progress=False)
        rows = done.query('select design_digest, "follow_up.active" as lever from sweep')
        assert sorted(rows["lever"]) == ["false", "false", "true", "true"]
        digests.append(set(rows["design_digest"]))
    assert len(digests[1]) == 2
    assert not digests[0] & digests[1]
    assert done.query("select count(*) as n from runs")["n"].tolist() == [8]
    assert set(read_runs(tmp_path / "s").designs) == set(done.experiments["variant"])
