"""On what conditions is one design better than another? The assumptions that the answer hangs on, and the answer for any of them.

from sim.conditions.api import conditions
from sim.conditions.kept import shipped
"""
