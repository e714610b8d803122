"""Groups by the names that the tables of a results folder give them; the report reads folders and not the model."""

from __future__ import annotations

ALL = "all"
PICKED_EITHER = "picked.either"
