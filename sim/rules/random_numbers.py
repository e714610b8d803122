"""Formulas of random numbers, keyed and normal; see `sim.randomness`.

They are compiled whoever calls them: whole numbers of 64 bits that run over are no matter for Python's own.
"""

from __future__ import annotations

from math import log, sqrt

import numpy as np

from sim.arrays import Floats, Grid, Ints, Key
from sim.rules.rule import always_compiled

_STEP, _MIX_1, _MIX_2 = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xBF58476D1CE4E5B9),
    np.uint64(0x94D049BB133111EB),
)
_NONE, _30, _27, _31, _12 = (np.uint64(n) for n in (0, 30, 27, 31, 12))
_UNIT, _HALF_UNIT, _HALF = 2.0**-52, 2.0**-53, 0.5


@always_compiled
def key_within(key: Key, number: int) -> Key:
    """The key of what has a number within what has a key: that number of the SplitMix64 sequence that begins there."""
    x = np.uint64(number) * _STEP + key
    x = (x ^ (x >> _30)) * _MIX_1
    x = (x ^ (x >> _27)) * _MIX_2
    return x ^ (x >> _31)


@always_compiled
def uniform_of(key: Key, identity: int, which: int) -> float:
    """A decision's number for an identity, in (0, 1); a further one (`which`) lies in a far-off stretch of its sequence."""
    bits = key_within(key + key_within(_NONE, which), identity) >> _12
    return np.float64(np.int64(bits)) * _UNIT + _HALF_UNIT


@always_compiled
def uniforms_of(key: Key, identities: Ints, out: Floats, which: int) -> None:
    """`uniform_of` for many, into `out` of the same shape."""
    own, bits = key + key_within(_NONE, which), out.view(np.uint64)
    for i in range(
        len(identities)
    ):  # bits first, then numbers: each loop alone goes through several at a time
        bits[i] = key_within(own, identities[i]) >> _12
    for i in range(len(identities)):
        out[i] = np.float64(np.int64(bits[i])) * _UNIT + _HALF_UNIT


@always_compiled
def uniforms(moment: Key, decisions: Ints, identities: Ints, out: Grid) -> None:
    """`uniforms_of` of each decision, then the further numbers of each; `out` has shape (decisions x numbers, identities)."""
    for row in range(len(out)):
        which, k = divmod(row, len(decisions))
        uniforms_of(key_within(moment, decisions[k]), identities, out[row], which)


# Coefficients of the normal quantile: Cephes' ndtri (Moshier), which scipy uses too, so that both give the same bits.
_END = 0.13533528323661269189  # exp(-2): nearer than this to 0 or 1 it is a tail
_ROOT_2_PI = 2.50662827463100050242
_P00, _P01, _P02 = -5.99633501014107895267e1, 9.80010754185999661536e1, -5.66762857469070293439e1
_P03, _P04 = 1.39312609387279679503e1, -1.23916583867381258016e0
_Q00, _Q01, _Q02 = 1.95448858338141759834e0, 4.67627912898881538453e0, 8.63602421390890590575e1
_Q03, _Q04, _Q05 = -2.25462687854119370527e2, 2.00260212380060660359e2, -8.20372256168333339912e1
_Q06, _Q07 = 1.59056225126211695515e1, -1.18331621121330003142e0
_P10, _P11, _P12 = 4.05544892305962419923e0, 3.15251094599893866154e1, 5.71628192246421288162e1
_P13, _P14, _P15 = 4.40805073893200834700e1, 1.46849561928858024014e1, 2.18663306850790267539e0
_P16, _P17, _P18 = -1.40256079171354495875e-1, -3.50424626827848203418e-2, -8.57456785154685413611e-4
_Q10, _Q11, _Q12 = 1.57799883256466749731e1, 4.53907635128879210584e1, 4.13172038254672030440e1
_Q13, _Q14, _Q15 = 1.50425385692907503408e1, 2.50464946208309415979e0, -1.42182922854787788574e-1
_Q16, _Q17 = -3.80806407691578277194e-2, -9.33259480895457427372e-4
_P20, _P21, _P22 = 3.23774891776946035970e0, 6.91522889068984211695e0, 3.93881025292474443415e0
_P23, _P24, _P25 = 1.33303460815807542389e0, 2.01485389549179081538e-1, 1.23716634817820021358e-2
_P26, _P27, _P28 = 3.01581553508235416007e-4, 2.65806974686737550832e-6, 6.23974539184983293730e-9
_Q20, _Q21, _Q22 = 6.02427039364742014255e0, 3.67983563856160859403e0, 1.37702099489081330271e0
_Q23, _Q24, _Q25 = 2.16236993594496635890e-1, 1.34204006088543189037e-2, 3.28014464682127739104e-4
_Q26, _Q27 = 2.89247864745380683936e-6, 6.79019408009981274425e-9
_FAR = 8.0  # sqrt(-2 log y) from which the second set of a tail's coefficients holds


@always_compiled
def _tail(x: float, log_x: float, sign: float) -> float:
    """The normal quantile of a small `y`, or with the other sign of `1 - y`, from `x = sqrt(-2 log y)`."""
    z = 1 / x
    if x < _FAR:
        upper = _P10 * z + _P11
        upper = ((((((upper * z + _P12) * z + _P13) * z + _P14) * z + _P15) * z + _P16) * z + _P17) * z + _P18
        lower = ((((z + _Q10) * z + _Q11) * z + _Q12) * z + _Q13) * z + _Q14
        lower = ((lower * z + _Q15) * z + _Q16) * z + _Q17
    else:
        upper = _P20 * z + _P21
        upper = ((((((upper * z + _P22) * z + _P23) * z + _P24) * z + _P25) * z + _P26) * z + _P27) * z + _P28
        lower = ((((z + _Q20) * z + _Q21) * z + _Q22) * z + _Q23) * z + _Q24
        lower = ((lower * z + _Q25) * z + _Q26) * z + _Q27
    return sign * (x - log_x / x - z * upper / lower)


@always_compiled
def _middle(u: float) -> float:
    """The normal quantile of a number that is not near 0 or 1."""
    y = u - 0.5
    s = y * y
    upper = (((_P00 * s + _P01) * s + _P02) * s + _P03) * s + _P04
    lower = ((((s + _Q00) * s + _Q01) * s + _Q02) * s + _Q03) * s + _Q04
    lower = ((lower * s + _Q05) * s + _Q06) * s + _Q07
    return (y + y * (s * upper / lower)) * _ROOT_2_PI


@always_compiled
def normal_quantile(u: float) -> float:
    """The normal quantile of a number in (0, 1)."""
    high = u > 1 - _END
    y = 1 - u if high else u
    if y > _END:
        return _middle(u)
    x = sqrt(-2 * log(y))
    return _tail(x, log(x), 1.0 if high else -1.0)


@always_compiled
def made_normal(u: Floats) -> None:
    """Numbers in (0, 1) turned into standard normal ones; tails are put aside, and each loop alone goes several at a time."""
    where = np.empty(len(u), dtype=np.int64)
    n = 0
    for i in range(len(u)):
        where[n] = i  # stays if it is a tail, and is written over if not
        n += (u[i] <= _END) | (u[i] > 1 - _END)
    ends, x, z = np.empty((3, n))
    for k in range(n):
        ends[k] = u[where[k]]
        x[k] = min(ends[k], 1 - ends[k])
    for i in range(len(u)):
        u[i] = _middle(u[i])
    for k in range(n):
        x[k] = sqrt(-2 * log(x[k]))
    for k in range(n):
        z[k] = log(x[k])
    for k in range(n):
        z[k] = _tail(x[k], z[k], 1.0)
    for k in range(n):
        u[where[k]] = z[k] if ends[k] > _HALF else -z[k]


@always_compiled
def normal_of(key: Key, identity: int, which: int) -> float:
    """`uniform_of` as a standard normal number."""
    return normal_quantile(uniform_of(key, identity, which))


@always_compiled
def normals_of(key: Key, identities: Ints, out: Floats, which: int) -> None:
    """`normal_of` for many, into `out` of the same shape."""
    uniforms_of(key, identities, out, which)
    made_normal(out)


@always_compiled
def normals(moment: Key, decisions: Ints, identities: Ints, out: Grid) -> None:
    """`uniforms` as standard normal numbers."""
    uniforms(moment, decisions, identities, out)
    for row in range(len(out)):
        made_normal(out[row])
