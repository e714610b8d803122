"""The command line without its installed name: `python -m sim.cli`."""

from sim.cli.program import main

main()
