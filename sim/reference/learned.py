"""The page on what the accepted calibration has taught, in words from its table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from sim.experiments.posterior import FILE, calibration_folder, learned_beside
from sim.reference.markdown import code, paragraphs, table

_TABLE = "learned.parquet"
BEGIN, END = "<!-- written by `make docs-tables` -->", "<!-- until here -->"
"""What the readme's sentence stands between."""
_DIGITS = ".3g"


def learned(folder: Path | None = None) -> str:
    """What is calibrated and what rests on priors, and every parameter that the figures say something about.

    Parameters
    ----------
    folder : Path, optional
        Of a calibration; by default the accepted one.
    """
    folder = folder or calibration_folder()
    told = learned_beside(folder / FILE)
    lines = ["# What was learned", ""]
    if told is None:
        lines += ["The accepted calibration has no table of what was learned beside it.", ""]
        return "\n".join(lines)
    rows = [row for row in pq.read_table(folder / _TABLE).to_pylist() if row["informed"]]
    rows.sort(key=lambda row: -row["narrowed"])
    return "\n".join(
        [
            *lines,
            *paragraphs(f"{in_words(told)} Informed means that a tenth or more of the spread of the prior is gone."),
            *table(
                ["parameter", "unit", "prior mean and 90 %", "posterior mean and 90 %", "spread gone", "edge of its prior"],
                [
                    [
                        code(row["parameter"]), row["unit"], _summary(row, "prior"), _summary(row, "posterior"),
                        f"{row['narrowed']:.0%}", "yes" if row["at_edge"] else "",
                    ]
                    for row in rows
                ],
            ),
        ]
    )  # fmt: skip


def in_words(told: dict[str, Any]) -> str:
    """The sentence that readme, reports and pages have of it."""
    names = ", ".join(code(name) for name in told["except"])
    besides = f", except {told['mechanisms']} of {told['of_mechanisms']}: {names}" if names else ""
    return (
        f"Measurement is calibrated ({told['measurement']} of {told['of_measurement']} parameters of how people answer are "
        f"informed), mechanisms rest on their priors{besides}."
    )


def in_readme(text: str) -> str:
    """A readme with the sentence as it is now; as it was where it has no place for it."""
    told = learned_beside(calibration_folder() / FILE)
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        return text
    said = in_words(told) if told else "No calibration is accepted: everything rests on priors."
    return f"{before}{begin}\n{said}\n{end}{after}"


def _summary(row: dict[str, Any], of: str) -> str:
    mean, low, high = (format(row[f"{of}_{end}"], _DIGITS) for end in ("mean", "low", "high"))
    return f"{mean} ({low} to {high})"
