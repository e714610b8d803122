"""Discovery on runs that are made by hand: b beats a exactly where `cube.a` is above 0.6."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from sim.arrays import Floats
from sim.discovery import api
from sim.discovery.api import beating, contrasts, discover, sized
from sim.discovery.information import value_of_information
from sim.errors import InputError
from sim.report.figures.panel import Rect
from sim.sensitivity.from_runs import given
from sim.sensitivity.given_runs import GivenRuns
from sim.sweeps.api import Sweep
from sim.sweeps.kept import Figure
from sim.sweeps.table import RunTable

N = 150


def by_hand(seed: int = 0) -> GivenRuns:
    rng = np.random.default_rng(seed)
    x = rng.random((N, 3))
    gain = np.where(x[:, 0] > 0.6, 1.0, -0.5)
    values = np.zeros((N, 2, 2, 2))
    values[:, :, 1, 0] = gain[:, None] + rng.normal(0, 0.05, (N, 2))  # practice, more is better
    values[:, :, 1, 1] = -7.0  # hours, less is better: b always does better
    parameters = pd.DataFrame(x, columns=["cube.a", "cube.b", "cube.c"]).assign(draw=range(N))
    parameters.insert(0, "values", [str(i) for i in range(N)])
    figures = (Figure("practice", "mean"), Figure("hours", "mean"))
    return GivenRuns(parameters, {}, [[0, 1]] * N, ["a", "b"], figures, values, 1, (2020, 2030), 0.1)


def test_a_contrast_is_positive_where_the_design_does_better() -> None:
    given = by_hand()
    found = list(contrasts(given, [(0, given.figures[0], 1), (1, given.figures[1], -1)]))
    assert [(c.design, c.versus) for c, _ in found] == [("b", "a"), ("b", "a")]
    assert (found[1][1] == 7.0).all()  # seven hours fewer


def test_the_box_in_which_b_wins_is_found_and_then_no_other() -> None:
    given = by_hand()
    x = given.parameters[given.names].to_numpy()
    gain = next(contrasts(given, [(0, given.figures[0], 1)]))[1]
    found = list(beating(x, gain, 0.0, 3, seed=1))
    assert found[0].believable
    assert set(found[0].box.limits) == {0}
    assert found[0].box.limits[0][0] == pytest.approx(0.6, abs=0.05)
    assert not any(judged.believable for judged in found[1:])


def test_there_is_no_box_where_one_always_wins() -> None:
    x: Floats = np.random.default_rng(1).random((60, 2))
    assert list(beating(x, np.ones((60, 1)), 0.0, 2, seed=1)) == []
    assert sized(x, np.ones((60, 1)), seed=1) is None


def test_a_missing_run_leaves_the_point_its_other_worlds() -> None:
    given = by_hand()
    x = given.parameters[given.names].to_numpy()
    gain = next(contrasts(given, [(0, given.figures[0], 1)]))[1].copy()
    gain[::3, 0] = np.nan
    gain[1, :] = np.nan
    judged = next(beating(x, gain, 0.0, 1, seed=1))
    assert judged.believable
    assert sized(x, gain, seed=1) is not None


def test_the_whole_answer_lies_in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "read_runs", lambda *_: by_hand())
    found = discover(tmp_path / "store", out=tmp_path / "out", lang="en")
    boxes = found.table("boxes")
    believed = boxes[boxes["believable"]]
    assert set(zip(believed["outcome"], believed["better"], strict=True)) == {
        ("practice", "b"),
        ("practice", "a"),
    }
    limits = found.table("limits")
    first = limits[(limits["better"] == "b") & (limits["box"] == 0)]
    assert first["parameter"].tolist() == ["cube.a"]
    regret = found.table("regret").set_index(["outcome", "design"])
    assert regret.loc[("hours", "a"), "mean_regret"] == pytest.approx(7.0)
    assert regret.loc[("hours", "b"), "best_share"] == 1.0
    share = found.table("satisficing").set_index(["design", "figures"])["share"]
    assert share["a", "all"] == 1.0
    assert share["b", "hours@mean"] == 1.0
    assert share["b", "all"] == share["b", "practice@mean"] == pytest.approx(0.4, abs=0.1)
    tree = found.table("trees").set_index("outcome")
    assert tree.loc["practice", "believable"]
    assert tree.loc["hours", "better_share"] == 1.0
    page = (found.folder / "report.html").read_text(encoding="utf-8")
    assert "When does one design beat another?" in page
    assert "cube.a at least" in page
    assert found.headline("en")[0].startswith("The quality of teachers’ practice")
    assert found.pictures == ["boxes", "regret"]
    (box,) = (p for p in found.picture("boxes", "en").figure.panels if p.title.startswith("B does better"))
    bar = [mark for mark in box.marks if isinstance(mark, Rect)][-1]
    assert bar.x0 == pytest.approx(0.6, abs=0.1)  # cube.a lies evenly in [0, 1], so its share is its value
    assert bar.x1 == 1.0
    assert found.picture("regret").save(tmp_path / "regret.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(InputError, match="there are: boxes, regret"):
        found.picture("front")


@pytest.mark.parametrize(
    ("outcomes", "message"),
    [(["ownership"], "keeps no figure 'ownership@mean'"), (["hours@end"], "keeps no figure")],
)
def test_a_figure_that_is_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcomes: list[str], message: str
) -> None:
    monkeypatch.setattr(api, "read_runs", lambda *_: by_hand())
    with pytest.raises(InputError, match=message):
        discover(tmp_path / "store", outcomes=outcomes, out=tmp_path / "out")


def test_a_folder_without_a_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no store of runs"):
        discover(tmp_path)


def test_a_sweep_is_taken_for_its_folder(tmp_path: Path) -> None:
    sweep = Sweep(tmp_path / "mine", RunTable(lambda: pa.table({})), None)
    with pytest.raises(InputError, match="mine: is no store of runs"):
        discover(sweep)
    with pytest.raises(InputError, match="mine: is no store of runs"):
        given(sweep)
    with pytest.raises(InputError, match="mine: is no store of runs"):
        value_of_information(sweep, ["a", "b"])
