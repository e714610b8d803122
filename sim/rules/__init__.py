"""Rules of the model, written once: agent by agent, in scalar formulas, and compiled."""

from sim.rules.luck import Luck
from sim.rules.rule import RULES, Formula, Rule, formula, rule

__all__ = ["RULES", "Formula", "Luck", "Rule", "formula", "rule"]
