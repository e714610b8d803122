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
# # Quick start
#
# Compare two designs of the follow-up scheme, read the answer, and look at the numbers behind it.

# %%
import os

import sim

FULL = bool(os.environ.get("KOMPETANSESIM_FULL"))
SIZE = {"worlds": 40} if FULL else {"worlds": 6, "scale": 0.1, "start": 2022, "end": 2030}

# %% [markdown]
# All designs are played in the same worlds, each with its own luck and its own values of what nobody knows exactly.

# %%
results = sim.compare(
    ["voluntary", "obligatory"],
    **SIZE,
    workers=1,
    lang="en",
    out="results/notebooks/quick_start",
    progress=False,
)
print(*results.headline("en"), sep="\n")

# %% [markdown]
# The picture that opens the report. Grey zones are differences that so few worlds would most likely not show.

# %%
results.picture("answer")

# %% [markdown]
# The numbers are ordinary pandas frames; what each column means stands in `tables.md` in the folder.

# %%
columns = ["outcome", "unit", "mean_versus", "difference", "low", "high", "minimum_detectable_effect"]
results.comparison.query("group == 'all' and horizon == 'mean'")[columns].set_index("outcome").head(10)

# %% [markdown]
# Where all of it comes from: code, designs, parameters, seed. The same manifest gives the same numbers again.

# %%
print({key: results.manifest[key] for key in ("command", "seed", "worlds", "years", "scale")})
