"""The whole way, on a small country."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.conditions.api import conditions, played_again
from sim.conditions.kept import Conditions
from sim.declared import REGISTRY
from sim.errors import InputError


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Conditions:
    out = tmp_path_factory.mktemp("conditions") / "found"
    return conditions(
        draws=40, structure_draws=2, start=2025, end=2028, scale=0.1, workers=1, out=out, progress=False
    )


def test_the_runs_carry_the_assumptions_that_are_asked_for(found: Conditions) -> None:
    asked = [one.name for one in found.assumptions]
    assert 0 < len(asked) <= 8
    assert list(found.runs.columns) == [*asked, "pupil_results", "legitimacy"]
    assert len(found.runs) == found.manifest["draws"] >= 38
    assert found.designs == ("obligatory", "voluntary")


def test_what_pressure_takes_from_legitimacy_tells_on_legitimacy(found: Conditions) -> None:
    legitimacy = found.manifest["outcomes"][1]
    assert legitimacy["gain"] < 0
    assert legitimacy["structures"]["standard"]["n"] == found.manifest["draws"]
    assert len(legitimacy["structures"]) == 5


def test_an_assumption_beyond_those_played_is_refused(found: Conditions) -> None:
    first = found.assumptions[0]
    with pytest.raises(InputError, match="expected a value from"):
        found.odds({first.name: first.high + 1})
    with pytest.raises(InputError, match="none of the assumptions"):
        found.odds({"nobody": 0.5})
    assert all(0 <= odds.better <= 1 for odds in found.odds({first.name: first.low}).values())


def test_designs_that_do_not_differ_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two designs that differ"):
        conditions("voluntary", "voluntary", out=tmp_path / "none", progress=False)


def test_a_draw_played_anew_comes_out_the_same_and_an_answer_knows_what_it_rests_on(
    found: Conditions, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, gains = played_again(found, 3)
    row = found.runs.iloc[3] if found.manifest["draws"] == 40 else None
    if row is not None:
        for name, value in {**drawn, **gains}.items():
            assert row[name] == pytest.approx(value, rel=1e-4)
    assert found.outdated(REGISTRY) == []
    monkeypatch.setattr("sim.experiments.provenance.model_digest", lambda: "another model")
    assert found.outdated(REGISTRY) == ["model"]


def test_what_comes_first_is_what_matters_most_and_how_well_it_is_told_is_judged(found: Conditions) -> None:
    shares = [max(one["matters"], one["harms"]) for one in found.ranked]
    assert shares == sorted(shares, reverse=True)
    assert set(found.mattering) == {"pupil_results", "legitimacy"}
    assert all(error.n == found.manifest["held_out"] for error in found.mattering.values())
