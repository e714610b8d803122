"""The whole way, on a small country."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.atlas.front import on_the_front
from sim.atlas.kept import shipped as shipped_atlas
from sim.conditions.api import conditions, played_again
from sim.conditions.kept import Conditions
from sim.declared import OUTCOMES, REGISTRY
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
    assert list(found.runs.columns) == [*asked, *found.outcomes]
    assert len(found.runs) == found.manifest["draws"] >= 38
    assert found.designs == ("obligatory", "voluntary")


def test_what_the_front_verdict_stands_on_comes_first_then_pupils_and_legitimacy(found: Conditions) -> None:
    front = on_the_front(shipped_atlas(), "obligatory", "voluntary")
    assert front
    told = [(one["outcome"], one["group"]) for one in found.manifest["outcomes"]]
    assert told[: len(front)] == front
    also = ("pupil_results", "legitimacy")
    assert told[len(front) :] == [(key, "picked.either") for key in also if key not in dict(front)]


def test_of_a_question_on_the_smallest_it_is_what_their_verdict_names() -> None:
    front = on_the_front(shipped_atlas(), "draw_size_floor", "voluntary", "smallest")
    assert [group for _, group in front] == ["smallest"] * len(front)
    declared = {one.key for one in OUTCOMES}
    assert {key for key, _ in front} <= declared
    assert "owner_load" in dict(front)


def test_of_designs_that_are_not_in_the_atlas_nothing_stands_on_the_front() -> None:
    assert on_the_front(shipped_atlas(), "mine", "voluntary") == []
    assert on_the_front(None, "obligatory", "voluntary") == []


def test_what_pressure_takes_from_legitimacy_tells_on_legitimacy(found: Conditions) -> None:
    legitimacy = next(one for one in found.manifest["outcomes"] if one["outcome"] == "legitimacy")
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


def test_how_well_it_is_told_is_judged_and_what_hardly_ever_matters_turns_nowhere(found: Conditions) -> None:
    for one in found.manifest["outcomes"]:
        assert one["error"]["n"] == found.manifest["held_out"]
        matters = max(one["matters"], one["harms"]) >= 0.05
        assert (one in found.mattering) == matters
        assert matters or not one["turns"]
        assert all(turn["share"] > 0.5 > turn["share_other"] for turn in one["turns"])
