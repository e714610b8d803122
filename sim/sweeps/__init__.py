"""Many runs over designs, levers, parameters and worlds, kept in a store that can be broken off and gone on with."""

from sim.sweeps.kept import Kept
from sim.sweeps.point import Point, crossed
from sim.sweeps.running import play_points
from sim.sweeps.store import Store
from sim.sweeps.table import RunTable

__all__ = ["Kept", "Point", "RunTable", "Store", "crossed", "play_points"]
