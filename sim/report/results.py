"""A results folder as the report reads it. Nothing is simulated here: what is not in the files is not in the report."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sim.errors import InputError
from sim.in_place import check_recorded
from sim.report.manifest import Manifest, read_manifest

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")

MEAN, END = "mean", "end"  # horizons: mean over the years from the parting, final year
EVERYONE = "all"  # the group of all municipalities

_DRAW_COLUMNS = (
    "world", "design", "year", "municipality", "population", "risk_share", "drawn", "participates", "true_need", "n_pupils"
)  # fmt: skip


@dataclass(frozen=True)
class ComparisonRow:
    """One row of `comparison.parquet`; what is missing there is NaN.

    Attributes
    ----------
    file : str
        Where the row stands.
    """

    outcome: str
    group: str
    versus: str
    design: str
    horizon: str
    unit: str
    better: int
    start: float
    end: float
    n_worlds: float
    mean_versus: float
    mean_design: float
    difference: float
    low: float
    high: float
    spread_low: float
    spread_high: float
    probability_better: float
    minimum_detectable_effect: float
    variance_reduction: float
    smallest: float = math.nan
    file: str = "comparison.parquet"


_WORDS = ("outcome", "group", "versus", "design", "horizon", "unit")
_NUMBERS = tuple(column.name for column in fields(ComparisonRow) if column.type == "float")
_NEEDED = ("difference", "low", "high")
_SIGNS = (-1, 0, 1)


class Results:
    """The tables of a results folder, each read when it is first asked for.

    Parameters
    ----------
    folder : Path
        Holds at least `manifest.json` and `summary.parquet`.

    Raises
    ------
    InputError
        If the manifest can't be used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.manifest: Manifest = read_manifest(self.folder)
        self._kept: dict[Hashable, Any] = {}
        self._checked: set[str] = set()

    def once(self, key: Hashable, work: Callable[[], T]) -> T:
        """What is worked out of the tables, done once for both languages; nobody may change it."""
        if key not in self._kept:
            self._kept[key] = work()
        found: T = self._kept[key]
        return found

    @property
    def designs(self) -> tuple[str, ...]:
        """Keys of the designs; the first is the one compared with."""
        return tuple(design.key for design in self.manifest.designs)

    @property
    def baseline(self) -> str:
        """The design that the others are compared with."""
        return self.designs[0]

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The designs compared with the baseline."""
        return self.designs[1:]

    def file_of(self, table: str) -> str:
        """The file in which a table stands, for the sources of figures."""
        return f"{table}.parquet"

    def table(self, name: str, columns: Sequence[str] = (), filters: Any = None) -> pd.DataFrame:
        """Read a table; empty if there is no such file.

        Parameters
        ----------
        columns : sequence of str
            Those wanted, as far as the file has them; empty means all.
        filters : list of tuples, optional
            As `pyarrow.parquet.read_table` takes them.

        Raises
        ------
        InputError
            If the file can't be read as Parquet, or is not what the manifest recorded.
        """
        import pandas as pd
        import pyarrow as pa
        import pyarrow.parquet as pq

        file = self.folder / f"{name}.parquet"
        if not file.exists():
            return pd.DataFrame()
        if name not in self._checked:
            check_recorded(file, (self.manifest.tables.get(name) or {}).get("parquet_sha256"))
            self._checked.add(name)
        try:
            there = pq.read_schema(file).names
            wanted = [column for column in columns if column in there] if columns else there
            if filters and not all(field in there for field, *_ in filters):
                return pd.DataFrame()
            frame: pd.DataFrame = pq.read_table(
                file, columns=wanted, filters=filters, page_checksum_verification=True
            ).to_pandas()
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"can't be read: {error}", file=str(file)) from None
        return frame

    @cached_property
    def _comparisons(self) -> dict[tuple[str, str, str, str], ComparisonRow]:
        frame = self.table("comparison")
        if frame.empty:
            return {}
        if missing := [name for name in (*_WORDS, *_NEEDED) if name not in frame]:
            raise InputError(
                f"comparison.parquet has no column '{missing[0]}': it is damaged or of another version; play the study again",
                file=str(self.folder),
            )
        frame = frame[frame["versus"] == self.baseline]
        words = (frame[name].astype(str).tolist() for name in _WORDS)
        signs = frame["better"].tolist() if "better" in frame else repeat(0)
        better = (int(sign) if sign in _SIGNS else 0 for sign in signs)
        numbers = (
            frame[name].astype(float).tolist() if name in frame else repeat(math.nan) for name in _NUMBERS
        )
        rows = map(ComparisonRow, *words, better, *numbers)
        return {(row.outcome, row.group, row.design, row.horizon): row for row in rows}

    def comparison(
        self, outcome: str, design: str, group: str = EVERYONE, horizon: str = MEAN
    ) -> ComparisonRow | None:
        """How a design differs from the baseline, or None if that is not in the file."""
        return self._comparisons.get((outcome, group, design, horizon))

    @cached_property
    def _effects(self) -> dict[tuple[str, str], dict[tuple[str, str], dict[str, Any]]]:
        found: dict[tuple[str, str], dict[tuple[str, str], dict[str, Any]]] = {}
        for record in self.table("yardstick").to_dict("records"):
            if str(record["versus"]) == self.baseline:
                rows = found.setdefault((str(record["design"]), str(record["horizon"])), {})
                rows[str(record["outcome"]), str(record["group"])] = {str(k): v for k, v in record.items()}
        return found

    def effects(self, design: str, horizon: str = MEAN) -> Mapping[tuple[str, str], Mapping[str, Any]]:
        """What follow-up itself does under the baseline and a design, by outcome and group; empty without a yardstick."""
        return self._effects.get((design, horizon), {})

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """Keys of the outcomes in the files, in the files' order."""
        compared = dict.fromkeys(outcome for outcome, *_ in self._comparisons)
        return tuple(compared or dict.fromkeys(map(str, self.summary["outcome"].astype(str))))

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Groups of municipalities in the files."""
        return tuple(dict.fromkeys(group for _, group, *_ in self._comparisons))

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Means and bands over worlds, per design, half-year, outcome and group.

        Raises
        ------
        InputError
            If the folder has none.
        """
        frame = self.table("summary")
        if frame.empty:
            raise InputError("no summary.parquet, or it is empty", file=str(self.folder))
        return frame

    @cached_property
    def draws(self) -> pd.DataFrame:
        """Municipalities at each draw from the parting of the designs on."""
        filters = [("year", ">=", self.manifest.parting_year or 0)]
        return self.table("draws", _DRAW_COLUMNS, filters)

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """Parameters of each world."""
        return self.table("parameters")

    @cached_property
    def draw_of_world(self) -> Mapping[int, int]:
        """The draw of the parameters that each world has; empty for folders that don't tell, where each has its own."""
        frame = self.table("parameters", ("world", "draw"))
        if "draw" not in frame:
            return {}
        first = frame.drop_duplicates("world")
        return dict(zip(first["world"].astype(int).tolist(), first["draw"].astype(int).tolist(), strict=True))

    @cached_property
    def world_values(self) -> pd.DataFrame:
        """Single worlds' values for all municipalities together; empty without `outcomes.parquet`."""
        columns = ("world", "design", "year", "outcome", "value")
        return self.table("outcomes", columns, filters=[("group", "=", EVERYONE)])
