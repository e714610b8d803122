"""Accepting a calibration: from then on comparisons draw their parameters from its posterior."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from sim.calibration.api import fit_not_of_answers
from sim.calibration.check import COVERAGE, RANKS, RESULT
from sim.calibration.replay import REPLAY
from sim.calibration.rolling import ROLLING, ROLLING_VERDICTS
from sim.calibration.study import DIAGNOSTICS, FIT, PROVENANCE
from sim.declared import REGISTRY
from sim.errors import InputError
from sim.experiments.posterior import FILE as POSTERIOR
from sim.experiments.posterior import FromPosterior, calibration_folder
from sim.experiments.provenance import file_digest
from sim.in_place import put_in_place

TAKEN = (
    POSTERIOR, FIT, DIAGNOSTICS, "screening.parquet", "emulator.parquet", "learned.parquet", "pairs.parquet",
    "pulls.parquet", "conflicts.parquet", "tensions.parquet", "intervals.parquet", "targets.parquet", "forecasts.parquet",
    "verdicts.parquet", "patterns.parquet", ROLLING, ROLLING_VERDICTS, REPLAY,
)  # fmt: skip
"""What is taken over of a calibration, beside its provenance, which names them by their hashes."""
PACKED_REPORT = "report.html.gz"
CHECKED = (RANKS, COVERAGE, RESULT)
CHECK_FOLDER = "check"


def accept(folder: Path, check_folder: Path | None = None, target: Path | None = None) -> list[Path]:
    """Copy a finished calibration's posterior, tables and provenance to where comparisons look for them, with a report (packed).

    The report is written anew from what is copied: one that lies beside may be older than the trial of the method.

    Parameters
    ----------
    check_folder : Path, optional
        Of a check of the method with its points, to be kept beside them; by default `check` in the calibration's own folder,
        if one is finished there. Without one, that of the posterior before is taken away.
    target : Path, optional
        By default the calibration folder of the checkout.

    Raises
    ------
    InputError
        If the calibration is not finished, its files are not those its provenance names, its fit is not what the answers at its
        draws come to, its check is of another posterior, or its posterior does not fit the model as it is now.
        Nothing is copied then.
    """
    from sim.report.calibration import calibration_page

    target = target or calibration_folder()
    if check_folder is None and (folder / CHECK_FOLDER / RESULT).is_file():
        check_folder = folder / CHECK_FOLDER
    checked = [check_folder / name for name in CHECKED] if check_folder else []
    _refuse_unsound(folder, check_folder, checked)
    FromPosterior(REGISTRY, 0, folder / POSTERIOR)
    places = {target / name: (folder / name).read_bytes() for name in (*TAKEN, PROVENANCE)}
    page = calibration_page(folder, check=check_folder)
    places[target / PACKED_REPORT] = gzip.compress(page.encode("utf-8"), mtime=0)
    places |= {target / CHECK_FOLDER / file.name: file.read_bytes() for file in checked}
    for name in CHECKED:
        (target / CHECK_FOLDER / name).unlink(missing_ok=True)
    for place, content in places.items():
        put_in_place(place, content)
    return list(places)


def _refuse_unsound(folder: Path, check_folder: Path | None, checked: Sequence[Path]) -> None:
    """Refuse files that are missing, or are not those of one calibration and a trial of it."""
    wanted = [folder / name for name in (*TAKEN, PROVENANCE)]
    for file in [*wanted, *checked]:
        if not file.is_file():
            raise InputError(
                "is not there: the calibration is not finished (`calibrate forecast` adds what an older one lacks)",
                file=str(file),
                field="folder",
            )
    named = json.loads((folder / PROVENANCE).read_text(encoding="utf-8")).get("files_sha256", {})
    for name in TAKEN:
        if named.get(name) != file_digest(folder / name):
            raise InputError(
                f"is not the file that {PROVENANCE} tells of", file=str(folder / name), field="folder"
            )
    astray = fit_not_of_answers(folder)
    if astray:
        raise InputError(
            f"is not what the answers at its draws come to: {', '.join(astray)}",
            file=str(folder / FIT),
            field="folder",
        )
    if check_folder:
        tried = json.loads((check_folder / RESULT).read_text(encoding="utf-8"))
        if tried.get("posterior_sha256") != file_digest(folder / POSTERIOR):
            raise InputError("tried another posterior", file=str(check_folder / RESULT), field="check")
