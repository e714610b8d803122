"""The command line, `kompetansesim COMMAND`. Slow libraries are imported by the commands that need them."""

from sim.cli.program import app, main

__all__ = ["app", "main"]
