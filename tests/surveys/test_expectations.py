"""Whether answers may fall: under the priors, over small countries."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.calibration.plan import Plan
from sim.calibration.points import Portion, play_portion
from sim.surveys.questionnaire import WITHOUT_TARGET

WORLDS = 60
ASKED_ASIDE = {item.target for item in WITHOUT_TARGET}


@pytest.mark.slow
def test_under_the_priors_an_item_falls_from_2021_to_2024_now_and_then() -> None:
    plan = Plan(scale=0.2, end=2024, seed=5)
    space = plan.space
    values = space.values(space.prior_design(WORLDS, plan.seed))
    setting = replace(plan.setting(worlds=1), without={})
    played = play_portion(Portion(setting, 0, space.names, values)).to_pandas()
    shares = played.groupby(["point", "target"], observed=True)["value"].mean().unstack()
    pairs = [(name, f"{name[:-3]}_t3") for name in shares.columns if name.endswith("_t1")]
    both = [(a, b) for a, b in pairs if b in shares.columns and a not in ASKED_ASIDE]
    falls = [float((shares[b] < shares[a]).mean()) for a, b in both]
    assert len(falls) == 11
    # Mean over items; its standard error over 60 worlds is about 0.03.
    assert 0.2 < np.mean(falls) < 0.5
