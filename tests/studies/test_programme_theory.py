from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim import theory
from sim.errors import InputError
from sim.studies.results import Results

QUICK: dict[str, Any] = {
    "worlds": 2,
    "scale": 0.02,
    "start": 2024,
    "end": 2028,
    "workers": 1,
    "progress": False,
    "tables_only": True,  # the report has its own tests
}


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("theory") / "out"
    return theory.test(["network", "market"], schemes=["decentralised"], out=folder, **QUICK)


def test_each_design_is_played_with_its_twin(tested: Results) -> None:
    designs = list(dict.fromkeys(tested.table("theory")["design"].astype(str)))
    assert designs == [
        "network", "market", "network_granted_decentralised", "network_granted_decentralised_all",
        "market_granted_decentralised", "market_granted_decentralised_all",
    ]  # fmt: skip


def test_design_and_twin_share_their_history(tested: Results) -> None:
    rows = tested.table("theory")
    rows = rows[(rows["year"] < 2026) & (rows["scheme"] == "decentralised")]
    where = ["world", "link", "group", "year"]
    own, twin = (
        rows[rows["design"] == design].sort_values(where).reset_index(drop=True)[[*where, "reached", "value"]]
        for design in ("network", "network_granted_decentralised")
    )
    assert len(own) > 0
    assert own.equals(twin)


def test_the_shortfall_adds_up(tested: Results) -> None:
    split = tested.table("theory_split")
    assert set(split["granted"]) == {"named", "all"}
    assert set(split["design"].astype(str)) == {"network", "market"}
    whole = split["result"] + split["implementation_failure"] + split["theory_failure"]
    assert whole.to_numpy() == pytest.approx(split["aim"].to_numpy())
    assert set(split["start"]) == {2026, 2028}


def test_the_tables_are_listed_and_explained(tested: Results) -> None:
    manifest = json.loads((tested.folder / "manifest.json").read_text(encoding="utf-8"))
    page = (tested.folder / "tables.md").read_text(encoding="utf-8")
    for name in ("theory", "theory_split", "theory_bottlenecks"):
        assert name in manifest["tables"]
        assert f"## {name}\n" in page
    assert (tested.folder / "theory_split.csv").is_file()


def test_the_command_that_makes_it_again_is_told(tested: Results) -> None:
    command = str(tested.manifest["command"])
    assert command.startswith("kompetansesim theory network market --worlds 2")
    assert command.endswith("--granted-from 2026 --scheme decentralised")


def test_a_scheme_without_a_theory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match="no programme theory of 'lottery'; there are: decentralised, follow_up, vocational"
    ):
        theory.test(["network"], schemes=["lottery"], out=tmp_path / "out", **QUICK)


def test_conditions_can_not_be_granted_after_the_end(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="after the last year 2028"):
        theory.test(["network"], granted_from=2030, out=tmp_path / "out", **QUICK)


def test_one_design_by_itself_has_to_stand_in_a_list(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="at least one design"):
        theory.test("network", out=tmp_path / "out", **QUICK)
