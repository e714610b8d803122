from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sim
from sim import theory
from sim.experiments import shortfall
from sim.experiments.planning import planned
from sim.studies.results import Results

QUICK: dict[str, Any] = {"worlds": 3, "scale": 0.02, "start": 2025, "end": 2027}
PLAYED: dict[str, Any] = {
    "workers": 1,
    "progress": False,
    "tables_only": True,
}  # the report has its own tests


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Results:
    patch = pytest.MonkeyPatch()
    patch.setattr(shortfall, "MOST_WORLDS", 2)
    found = sim.compare(
        ["network", "market"], out=tmp_path_factory.mktemp("split") / "out", **QUICK, **PLAYED
    )
    patch.undo()
    return found


@pytest.mark.parametrize(
    ("designs", "expected"),
    [
        (("voluntary", "obligatory"), {"follow_up"}),
        (("network", "market", "hierarchy"), {"decentralised"}),
        (("rules_of_2025", "vocational_deciding"), {"vocational"}),
        (("voluntary", "voluntary_too"), set()),
        (("voluntary",), set()),
    ],
)
def test_theories_are_at_stake_whose_schemes_the_designs_treat_differently(
    designs: tuple[str, ...], expected: set[str], tmp_path: Path
) -> None:
    same = tmp_path / "voluntary_too.yaml"
    same.write_text("title: The same\nextends: voluntary\n", encoding="utf-8")
    study = planned([same if name == same.stem else name for name in designs], seed=1, **QUICK)
    assert {each.scheme for each in shortfall.at_stake(study)} == expected


def test_a_comparison_splits_the_shortfall_of_its_designs_in_its_first_worlds(compared: Results) -> None:
    split = compared.table("theory_split")
    assert set(split["design"].astype(str)) == {"network", "market"}
    assert set(split["scheme"].astype(str)) == {"decentralised"}
    assert set(split["n_worlds"]) <= {1, 2}
    assert split["n_worlds"].max() == 2
    whole = split["result"] + split["implementation_failure"] + split["theory_failure"]
    assert whole.to_numpy() == pytest.approx(split["aim"].to_numpy())


def test_the_twins_stand_in_no_other_table(compared: Results) -> None:
    for name in ("theory", "outcomes", "comparison", "surveys", "theory_bottlenecks"):
        table = compared.table(name)
        assert set(table["design"].astype(str)) <= {"network", "market"}, name


def test_the_split_is_that_of_the_command_for_programme_theories(compared: Results, tmp_path: Path) -> None:
    tested = theory.test(
        ["network", "market"],
        schemes=["decentralised"],
        out=tmp_path / "out",
        **{**QUICK, "worlds": 2},
        **PLAYED,
    )
    where = ["design", "granted", "link", "group", "horizon"]
    columns = [*where, "result", "result_granted", "n_worlds"]
    here, there = (
        each.table("theory_split")[columns]
        .astype(dict.fromkeys(where, str))
        .sort_values(where, ignore_index=True)
        for each in (compared, tested)
    )
    assert len(here) > 0
    assert here.equals(there)
