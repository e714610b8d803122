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
# # The model as a Mesa model
#
# `SchemeModel` is a `mesa.Model`. Its members are views of rows in columnar tables: the same fact is never in two
# places, and a run is as quick as without them.

# %%
import numpy as np
from mesa import DataCollector

import sim

model = sim.SchemeModel("voluntary", rng=2026, start=2024, scale=0.05)
len(model.municipalities), len(model.schools), len(model.teachers)

# %% [markdown]
# Step through a school year, half-year by half-year, and look at somebody.

# %%
for _ in range(2):
    model.step()
school = next(iter(model.schools))
print(model.now, school.fatigue, school.related("municipality").competence)

# %% [markdown]
# An `AgentSet` selects and adds up as in any Mesa model.

# %%
MUCH = 0.15
tired = model.schools.select(lambda s: s.fatigue > MUCH)
print(len(tired), model.municipalities.agg("competence", np.mean))

# %% [markdown]
# A `DataCollector` reads what it likes; reading changes nothing.

# %%
collector = DataCollector(
    model_reporters={
        "half-year": lambda m: str(m.now),
        "practice": lambda m: m.teachers.agg("practice", np.mean),
        "owners' competence": lambda m: m.municipalities.agg("competence", np.mean),
    }
)
for _ in range(4):
    model.step()
    collector.collect(model)
collector.get_model_vars_dataframe()

# %% [markdown]
# ## In a browser with SolaraViz
#
# Mesa's own page needs `solara` with `ipyvuetify<3` and `ipyvue<3`, which this project does not depend on (with newer
# ones it fails on Python 3.11). Where they are installed, this opens the model; `solara run` then serves it.
#
# ```python
# from mesa.visualization import SolaraViz, make_plot_component
#
# class Watched(sim.SchemeModel):
#     def __init__(self, rng=2026, scale=0.05):
#         super().__init__("voluntary", rng=rng, scale=scale)
#         self.datacollector = collector
#
# page = SolaraViz(Watched(), components=[make_plot_component("practice")], model_params={"scale": 0.05})
# ```
