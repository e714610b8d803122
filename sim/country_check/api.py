"""`kompetansesim check draw`, and `sim.check_draw` for Python: the country and its draw beside what is published of them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from numbers import Integral, Real
from pathlib import Path

import pandas as pd

from sim.calibration.held_out import for_validation, rules
from sim.calibration.storage import put_frame
from sim.calibration.targets import for_fitting
from sim.country_check import standing_still
from sim.country_check.evidence import read_published
from sim.country_check.playing import Job, play
from sim.country_check.table import as_markdown, compared
from sim.design import Design
from sim.experiments.instruments import with_plugins
from sim.experiments.posterior import calibration_folder, source_of
from sim.experiments.workers import run_jobs
from sim.in_place import put_in_place
from sim.plugins import Named
from sim.scenario_files import load_design
from sim.settings import check_number
from sim.surveys.questionnaire import OF_THE_DRAW

TABLE, PAGE = "country.parquet", "country.md"
WORLDS = 40


def check_draw(
    *,
    design: str | Path | Design = "history",
    worlds: int = WORLDS,
    seed: int = 2026,
    scale: float = 1.0,
    parameters: str | Path | None = None,
    workers: int | None = None,
    progress: bool = True,
    out: Path | str | None = None,
    plugins: Iterable[Named] = (),
) -> pd.DataFrame:
    """Play worlds from 2017 to 2025 and hold them against what is published of the real country.

    Parameters
    ----------
    design : str, Path or Design
        What is played; what happened, unless said otherwise.
    worlds, seed, scale, parameters, workers, progress, plugins
        As for `sim.compare`; every world has its own draw of the parameters.
    out : Path, optional
        Folder to write the table (Parquet) and its page (Markdown) to. The page tells of the same worlds without any scheme too:
        how far what spreads in them stands still.

    Returns
    -------
    DataFrame
        figure, group, quantity, unit, use (fitted, checked or rule), published, mean, low, high (90 % range over worlds),
        inside, worlds, source; a row for each figure.

    Raises
    ------
    InputError
        If a setting or the evidence can't be used; then nothing is written.
    """
    check_number("worlds", worlds, Integral, 2)
    check_number("seed", seed, Integral, 0)
    check_number("scale", scale, Real, 0, 1)
    folder = calibration_folder()
    asked = {item.target for item in OF_THE_DRAW}
    targets = (*for_fitting(folder), *for_validation(folder), *rules(folder))
    published = read_published(folder)
    instruments = with_plugins(plugins)()
    played = design if isinstance(design, Design) else load_design(design, instruments.registry)
    source = source_of(instruments.registry, seed, parameters)
    jobs = [Job(k, seed, source.values(k), played, instruments.model, scale) for k in range(worlds)]
    with closing(run_jobs(play, jobs, workers=workers, progress=progress)) as results:
        found = compared([t for t in targets if t.id in asked], published, list(results), scale)
    if out is not None:
        without = standing_still.nothing(instruments.registry)
        alone = [replace(job, design=without) for job in jobs]
        with closing(run_jobs(standing_still.play, alone, workers=workers, progress=progress)) as results:
            still = standing_still.as_markdown(standing_still.changed(list(results)), worlds)
        added = "".join(f" --plugin {one.named}" for one in instruments.plugins)
        from_where = source.describe()["drawn_from"]
        how = (
            f"Written by `kompetansesim check draw --worlds {worlds} --seed {seed}{added}`: design `{played.key}`, parameters "
            f"drawn from the {from_where}."
        )
        put_frame(Path(out) / TABLE, found)
        put_in_place(Path(out) / PAGE, f"{as_markdown(found, how)}\n{still}".encode())
    return found
