"""Carrying a study out, stage by stage: what is planned is played, kept and summed up. Telling of it comes after, elsewhere.

Study      the plan: designs, worlds, years              sim.experiments.study
Played     a world, handed out as it comes               sim.experiments.play
Kept       all worlds: tables on the disk, outcomes      sim.experiments.keeping
tables     over all worlds                               sim.experiments.summing_up
the folder whole, in its place                           sim.experiments.folder
the page   made of the folder                            sim.studies.telling
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from numbers import Integral
from pathlib import Path

from sim.experiments.documenting import document
from sim.experiments.folder import MANIFEST, Replaces, check_place, results_folder
from sim.experiments.keeping import keep
from sim.experiments.manifest import manifest, run_section, same_question, text
from sim.experiments.places import WORDS, Places
from sim.experiments.play import Played, play, worth_starting
from sim.experiments.study import Study
from sim.experiments.summing_up import sum_up
from sim.settings import check_number


def conduct(
    study: Study,
    folder: Path,
    *,
    workers: int | None = None,
    progress: bool = True,
    further: Callable[[Path], object] | None = None,
    told: Callable[[Played], object] | None = None,
    overwrite: bool = False,
    csv: bool = True,
) -> None:
    """Play a study and leave its results in a folder, whole or not at all.

    Parameters
    ----------
    workers : int, optional
        Processes to work with; by default one for each core.
    progress : bool
        Whether to draw a bar on standard error, if that is a terminal.
    further : callable, optional
        Given the folder, still hidden, adds tables of its own to those over all worlds. If it hands back a mapping from
        their names to what a row is, they are written as CSV and documented too.
    told : callable, optional
        Given each world as it comes, in their order.
    overwrite : bool
        Whether results of another study may make way. Those of the same one do in any case.
    csv : bool
        Whether tables are written as CSV too; else whoever fetches them makes the copies (`documenting.copied`).

    Raises
    ------
    InputError
        If something in the study or the place for results can't be used; nothing is written then.
    """
    if workers is not None:
        check_number("workers", workers, Integral, 1)
    replaces = Replaces(
        lambda there: overwrite or same_question(study, there),
        "name another folder, or have them replaced (--overwrite, in Python overwrite=True)",
    )
    check_place(folder, replaces)
    started, clock = datetime.now(UTC), time.monotonic()
    jobs = study.all_jobs()
    with results_folder(folder, replaces) as partial:
        with closing(play(jobs, workers=workers, progress=progress)) as played:
            kept = keep(study, played, partial, told)
        sum_up(kept)
        added = further(partial) if further is not None else None
        for name in study.passing if study.places is Places.GROUPED else ():
            (partial / f"{name}.parquet").unlink(missing_ok=True)
        listed = document(
            partial,
            study.instruments(),
            added if isinstance(added, Mapping) else {},
            WORDS.get(study.places, ""),
            csv=csv,
            scale=study.scale,
        )
        run = run_section(started, time.monotonic() - clock, min(workers or worth_starting(jobs), len(jobs)))
        (partial / MANIFEST).write_text(text({**manifest(study, listed), "run": run}), encoding="utf-8")
