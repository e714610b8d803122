"""Claims about the decentralised scheme that no single contrast says (those that one does: `sim.claims_check.declared`)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.claims_check.contrast import Setting
from sim.declared import REGISTRY
from sim.experiments.parameter_draws import prior_draw
from sim.model import SchemeModel
from sim.schemes.decentralised.state import DecentralisedSchools, Ties
from sim.state.places import Municipalities
from sim.state.schools import Schools
from sim.surveys.waves import T1, T3
from tests.claims_check.paired import differences, named
from tests.schemes.decentralised.whole_country import base

pytestmark = pytest.mark.slow

WORLDS = 10


def test_who_waits_to_see_whether_a_change_lasts_loses_more_by_one_that_does_not() -> None:
    """AFI-rapport 2026:02, 2.2.1: long-term, predictable, upheld by changing governments. In all of ten worlds (error 0.1 %)."""
    (contrast,) = named("a scheme that is changed and changed back is worth less effort than one that lasts")

    def lost(waits: float) -> np.ndarray:
        given: Setting = {**contrast.frame.given, "decentralised.logics.waits": waits}
        one = replace(contrast, frame=replace(contrast.frame, given=given))
        return differences([one], range(WORLDS))[contrast.says]

    at_once, waiting = lost(0.0), lost(0.4)
    assert at_once.min() > 0
    assert (waiting - at_once).min() > 0


def test_shared_understanding_equality_involvement_and_fit_rise_from_2021_to_2024_in_some_worlds_only() -> (
    None
):
    """AFI-rapport 2026:02, figs 2-2 and 2-11 to 2-14: shared understanding and involvement fall, equality stays level; measures
    are better adapted to leaders and UH (58 to 72, 70 to 75 per cent), not to representatives (2.3.1); slightly fewer say that
    it strengthens owners (2.3.1).

    Under the priors; 40 worlds, each with a draw of its own. A share of 0.5 has a standard error of 0.08; so each of the shares
    that must leave room for either is more than three of them from 0 and 1, or from 1 for equality two.
    """
    rises: dict[str, list[bool]] = {
        "shared": [],
        "equality": [],
        "involvement": [],
        "co-determination": [],
        "fit": [],
        "competence": [],
    }
    for number in range(40):
        design = base("history").with_assumptions(prior_draw(REGISTRY, 7, number))
        model = SchemeModel(design, rng=5, world=number, scale=0.1, start=2017)
        model.run_to(2020)
        seen = []
        while model.coming.year <= 2024:
            model.step()
            if model.state.now in (T1, T3):
                ties, ds = model.state[Ties], model.state[DecentralisedSchools]
                involved = model.state[Schools].involvement[ds.in_measure]
                decided = ds.codetermination[ds.in_measure]
                fit = ds.fit[ds.in_measure].mean()
                able = model.state[Municipalities].competence.mean()
                seen.append(
                    (ties.shared.mean(), ties.equality.mean(), involved.mean(), decided.mean(), fit, able)
                )
        for name, before, after in zip(rises, *seen, strict=True):
            rises[name].append(bool(after > before))
    share = {name: float(np.mean(found)) for name, found in rises.items()}
    assert 0.15 < share["shared"] < 0.75, share
    assert 0.4 < share["equality"] < 0.95, share
    assert 0.05 < share["involvement"] < 0.75, share
    assert share["co-determination"] < 0.5, share
    assert 0.2 < share["fit"] < 0.9, share
    assert 0.4 < share["competence"] < 0.95, share
