"""A number in the report, bound to the place in the result files that it was read from."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

from markupsafe import Markup

from sim.report.messages import Messages
from sim.report.number_format import number


@dataclass(frozen=True)
class Quantity:
    """A number with its unit and its source.

    Attributes
    ----------
    value : float
        As it stands in the file.
    source : str
        File and place, such as `comparison.parquet#outcome=practice;group=all;column=difference`.
    unit : str
        Key under `unit` in the message files; "plain" shows the number alone.
    factor : float
        What the value is multiplied by for showing (100 for per cent, 1e-6 for millions).
    decimals : int
        Digits shown behind the decimal sign.
    signed : bool
        Whether a plus is shown.
    grouped : bool
        Whether thousands are grouped (not for years).
    """

    value: float
    source: str
    messages: Messages
    unit: str = "plain"
    factor: float = 1.0
    decimals: int = 0
    signed: bool = False
    grouped: bool = True

    @property
    def number(self) -> str:
        """The number as shown, without its unit."""
        return number(
            self.value * self.factor,
            self.messages.lang,
            self.decimals,
            signed=self.signed,
            grouped=self.grouped,
        )

    @property
    def bare(self) -> Quantity:
        """The same number, shown without its unit."""
        return dataclasses.replace(self, unit="plain")

    @property
    def _key(self) -> str:
        one = f"unit.{self.unit}.one"
        is_one = self.number.lstrip("+−") == "1"
        return one if is_one and one in self.messages else f"unit.{self.unit}.other"

    def __str__(self) -> str:
        if not math.isfinite(self.value):
            return self.number
        return self.messages.text(self._key, value=self.number)

    def __html__(self) -> str:
        data = Markup('<data value="{}" data-source="{}" data-factor="{:g}">{}</data>').format(
            repr(float(self.value)), self.source, self.factor, self.number
        )
        return self.messages.html(self._key, value=data) if math.isfinite(self.value) else data


def source(file: str, /, **where: object) -> str:
    """A place in a result file, such as `draws.parquet#design=voluntary;year>=2026;column=n_pupils;stat=mean`.

    Conditions on fields, then `column=`, and `stat=` (or `share=`, a further condition) where there are many rows. A
    field's name may end in the first sign of `>=`, `<=` or `!=`. In the manifest, `path=` is a dotted path.
    """
    return f"{file}#" + ";".join(f"{field}={value}" for field, value in where.items())
