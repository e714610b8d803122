"""How municipalities come under the state's eye and get out of it: ROBEK for their economy, supervision for their schools."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.parameters.society import Society
from sim.parameters.state_control import StateControl
from sim.processes.process import Process
from sim.rules import Luck, rule
from sim.state.places import Municipalities
from sim.state.schools import Schools
from sim.world.state_control import by_income, complaint_rates, opens, robek_odds


@rule
def step_in(
    owners: Municipalities,
    schools: Schools,
    s: Society,
    a: StateControl,
    economy: Annotated[Luck, "comes into ROBEK or leaves it"],
    supervision: Annotated[Luck, "supervision opened or closed"],
) -> None:
    """A year's coming and going: into ROBEK where free income is low, under supervision where many complain."""
    rate, odds = np.zeros(len(owners)), robek_odds(s, a)
    complaint_rates(schools, owners, s, a, rate)
    for o in range(len(owners)):
        factor, u = by_income(owners.free_income[o], s, a), economy.uniform(owners.id[o])
        leaves = a.robek_exit_chance * factor
        owners.robek[o] = u >= leaves if owners.robek[o] else u < a.robek_exit_chance * odds / factor
        v = supervision.uniform(owners.id[o])
        closed, opened = a.supervision_exit_chance, opens(rate[o], a)
        owners.supervised[o] = v >= closed if owners.supervised[o] else v < opened


PROCESS = Process(
    "state_control",
    step_in,
    "At New Year it is known whose economy and whose schools the state looks into, before anybody is drawn.",
    "AFI-rapport 2021:09, 2.1, 2.3; chances: assumption",
)
