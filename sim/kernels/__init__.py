"""Compiled forms of the few processes that most of a run's time would go to; what they compute stands in the processes."""
