from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.arrays import Floats
from sim.declared import REGISTRY
from sim.errors import InputError
from sim.experiments.conduct import conduct
from sim.experiments.manifest import command
from sim.experiments.parameter_draws import WORLDS_PER_DRAW, draw_of, draws_behind, worlds_behind
from sim.experiments.structures import OBLIGATION, STRUCTURES, Structure, under
from sim.experiments.study import Study
from sim.experiments.trajectories import Trajectories
from sim.experiments.variance_tables import VARIANCE, variance_budget
from sim.half_year import HalfYear
from sim.parameters.registry import accept
from sim.studies import api
from sim.studies.results import Results
from tests.experiments import toy
from tests.experiments.toy import PUSHED, STILL, toy_instruments

STUDY = Study(
    (STILL, PUSHED), worlds=12, seed=5, start=2018, end=2022, worlds_per_draw=2, instruments=toy_instruments
)


def block(*differences: float) -> Trajectories:
    """Two designs over one half-year, which differ by so much in each world."""
    values = np.zeros((len(differences), 2, 1, 1, 1))
    values[:, 1, 0, 0, 0] = differences
    return Trajectories(values, ("a", "b"), (HalfYear(2 * 2026),), ("o",), ("u",), np.array([1]), ("all",))


def budget(*differences: float, others: dict[str, Trajectories] | None = None) -> pd.DataFrame:
    draw = np.arange(len(differences)) // 2
    found = variance_budget(block(*differences), others or {}, 2026, draw, 1)
    return found[found["horizon"] == "end"].set_index("component")


def test_a_row_tells_a_component_and_its_share() -> None:
    found = budget(1, 3, 5, 7)
    assert found.reset_index().columns.tolist()[1:] == [n for n in VARIANCE.names if n != "component"]
    assert found["variance"].to_dict() == {"parameters": 7.0, "worlds": 2.0}
    assert found["share"].to_numpy() == pytest.approx([7 / 9, 2 / 9])
    assert (found["difference"] == 4).all()
    assert (found["n_draws"] == 2).all()


def test_a_negative_estimate_is_shown_as_none_with_an_interval() -> None:
    found = budget(1, 3, 1, 3, 2, 4, 1, 3)
    assert found.loc["parameters", "variance"] == 0
    assert found.loc["parameters", "share"] == 0
    assert found.loc["parameters", "low"] == 0
    assert found.loc["worlds", "share"] == 1


def test_intervals_lie_around_their_estimates() -> None:
    rng = np.random.default_rng(2)
    d = (rng.normal(size=(20, 1)) + rng.normal(size=(20, 2))).ravel()
    found = budget(*d)
    assert (found["low"] < found["variance"]).all()
    assert (found["variance"] < found["high"]).all()
    assert (found["share_low"] < found["share"]).all()
    assert (found["share"] < found["share_high"]).all()


def settled_by(*differences: float) -> tuple[str, float]:
    row = budget(*differences).loc[["worlds"]].to_dict("records")[0]
    return str(row["settled_by"]), float(row["worlds_needed"])


def noise(sd_draws: float, sd_worlds: float, mean: float) -> Floats:
    """Differences whose draws and worlds lie evenly apart, ten draws of two worlds."""
    of_draw = sd_draws * np.linspace(-1.5, 1.5, 10)[:, None]
    of_world = sd_worlds * np.array([-0.7, 0.7])[None, :] * np.array([1.0, -1.0] * 5)[:, None]
    d: Floats = (mean + of_draw + of_world).ravel()
    return d


def test_a_clear_difference_is_settled() -> None:
    assert settled_by(*noise(0.1, 1.0, 5.0)) == ("settled", 0.0)


def test_luck_is_settled_by_more_worlds() -> None:
    rng = np.random.default_rng(3)
    words, further = settled_by(*(0.2 + rng.normal(size=20)))
    assert words == "more worlds"
    assert further > 0
    assert further % 2 == 0  # whole draws of two worlds


def test_parameters_that_turn_the_sign_are_settled_by_no_number_of_worlds() -> None:
    words, further = settled_by(*noise(2.0, 0.1, 0.5))
    assert words == "parameters"
    assert further > 0  # the mean over the parameters could be told from zero all the same


def test_no_difference_is_called_that() -> None:
    words, further = settled_by(0, 0, 0, 0)
    assert words == "no difference"
    assert np.isnan(further)


def test_one_draw_leaves_it_open() -> None:
    assert settled_by(1, 2)[0] == "unknown"


def test_the_structures_share_is_told_where_they_were_played() -> None:
    found = budget(1, 3, 5, 7, others={"other": block(4, 6, 8, 10)})
    # the structures' means differ by 3 in every draw: variance 9 / 2, nothing left over
    assert found.loc["structure", "variance"] == pytest.approx(4.5)
    assert found["share"].sum() == pytest.approx(1.0)
    assert "structure" not in budget(1, 3, 5, 7).index


# --- studies ---


def test_worlds_share_draws_by_number() -> None:
    assert STUDY.draws.tolist() == [*range(10), 0, 1]
    values = [job.values for job in STUDY.jobs()]
    assert values[0] == values[10] != values[1] == values[11]
    assert values[4] == replace(STUDY, worlds_per_draw=1).jobs()[4].values
    assert [job.world for job in STUDY.jobs()] == list(range(12))


def test_ten_worlds_have_a_draw_each_and_forty_share_twenty() -> None:
    assert replace(STUDY, worlds=10).draws.tolist() == list(range(10))
    draws = replace(STUDY, worlds=40).draws
    assert np.bincount(draws).tolist() == [WORLDS_PER_DRAW] * 20
    assert draws[20:30].tolist() == draws[30:].tolist() == list(range(10, 20))


@pytest.mark.parametrize("per_draw", [1, 2, 3])
def test_a_world_is_the_same_however_many_are_played(per_draw: int) -> None:
    of = [draw_of(world, per_draw) for world in range(75)]
    for worlds in range(1, 76):
        assert draws_behind(worlds, per_draw) == len(set(of[:worlds])) == max(of[:worlds]) + 1
    for draws in range(1, 25):
        assert worlds_behind(draws, per_draw) == next(w for w in range(99) if draw_of(w, per_draw) >= draws)


def test_no_worlds_for_a_draw_are_refused() -> None:
    with pytest.raises(InputError, match="worlds_per_draw: expected a whole number from 1 to 100000, got 0"):
        replace(STUDY, worlds_per_draw=0)


def test_the_command_says_what_is_unusual() -> None:
    named = replace(STUDY, named=("still", "pushed"))
    said = command(named, nesting=True) or ""
    assert "--worlds-per-draw" not in said
    assert (command(replace(named, worlds_per_draw=1), nesting=True) or "").endswith("--worlds-per-draw 1")
    assert (command(replace(named, worlds=40, structures=STRUCTURES), nesting=True) or "").endswith(
        "--structures"
    )


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("results") / "here"
    structures = (Structure("calm", {"toy.luck_sd": 0.1}),)
    conduct(replace(STUDY, structures=structures), folder, workers=1, progress=False)
    return Results(folder)


def test_the_folder_tells_which_worlds_share_a_draw(results: Results) -> None:
    found = results.parameters.drop_duplicates("world").set_index("world")["draw"]
    assert found.tolist() == [*range(10), 0, 1]
    assert results.manifest["worlds_per_draw"] == 2
    assert results.manifest["structures"] == {"calm": {"toy.luck_sd": 0.1}}
    assert (results.comparison["n_draws"] <= 10).all()


def test_the_designs_are_compared_under_every_structure(results: Results) -> None:
    found = results.table("structures").query("outcome == 'practice' and group == 'all' and horizon == 'end'")
    assert found["structure"].tolist() == ["standard", "calm"]
    # the push is the same however much luck there is
    assert found["difference"].nunique() == 1
    assert set(results.table("variance")["component"]) == {"parameters", "worlds", "structure"}


def test_two_workers_leave_the_same_budget_as_one(results: Results, tmp_path: Path) -> None:
    structures = (Structure("calm", {"toy.luck_sd": 0.1}),)
    conduct(replace(STUDY, structures=structures), tmp_path / "two", workers=2, progress=False)
    for name in ("variance.parquet", "structures.parquet", "tables.md"):
        assert (results.folder / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_every_structure_sets_what_the_model_has_to_something_else() -> None:
    for structure in STRUCTURES:
        assert structure.assumptions
        assert structure.why
        for name, value in structure.assumptions.items():
            assert accept(REGISTRY.find(name), value) != REGISTRY.find(name).default


def test_a_structure_of_no_such_parameter_is_refused() -> None:
    with pytest.raises(InputError):
        under((STILL,), Structure("odd", {"toy.nothing": 1.0}), toy.REGISTRY)


@pytest.mark.parametrize("asked", [1, 2, 4])
def test_a_comparison_nests_its_worlds_unless_asked_not_to(
    monkeypatch: pytest.MonkeyPatch, asked: int
) -> None:
    studies: list[Study] = []
    monkeypatch.setattr(api, "carried_out", lambda study, *_, **__: studies.append(study))
    api.compare(["voluntary", "obligatory"], worlds=40, worlds_per_draw=asked, structures=asked == 4)
    api.run("voluntary", worlds=40, worlds_per_draw=asked)
    assert [study.worlds_per_draw for study in studies] == [asked, asked]
    assert [study.structures for study in studies] == [STRUCTURES if asked == 4 else (), ()]


@pytest.mark.parametrize(
    ("designs", "got"),
    [
        (["voluntary", "obligatory"], OBLIGATION),
        (["obligatory", "obligatory_robek", "voluntary"], OBLIGATION),
        (["voluntary", "draw_larger"], ()),
        (["voluntary", "no_follow_up"], ()),
    ],
)
def test_a_comparison_of_obligation_is_played_under_its_structures_unless_asked_not_to(
    monkeypatch: pytest.MonkeyPatch, designs: list[str], got: tuple[Structure, ...]
) -> None:
    studies: list[Study] = []
    monkeypatch.setattr(api, "carried_out", lambda study, *_, **__: studies.append(study))
    api.compare(designs, worlds=4)
    api.compare(designs, worlds=4, structures=False)
    assert [study.structures for study in studies] == [got, ()]
    said = [str(command(study)) for study in studies]
    assert ["--no-structures" in words for words in said] == [False, bool(got)]
