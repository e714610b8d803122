"""Contrasts played in small worlds: what comes out, and that nothing is played twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import sim
from sim.arrays import Floats
from sim.claims_check.contrast import Contrast, Frame
from sim.claims_check.declared import contrasts
from sim.claims_check.playing import Job, play
from sim.claims_check.readings import WHEN_ASKED, reading
from sim.claims_check.verdict import COLUMNS, Verdict, tally
from sim.cli.program import app
from sim.errors import InputError
from sim.model import SchemeModel
from sim.surveys.waves import T3
from tests.claims_check.paired import differences, named

WORLDS = 6
SMALL = 0.25  # of each frame's own share of the country


def test_some_claims_come_out_in_small_worlds() -> None:
    """In each of six worlds, played with the values declared: by luck alone once in 64 for each (one-sided error 1.6 %)."""
    wanted = named(
        "ordered work is tailored less",
        "direct involvement gives ownership",
        "training of governors makes forums better led",
        "money for several years brings contact with practice",
        "what the scheme asks comes on top of daily work",
        "openness takes stigma away",
        "the pandemic cost visits",
        "the theory as written keeps fewer up to date",
        "supervision gives the governor insight",
        "in the first years vocational money lay unused",
    )
    for says, found in differences(wanted, range(WORLDS), SMALL).items():
        assert found.min() > 0, says


FRAME = Frame("a frame", 2017, 2019, 2019, 2019, scale=0.05)


def test_each_side_is_played_once_and_later_levers_share_their_past() -> None:
    begun: list[dict[str, Any]] = []
    steps: list[int] = []

    class Counted(SchemeModel):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            begun.append(kwargs["assumptions"])
            super().__init__(*args, **kwargs)

        def step(self) -> None:
            steps.append(self.coming.year)
            super().step()

    lever, assumed = "decentralised.direct_involvement", "decentralised.needs.teachers_gain"
    less, more = {lever: 0.0}, {lever: 1.0}
    wanted = (
        Contrast(FRAME, "a", "hours", less, more, "s"),
        Contrast(FRAME, "b", "ownership", less, more, "s"),
        Contrast(FRAME, "c", "hit", {assumed: 0.0}, {assumed: 0.3}, "s"),
    )
    play(Job(0, 1, {"decentralised.needs.own_weight": 0.5}, wanted, Counted))
    # One past for both levers, one for each of two values assumed: 2017 and 2018; then 2019 for each of four sides.
    assert sorted(one.get(assumed, -1.0) for one in begun) == [-1.0, 0.0, 0.3]
    assert all(one["decentralised.needs.own_weight"] == 0.5 for one in begun)
    assert len(steps) == 3 * 4 + 4 * 2


def test_the_same_on_both_sides_is_no_difference_and_nought_is_held_against_the_reading_itself() -> None:
    wanted = (
        Contrast(FRAME, "a", "hours", {}, {"decentralised.direct_involvement": 0.3}, "s"),
        Contrast(FRAME, "b", "hours", None, {}, "s"),
        Contrast(
            FRAME, "c", "outcome owner_load", {}, "voluntary", "s", years=(2018, 2018), before=(2018, 2018)
        ),
    )
    same, against_nought, by_name = play(Job(0, 1, {}, wanted, SchemeModel))
    assert same[0] == same[1] > 0
    assert against_nought == (0.0, same[0])
    assert np.isnan(by_name).all()  # 2018 belongs to the past that sides share


def test_a_claim_that_no_contrast_holds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="only 'S4711': no contrast holds this; expected") as error:
        sim.check_claims(worlds=2, workers=1, progress=False, only="S4711", out=tmp_path / "x")
    assert error.value.field == "only"
    assert not (tmp_path / "x").exists()


def test_the_command_plays_what_is_asked_for_and_writes_it(tmp_path: Path) -> None:
    found = sim.check_claims(
        worlds=2, scale=SMALL, parameters="prior", workers=1, progress=False, only="S41", out=tmp_path
    )
    assert list(found.columns) == list(COLUMNS)
    assert set(found["says"]) == {one.says for one in contrasts() if "S41" in one.claims.split()}
    page = (tmp_path / "claims-played.md").read_text(encoding="utf-8")
    assert tally(found)[0] in page
    assert (tmp_path / "played.csv").is_file()
    options = [
        "--only", "S41", "--worlds", "2", "--scale", "0.2", "--parameters", "prior", "--workers", "1",
        "--quiet",
    ]  # fmt: skip
    result = CliRunner().invoke(app, ["check", "claims", *options])
    assert result.exit_code == 0, result.output
    assert "satisfaction with the forum rises" in result.output


MANY = 12
RECORD = (
    Path(sim.__file__).parent / "reference" / "data" / "played.csv"
)  # by `make check-claims`: national, drawn parameters


@pytest.fixture(scope="module")
def played() -> dict[str, Any]:
    return dict(differences(contrasts(), range(MANY), 0.5))


def recorded(*, in_all_worlds: bool) -> list[str]:
    """Contrasts still declared that came out as said when all were last played: in every world of these, or in most.

    Those of what does not get greater aside: they have no side to lie on.
    """
    there = pd.read_csv(RECORD)
    said = there[there["verdict"] == Verdict.AS_SAID]
    rise = {one.says for one in contrasts() if one.at_most is None}
    return [one for one in said["says"][(said["right"] == 1) == in_all_worlds] if one in rise]


@pytest.mark.slow
@pytest.mark.parametrize("says", recorded(in_all_worlds=True))
def test_what_held_in_all_worlds_holds_with_the_values_declared_too(
    says: str, played: dict[str, Any]
) -> None:
    """In twelve smaller worlds the mean lies more than two standard errors on the source's side (one-sided error 3.5 %).

    Or all worlds but one lie there (0.3 %): half a country has few small owners, and a ratio can be far out in one world.
    """
    right = played[says] > 0
    assert _standard_errors(played[says]) > 2 or right.sum() >= MANY - 1, played[says]


@pytest.mark.slow
@pytest.mark.parametrize("says", recorded(in_all_worlds=False))
def test_what_held_on_average_does_not_turn_round(says: str, played: dict[str, Any]) -> None:
    """In twelve smaller worlds the mean is not more than three standard errors on the other side (one-sided error 0.6 %)."""
    assert _standard_errors(played[says]) > -3, played[says]


def _standard_errors(apart: Floats) -> float:
    """The mean in its standard errors, over worlds in which the reading applies to anybody."""
    known = apart[~np.isnan(apart)]
    error = float(known.std(ddof=1)) / len(known) ** 0.5
    return float(known.mean()) / error if error else float(np.sign(known.mean())) * np.inf


def test_what_the_survey_asked_is_read_in_the_half_years_of_its_waves_alone() -> None:
    model = SchemeModel("history", rng=1, scale=0.02, start=2023)
    asked = reading(WHEN_ASKED + "trust")
    model.step()  # spring 2023, the second wave
    assert asked.read(model) == reading("trust").read(model)
    model.step()
    assert np.isnan(asked.read(model))


def test_of_a_question_that_has_a_row_in_each_wave_the_one_asked_now_is_read() -> None:
    model = SchemeModel("history", rng=1, scale=0.02, start=2021)
    answered = reading("figure forum_satisfied_t1 then forum_satisfied_t3")
    model.step()  # spring 2021, the first wave
    assert answered.read(model) == reading("figure forum_satisfied_t1").read(model)
    model.step()
    assert np.isnan(answered.read(model))
    for _ in range(6):
        model.step()
    assert model.state.now == T3
    assert answered.read(model) == reading("figure forum_satisfied_t3").read(model)
