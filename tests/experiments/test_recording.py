from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.detail import DetailReader, scheme_of
from sim.experiments.recording import Recorder, gathered, group_figures
from sim.outcomes.groups import KEYS, NEED, PICKED
from sim.outcomes.measures import pupils
from sim.schemes.follow_up.state import FollowUpOwners
from sim.state.schools import Schools
from sim.world.place_names import PlaceNames
from tests.experiments.toy import OUTCOMES, STILL, ToyModel, toy_instruments, toy_state

NAN = np.nan
NAMES = PlaceNames({})


def recorded(years: int = 1, *, detail: bool = False) -> tuple[ToyModel, Recorder]:
    model, recorder = ToyModel(STILL, start=2019), Recorder(toy_instruments(), detail=detail)
    for _ in range(2 * years):
        model.step()
        recorder.observe(model)
    return model, recorder


def test_means_weigh_and_sums_add_and_what_does_not_apply_is_left_out() -> None:
    values = np.array([[1.0, 2.0, NAN], [1.0, 2.0, 3.0], [1.0, NAN, 4.0]])
    weights = np.array([[1.0, 3.0, 5.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
    masks = np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
    found = group_figures(values, weights, masks, np.array([False, False, True]))
    np.testing.assert_allclose(found, [[7 / 4, NAN, NAN], [2.0, 3.0, NAN], [5.0, 4.0, NAN]])


@pytest.mark.parametrize("n_outcomes", [1, 2, 7])
def test_a_group_s_figure_is_the_same_to_the_last_digit_whoever_is_worked_out_beside_it(
    n_outcomes: int,
) -> None:
    chance = np.random.default_rng(n_outcomes)
    for n in (1, 3, 8, 57, 356, 357):
        values, weights = chance.normal(size=(n_outcomes, n)), chance.random((n_outcomes, n))
        masks = (chance.random((len(KEYS), n)) < 0.4).astype(float)
        summed = np.arange(n_outcomes) % 2 == 1
        whole = group_figures(values, weights, masks, summed)
        for some in ([0], [3], [0, 15], [2, 5, 16]):
            np.testing.assert_array_equal(group_figures(values, weights, masks[some], summed), whole[:, some])
        for outcome in range(n_outcomes):
            one = slice(outcome, outcome + 1)
            alone = group_figures(values[one], weights[one], masks[[1]], summed[one])
            np.testing.assert_array_equal(alone, whole[one, 1:2])


def test_groups_that_are_not_wanted_are_left_out() -> None:
    _, recorder = recorded()
    handed_in = {PICKED: np.array([301]), NEED: np.array([301])}
    whole = gathered(recorder.pages, OUTCOMES, handed_in)
    some = gathered(recorder.pages, OUTCOMES, handed_in, (NEED,))
    column = KEYS.index(NEED)
    np.testing.assert_array_equal(some[:, :, column], whole[:, :, column])
    assert np.isnan(some[:, :, 1:column]).all()


def test_a_mean_over_nobody_of_weight_is_no_figure() -> None:
    found = group_figures(np.ones((1, 2)), np.zeros((1, 2)), np.ones((1, 2)), np.array([False]))
    assert np.isnan(found).all()


def test_pupils_are_counted_by_owner() -> None:
    assert pupils(toy_state(ToyModel(STILL).coming)).total.tolist() == [30, 70, 110, 150, 190, 230]


def test_outcomes_are_gathered_as_each_one_asks() -> None:
    model, recorder = recorded()
    handed_in = {PICKED: np.array([301, 4601]), NEED: np.array([5601])}
    spring, autumn = gathered(recorder.pages, OUTCOMES, handed_in)
    practice = model.state[Schools].practice[::2] / 2
    pupils = np.array([30, 70, 110, 150, 190, 230])
    by_group = dict(zip(KEYS, autumn.T, strict=True))
    assert by_group["all"][0] == pytest.approx((practice * pupils).sum() / 780)
    assert by_group["size.small"][0] == pytest.approx((practice[1] * 70 + practice[5] * 230) / 300)
    assert by_group[PICKED][0] == pytest.approx((practice[0] * 30 + practice[3] * 150) / 180)
    assert by_group["size.small"][1] == 300
    assert by_group["all"][3] == pytest.approx(practice.std())
    assert np.isnan(by_group["size.small"][3])  # one figure for the nation has no groups
    assert np.isnan(by_group["all"][2])  # no draw in autumn
    assert dict(zip(KEYS, spring.T, strict=True))["all"][2] == pytest.approx(2 / 6)


def test_events_are_noted_when_they_happen_only() -> None:
    _, recorder = recorded(years=3)  # draws in 2019 and 2021
    assert [int(rows["year"][0]) for rows in recorder.events["draws"]] == [2019, 2021]


def test_observing_changes_neither_state_nor_luck() -> None:
    watched, _ = recorded(years=3, detail=True)
    alone = ToyModel(STILL, start=2019)
    for _ in range(6):
        alone.step()
    for table, same in zip(watched.state, alone.state, strict=True):
        for name, values in table.arrays().items():
            np.testing.assert_array_equal(values, same.arrays()[name])


def test_what_was_noted_stays_when_the_world_moves_on() -> None:
    model, recorder = recorded(detail=True)
    before = recorder.pages[0].values.copy()
    noted = [values.copy() for values in recorder.details["schools"][0]]
    model.step()
    np.testing.assert_array_equal(recorder.pages[0].values, before)
    for now, then in zip(recorder.details["schools"][0], noted, strict=True):
        np.testing.assert_array_equal(now, then)


def test_nothing_can_be_noted_before_the_first_half_year() -> None:
    with pytest.raises(ValueError, match="nothing has been played"):
        Recorder(toy_instruments()).observe(ToyModel(STILL))


def test_detail_says_identities_words_and_results() -> None:
    _, recorder = recorded(detail=True)
    half_years = [page.half_year for page in recorder.pages]
    frame = (
        recorder.readers["municipalities"]
        .table(recorder.details["municipalities"], half_years, NAMES)
        .to_pandas()
    )
    assert frame["municipality"].tolist()[:6] == ["0301", "1101", "4201", "4601", "5001", "5601"]
    assert frame["county"].tolist()[:6] == [3, 11, 42, 46, 50, 56]
    assert frame["network"].isna().all()  # -1 refers to nobody
    assert frame["centrality"].tolist()[:3] == ["central", "remote", "middle"]
    assert frame["half_year"].tolist() == ["2019-spring"] * 6 + ["2019-autumn"] * 6
    assert (frame["follow_up_kind"][:6] == "average").sum() == 2
    np.testing.assert_allclose(frame["outcome_practice"][6:], recorder.pages[1].values[0], rtol=1e-6)
    assert "outcome_spread" not in frame  # the nation's, no municipality's


def test_schools_in_detail_name_their_owner_and_add_up_their_pupils() -> None:
    _, recorder = recorded(detail=True)
    half_years = [page.half_year for page in recorder.pages]
    frame = recorder.readers["schools"].table(recorder.details["schools"], half_years, NAMES).to_pandas()
    assert frame["municipality"].tolist()[:4] == ["0301", "0301", "1101", "1101"]
    assert frame["n_pupils"].tolist()[:3] == [10, 20, 30]


def test_every_column_in_detail_says_what_it_is() -> None:
    state = toy_state(ToyModel(STILL).coming)
    for reader in (DetailReader(state, "municipalities", OUTCOMES), DetailReader(state, "schools")):
        table = reader.table([reader.read(state, np.zeros((4, 6)))], [state.now], NAMES)
        assert len(set(table.schema.names)) == len(table.schema.names)
        assert all(field.metadata[b"meaning"] and field.metadata[b"unit"] for field in table.schema)


def test_a_schemes_columns_carry_its_name() -> None:
    assert scheme_of(FollowUpOwners) == "follow_up"
