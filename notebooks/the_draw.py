# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The draw explained, and stress-tested
#
# Municipalities are drawn by eleven indicators over three years: one point for each indicator and year worse than the
# nation, three beyond the absolute threshold, grunnskolepoeng threefold; compared by points over possible points
# (AFI-rapport 2021:09, 2.1).

# %%
import os

import sim

FULL = bool(os.environ.get("KOMPETANSESIM_FULL"))
SIZE = {"worlds": 40} if FULL else {"worlds": 4, "scale": 0.2, "start": 2024, "end": 2029}

# %%
results = sim.compare(
    ["voluntary", "draw_shrinkage", "draw_size_weight", "draw_weak_pupils", "governors_judgement_only"],
    **SIZE,
    workers=1,
    lang="en",
    out="results/notebooks/draw",
    progress=False,
)
draws = results.draws.query("world == 0 and design == 'voluntary' and year == 2026")
draws.sort_values("risk_share", ascending=False)[
    [
        "municipality",
        "county",
        "population",
        "risk_points",
        "possible_points",
        "risk_share",
        "drawn",
        "excluded_because",
        "true_need",
    ]
].head(10)

# %% [markdown]
# ## One municipality's points
#
# Indicator by indicator, in the three years that count, for the first of those drawn.

# %%
first = draws[draws["drawn"] == "average"].sort_values("risk_share", ascending=False).iloc[0]
points = first[[name for name in draws.columns if name.startswith("points_")]].dropna()
points.index = points.index.str.extract(r"points_(.+)_(\d)").apply(tuple, axis=1)
points.rename_axis("indicator and years before the draw").rename("points").to_frame()

# %% [markdown]
# ## Small numbers
#
# The draw sees three years of small cohorts; need is what lasts. Dots far up to the left are municipalities picked by
# luck.

# %%
results.picture("draw")

# %% [markdown]
# ## Other rules
#
# Precision is the share of the drawn who are among the equally many with the greatest true need; recall the share of
# the neediest tenth that is reached; the swing how many of the first on the list were not there at the last draw. Which
# of these matters is a value judgement, not a finding.

# %%
judged = ["hit_rate", "recall", "draw_swing", "drawn_in_north", "pupils_reached", "returns"]
table = results.comparison.query(
    "versus == 'voluntary' and group == 'all' and horizon == 'mean' and outcome in @judged"
)
table.set_index(["outcome", "design"])[
    ["mean_versus", "mean_design", "difference", "low", "high"]
].sort_index().round(3)
