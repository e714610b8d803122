"""Levers of the draw (uttrekk): who is picked for follow-up, by which figures and by whose judgement."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

import numpy as np

from sim.arrays import Floats
from sim.parameters.declaration import Group, fixed, lever, uncertain
from sim.parameters.priors import Uniform
from sim.schemes.follow_up.draw_rules import RANKING_RULES, RISK_SHARE, RankingRule
from sim.state.measurements import N_INDICATORS, N_YEARS, Indicator

_RULE = "AFI-rapport 2021:09, 2.1; OECD 2020"


class IndicatorName(StrEnum):
    """The eleven indicators by the names used in scenario files, in the order of `Indicator`."""

    READING_5 = "reading_5"
    NUMERACY_5 = "numeracy_5"
    READING_8 = "reading_8"
    NUMERACY_8 = "numeracy_8"
    LEAVING_POINTS_10 = "leaving_points_10"
    SUPPORT_7 = "support_7"
    MOTIVATION_7 = "motivation_7"
    BULLYING_7 = "bullying_7"
    SUPPORT_10 = "support_10"
    MOTIVATION_10 = "motivation_10"
    BULLYING_10 = "bullying_10"


class Discretion(StrEnum):
    """Where the governors' knowledge beyond the indicators counts."""

    NONE = "none"
    SPREAD = "spread"  # today's rule: governors rank the candidates of the spread draw
    BOTH = "both"  # also among the candidates of the average draw


class Judged(StrEnum):
    """What the governors rank candidates by."""

    OWN_JUDGEMENT = "own_judgement"  # today's rule: what each office knows
    COMMON_CRITERIA = (
        "common_criteria"  # change of leaders, turnover of staff, complaints, economy [OECD 2020]
    )


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Draw(Group, key="follow_up.draw", title="The draw of municipalities for follow-up"):
    """Levers of the draw."""

    years: tuple[int, ...] = lever(
        (2017, 2018, 2020, 2022, 2026, 2028, 2030, 2032, 2034), unit="calendar years", bounds=(2005, 2060),
        source="AFI-rapport 2021:09, 2.1 (2017-2022); none in 2024 (AFI-rapport 2026:02); every second year "
        "again from 2026: assumption",
        meaning="years in whose spring a draw is held",
    )
    average_places: int = lever(
        30, unit="municipalities", bounds=(0, 400), source=_RULE,
        meaning="places in the average draw (gjennomsnittsuttrekk)",
    )
    average_candidates: int = lever(
        50, unit="municipalities", bounds=(0, 400),
        source="assumption: as many beyond the places as are listed for the spread draw",
        meaning="candidates listed for the average draw, if discretion counts in both; governors rank them",
    )
    ranked_by: RankingRule = lever(
        RISK_SHARE, unit="choice", choices=RANKING_RULES,
        source=_RULE + "; the other rules: assumption after AFI-rapport 2026:02, 3.4",
        meaning="figure by which the average draw puts municipalities in order",
    )
    size_weight: float = lever(
        0.0, unit="power", bounds=(0.0, 1.0), source="assumption; today's rule gives size no weight",
        meaning="power of the number of pupils, against the mean municipality's, with which the figure is multiplied",
    )
    least_pupils: float = lever(
        0.0, unit="pupils", bounds=(0.0, 5_000.0), source="assumption; today's rule has no such limit",
        meaning="municipalities with fewer pupils in grunnskole can't be drawn on average",
    )
    shrinkage: float = lever(
        0.0, unit="share", bounds=(0.0, 1.0),
        source="assumption (Efron and Morris 1975); today's rule takes figures as they are",
        free="as many places: who is drawn by it takes the place of another, larger ones that of smaller ones",
        meaning="how far small municipalities' risk shares are moved towards those of like size by the luck that is in them",
    )
    consistent_years: int = lever(
        0, unit="years", bounds=(0, 3), source=_RULE + " (the rule asks for no such thing)",
        meaning="years that count in which the risk share must be above the mean municipality's",
    )
    spread_places: int = lever(
        10, unit="municipalities", bounds=(0, 400), source=_RULE,
        meaning="most places in the spread draw (spredningsuttrekk)",
    )
    spread_candidates: int = lever(
        30, unit="municipalities", bounds=(0, 400), source=_RULE,
        meaning="candidates listed for the spread draw, which the governors rank",
    )
    worst_schools_share: float = lever(
        0.25, unit="share of the nation's schools", bounds=(0.01, 1.0), source=_RULE,
        meaning="schools that count as the weakest; a candidate of the spread draw owns at least one of them",
    )
    indicators: tuple[IndicatorName, ...] = lever(
        tuple(IndicatorName), unit="names", source=_RULE + "; eight in 2017, without the three of 7th grade",
        meaning="indicators that count",
    )
    years_of_data: int = lever(
        3, unit="years", bounds=(1, 3), source=_RULE,
        meaning="latest complete years whose figures count",
    )
    points_national: float = lever(
        1.0, unit="points", bounds=(0.0, 10.0), source=_RULE,
        free="as many places: who is drawn by it takes the place of another",
        meaning="points for an indicator and year worse than the national threshold",
    )
    points_absolute: float = lever(
        3.0, unit="points", bounds=(0.0, 30.0), source=_RULE,
        free="as many places: who is drawn by it takes the place of another",
        meaning="points for an indicator and year worse than the absolute threshold",
    )
    leaving_points_factor: float = lever(
        3.0, unit="factor", bounds=(0.0, 10.0), source=_RULE,
        meaning="how many times grunnskolepoeng count",
    )
    absolute_distance: float = uncertain(
        1.4, unit="SD between municipalities", bounds=(0.3, 2.5), prior=Uniform(1.0, 1.8),
        source="assumption; the report gives only that the distance is the mean difference over three years, "
        "fixed at the 2018 draw",
        meaning="how far the absolute threshold lies beyond the national mean",
    )
    distance_fixed_year: int = fixed(
        2018, unit="calendar year", bounds=(2005, 2060), source=_RULE,
        meaning="draw at which the distance of the absolute threshold is computed once for all",
    )
    figure_step: float = fixed(
        0.1, unit="index 1-5 or leaving points", bounds=(0.0, 1.0),
        source="assumption: the draw goes by indices of the pupil survey and leaving points as they are told, with one decimal (Udir,"
        " Skoleporten, recalled); the report does not say. Taken because 53 of 422 municipalities had a risk share under 10 per cent"
        " (AFI-rapport 2021:09, 2.1), and fewer have if they go by all decimals",
        meaning="step to which they are rounded, a unit's and the nation's, before they are compared; 0: not at all",
    )
    least_points_share: float = lever(
        0.33, unit="share", bounds=(0.0, 1.0),
        source="assumption: about what one complete year of three gives; the report names no limit",
        free="as many places: who has too few figures to be ranked makes way for another",
        meaning="share of the full number of points that must have been possible for a municipality to be ranked, or a school",
    )
    special_pupils: float = fixed(
        2.0, unit="pupils per grade", bounds=(0.0, 50.0),
        source="assumption after AFI-rapport 2021:09, 2.1: special schools distort results",
        meaning="pupils of a special school in the figures of a municipality that has one (society.special_case_share)",
    )
    special_gap: float = fixed(
        2.0, unit="SD of pupils", bounds=(0.0, 5.0), source="assumption",
        meaning="how far their leaving points lie below the nation's; in tests all of them are at the lowest level",
    )
    discretion: Discretion = lever(
        Discretion.SPREAD, unit="choice", source=_RULE,
        meaning="where governors' own knowledge counts",
    )
    judged_by: Judged = lever(
        Judged.OWN_JUDGEMENT, unit="choice", source=_RULE + "; common criteria for discretion: OECD 2020",
        meaning="what the governors rank candidates by",
    )
    discretion_weight: float = lever(
        1.0, unit="share", bounds=(0.0, 1.0),
        source=_RULE + ": spread brings one onto the list, and the governors rank the list",
        meaning="weight of the governors' ranking against the spread's among those listed for the spread draw",
    )
    average_discretion_weight: float = lever(
        0.5, unit="share", bounds=(0.0, 1.0), source="assumption",
        meaning="weight of the governors' ranking against the figures' in the average draw, if discretion counts in both",
    )
    spread_size_limit: bool = lever(
        True, unit="yes/no", source=_RULE + ": the scheme is not sized for the largest cities",
        meaning="whether the largest municipalities are left out of the spread draw",
    )
    spread_largest_excluded: float = uncertain(
        70_000.0, unit="inhabitants", bounds=(0.0, 2_000_000.0), prior=Uniform(40_000.0, 100_000.0),
        source=_RULE + " (largest cities left out; the limit is an assumption)",
        meaning="municipalities at or above this size count as too large for the spread draw",
    )
    rest_draws: int = lever(
        1, unit="draws", bounds=(0, 5), source=_RULE,
        meaning="draws after which one drawn before can be drawn again: 1 means not at the next draw",
    )
    governor_insight_sd: float = uncertain(
        0.5, unit="SD of true need", bounds=(0.05, 3.0), prior=Uniform(0.2, 1.0), source="assumption",
        meaning="error of an office's judgement of need if it had no insight; none at full insight [F2]",
    )
    governor_owner_sd: float = uncertain(
        0.5, unit="SD of the owners' shortfall", bounds=(0.05, 3.0), prior=Uniform(0.2, 1.0), source="assumption",
        meaning="error of an office's judgement of what owners lack if it had no insight; none at full insight [F2]",
    )
    shortfall_weight: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8),
        source="assumption; governors go by supervision, complaints and analyses of risk as well as by results",
        meaning="weight of what owners lack against weak results in the governors' judgement",
    )
    concern_from: float = uncertain(
        0.0, unit="SD between municipalities", bounds=(-3.0, 3.0), prior=Uniform(-0.3, 0.3),
        source="assumption after AFI-rapport 2021:09, 2.1: candidates that gave no cause for concern were left out, and nine of "
        "up to ten were drawn",
        meaning="governors' judgement below which a candidate of the spread draw gives no cause for concern; 0 is the mean one",
    )
    check_insight: float = uncertain(
        0.8, unit="correlation", bounds=(0.0, 1.0), prior=Uniform(0.6, 0.95), source="assumption",
        meaning="how well a check of whether an owner supports its weak schools follows what it lacks, if a design has one",
    )
    check_fte: float = fixed(
        0.02, unit="man-years", bounds=(0.0, 1.0),
        source="assumption: a meeting and the papers for it, most of a week in the half-year",
        meaning="what such a check asks of an owner, in man-years a year, for a half-year",
    )

    @cached_property
    def indicator_weights(self) -> Floats:
        """How many times each indicator counts; shape (11,), 0 for one out of use. Only to be read."""
        weights = np.zeros(N_INDICATORS)
        weights[[Indicator[name.name] for name in self.indicators]] = 1
        weights[Indicator.LEAVING_POINTS_10] *= self.leaving_points_factor
        return weights

    @cached_property
    def cell_weights(self) -> Floats:
        """How many times each indicator counts in each year; shape (3, 11), 0 for years too old. Only to be read."""
        weights: Floats = np.outer(np.arange(N_YEARS) < self.years_of_data, self.indicator_weights)
        return weights

    @cached_property
    def full_possible_points(self) -> float:
        """Possible points of a unit with figures in every cell: 117 by today's rule."""
        return float(self.cell_weights.sum()) * max(self.points_national, self.points_absolute)
