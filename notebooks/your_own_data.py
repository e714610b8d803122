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
# # Bring your own data
#
# Any table of the synthetic country can be replaced by one of yours, keyed by kommunenummer as in SSB's tables. Columns
# you leave out are drawn as in the synthetic country. What single real municipalities are like in the model is drawn, and not
# observed, so results are told of five or more together (`single_places=True` lifts that, and says so).

# %%
from pathlib import Path

import sim

folder = Path("results/notebooks/registers")
folder.mkdir(parents=True, exist_ok=True)
(folder / "municipalities.csv").write_text(
    "kommunenummer;population;centrality;free_income\n"
    "1101;15000;remote;65000\n"
    "1103;148000;central;60000\n"
    "1106;38000;middle;61000\n"
    "1108;83000;central;60500\n"
    "1111;3300;remote;70000\n",
    encoding="utf-8",
)

# %%
results = sim.run(
    "voluntary",
    registers=folder,
    worlds=3,
    start=2022,
    end=2026,
    workers=1,
    detail=3,
    lang="en",
    levers={"follow_up.draw.average_places": {2017: 2}, "follow_up.draw.spread_places": {2017: 1}},
    out="results/notebooks/own",
    progress=False,
)
end = results.table("municipalities_by_group").query("year == 2026 and season == 'autumn'")
end.groupby("county")[["municipalities", "population", "competence", "capacity_fte"]].mean().round(2)

# %% [markdown]
# A file that can't be used is refused with file, row, column and value, and nothing is written.

# %%
wrong = Path("results/notebooks/wrong")
wrong.mkdir(parents=True, exist_ok=True)
(wrong / "municipalities.csv").write_text("kommunenummer;population\n1101;many\n", encoding="utf-8")
try:
    sim.run("voluntary", registers=wrong, worlds=1, out="results/notebooks/never", progress=False)
except sim.InputError as error:
    print(error)
