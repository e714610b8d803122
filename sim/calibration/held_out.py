"""The figures held back for validation, and the rules: read only when the posterior lies on the disk.

Nothing of the fitting imports this module; a test says so, and another fits with these files gone.
"""

from __future__ import annotations

from pathlib import Path

from sim.calibration.targets import Role, Target, read_targets

VALIDATE_FILE = "targets_validate.csv"
RULE_FILE = "targets_rule.csv"


def for_validation(folder: Path) -> tuple[Target, ...]:
    """The figures that the fit never saw.

    Raises
    ------
    InputError
        If the file can't be used.
    """
    return read_targets(folder / VALIDATE_FILE, Role.VALIDATE)


def rules(folder: Path) -> tuple[Target, ...]:
    """Rules and the survey's own design, which the model carries out and is not fitted to.

    Raises
    ------
    InputError
        If the file can't be used.
    """
    return read_targets(folder / RULE_FILE, Role.RULE)
