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
# # Fit and validation
#
# How well does the model fit what the evaluations found, what it had never seen, and what was learned about its
# parameters? Everything here is read from the files of one calibration. By default that is a small one, played here;
# name the folder of another with `KOMPETANSESIM_CALIBRATION`.

# %%
import json
import os
from pathlib import Path

import pandas as pd

import sim

given = os.environ.get("KOMPETANSESIM_CALIBRATION")
if given:
    folder = Path(given)
else:
    folder = sim.calibrate(
        quick=True,
        points=120,
        scale=0.05,
        workers=1,
        lang="en",
        out="results/notebooks/calibration",
        progress=False,
    )

# %% [markdown]
# ## Observed and simulated
#
# `inside` says whether what was observed lies in the model's 90 % posterior predictive interval. Figures of role
# *validate* were held back until the posterior lay on the disk.

# %%
fit = pd.read_parquet(folder / "fit.parquet")
fit.groupby("role")["inside"].agg(hits="sum", answered="count", figures="size")

# %%
fit[fit["role"] == "validate"].set_index("target").drop(columns=["role", "wave"]).round(3)

# %% [markdown]
# What is missed, of all roles:

# %%
fit[fit["inside"].eq(False)].set_index("target").round(3)

# %% [markdown]
# ## Better than a guess?
#
# The last wave repeats itself; everybody says what their group says on average. `low` and `high` are the model's gain
# with its interval over figures: if 0 lies between them, so few figures can't settle it.

# %%
pd.read_parquet(folder / "verdicts.parquet").round(3)

# %% [markdown]
# ## What was learned
#
# `narrowed` is the share of a parameter's prior spread that is gone.

# %%
learned = pd.read_parquet(folder / "learned.parquet").set_index("parameter")
print(f"something was learned about {learned['informed'].sum()} of {len(learned)} parameters")
columns = ["prior_mean", "prior_sd", "posterior_mean", "posterior_sd", "narrowed"]
learned[learned["informed"]].sort_values("narrowed", ascending=False)[columns].head(25).round(3)

# %% [markdown]
# Pairs that the figures can't tell apart, and figures that pull against each other:

# %%
pd.read_parquet(folder / "pairs.parquet").round(2)

# %%
pd.read_parquet(folder / "conflicts.parquet").round(2)

# %% [markdown]
# ## Facts that nobody fitted

# %%
patterns = pd.read_parquet(folder / "patterns.parquet").set_index("pattern")
patterns[
    ["literature_low", "literature_high", "simulated", "simulated_low", "simulated_high", "overlap"]
].round(3)

# %% [markdown]
# ## Can the sampling be trusted?

# %%
diagnostics = json.loads((folder / "diagnostics.json").read_text(encoding="utf-8"))
pd.DataFrame(diagnostics["waves"]).set_index("wave")
