"""A difference as a share of what the scheme itself brings the same municipalities, from the table of the yardstick."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.report.messages import Messages
from sim.report.quantity import Quantity, source

_PERCENT = 100.0


@dataclass(frozen=True)
class ShareRow:
    """One row of `yardstick.parquet`: numerator and yardstick, of the same group over the same worlds."""

    outcome: str
    group: str
    design_a: str
    design_b: str
    horizon: str
    effect: float
    difference: float
    share: float
    share_low: float
    share_high: float


@dataclass(frozen=True)
class Share:
    """A row in one language."""

    row: ShareRow
    messages: Messages

    @property
    def is_clear(self) -> bool:
        """Whether the scheme brings the group something, and the share's interval leaves zero out."""
        known = all(map(math.isfinite, (self.row.share_low, self.row.share_high)))
        return known and self.row.effect > 0 and self.row.share_low * self.row.share_high > 0

    @property
    def size(self) -> Quantity:
        """How much of it is won or lost, without a sign."""
        return self._quantity("share")

    @property
    def nearest(self) -> Quantity:
        """That end of the interval which lies nearer zero, without a sign or unit."""
        return self._quantity("share_high" if self.row.share < 0 else "share_low").bare

    @property
    def farthest(self) -> Quantity:
        """The other end."""
        return self._quantity("share_low" if self.row.share < 0 else "share_high").bare

    def _quantity(self, column: str) -> Quantity:
        row = self.row
        place = source(
            "yardstick.parquet", design_a=row.design_a, design_b=row.design_b, horizon=row.horizon,
            outcome=row.outcome, group=row.group, column=column,
        )  # fmt: skip
        factor = -_PERCENT if row.share < 0 else _PERCENT
        return Quantity(getattr(row, column), place, self.messages, "percent", factor)
