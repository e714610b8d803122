from __future__ import annotations

import numpy as np
import pytest

from sim.errors import InputError
from sim.half_year import HalfYear, Season
from sim.outcomes.groups import KEYS
from sim.sweeps.kept import Figure, Kept, figures_of
from tests.experiments.toy import OUTCOMES, PUSHED, STILL


@pytest.mark.parametrize(
    "name", ["practice@end", "practice@mean:need", "practice@2030", "practice@2026-2030:picked.either"]
)
def test_a_figure_s_name_says_all_of_it(name: str) -> None:
    assert Figure.of(name).name == name


@pytest.mark.parametrize(
    "name", ["practice", "@end", "practice@", "practice@never", "practice@20", "practice@2020-"]
)
def test_what_names_no_figure_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="expected outcome@when"):
        Figure.of(name)


def test_unknown_groups_and_outcomes_get_the_nearest_known_ones() -> None:
    with pytest.raises(InputError, match="unknown group 'neeed'; nearest known: need"):
        Figure.of("practice@end:neeed")
    with pytest.raises(InputError, match="unknown outcome 'practise'; nearest known: practice"):
        Kept.of(["practise@end"], OUTCOMES)


def test_nothing_and_the_same_twice_are_refused() -> None:
    with pytest.raises(InputError, match="at least one"):
        Kept.of([], OUTCOMES)
    with pytest.raises(InputError, match="twice"):
        Kept.of(["practice@end", "practice@end:all"], OUTCOMES)


@pytest.mark.parametrize("name", ["practice@2016", "practice@2020-2035", "practice@2022-2021"])
def test_years_outside_the_run_are_refused(name: str) -> None:
    kept = Kept.of([name], OUTCOMES, 2026)
    with pytest.raises(InputError, match="within the run's, 2017-2034"):
        kept.check_years(2017, 2034)


def test_only_the_years_asked_for_are_observed() -> None:
    kept = Kept.of(["practice@end", "practice@2026-2028", "spread@2018"], OUTCOMES, 2020)
    assert kept.years(2017, 2034) == {2018, 2026, 2027, 2028, 2034}
    assert Kept.of(["practice@mean"], OUTCOMES, 2032).years(2017, 2034) == {2032, 2033, 2034}
    assert Kept.of(["practice@mean"], OUTCOMES, 2010).years(2017, 2018) == {2017, 2018}


def test_figures_are_means_over_the_half_years_that_have_a_value() -> None:
    half_years = [HalfYear.of(year, season) for year in (2020, 2021) for season in Season]
    values = np.full((4, len(OUTCOMES), len(KEYS)), np.nan)
    values[:, 0, 0] = [1.0, np.nan, 3.0, 5.0]
    kept = Kept.of(["practice@2020", "practice@end", "practice@mean", "practice@end:need"], OUTCOMES, 2020)
    found = figures_of(kept, values, half_years, OUTCOMES, 2020, 2021)
    assert found[:3].tolist() == [1.0, 4.0, 3.0]
    assert np.isnan(found[3])


def test_the_parting_matters_only_where_a_figure_hangs_on_it() -> None:
    plain = [Kept.of(["practice@2020"], OUTCOMES, parting).describe() for parting in (2020, 2021)]
    assert plain[0] == plain[1]
    mean = [Kept.of(["practice@mean"], OUTCOMES, parting).describe() for parting in (2020, 2021)]
    assert mean[0] != mean[1]


def test_who_settles_the_groups_matters_only_where_there_are_any() -> None:
    by = [
        Kept.of(["practice@end:picked.either"], OUTCOMES).with_reference([d]).describe()
        for d in (STILL, PUSHED)
    ]
    assert by[0] != by[1]
    without = [Kept.of(["practice@end"], OUTCOMES).with_reference([d]).describe() for d in (STILL, PUSHED)]
    assert without[0] == without[1]
