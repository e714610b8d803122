"""What comes of a contrast for given assumptions, from runs played beforehand: a fitted surface and what it leaves over.

The gain of one design over another is fitted by a surface of second degree in the assumptions (ridge; how strongly it is held
back is chosen by leaving runs out one at a time). What it leaves over, luck and all that is not among the assumptions, is added
to it again run by run: so it gives the whole distribution of the gain, and with it the share of simulations in which the one
design is better. How good that share is, is measured on draws that neither the choice of assumptions nor the fit has seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import Bools, Floats

PENALTIES = np.logspace(-1, 4, 26)  # of which the one with the least error of runs left out is taken
BINS = 5  # of stated shares, equally many held-out draws in each
EDGE = 0.01  # of the draws on either side: farther out nothing is told
HALF = 0.5
SURE = 1.645  # standard errors, beyond which a difference of two shares is more than luck (90 % interval)


@dataclass(frozen=True)
class Odds:
    """What simulations with given assumptions come to.

    Attributes
    ----------
    gain : float
        Mean gain, in the outcome's unit.
    better, matters, harms : float
        Shares of simulations in which the gain is above 0, above the smallest effect of interest, and below minus that.
    """

    gain: float
    better: float
    matters: float
    harms: float


@dataclass(frozen=True, eq=False)
class Emulator:
    """A fitted surface; `centre`, `spread` and `coefficients` are of the assumptions scaled, `left` of the runs left out."""

    centre: Floats
    spread: Floats
    coefficients: Floats
    left: Floats

    @classmethod
    def fitted(cls, x: Floats, gain: Floats) -> Emulator:
        """The surface through runs.

        Parameters
        ----------
        x : array of float, shape (runs, assumptions)
        gain : array of float, shape (runs,)
        """
        low, high = np.quantile(x, [EDGE, 1 - EDGE], axis=0)
        centre, spread = (low + high) / 2, np.maximum((high - low) / 2, np.finfo(float).tiny)
        terms = _terms((x - centre) / spread)
        free = np.eye(terms.shape[1])
        free[0, 0] = 0.0  # the mean is not held back
        best: tuple[float, Floats, Floats] | None = None
        for penalty in PENALTIES:
            solved = np.linalg.solve(terms.T @ terms + penalty * free, terms.T)
            coefficients = solved @ gain
            leverage = np.einsum("ij,ji->i", terms, solved)
            left = (gain - terms @ coefficients) / (1 - leverage)
            error = float((left**2).mean())
            if best is None or error < best[0]:
                best = error, coefficients, left
        assert best is not None
        return cls(centre, spread, best[1], best[2] - best[2].mean())

    def gains(self, x: Floats) -> Floats:
        """Mean gain at each row of assumptions; shape (rows,)."""
        return _terms((x - self.centre) / self.spread) @ self.coefficients

    def share_above(self, x: Floats, size: float) -> Floats:
        """Share of simulations with a gain above a size, at each row of assumptions."""
        needed = np.sort(self.left)
        place = np.searchsorted(needed, size - self.gains(x), side="right")
        return 1 - place / len(needed)

    def odds(self, x: Floats, smallest: float) -> Odds:
        """What comes of one row of assumptions."""
        row = x[None, :]
        above = [float(self.share_above(row, size)[0]) for size in (0.0, smallest, -smallest)]
        return Odds(float(self.gains(row)[0]), above[0], above[1], 1 - above[2])


def _terms(z: Floats) -> Floats:
    """One, each assumption, squares and products; shape (rows, terms)."""
    i, j = np.triu_indices(z.shape[1])
    return np.column_stack([np.ones(len(z)), z, z[:, i] * z[:, j]])


@dataclass(frozen=True)
class Error:
    """How well stated shares of what happens (a gain above a size) fit draws that were held out.

    Attributes
    ----------
    n : int
        Draws held out.
    right, right_plain : float
        Share of them in which the side told to be likelier is the right one; and if the more frequent side is always told.
    off : float
        Mean distance between stated and observed share, over five bins of the stated.
    brier, brier_plain : float
        Mean squared distance between the stated share and what happened (1 or 0); and of the plain share of all draws.
    explained : float
        Share of the gain's variance that the surface explains; the rest is luck and all other assumptions.
    """

    n: int
    right: float
    right_plain: float
    off: float
    brier: float
    brier_plain: float
    explained: float


def held_out_error(x: Floats, gain: Floats, held: Bools, size: float = 0.0) -> Error:
    """Fit on the draws that are not held out, judge on those that are: the share of gains above a size, and the gain itself.

    Parameters
    ----------
    x : array of float, shape (draws, assumptions)
    gain : array of float, shape (draws,)
    held : array of bool, shape (draws,)
    """
    emulator = Emulator.fitted(x[~held], gain[~held])
    stated, found = emulator.share_above(x[held], size), (gain[held] > size).astype(float)
    plain = float((gain[~held] > size).mean())
    order = np.array_split(np.argsort(stated, kind="stable"), BINS)
    off = [abs(float(stated[rows].mean() - found[rows].mean())) * len(rows) for rows in order if len(rows)]
    rest = gain[held] - emulator.gains(x[held])
    around = gain[held] - gain[held].mean()
    return Error(
        n=int(held.sum()),
        right=float(((stated > HALF) == (found > HALF)).mean()),
        right_plain=float(np.mean((plain > HALF) == (found > HALF))),
        off=sum(off) / len(found),
        brier=float(((stated - found) ** 2).mean()),
        brier_plain=float(((plain - found) ** 2).mean()),
        explained=1 - float((rest**2).sum() / (around**2).sum()),
    )


@dataclass(frozen=True)
class Turn:
    """The value of one assumption from which a gain that matters is likelier than not, the others lying as they are drawn.

    Attributes
    ----------
    at : float
    above : bool
        Whether it is so above it; otherwise below it.
    share, share_other : float
        Share of held-out draws on that side, and on the other, with such a gain.
    """

    assumption: str
    at: float
    above: bool
    share: float
    share_other: float
    n: int


def turns(x: Floats, gain: Floats, held: Bools, names: list[str], size: float) -> list[Turn]:
    """Where each assumption alone makes a gain above a size likelier than not: found on the draws not held out.

    Only where, of those held out, one side's share of such gains is above a half and the other's below, by more than luck.
    """
    emulator, found = Emulator.fitted(x[~held], gain[~held]), []
    for j, name in enumerate(names):
        grid = np.quantile(x[~held, j], np.linspace(0.05, 0.95, 37))
        shares = []
        for value in grid:
            moved = x[~held].copy()
            moved[:, j] = value
            shares.append(float(emulator.share_above(moved, size).mean()))
        side = np.array(shares) > HALF
        crossing = np.flatnonzero(np.diff(side.astype(int)))
        if len(crossing) != 1:
            continue
        k = int(crossing[0])
        part = (HALF - shares[k]) / (shares[k + 1] - shares[k])
        at, above = float(grid[k] + part * (grid[k + 1] - grid[k])), bool(side[-1])
        beyond = x[held, j] > at
        inside: Bools = beyond if above else ~beyond
        if not inside.any() or inside.all():
            continue
        share, other = (float((gain[held][rows] > size).mean()) for rows in (inside, ~inside))
        unsure = np.sqrt(share * (1 - share) / inside.sum() + other * (1 - other) / (~inside).sum())
        if share > HALF > other and share - other > SURE * unsure:
            found.append(Turn(name, at, above, share, other, int(inside.sum())))
    return found
