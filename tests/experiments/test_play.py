from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from sim.arrays import Floats
from sim.design import Design
from sim.experiments.instruments import Instruments, national_model
from sim.experiments.play import Job, Played, play_world, worth_starting
from sim.experiments.recording import Recorder, gathered
from sim.experiments.study import parting_year
from sim.outcomes.groups import KEYS, NEED, PICKED
from sim.parameters.registry import Parameters
from sim.scenario_files import load_design
from sim.state import State
from tests.experiments.toy import OUTCOMES, PUSHED, REGISTRY, STILL, TWIN, ToyModel, toy_instruments

LATER = Design("later", levers={"toy.years": ((2023, (2023,)),)})
JOB = Job(
    world=3, seed=1, designs=(STILL, PUSHED), start=2017, parting=2021, end=2024, instruments=toy_instruments
)


def from_the_start(design: Design) -> list[State]:
    """Every half-year's state under a design played alone."""
    model, states = ToyModel(design, rng=1, world=3, start=2017), []
    for _ in range(16):
        model.step()
        states.append(model.state.copy())
    return states


def table_of(played: Played, name: str) -> pd.DataFrame:
    frame: pd.DataFrame = pa.concat_tables(played.tables[name], promote_options="default").to_pandas()
    return frame


def practice_of(played: Played, design: int) -> list[float]:
    return [float(value) for value in played.outcomes[design, :, 0, 0]]


def test_branching_gives_what_playing_each_design_from_the_start_gives() -> None:
    together = play_world(JOB)
    for i, design in enumerate(JOB.designs):
        alone = play_world(replace(JOB, designs=(design,), parting=2017))
        np.testing.assert_array_equal(together.outcomes[i][..., :-2], alone.outcomes[0][..., :-2])
        rows = table_of(together, "draws").query("design == @design.key").reset_index(drop=True)
        assert rows.astype(str).equals(table_of(alone, "draws").astype(str))


def test_the_branched_futures_are_those_of_the_model_itself() -> None:
    played = play_world(JOB)
    for i, design in enumerate(JOB.designs):
        model, recorder = ToyModel(design, rng=1, world=3, start=2017), Recorder(toy_instruments())
        for _ in range(16):
            model.step()
            recorder.observe(model)
        nobody = {PICKED: np.empty(0, dtype=int), NEED: np.empty(0, dtype=int)}
        expected = gathered(recorder.pages, OUTCOMES, nobody)
        np.testing.assert_array_equal(played.outcomes[i][..., :-2], expected[..., :-2])


def test_designs_are_identical_until_they_part() -> None:
    still, pushed = (practice_of(play_world(JOB), i) for i in range(2))
    assert still[:8] == pushed[:8]
    assert all(a != b for a, b in zip(still[8:], pushed[8:], strict=True))


def test_identical_designs_give_identical_runs() -> None:
    played = play_world(replace(JOB, designs=(STILL, TWIN)))
    np.testing.assert_array_equal(played.outcomes[0], played.outcomes[1])


def test_the_parting_is_the_first_year_in_which_any_design_differs() -> None:
    assert parting_year([STILL, PUSHED], REGISTRY, 2017, 2030) == 2021
    assert parting_year([STILL, LATER, PUSHED], REGISTRY, 2017, 2030) == 2021
    assert parting_year([STILL, LATER], REGISTRY, 2017, 2030) == 2023


def test_designs_that_never_part_or_part_outside_the_run_are_played_apart_from_its_start() -> None:
    assert parting_year([STILL], REGISTRY, 2017, 2030) == 2017
    assert parting_year([STILL, TWIN], REGISTRY, 2017, 2030) == 2017
    assert parting_year([STILL, PUSHED], REGISTRY, 2017, 2020) == 2017
    assert parting_year([STILL, PUSHED], REGISTRY, 2022, 2030) == 2022


def test_the_picked_are_those_of_the_baselines_first_draw_after_the_parting_in_every_design() -> None:
    played = play_world(JOB)
    drawn = table_of(played, "draws").query("design == 'still' and year == 2021 and drawn != 'none'")
    states = {design.key: from_the_start(design) for design in JOB.designs}
    for i, design in enumerate(JOB.designs):
        recorder = Recorder(toy_instruments())
        model = ToyModel(design, rng=1, world=3, start=2017)
        model.step()
        recorder.observe(model)
        first = replace(recorder.pages[0], values=_values(states[design.key][-1]))
        chosen = {PICKED: drawn["successor"].astype(int).to_numpy(), NEED: np.empty(0, dtype=int)}
        expected = gathered([first], OUTCOMES, chosen)[0, 0, KEYS.index(PICKED)]
        assert played.outcomes[i, -1, 0, KEYS.index(PICKED)] == expected


def _values(state: State) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    values = np.full((len(OUTCOMES), 6), np.nan)
    values[0] = OUTCOMES[0].measure(state, ToyModel(STILL).p)
    return values


def test_without_a_draw_nobody_is_picked() -> None:
    no_draws = Design("no_draws", levers={"toy.years": ((2005, ()),)})
    played = play_world(replace(JOB, designs=(no_draws,), parting=2017))
    assert np.isnan(played.outcomes[..., KEYS.index(PICKED)]).all()
    assert played.tables["draws"] == ()


def test_a_worlds_parameters_reach_the_model_and_are_kept() -> None:
    calm = play_world(replace(JOB, values={"toy.luck_sd": 0.5}))
    wild = play_world(replace(JOB, values={"toy.luck_sd": 1.0}))
    assert calm.values == {"toy.luck_sd": 0.5}
    assert practice_of(wild, 0) == pytest.approx([2 * value for value in practice_of(calm, 0)])


def test_detail_covers_every_design_and_half_year() -> None:
    table = table_of(play_world(replace(JOB, detail=True)), "municipalities")
    assert table.groupby(["design", "half_year"]).size().to_numpy().tolist() == [6] * 32
    assert "municipalities" not in play_world(JOB).tables


def no_need(state: State, p: Parameters) -> Floats:
    raise ZeroDivisionError(state, p)


def broken_instruments() -> Instruments:
    return replace(toy_instruments(), true_need=no_need)


def test_an_error_says_in_which_world_it_came_up() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        play_world(replace(JOB, instruments=broken_instruments))
    assert "world 3 of seed 1" in caught.value.__notes__[0]


SEEN: list[weakref.ref[State]] = []


def watched_instruments() -> Instruments:
    real = national_model()

    def true_need(state: State, p: Parameters) -> Floats:
        SEEN.append(weakref.ref(state))
        return real.true_need(state, p)

    return replace(real, true_need=true_need)


def test_a_world_that_is_done_with_leaves_no_memory_behind() -> None:
    design = load_design("voluntary")
    gc.disable()  # what circles hold would only come free with it
    try:
        play_world(
            Job(
                0,
                1,
                (design,),
                start=2025,
                parting=2025,
                end=2025,
                scale=0.05,
                instruments=watched_instruments,
            )
        )
        assert SEEN[0]() is None
    finally:
        gc.enable()


def test_a_small_study_is_not_worth_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.experiments.play.available_cores", lambda: 2)
    # Four years shared and four years under each of two designs.
    assert JOB.half_years == 24
    assert worth_starting([replace(JOB, scale=0.1)] * 4) == 1
    assert worth_starting([replace(JOB, scale=1.0)] * 40) == 1  # 40 * 24 * 0.005 s = 4.8 s
    assert worth_starting([replace(JOB, scale=1.0)] * 50) == 2
