"""What the rules make owners feel: control and stigma, before anybody's own view of them [F3, F11]."""

from __future__ import annotations

from sim.processes.shares import share_of
from sim.rules import formula
from sim.schemes.follow_up.assumptions import Acceptance, Will
from sim.schemes.follow_up.levers import FollowUp, Obligation, Sanction


@formula
def added_control(levers: FollowUp, a: Acceptance) -> float:
    """Felt control that a sanction adds; none without an obligation."""
    if levers.obligation != Obligation.COMPULSORY or levers.sanction == Sanction.NONE:
        return 0.0
    return a.mild_control if levers.sanction == Sanction.MILD else a.robek_control


@formula
def felt_control(levers: FollowUp, a: Acceptance, w: Will) -> float:
    """How strongly owners feel controlled: the felt pressure of a voluntary scheme, 1 under an obligation, and more under
    a sanction. The nearer to 1 today's felt pressure is, the less an obligation alone changes.
    """
    if levers.obligation == Obligation.VOLUNTARY:
        return w.voluntary_pressure * levers.felt_pressure
    return 1 + added_control(levers, a)


@formula
def stigma(levers: FollowUp, a: Acceptance) -> float:
    """Stigma of being picked, in [0, 1]: taken down by openness, put up by sanctions."""
    open_part = a.stigma_base * (1 - a.stigma_openness * levers.openness)
    return share_of(open_part + a.sanction_stigma * added_control(levers, a))


@formula
def woken(levers: FollowUp, w: Will) -> float:
    """Backing by council and top leadership, in [0, 1], that an order wakes; none without one."""
    return w.order_wakes if levers.obligation == Obligation.COMPULSORY else 0.0
