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
# # Should follow-up be voluntary or obligatory?
#
# No municipality has declined so far, so what could an obligation change? In the model it secures take-up where
# somebody would decline, and costs autonomy, trust and ownership (AFI-rapport 2026:02, ch. 3). This notebook plays
# both, with a mild sanction and with one on the model of ROBEK, and then turns the assumptions that the answer hangs
# on.

# %%
import os

import pandas as pd

import sim

FULL = bool(os.environ.get("KOMPETANSESIM_FULL"))
SIZE = {"worlds": 40} if FULL else {"worlds": 6, "scale": 0.1, "start": 2022, "end": 2030}
DESIGNS = ["voluntary", "obligatory", "obligatory_mild", "obligatory_robek"]

# %%
results = sim.compare(
    DESIGNS, **SIZE, workers=1, lang="en", out="results/notebooks/obligatory", progress=False
)
print(*results.headline("en"), sep="\n\n")

# %%
results.picture("answer")

# %% [markdown]
# ## Who gains, who loses

# %%
results.picture("gains")

# %% [markdown]
# ## What if owners felt less pressure?
#
# Today they feel that they have to take part although it is voluntary. The assumption `follow_up.felt_pressure` says
# how strongly. Where it is low, more owners decline, and an obligation has something to do.

# %%
found = []
for pressure in (0.2, 0.5, 0.9):
    turned = sim.compare(
        DESIGNS[:2],
        **SIZE,
        workers=1,
        levers={"follow_up.felt_pressure": pressure},
        lang="en",
        out=f"results/notebooks/pressure_{pressure}",
        progress=False,
    )
    rows = turned.comparison.query("group == 'all' and horizon == 'mean'").set_index("outcome")
    found.append(
        rows.loc[["participates", "legitimacy", "practice"], ["difference", "low", "high"]].assign(
            felt_pressure=pressure
        )
    )
pd.concat(found).reset_index().set_index(["outcome", "felt_pressure"]).sort_index()

# %% [markdown]
# A difference whose interval reaches over zero is not shown by so many worlds; it may still be there. How large it
# would have to be to show is the column `minimum_detectable_effect` of the comparison.
