"""What is declared of contrasts names what there is, and the table of what was played has all of them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from sim.claims_check.contrast import ASSUMED, Contrast, Dated, Side, told
from sim.claims_check.declared import contrasts
from sim.claims_check.readings import OF_STATE, WHEN_ASKED, reading
from sim.claims_check.verdict import Turned, Verdict, as_markdown, judged, tally
from sim.declared import REGISTRY
from sim.parameters.registry import accept
from sim.reference.claims import PLAYED, Basis, Standing, all_claims, basis, played
from sim.scenario_files import load_design
from tests.test_sources import missing

CONTRASTS = contrasts()
LEAST = 100
"""Contrasts of what sources say that must come out as they say; fewer would be another model."""


def sides(contrast: Contrast) -> list[Side]:
    return [side for side in (contrast.less, contrast.more) if side is not None]


def test_words_tell_contrasts_apart() -> None:
    assert [says for says, n in Counter(contrast.says for contrast in CONTRASTS).items() if n > 1] == []


@pytest.mark.parametrize("contrast", CONTRASTS, ids=[contrast.says for contrast in CONTRASTS])
def test_a_contrast_names_what_there_is(contrast: Contrast) -> None:
    assert reading(contrast.reading).smallest.size > 0
    assert set(contrast.claims.split()) <= {claim.name for claim in all_claims()}
    of_2026 = contrast.source[0].isdigit() or contrast.source.startswith(("fig", "p."))
    assert missing(("AFI-rapport 2026:02, " if of_2026 else "") + contrast.source) == []
    assert contrast.less != contrast.more or contrast.window != contrast.window_before
    for side in sides(contrast):
        if isinstance(side, str):
            load_design(side, REGISTRY)
            continue
        for name, value in side.items():
            declaration = REGISTRY.find(name)
            for one in [later for _, later in value.steps] if isinstance(value, Dated) else [value]:
                accept(declaration, one)
            assert declaration.by_year or not isinstance(value, Dated)
    frame = contrast.frame
    assert max(frame.start, frame.since) <= min(contrast.window_before[0], contrast.window[0])
    assert all(REGISTRY.find(name) for name in frame.given)


def test_what_no_source_says_is_wholly_the_project_s_own_and_no_claim() -> None:
    """A price, or what a proposal would do, is put into nobody's mouth: all of its source is one word, and it has no row."""
    partly = [c.says for c in CONTRASTS if ASSUMED in c.source and (c.source != ASSUMED or c.claims)]
    assert partly == []


def test_every_reading_is_read_by_a_contrast() -> None:
    assert set(OF_STATE) <= {contrast.reading.removeprefix(WHEN_ASKED) for contrast in CONTRASTS}


def test_what_was_played_is_what_is_declared() -> None:
    """Run `make check-claims` and commit what it writes, where this fails."""
    table = pd.read_csv(PLAYED, keep_default_na=False)
    columns = ["says", "claims", "frame", "source", "reading", "less", "more"]
    there = {tuple(row) for row in table[columns].itertuples(index=False)}
    assert there == {
        (c.says, c.claims, c.frame.name, c.source, c.reading, told(c.less, c.more), told(c.more, c.less))
        for c in CONTRASTS
    }
    assert set(table["verdict"]) <= {str(verdict) for verdict in Verdict}
    assert (table["verdict"][table["source"] != ASSUMED] == Verdict.AS_SAID).sum() >= LEAST


def test_no_contrast_is_a_parameter_s_own_value() -> None:
    """What comes out the same in all worlds, whatever their draw, is what was put in."""
    table = pd.read_csv(PLAYED)
    declared = table[table["says"].isin([contrast.says for contrast in CONTRASTS])]
    assert (
        declared["says"][(declared["low"] == declared["high"]) & (declared["difference"] != 0)].tolist() == []
    )


def test_no_claim_is_without_what_its_state_rests_on() -> None:
    for claim in all_claims():
        what = basis(claim)
        if what not in (Basis.TEST, Basis.WEAKER, Basis.LEFT_OUT):
            assert claim.state is Standing.HOLDS
            assert played()[claim.name]
        elif what is Basis.TEST:
            assert claim.checks, claim.name
        else:
            assert claim.reason, claim.name
    assert set(played()) <= {claim.name for claim in all_claims() if claim.state is not Standing.LEFT_OUT}


def test_assumed_strengths_alone_do_not_make_a_claim_hold_that_is_open_otherwise() -> None:
    for claim in all_claims():
        mine = played().get(claim.name, ())
        if basis(claim) in (Basis.PLAYED, Basis.LITTLE):
            assert [
                one
                for one in mine
                if one.turned != Turned.ASSUMPTION and one.verdict.startswith("as the source")
            ]
        elif basis(claim) is Basis.ASSUMED:
            assert {one.turned for one in mine} == {Turned.ASSUMPTION}


@pytest.mark.parametrize(
    ("apart", "verdict"),
    [
        # mean 0.2, SE 0.1 / sqrt(3), t(0.95, 2) = 2.92: interval 0.2 +- 0.169
        ((0.1, 0.2, 0.3), Verdict.AS_SAID),
        # the same a hundredth of it: under the smallest size of 0.01
        ((0.001, 0.002, 0.003), Verdict.SMALL),
        ((-0.1, -0.2, -0.3), Verdict.OTHER_WAY),
        # mean 0.1, interval 0.1 +- 0.169
        ((0.0, 0.1, 0.2), Verdict.UNTOLD),
        ((0.0, 0.0, 0.0), Verdict.UNTOLD),
    ],
)
def test_the_interval_and_the_size_make_the_verdict(apart: tuple[float, ...], verdict: Verdict) -> None:
    contrast = next(one for one in CONTRASTS if one.reading == "satisfaction")
    less = np.full((3, 1), 0.5)
    row = judged([contrast], less, less + np.array(apart)[:, None]).iloc[0]
    assert row["verdict"] == verdict
    assert row["worlds"] == 3


@pytest.mark.parametrize(
    ("apart", "verdict", "right"),
    [
        # mean 0.02, SE 0.01 / sqrt(3), t(0.95, 2) = 2.92: interval 0.02 +- 0.0169, below the bound of 0.05
        ((0.01, 0.02, 0.03), Verdict.AS_SAID, 1),
        # what falls does not rise
        ((-0.3, -0.2, -0.1), Verdict.AS_SAID, 1),
        # 0.0497 +- 0.0169
        ((0.04, 0.049, 0.06), Verdict.UNTOLD, 2 / 3),
        # 0.2 +- 0.0169
        ((0.19, 0.2, 0.21), Verdict.OTHER_WAY, 0),
        # where a reading applies to nobody its world does not count
        ((0.01, np.nan, 0.01), Verdict.AS_SAID, 1),
    ],
)
def test_what_does_not_get_greater_is_held_against_its_bound(
    apart: tuple[float, ...], verdict: Verdict, right: float
) -> None:
    contrast = next(one for one in CONTRASTS if one.at_most == 0.05)
    less = np.full((3, 1), 0.5)
    found = judged([contrast], less, less + np.array(apart)[:, None])
    assert found.iloc[0]["verdict"] == verdict
    assert found.iloc[0]["right"] == pytest.approx(right)
    assert ", at most 0.05 |" in as_markdown(found, "how")


def test_what_could_have_come_out_otherwise_is_counted_apart() -> None:
    """By hand: one contrast of each kind."""
    lever, assumed = {"decentralised.direct_involvement": 1.0}, {"decentralised.needs.teachers_gain": 0.25}
    frame = CONTRASTS[0].frame
    made = [
        Contrast(frame, "a", "hit", {}, lever, "s"),
        Contrast(frame, "b", "hit", {}, assumed, "s"),
        Contrast(frame, "c", "hit", None, {}, "s"),
        Contrast(frame, "d", "hit", {}, assumed, ASSUMED),
    ]
    less = np.zeros((3, 4))
    open_ones, strengths, own = tally(judged(made, less, less + np.array([0.1, 0.2, 0.3])[:, None]))
    assert "2 contrasts (1 lever, 1 group): 2 as the source says;" in open_ones
    assert "1 contrasts (1 assumption): 1 as the source says;" in strengths
    assert "1 contrasts (1 assumption): 1 as the source says;" in own
