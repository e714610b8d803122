"""What the evaluations found, as data: each figure with who was asked, how many, and how precisely it was reported.

This module reads one file that it is handed. `for_fitting` reads the rows to fit to and cannot come upon others: those held
back lie in a file of their own that `sim.calibration.held_out` reads.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import numpy as np
from scipy.special import expit, logit

from sim.arrays import Floats
from sim.errors import InputError
from sim.in_place import read_whole

FIT_FILE = "targets_calibrate.csv"
COUNT, PERSONS, MONEY = "count", "persons", "NOK"
COLUMNS = (
    "id", "series", "scheme", "respondents", "quantity", "wave", "value", "low", "high", "unit", "n", "likelihood",
    "role", "source", "note",
)  # fmt: skip
PAIRED_EVERY = 8
"""Every so many worlds of the points are played without the schemes too: an eighth tells enough of figures so soft."""
_HALF = 0.5
E = TypeVar("E", bound=StrEnum)


class Role(StrEnum):
    """What a figure is for."""

    CALIBRATE = "calibrate"
    VALIDATE = "validate"
    RULE = "rule"


class Likelihood(StrEnum):
    """How a figure's chance is reckoned: persons who agree, a positive amount, any number, a number of the literature whose
    `low` and `high` lie one standard deviation away, or which way something goes (never fitted to).
    """

    BINOMIAL = "binomial"
    LOG_NORMAL = "log-normal"
    NORMAL = "normal"
    SOFT = "soft"
    SIGN = "sign"


@dataclass(frozen=True)
class Target:
    """One figure of an evaluation or a register.

    Attributes
    ----------
    id : str
        The item of the virtual survey that answers it.
    series : str
        The same for the same item asked in several waves.
    value : float
        As reported, in `unit`.
    low, high : float
        Where the value lies by the wording of the report ("just over 70 per cent"); `high` may be infinite.
    n : int or None
        Persons or units behind it.
    likelihood : Likelihood or None
        None for rules, which are not fitted.
    """

    id: str
    series: str
    scheme: str
    respondents: str
    quantity: str
    wave: str
    value: float
    low: float
    high: float
    unit: str
    n: int | None
    likelihood: Likelihood | None
    role: Role
    source: str
    note: str

    @property
    def of_all(self) -> float:
        """Factor from the target's unit to a share of `n` (1 for what is no count)."""
        return 1 / self.n if self.unit == COUNT and self.n else 1.0

    @property
    def own_sd(self) -> float:
        """Standard deviation of a soft figure, in its unit, on whose scale it is linked; 1 of others."""
        return (self.high - self.low) / 2 if self.likelihood is Likelihood.SOFT else 1.0

    @property
    def grows(self) -> bool:
        """Whether it is a number of things in the country, or a rule's sum, of which a part of the country has a part."""
        return (self.unit in (COUNT, PERSONS) and self.n is None) or (
            self.unit == MONEY and self.likelihood is None
        )

    def shown(self, values: Floats, n: Floats) -> Floats:
        """Values of the virtual survey, from `n` answers, in the target's unit and for the target's own `n`; same shape."""
        if self.unit == COUNT and self.n:
            return np.asarray(values / n * self.n)
        if self.likelihood is Likelihood.SIGN:
            return np.asarray(np.sign(values))
        return np.asarray(values, dtype=float)

    def linked(self, values: Floats, n: Floats) -> Floats:
        """Values of the virtual survey, from `n` answers, on the scale that emulator and likelihood use; same shape.

        Shares by the empirical logit, which stays finite when nobody or everybody agrees; amounts by their logarithm; soft
        figures in their standard deviations.
        """
        if self.likelihood is Likelihood.BINOMIAL:
            agree = values if self.unit == COUNT else values * n
            return np.asarray(logit((agree + _HALF) / (n + 1)))
        if self.likelihood is Likelihood.LOG_NORMAL:
            with np.errstate(invalid="ignore", divide="ignore"):
                return np.where(values > 0, np.log(values), np.nan)
        return np.asarray(values, dtype=float) / self.own_sd

    def unlinked(self, linked: Floats) -> Floats:
        """From the linked scale back to the target's unit; same shape."""
        if self.likelihood is Likelihood.BINOMIAL:
            return np.asarray(expit(linked) / self.of_all)
        if self.likelihood is Likelihood.LOG_NORMAL:
            return np.asarray(np.exp(linked))
        return np.asarray(linked * self.own_sd)


def for_fitting(folder: Path) -> tuple[Target, ...]:
    """The figures that the model is fitted to.

    Raises
    ------
    InputError
        If the file can't be used, or holds a row that is not for fitting.
    """
    return read_targets(folder / FIT_FILE, Role.CALIBRATE)


def read_targets(file: Path, role: Role) -> tuple[Target, ...]:
    """Read one file of targets, all of one role.

    Raises
    ------
    InputError
        With file, line and field, if a row can't be used.
    """
    try:
        text = read_whole(file).decode()
    except UnicodeDecodeError as error:
        raise InputError(f"can't be read: {error}", file=str(file)) from None
    rows = csv.DictReader(text.splitlines())
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise InputError(f"expected the columns {', '.join(COLUMNS)}", file=str(file), line=1)
    found = []
    try:
        for row in rows:
            if None in row or None in row.values():
                cells = sum(cell is not None for cell in row.values())
                raise InputError(
                    f"the row has {cells} cells; expected {len(COLUMNS)}", file=str(file), line=rows.line_num
                )
            found.append(_Row(file, rows.line_num, row).target(role))
    except csv.Error as error:
        raise InputError(f"not a table: {error}", file=str(file), line=rows.line_num) from None
    ids = [target.id for target in found]
    for number, target in enumerate(found):
        if target.id in ids[:number]:
            raise InputError(f"two rows have the id {target.id}", file=str(file), field="id")
    return tuple(found)


@dataclass(frozen=True)
class _Row:
    """One line of the file, with its place for what is wrong with it."""

    file: Path
    line: int
    fields: Mapping[str, str]

    def target(self, role: Role) -> Target:
        words = {
            name: self.fields[name] or "" for name in ("scheme", "respondents", "quantity", "wave", "unit")
        }
        likelihood = None if role is Role.RULE else self.choice("likelihood", Likelihood)
        found = Target(
            id=self.word("id"), series=self.word("series"), **words,
            value=self.number("value"), low=self.number("low"),
            high=self.number("high") if self.fields["high"] else math.inf,
            n=int(self.number("n")) if self.fields["n"] else None,
            likelihood=likelihood, role=self.choice("role", Role),
            source=self.word("source"), note=self.fields["note"] or "",
        )  # fmt: skip
        if found.role is not role:
            raise self.fault("role", f"expected {role}")
        if not found.low <= found.value <= found.high:
            raise self.fault("value", f"expected between low ({found.low:g}) and high ({found.high:g})")
        if likelihood is Likelihood.BINOMIAL and not (found.n and 0 <= found.value * found.of_all <= 1):
            raise self.fault(
                "n", "expected the number of persons, and a value that is a share or a count of them"
            )
        if likelihood is Likelihood.SOFT and not found.low < found.value < found.high < math.inf:
            raise self.fault("low", "expected the value less one standard deviation")
        if likelihood is Likelihood.SIGN and role is Role.CALIBRATE:
            raise self.fault("likelihood", "expected a figure of some size; a sign is no figure to fit to")
        if likelihood is Likelihood.LOG_NORMAL and found.value <= 0:
            raise self.fault("value", "expected more than 0 for a log-normal likelihood")
        return found

    def word(self, field: str) -> str:
        if not self.fields[field]:
            raise self.fault(field, "expected a word")
        return self.fields[field]

    def number(self, field: str) -> float:
        try:
            found = float(self.fields[field])
        except ValueError:
            raise self.fault(field, "expected a number") from None
        if not math.isfinite(found):
            raise self.fault(field, "expected a finite number")
        return found

    def choice(self, field: str, kind: type[E]) -> E:
        try:
            return kind(self.fields[field])
        except ValueError:
            raise self.fault(field, f"expected one of {', '.join(kind)}") from None

    def fault(self, field: str, expected: str) -> InputError:
        return InputError(
            f"{field}: {expected}, got {self.fields[field]!r}",
            file=str(self.file),
            line=self.line,
            field=field,
        )
