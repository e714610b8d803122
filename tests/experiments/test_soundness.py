"""The last guard: worlds that went out of what is declared are failed runs, whatever the cause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.errors import UnsoundWorldError
from sim.experiments.conduct import conduct
from sim.experiments.instruments import Instruments
from sim.experiments.play import Job, play_world
from sim.experiments.study import Study
from sim.half_year import HalfYear, Season
from sim.state.places import Municipalities
from sim.state.schools import Schools
from sim.sweeps.identity import code_digest
from sim.sweeps.kept import Kept
from sim.sweeps.playing import Unit, play_unit
from tests.experiments.toy import OUTCOMES, PUSHED, STILL, ToyModel, toy_instruments


class NanToy(ToyModel):
    """Loses a school's community under the design that pushes."""

    def step(self) -> None:
        super().step()
        if self.design.key == "pushed" and self.coming.year > 2021:
            self.state[Schools].community[3] = np.nan


class OutsideToy(ToyModel):
    """Has more of something than there can be."""

    def step(self) -> None:
        super().step()
        self.state[Municipalities].competence[0] = 1.5


class RoundedToy(ToyModel):
    """Stands a last digit beyond a bound, as a sum of shares may."""

    def step(self) -> None:
        super().step()
        self.state[Municipalities].competence[0] = np.nextafter(1.0, 2.0)


def nan() -> Instruments:
    return replace(toy_instruments(), model=NanToy)


def outside() -> Instruments:
    return replace(toy_instruments(), model=OutsideToy)


def rounded() -> Instruments:
    return replace(toy_instruments(), model=RoundedToy)


def infinite() -> Instruments:
    first, *others = OUTCOMES
    endless = replace(first, measure=lambda state, _: np.full(len(state[Municipalities]), np.inf))
    return replace(toy_instruments(), outcomes=(endless, *others))


def job(instruments: Callable[[], Instruments]) -> Job:
    return Job(0, 1, (STILL, PUSHED), 2019, 2021, 2022, instruments=instruments)


@pytest.mark.parametrize(
    ("instruments", "why"),
    [
        (nan, r"by 2022-autumn: Schools.community: not a number"),
        (outside, r"by 2022-autumn: Municipalities.competence: 1.5 above 1"),
        (infinite, r"outcome practice: not finite"),
    ],
)
def test_a_world_that_went_out_of_what_is_declared_is_no_result(
    instruments: Callable[[], Instruments], why: str
) -> None:
    with pytest.raises(UnsoundWorldError, match=why) as caught:
        play_world(job(instruments))
    assert "while playing world 0 of seed 1" in caught.value.__notes__[0]


def test_a_last_digit_beyond_a_bound_is_rounding() -> None:
    assert np.isfinite(play_world(job(rounded)).outcomes[:, :, 0, 0]).all()


def test_nothing_is_written_of_a_study_with_such_a_world(tmp_path: Path) -> None:
    study = Study((STILL, PUSHED), worlds=2, start=2019, end=2022, detail=0, instruments=nan)
    with pytest.raises(UnsoundWorldError):
        conduct(study, tmp_path / "out", workers=1, progress=False)
    assert list(tmp_path.iterdir()) == []


def test_in_a_sweep_it_is_a_failed_run_with_its_reason_and_the_others_stand() -> None:
    kept = Kept.of(("practice@end",), OUTCOMES, 2021).with_reference((STILL, PUSHED))
    runs = {"one": STILL, "two": PUSHED}
    unit = Unit(runs, {}, 0, 1, 2019, 2022, 1.0, kept, code_digest(), instruments=nan)
    still, pushed = play_unit(unit)
    assert still.figures is not None
    assert pushed.figures is None
    assert pushed.error.startswith("UnsoundWorldError: the world went out of what is declared by 2022-autumn")


def test_what_many_columns_have_is_counted() -> None:
    model = ToyModel(STILL, start=2019)
    for name in ("community", "fatigue", "involvement", "learning"):
        getattr(model.state[Schools], name)[:] = np.nan
    from sim.experiments.soundness import check_sound

    assert model.state.now == HalfYear.of(2019, Season.SPRING)
    with pytest.raises(UnsoundWorldError, match="and 1 more"):
        check_sound(model.state)
