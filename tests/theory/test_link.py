from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from scipy.special import expit

from sim.declared import REGISTRY
from sim.parameters.registry import Parameters
from sim.surveys.parameters import Survey
from sim.surveys.respondents import Respondents
from sim.theory.asked import Asked
from sim.theory.link import Limit, Limits, Link, Stage

VALUES = {
    "survey.person_sd": 2.0,
    "survey.perception_owner": 0.5,
    "survey.difficulty_equality": 0.3,
    "survey.difficulty_shared": 1.0,
}
S = Parameters(REGISTRY, VALUES)[Survey]


def link(at_least: Limit = None, at_most: Limit = None, unit: str = "0-1") -> Link:
    return Link(
        "a", Stage.RESULT, {"en": "A."}, "needs_hit", unit=unit, why="half-way", source="none", at_least=at_least,
        at_most=at_most,
    )  # fmt: skip


def between(
    link: Link, harder: float = 0.0, s: Survey = S, usual: Mapping[str, float] | None = None
) -> list[float]:
    """The least and the greatest value for which a link holds."""
    found: list[float] = Limits([link]).between(s, usual or {}, [harder])[0, :, 0].tolist()
    return found


def test_a_limit_lies_where_the_middle_of_those_asked_agrees() -> None:
    # A difficulty of 0.3, less what owners see better: half of two.
    asked = Asked(("equality",), Respondents.OWNERS)
    assert between(link(at_least=asked)) == pytest.approx([expit(0.3 - 1.0), np.inf])


def test_of_several_questions_it_is_the_geometric_mean() -> None:
    asked = Asked(("equality", "shared"), Respondents.OWNERS)
    assert between(link(at_least=asked))[0] == pytest.approx(np.sqrt(expit(-0.7) * expit(0.0)))


def test_a_plain_fact_tells_no_limit() -> None:
    with pytest.raises(ValueError, match="alone: a plain fact"):
        between(link(at_least=Asked(("alone",), Respondents.OWNERS_2020)))


def test_limits_are_moved_by_a_share_of_themselves_and_not_beyond_the_end_of_the_scale() -> None:
    assert between(link(at_least=0.5), 0.2) == pytest.approx([0.6, np.inf])
    assert between(link(at_least=0.5), -0.2) == pytest.approx([0.4, np.inf])
    assert between(link(at_most=0.5), 0.2) == pytest.approx([-np.inf, 0.4])
    assert between(link(at_least=0.9), 0.2) == [1.0, np.inf]
    assert between(link(at_most=0.9), -0.2) == pytest.approx([-np.inf, 1.08])
    assert between(link(at_least=0.9, unit="of the usual"), 0.2) == pytest.approx([1.08, np.inf])
    assert between(link(at_least=-1.0, unit="SD"), 0.2) == pytest.approx([-0.8, np.inf])


def test_who_has_come_to_expect_more_agrees_from_a_higher_level() -> None:
    s = Parameters(REGISTRY, {**VALUES, "survey.expectation_strength": 0.5})[Survey]
    asked = Asked(("equality",), Respondents.OWNERS)
    usual = {"equality": float(expit(0.8))}
    expected = [expit(0.3 - 1.0 + 0.5 * 0.8), np.inf]
    assert between(link(at_least=asked), s=s, usual=usual) == pytest.approx(expected)
    assert between(link(at_least=asked), s=s) == pytest.approx([expit(0.3 - 1.0), np.inf])
