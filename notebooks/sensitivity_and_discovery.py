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
# # Sensitivity and discovery: the researcher's bench
#
# When would follow-up that is compulsory, with a sanction as in ROBEK, do better than voluntary follow-up, and what does
# that hang on? One sweep of runs is made and then asked: what do the answers hang on, where in the space of what is
# unknown does the one beat the other, which design is robust, what would be worth measuring better. A search for
# designs stands at the end.
#
# Every step is a command too: `kompetansesim sweep`, `sensitivity`, `discover`, `search`, `voi`. By default everything
# here is far too small to conclude from; it shows what one gets.

# %%
import os
from pathlib import Path

import duckdb
import pandas as pd
from SALib.analyze import rbd_fast

import sim

FULL = bool(os.environ.get("KOMPETANSESIM_FULL"))
DRAWS, WORLDS = (400, 4) if FULL else (48, 2)
SIZE = {"scale": 1.0} if FULL else {"scale": 0.05, "start": 2024, "end": 2029}
HERE = Path("results/notebooks/bench")

# %% [markdown]
# ## An experiment is a file
#
# Designs, draws of the uncertain parameters, worlds, figures to keep. A Latin hypercube spreads the draws evenly over the
# priors of the parameters named under `vary`; each draw is played in the same worlds under both designs, so that
# differences are between runs with equal luck. `parameters: posterior` would draw from what the evaluations leave
# possible.

# %%
EXPERIMENT = f"""
title: When would a sanction as in ROBEK beat voluntary follow-up?
designs: [voluntary, obligatory_robek]
worlds: {WORLDS}
scale: {SIZE["scale"]}
start: {SIZE.get("start", 2017)}
end: {SIZE.get("end", 2034)}
parameters:
  method: latin_hypercube
  number: {DRAWS}
  vary:
    - follow_up.acceptance.decline_if_free
    - follow_up.acceptance.autonomy_cost
    - follow_up.acceptance.robek_control
    - follow_up.acceptance.robek_floor
    - follow_up.acceptance.enforced_worth
    - follow_up.acceptance.school_legitimacy
    - follow_up.implementation.leadership_weight
    - follow_up.implementation.structural_drag
    - follow_up.implementation.catalyst
    - classroom.half_life
outcomes: [practice, hours, legitimacy]
groups: [all, picked.either]
at: [mean]
contrast:
  outcome: practice
  group: picked.either
  at: mean
  design: obligatory_robek
  versus: voluntary
"""
HERE.mkdir(parents=True, exist_ok=True)
file = HERE / "when_would_a_sanction_win.yaml"
file.write_text(EXPERIMENT, encoding="utf-8")
sweep = sim.sweep(file, workers=1, out=HERE / "runs", progress=False)
print(*sweep.headline(), sep="\n")

# %% [markdown]
# Run this cell again and nothing is played: finished runs are in the store. Stop it in the middle, and it goes on there.
# An experiment with a `precision` (or `sim.sweep(..., until=0.002)`) adds worlds until its contrast is settled.
#
# ## The store, by pandas and by SQL

# %%
sweep.experiments.iloc[:4, :8]

# %%
sweep.paired()[["draw", "world", "voluntary", "obligatory_robek", "difference"]].describe().round(4)

# %%
sweep.query(
    """
    select design, count(*) as runs, avg("practice@mean:picked.either") as practice, avg("hours@mean") as hours,
           corr("follow_up.acceptance.robek_floor", "hours@mean") as floor_and_hours
    from sweep where not failed group by design order by design
    """
).round(3)

# %% [markdown]
# The table is an ordinary Parquet file, so nothing of this package is needed to read it.

# %%
duckdb.sql(
    f"select design, avg(\"legitimacy@mean\") as legitimacy from '{sweep.folder}/table.parquet' group by 1"
).df()

# %% [markdown]
# One run, played again by itself, comes out as stored, to the last digit. That is also how to look into one that failed.

# %%
again = sweep.replay(sweep.experiments["run"].iloc[0])
again.agrees, pd.DataFrame({"stored": again.stored, "now": again.now})

# %% [markdown]
# ## What do the answers hang on?
#
# First from the runs that are there, whatever they were made for (PAWN). The upright marks are the floor: what a column of
# pure chance would show. Rows in grey can't be told from it.

# %%
ASKED = ["practice@mean:picked.either", "hours"]
given = sim.sensitivity.given(sweep.folder, outcomes=ASKED, out=HERE / "given", lang="en")
given.picture("influence")

# %%
indices = given.table("indices")
indices.query("index == 'pawn' and versus == 'voluntary' and convincing")[
    ["outcome", "group", "factor", "value", "low", "high", "floor"]
].round(3)

# %% [markdown]
# Then by a plan of their own: Morris' screening, with whole themes of parameters as factors. A *dummy* is moved like the
# others and reaches nothing. Every point is played in the same worlds, and `noise` splits what is parameters from
# what is luck.

# %%
screening = sim.sensitivity.analyse(
    ["voluntary", "obligatory_robek"],
    method="morris",
    parameters=["follow_up.acceptance", "follow_up.implementation", "classroom", "turnover"],
    themes=True,
    outcomes=["practice", "hours"],
    groups=["picked.either"],
    n=20 if FULL else 5,
    worlds=WORLDS,
    workers=1,
    store=HERE / "screening-runs",
    out=HERE / "screening",
    lang="en",
    progress=False,
    **SIZE,
)
found = screening.table("indices").fillna({"versus": ""})
found.query("index == 'mu_star' and outcome == 'practice'").pivot_table(
    index="factor", columns=["design", "versus"], values=["value", "floor"]
).round(4)

# %%
screening.table("noise").query("versus == 'voluntary'")[["outcome", "part", "share", "noise_share"]].round(3)

# %% [markdown]
# Would more walks change the picture? Lines that still cross have not settled.

# %%
screening.picture("convergence")

# %% [markdown]
# ## When does one beat the other?
#
# PRIM looks for a box of the parameters' space in which one design does better than elsewhere; CART for questions that split
# the size of the difference. Whoever looks for a box finds one, so each is judged on draws that it was not found on, looked
# for again on resamples (`comes_back`, `overlap`) and on shuffled labels.

# %%
discovered = sim.discovery.discover(sweep.folder, outcomes=ASKED, out=HERE / "discovery", lang="en")
print(*discovered.headline(), sep="\n\n")

# %%
discovered.table("boxes")[
    [
        "outcome",
        "better",
        "box",
        "held_coverage",
        "held_density",
        "held_low",
        "held_base",
        "overlap",
        "shuffled",
        "believable",
    ]
].round(2)

# %%
discovered.table("limits")[["outcome", "better", "box", "parameter", "low", "high", "comes_back"]].round(3)

# %%
discovered.picture("boxes") if "boxes" in discovered.pictures else "no box has any limit"

# %% [markdown]
# Regret: how much better the best design would have done in the same run. A design need not be best anywhere to have little of
# it.

# %%
discovered.picture("regret")

# %%
discovered.table("regret").round(4)

# %% [markdown]
# ## What would be worth measuring better?
#
# The decision rule: take the design with the better expected practice in the municipalities that are picked, less the
# price of its hours. What would knowing a parameter, a survey item or a register figure beforehand add to that?

# %%
value = sim.discovery.value_of_information(
    sweep.folder,
    ["voluntary", "obligatory_robek"],
    outcome="practice@mean:picked.either",
    prices={"hours@mean": 1e-5},
    surveys=FULL,
    workers=1,
    out=HERE / "value",
    lang="en",
    progress=False,
)
print(*value.headline(), sep="\n\n")

# %%
value.picture("value")

# %% [markdown]
# ## Searching for designs
#
# Levers of the voluntary design are moved (NSGA-II). The best of many are in part the luckiest, so the front is judged in
# fresh worlds. What stays on it lies as scenario files that can be compared like any other.

# %%
searched = sim.discovery.search(
    "voluntary",
    levers=["follow_up.obligation", "follow_up.guide_hours=0:500", "follow_up.openness=0.2:1"],
    objectives=["practice", "hours", "legitimacy"],
    population=24 if FULL else 4,
    generations=10 if FULL else 2,
    worlds=8 if FULL else 2,
    fresh=24 if FULL else 3,
    workers=1,
    store=HERE / "search-runs",
    out=HERE / "search",
    lang="en",
    progress=False,
    **SIZE,
)
searched.picture("front")

# %%
designs = sorted((searched.folder / "designs").glob("*.yaml"))
print(designs[0].read_text(encoding="utf-8"))

# %% [markdown]
# ## Leaving at any point
#
# The EMA Workbench's pair `(experiments, outcomes)`, and a SALib problem with the matrix that goes with it.

# %%
experiments, outcomes = sweep.to_ema()
print(experiments.shape, {name: values.shape for name, values in outcomes.items()})

# %%
problem = sweep.salib_problem()
pairs = sweep.paired().groupby("draw")[[*problem["names"], "difference"]].mean()
shares = rbd_fast.analyze(problem, pairs[problem["names"]].to_numpy(), pairs["difference"].to_numpy(), seed=1)
pd.Series(shares["S1"], index=problem["names"], name="share of variance (RBD-FAST)").round(2)
