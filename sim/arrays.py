"""Names for the kinds of arrays the model is made of, and the codes that stand in them."""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated, Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Codes: TypeAlias = npt.NDArray[np.int8]
Bools: TypeAlias = npt.NDArray[np.bool_]
Words: TypeAlias = npt.NDArray[np.str_]
Key: TypeAlias = np.uint64
AnyArray: TypeAlias = npt.NDArray[Any]
Grid: TypeAlias = Annotated[Floats, "rows and columns"]
WholeGrid: TypeAlias = Annotated[Ints, "rows and columns"]
Number: TypeAlias = Any
"""A number or a column of them: for formulas of operators that do for both, in rules and in columns."""


class Code(IntEnum):
    """A category as a small whole number, to be compared with columns.

    The attribute says that numpy handles it like any number; without it, Python 3.11 has numpy ask in vain, member by member,
    each time (three quarters of the time of a comparison).
    """

    __array_ufunc__ = np.ndarray.__array_ufunc__
