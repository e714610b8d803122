"""Worlds that take their parameters from a posterior: a file of draws that a calibration has left and somebody has accepted."""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.arrays import Floats
from sim.cached import cache_home
from sim.errors import InputError
from sim.experiments.parameter_draws import FromPriors, ParameterSource, at_share, share_of, uncertain
from sim.experiments.provenance import file_digest, model_digest
from sim.in_place import put_in_place
from sim.parameters.declaration import Declaration
from sim.parameters.registry import Registry
from sim.randomness import Streams

if TYPE_CHECKING:
    import pandas as pd

PRIOR, POSTERIOR = "prior", "posterior"
FILE = "posterior.parquet"
SAME_ANSWERS = "same_answers_under"
"""Key of a provenance's list of rules, by digest, under which the first draws gave the same answers when played anew."""
_PROVENANCE, _LEARNED, _ROLLING = "provenance.json", "learned.parquet", "rolling_verdicts.parquet"
MEASUREMENT = "survey."
"""Beginning of the names of parameters that say how people answer; all others are of mechanisms and facts."""
DECLARED = b"declared"
"""Key of the file's note on what each parameter was declared as."""
_ONCE = 0


def calibration_folder() -> Path:
    """Where targets and the accepted posterior lie: calibration/ of a checkout, else its copy in the package."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "calibration").is_dir():
        return checkout / "calibration"
    return package / "_calibration"


def declared_as(declaration: Declaration) -> str:
    """What a draw of a parameter depends on: its bounds and its prior."""
    assert declaration.bounds is not None
    assert declaration.prior is not None
    low, high = declaration.bounds
    return f"{declaration.prior.words()} in [{low:g}, {high:g}]"


def posterior_table(declarations: list[Declaration], draws: Floats) -> pa.Table:
    """Draws as the file holds them: a row each, a column for each parameter.

    Parameters
    ----------
    draws : array, shape (draws, parameters)
    """
    columns = {}
    for j, d in enumerate(declarations):
        assert d.bounds is not None
        low, high = (np.float32(end) for end in d.bounds)
        # Four bytes are exact enough for what is known of any parameter, and halve the file. Rounding may not lead
        # out of bounds.
        low = np.nextafter(low, np.float32(np.inf)) if float(low) < d.bounds[0] else low
        high = np.nextafter(high, np.float32(-np.inf)) if float(high) > d.bounds[1] else high
        columns[d.name] = pa.array(np.clip(draws[:, j].astype(np.float32), low, high))
    note = json.dumps({d.name: declared_as(d) for d in declarations}, sort_keys=True)
    return pa.table(columns).replace_schema_metadata({DECLARED: note.encode()})


@dataclass(frozen=True)
class FromPosterior:
    """Each draw is a row of a posterior; rows are gone through in an order that the seed decides, and none is used twice as if
    it were two.

    Parameters that the file lacks are drawn from their priors, as `FromPriors` does.

    Parameters
    ----------
    named : str
        How the file was asked for.

    Raises
    ------
    InputError
        If the file can't be used: no posterior, or made when a parameter was declared otherwise.
    """

    registry: Registry
    seed: int
    file: Path
    named: str = POSTERIOR
    table: pa.Table = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", _read(self.file, self.registry))

    @cached_property
    def _draws(self) -> Floats:
        columns = [column.to_numpy() for column in self.table.columns]
        return np.stack(columns, axis=1).astype(np.float64)

    @cached_property
    def _order(self) -> np.ndarray[Any, Any]:
        rows = np.arange(len(self.table))
        return np.argsort(Streams(self.seed).uniform("row of the posterior", _ONCE, rows), kind="stable")

    def values(self, number: int) -> dict[str, float]:
        """See `ParameterSource`; `InputError` beyond the last row."""
        if number >= len(self.table):
            raise InputError(
                f"the posterior has {len(self.table)} draws, and no draw counts twice; expected no more (worlds can share "
                "draws: worlds per draw)",
                file=str(self.file),
                field="parameters",
            )
        row = self._draws[self._order[number]]
        known = dict(zip(self.table.schema.names, row.tolist(), strict=True))
        return {
            d.name: known[d.name] if d.name in known else at_share(d, share_of(d.name, self.seed, number))
            for d in uncertain(self.registry)
        }

    def describe(self) -> dict[str, object]:
        """See `ParameterSource`."""
        lacking = [d.name for d in uncertain(self.registry) if d.name not in self.table.schema.names]
        return {
            "drawn_from": "posterior", "posterior": self.named, "posterior_sha256": file_digest(self.file),
            "draws": len(self.table), "from_their_priors": lacking,
            "rules_changed_since": rules_changed_since(self.file), "learned": learned_beside(self.file),
            "survey_widening": widening_beside(self.file), "survey_worse_from": worse_beside(self.file),
        }  # fmt: skip


@dataclass(frozen=True)
class InPlaceOfPosterior:
    """Priors, drawn from because the posterior that lies ready does not fit the model."""

    priors: FromPriors
    why: str

    def values(self, number: int) -> dict[str, float]:
        """See `ParameterSource`."""
        return self.priors.values(number)

    def describe(self) -> dict[str, object]:
        """See `ParameterSource`."""
        return {**self.priors.describe(), "posterior_left_out": self.why}


def source_of(registry: Registry, seed: int, wanted: str | Path | None = None) -> ParameterSource:
    """Where worlds take their parameters from.

    Parameters
    ----------
    wanted : str or Path, optional
        "prior"; "posterior", the accepted one; a file of draws (Parquet or CSV). By default the accepted posterior where there is
        one that fits the model, else the priors.

    Raises
    ------
    InputError
        If the posterior that is asked for can't be used.
    """
    accepted = calibration_folder() / FILE
    if wanted == PRIOR:
        return FromPriors(registry, seed)
    if wanted is not None and wanted != POSTERIOR:
        return FromPosterior(registry, seed, Path(wanted), str(wanted))
    if wanted == POSTERIOR and not accepted.is_file():
        raise InputError(
            "parameters: no posterior has been accepted yet; run `calibrate` and `calibrate accept`, or name a file",
            field="parameters",
        )
    if not accepted.is_file():
        return FromPriors(registry, seed)
    try:
        return FromPosterior(registry, seed, accepted)
    except InputError as error:
        if wanted is not None:
            raise
        return InPlaceOfPosterior(FromPriors(registry, seed), error.message)


def rules_changed_since(file: Path) -> bool | None:
    """Whether the model's rules are others than those that a posterior was made with; None where nothing tells.

    Rules under which its first draws were played anew with the same answers (`calibrate replay`) count as those that it was
    made with.

    Parameters
    ----------
    file : Path
        The posterior; the provenance that names it by its hash lies beside it.
    """
    try:
        noted = json.loads((file.parent / _PROVENANCE).read_text(encoding="utf-8"))
        made_with, named = noted["plan"]["model_sha256"], noted["files_sha256"][FILE]
        alike = noted.get(SAME_ANSWERS, [])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return model_digest() not in (made_with, *alike) if named == file_digest(file) else None


def learned_beside(file: Path) -> dict[str, object] | None:
    """What was learned of measurement and of mechanisms, by the table beside a posterior; None where there is none.

    Returns
    -------
    dict or None
        `measurement` and `mechanisms` (parameters learned of), `of_measurement` and `of_mechanisms` (all of them), `except`
        (names of the mechanisms' parameters that were learned of, most first).
    """
    try:
        table = pq.read_table(
            file.parent / _LEARNED, columns=["parameter", "informed", "narrowed"]
        ).to_pylist()
    except (OSError, pa.ArrowException):
        return None
    table.sort(key=lambda row: -row["narrowed"])
    measured = [row for row in table if row["parameter"].startswith(MEASUREMENT)]
    others = [row for row in table if not row["parameter"].startswith(MEASUREMENT)]
    return {
        "measurement": sum(row["informed"] for row in measured),
        "of_measurement": len(measured),
        "mechanisms": sum(row["informed"] for row in others),
        "of_mechanisms": len(others),
        "except": [row["parameter"] for row in others if row["informed"]],
    }


def widening_beside(file: Path) -> float:
    """Times by which intervals of survey answers are to be wider, by how the rolling forecasts beside a posterior held; 1 where
    there are none.
    """
    try:
        found = pq.read_table(file.parent / _ROLLING, columns=["widening"])["widening"].to_pylist()
    except (OSError, pa.ArrowException):
        return 1.0
    return float(found[-1]) if found else 1.0


def worse_beside(file: Path) -> int | None:
    """Last year from which on the next wave of the survey was foretold worse by the model than by the wave before, by the
    rolling forecasts beside a posterior; None where it was in no year or there are no forecasts.
    """
    try:
        found = pq.read_table(file.parent / _ROLLING, columns=["origin", "worse"]).to_pylist()
    except (OSError, pa.ArrowException):
        return None
    worse = [int(row["origin"]) for row in found if row["worse"]]
    return max(worse, default=None)


def as_file(wanted: str | Path | pd.DataFrame | None) -> str | Path | None:
    """What was asked for; a frame of draws as a file named by its content, so that workers and the manifest can name it.

    Raises
    ------
    InputError
        If it is no frame of numbers.
    """
    if wanted is None or isinstance(wanted, (str, Path)):
        return wanted
    packed = io.BytesIO()
    try:
        pq.write_table(pa.Table.from_pandas(wanted, preserve_index=False), packed)
    except (pa.ArrowException, AttributeError, TypeError, ValueError):
        raise InputError("parameters: expected a frame with a column of numbers for each parameter") from None
    file = _frames() / f"{hashlib.sha256(packed.getvalue()).hexdigest()}.parquet"
    put_in_place(file, packed.getvalue())
    return file


def _frames() -> Path:
    """Where frames of draws that were handed in are kept."""
    return cache_home() / "posteriors"


def _read(file: Path, registry: Registry) -> pa.Table:
    if not file.is_file():
        raise InputError("no such file", file=str(file), field="parameters")
    try:
        if file.suffix.lower() == ".csv":
            from pyarrow import csv

            table = csv.read_csv(file)
        else:
            table = pq.read_table(file, page_checksum_verification=True)
        names = table.schema.names
        note = (table.schema.metadata or {}).get(
            DECLARED
        )  # one's own file may say nothing of how they were declared
        declared: Mapping[str, str] = dict.fromkeys(names, "") if note is None else json.loads(note)
    except (OSError, pa.ArrowException, ValueError, RecursionError):
        raise _refused(
            file,
            "is no file of posterior draws: expected Parquet, or CSV in UTF-8 with commas between columns, a column for each "
            "parameter",
        ) from None
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        raise _refused(file, f"column '{twice[0]}' stands twice: expected a parameter once")
    if not len(table):
        raise _refused(file, "holds no draws: expected a row for each below the names of the parameters")
    made = note is not None
    if not isinstance(declared, dict) or sorted(declared) != sorted(names):
        raise _refused(file, "is no file of posterior draws: its note is of other columns", made)
    now = {d.name: d for d in uncertain(registry)}
    for name in names:
        if name not in now:
            near = get_close_matches(name, now, n=3, cutoff=0.5)
            hint = f"; nearest known: {', '.join(near)}" if near else ""
            raise _refused(file, f"column '{name}' is no uncertain parameter of this model{hint}", made)
        if made and declared[name] != declared_as(now[name]):
            is_now = declared_as(now[name])
            raise _refused(
                file, f"{name} was declared as {declared[name]} when it was made, and is now {is_now}", made
            )
        _check_draws(file, table[name], now[name], made)
    return table


def _check_draws(file: Path, column: pa.ChunkedArray, declaration: Declaration, made: bool) -> None:
    """Refuse a column with its first value that is no number within the parameter's bounds."""
    assert declaration.bounds is not None
    low, high = declaration.bounds
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        values = column.to_numpy()
        if ((values >= low) & (values <= high)).all():
            return
    for row, value in enumerate(column.to_pylist(), 1):
        if not _lies_within(value, low, high):
            told = "no value" if value is None else f"value '{value}'"
            raise _refused(
                file,
                f"row {row}: column '{declaration.name}', {told}: expected a number from {low:.15g} to {high:.15g} (unit: "
                f"{declaration.unit})",
                made,
            )
    raise _refused(
        file, f"column '{declaration.name}': expected a column of numbers, found {column.type}", made
    )


def _lies_within(value: object, low: float, high: float) -> bool:
    try:
        return low <= float(str(value)) <= high
    except ValueError:
        return False


def _refused(file: Path, why: str, made: bool = False) -> InputError:
    """The fault; what `calibrate` has made can be made anew."""
    anew = "; calibrate anew, or use `--parameters prior`" if made else ""
    named = "the frame of draws" if file.parent == _frames() else str(file)
    return InputError(f"{why}{anew}", file=named, field="parameters")
