"""Differences measured against what follow-up itself brings: how large a difference is, over the scheme's own effect.

Both are of the same municipalities in the same worlds, from the table of the yardstick. A design without follow-up loses all of
it, which says nothing, so it has no share.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.report.differences import Difference
from sim.report.quantity import Quantity, source
from sim.report.results import MEAN
from sim.report.sentences import Sentence
from sim.report.view import View
from sim.report.worth import FOLLOW_UP

_PERCENT = 100.0
_BANDS = {"tenth": 0.1, "quarter": 0.25, "half": 0.5}
"""Shares of the scheme's own effect that have a word, for differences that are told without digits."""


@dataclass(frozen=True)
class OwnShare:
    """A difference as a share of what follow-up itself brings, with its 90 % interval.

    Attributes
    ----------
    share, low, high : float
        More than nothing where the difference goes the way of the scheme's own effect.
    """

    view: View
    d: Difference
    share: float
    low: float
    high: float

    def quantities(self, *, signed: bool = False) -> tuple[Quantity, Quantity, Quantity]:
        """The share and the ends of its interval in per cent; without signs as a size, the end nearer zero first."""
        columns = ("share", "share_low", "share_high")
        falls = self.share < 0 and not signed
        file, row = self.view.results.file_of("yardstick"), self.d.row
        share, low, high = (
            Quantity(
                getattr(self, column.removeprefix("share_")),
                source(
                    file, outcome=row.outcome, group=row.group, horizon=MEAN, versus=row.versus, design=row.design, column=column,
                ),
                self.view.messages, "percent", -_PERCENT if falls else _PERCENT, signed=signed,
            )
            for column in columns
        )  # fmt: skip
        return (share, high, low) if falls else (share, low, high)

    @property
    def band(self) -> str:
        """How much of the scheme's own effect it is at most, as a key; unsure where more than half can't be ruled out."""
        most = max(abs(self.low), abs(self.high))
        return next((key for key, bound in _BANDS.items() if most <= bound), "unsure")

    @property
    def cell(self) -> Sentence:
        """For a table: digits where the difference is clear and matters, else words."""
        if not self.d.moved:
            return Sentence(self.view.messages, f"own_effect.band.{self.band}")
        share, low, high = self.quantities(signed=True)
        values = {"share": share, "low": low.bare, "high": high.bare}
        return Sentence(self.view.messages, "own_effect.cell", values)

    def sentence(self, *, digits: bool, then: bool = False) -> Sentence:
        """For the answer.

        Parameters
        ----------
        then : bool
            Whether it stands right behind the sentence on the difference itself, which it need not name again.
        """
        if digits and self.d.moved:
            share, *_ = self.quantities()
            return Sentence(
                self.view.messages, "own_effect.then.moved" if then else "own_effect.moved", {"share": share}
            )
        return Sentence(self.view.messages, f"own_effect.{'then' if then else 'words'}.{self.band}")


def own_share(view: View, d: Difference) -> OwnShare | None:
    """A difference as a share of the scheme's own effect; None where that is not known, or the design has no follow-up."""
    row = view.results.effects(d.row.design, MEAN).get((d.row.outcome, d.row.group))
    if row is None or view.results.manifest.last_value(d.row.design, FOLLOW_UP.switch) == 0:
        return None
    share, low, high = (float(str(row[column])) for column in ("share", "share_low", "share_high"))
    return OwnShare(view, d, share, low, high) if math.isfinite(share + low + high) else None


def own_shares(view: View) -> list[tuple[str, list[OwnShare | None]]]:
    """Of what is shown by group of municipalities, by outcome and alternative; those without a share of any are left out."""
    found = [
        (outcome, [own_share(view, d) for d in view.differences(outcome, view.concerned(outcome))])
        for outcome in view.gain_outcomes
    ]
    return [(outcome, shares) for outcome, shares in found if any(shares)]
