"""Telling of finished results: the step after they lie in their folder, and one that can be taken again at any time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.errors import InputError, NotToldError
from sim.studies.finished import read_manifest


def tell(folder: Path, lang: str | None = None, write: Callable[[Path, str], Path] | None = None) -> Path:
    """Write the page of finished results, and say where it is.

    Parameters
    ----------
    lang : str, optional
        By default the language that the results were asked for in.
    write : callable, optional
        Makes the page; by default `sim.report.write_report`.

    Raises
    ------
    InputError
        If the folder holds nothing that can be told of.
    NotToldError
        If making the page fails. The results are left as they are.
    """
    from sim.report import write_report

    try:
        return (write or write_report)(folder, lang or str(read_manifest(folder)["lang"]))
    except InputError:
        raise
    except Exception as error:
        raise NotToldError(
            f"{folder}: the results are whole, but the report on them failed ({type(error).__name__}: {error}); "
            f"`kompetansesim report {folder}` tries again"
        ) from error
