"""Four ways to estimate what a draw did, as pure functions of arrays: before and after, look-alikes, the same corrected for
what is left of the differences between them, the draw's cut.

All look at the change since before the draw, so that what lasts in a municipality drops out. None knows the truth.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.spatial import KDTree
from scipy.special import ndtri, stdtrit

from sim.arrays import Bools, Floats, Ints

CONFIDENCE = 0.95
MATCHES = 5  # not-drawn look-alikes of each drawn municipality
NEIGHBOURS = 3  # of the same kind, by which the spread of changes given the covariates is reckoned
NEAR_THE_CUT = 20  # municipalities on either side that the bandwidth reaches at least
ENOUGH_FOR_EACH = 2  # look-alikes for each slope of the correction
LEAST = 8  # municipalities of each kind without which nothing is estimated
LINEAR, QUADRATIC = 1, 2  # orders of the local polynomials
NEAR = 1e-9  # closer than this is equal
NOTHING = float("nan")


class Estimate(NamedTuple):
    """An estimated effect on the change, with its 95 % interval.

    Attributes
    ----------
    estimate, low, high : float
        In the outcome's unit; NaN where nothing can be estimated. The interval need not lie evenly around the estimate.
    n_drawn, n_compared : int
        Drawn and not-drawn municipalities that it rests on.
    """

    estimate: float
    low: float
    high: float
    n_drawn: int
    n_compared: int


def before_after(change: Floats) -> Estimate:
    """The mean change of the drawn, with Student's interval.

    It takes for an effect whatever would have happened anyway, regression to the mean above all: those drawn were drawn
    for figures that were partly bad luck.

    Parameters
    ----------
    change : array of float, shape (drawn,)
    """
    n = len(change)
    if n < LEAST:
        return Estimate(NOTHING, NOTHING, NOTHING, n, 0)
    mean = float(change.mean())
    half = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2) * change.std(ddof=1) / np.sqrt(n))
    return Estimate(mean, mean - half, mean + half, n, 0)


def look_alikes(change: Floats, drawn: Bools, covariates: Floats) -> Estimate:
    """Difference in differences against the nearest not-drawn municipalities: matching with replacement.

    Nearest by the Mahalanobis distance of the covariates. The error is that of Abadie & Imbens (2006) for the effect on the
    drawn, given the covariates: each municipality's change counts as often as it is used, and its spread is reckoned from
    its nearest neighbours of the same kind. Differences in covariates that are left after matching are not adjusted for.

    Parameters
    ----------
    change : array of float, shape (municipalities,)
    drawn : array of bool, shape (municipalities,)
    covariates : array of float, shape (municipalities, covariates)
        Known before the draw.
    """
    n_drawn, n_other = int(drawn.sum()), int((~drawn).sum())
    if min(n_drawn, n_other) < LEAST:
        return Estimate(NOTHING, NOTHING, NOTHING, n_drawn, n_other)
    places, nearest = _matched(drawn, covariates)
    mean = float((change[drawn] - change[~drawn][nearest].mean(axis=1)).mean())
    used = np.bincount(nearest.ravel(), minlength=n_other) / MATCHES
    weights = np.where(drawn, 1.0, 0.0)
    weights[~drawn] = used
    variances = np.empty(len(change))
    for kind in (drawn, ~drawn):
        variances[kind] = local_variance(change[kind], places[kind])
    half = float(ndtri((1 + CONFIDENCE) / 2) * np.sqrt((weights**2 * variances).sum()) / n_drawn)
    return Estimate(mean, mean - half, mean + half, n_drawn, int((used > 0).sum()))


def bias_corrected(change: Floats, drawn: Bools, covariates: Floats) -> Estimate:
    """Look-alikes, with what is left of the differences in covariates taken away: bias-corrected matching.

    The nearest of the weakest are less weak than they. A regression of the change on the covariates among those not drawn
    (each as often as it is used) says what that difference would have come to, and it is taken from every change before the
    drawn are held against their look-alikes (Abadie & Imbens 2011). The error is that of `look_alikes`.

    Parameters
    ----------
    change : array of float, shape (municipalities,)
    drawn : array of bool, shape (municipalities,)
    covariates : array of float, shape (municipalities, covariates)
        Known before the draw.
    """
    n_drawn, n_other = int(drawn.sum()), int((~drawn).sum())
    if min(n_drawn, n_other) < LEAST:
        return Estimate(NOTHING, NOTHING, NOTHING, n_drawn, n_other)
    places, nearest = _matched(drawn, covariates)
    weight = np.bincount(nearest.ravel(), minlength=n_other).astype(np.float64)
    x = np.hstack([np.ones((len(change), 1)), places])
    if (weight > 0).sum() < ENOUGH_FOR_EACH * x.shape[1]:
        weight = np.ones(n_other)  # so few look-alikes tell no slopes; all that were not drawn do
    root = np.sqrt(weight)
    slopes = np.linalg.lstsq(x[~drawn] * root[:, None], change[~drawn] * root, rcond=None)[0]
    return look_alikes(change - np.einsum("ni,i->n", x, slopes), drawn, covariates)


def _matched(drawn: Bools, covariates: Floats) -> tuple[Floats, Ints]:
    """Municipalities as places, and for each of the drawn its nearest among the others, numbered as those stand."""
    places = standardised(covariates)
    return places, np.asarray(KDTree(places[~drawn]).query(places[drawn], k=MATCHES)[1])


def standardised(covariates: Floats) -> Floats:
    """Covariates as places whose Euclidean distance is Mahalanobis': uncorrelated, each of variance 1; same shape.

    A covariate that never varies, or says nothing that the others don't, is given no weight.
    """
    centred = covariates - covariates.mean(axis=0)
    sd = centred.std(axis=0)
    scaled = centred / np.where(sd > 0, sd, 1.0)
    values, vectors = np.linalg.eigh(np.einsum("ni,nj->ij", scaled, scaled) / len(scaled))
    kept = values > NEAR
    found: Floats = np.einsum("ni,ij->nj", scaled, vectors[:, kept] / np.sqrt(values[kept]))
    return found


def local_variance(change: Floats, places: Floats) -> Floats:
    """Variance of the change given the covariates, from each one's nearest neighbours; shape (n,).

    J / (J + 1) (change - mean change of the J nearest)^2: on average the variance, one by one very rough.
    """
    j = min(NEIGHBOURS, len(change) - 1)
    others = np.asarray(KDTree(places).query(places, k=j + 1)[1])[:, 1:]  # the nearest of all is itself
    found: Floats = j / (j + 1) * (change - change[others].mean(axis=1)) ** 2
    return found


def discontinuity(change: Floats, drawn: Bools, beyond: Floats) -> Estimate:
    """The jump at the draw's cut: regression discontinuity.

    The estimate is the jump between two straight lines, fitted on either side with weights that fall to 0 at the bandwidth
    (triangular kernel). The interval is the robust one of Calonico, Cattaneo & Titiunik (2014) with equal bandwidths, which
    is that of the jump between two parabolas: the lines' bias is estimated, taken away, and its uncertainty counted. Errors
    are HC3. The bandwidth looks at nothing but the running variable (`bandwidth`).

    Parameters
    ----------
    change : array of float, shape (municipalities,)
    drawn : array of bool, shape (municipalities,)
    beyond : array of float, shape (municipalities,)
        How far the running variable lies beyond the cut: positive for the drawn.
    """
    n_drawn, n_other = int(drawn.sum()), int((~drawn).sum())
    if min(n_drawn, n_other) < LEAST or not sharp(drawn, beyond):
        return Estimate(NOTHING, NOTHING, NOTHING, n_drawn, n_other)
    weight = kernel(beyond, bandwidth(drawn, beyond))
    near = weight > 0
    line = jump(change[near], drawn[near], beyond[near], weight[near], LINEAR)[0]
    parabola, error = jump(change[near], drawn[near], beyond[near], weight[near], QUADRATIC)
    spare = int(near.sum()) - 2 * (QUADRATIC + 1)
    half = float(stdtrit(spare, (1 + CONFIDENCE) / 2) * error)
    return Estimate(line, parabola - half, parabola + half, int(drawn[near].sum()), int((~drawn)[near].sum()))


def sharp(drawn: Bools, beyond: Floats) -> bool:
    """Whether exactly those beyond the cut are drawn (equals at the cut may be either)."""
    return bool((beyond[drawn] >= -NEAR).all() and (beyond[~drawn] <= NEAR).all())


def bandwidth(drawn: Bools, beyond: Floats) -> float:
    """The least distance from the cut that takes in `NEAR_THE_CUT` municipalities on either side, or all there are."""
    reach = [np.sort(np.abs(beyond[side]))[: NEAR_THE_CUT + 1][-1] for side in (drawn, ~drawn)]
    return float(max(reach)) * (1 + NEAR) or 1.0


def kernel(beyond: Floats, width: float) -> Floats:
    """Triangular weights, 1 at the cut and 0 from the bandwidth on; same shape."""
    return np.maximum(1 - np.abs(beyond) / width, 0.0)


def jump(outcome: Floats, drawn: Bools, beyond: Floats, weight: Floats, order: int) -> tuple[float, float]:
    """Jump at 0 between two weighted polynomials, and its HC3 standard error.

    Parameters
    ----------
    outcome, beyond, weight : array of float, shape (n,)
    drawn : array of bool, shape (n,)
    order : int
        1 for lines, 2 for parabolas.
    """
    powers = beyond[:, None] ** np.arange(order + 1)
    x = np.hstack([powers, powers * drawn[:, None]])
    root = np.sqrt(weight)[:, None]
    inverse = np.linalg.pinv(np.einsum("ni,nj->ij", x * root, x * root), hermitian=True)
    pull = np.einsum("ij,nj->ni", inverse, x * weight[:, None])  # what each outcome adds to each coefficient
    coefficients = np.einsum("ni,n->i", pull, outcome)
    left_over = outcome - np.einsum("ni,i->n", x, coefficients)
    leverage = np.einsum("ni,ni->n", x, pull)
    error = np.sqrt(((pull[:, order + 1] * left_over / np.maximum(1 - leverage, NEAR)) ** 2).sum())
    return float(coefficients[order + 1]), float(error)


def cut(risk: Floats, drawn: Bools) -> float:
    """The cut of a draw by rank: half-way between the last drawn and the first not drawn; NaN without either.

    Parameters
    ----------
    risk : array of float, shape (municipalities,)
        Risk share of those who could be drawn.
    drawn : array of bool, shape (municipalities,)
    """
    if not drawn.any() or drawn.all():
        return NOTHING
    return float((risk[drawn].min() + risk[~drawn].max()) / 2)
