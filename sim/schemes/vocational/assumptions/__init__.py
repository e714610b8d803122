"""What the model assumes about the vocational scheme: one module for each theme, every value with its prior."""

from sim.schemes.vocational.assumptions.counties import CountyWork
from sim.schemes.vocational.assumptions.groups import Groups
from sim.schemes.vocational.assumptions.learning import Learning
from sim.schemes.vocational.assumptions.people import People
from sim.schemes.vocational.assumptions.take_up import TakeUp
from sim.schemes.vocational.assumptions.training_side import TrainingSide

__all__ = ["CountyWork", "Groups", "Learning", "People", "TakeUp", "TrainingSide"]
