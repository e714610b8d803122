"""An agent-based simulation of Norway's competence-development model for schools."""
