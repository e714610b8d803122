"""`kompetansesim check draw`, and `sim.check_draw` for Python: the country and its draw beside what is published of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from sim.country_check.playing import ITEMS, Job, play
from sim.country_check.table import as_markdown, compared
from sim.design import Design
from sim.experiments.instruments import with_plugins
from sim.experiments.posterior import calibration_folder, source_of
from sim.experiments.provenance import model_digest
from sim.experiments.workers import run_jobs
from sim.in_place import put_in_place
from sim.plugins import Named
from sim.scenario_files import load_design
from sim.settings import check_number

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
    asked = {item.target for item in ITEMS}
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
        drawn_from = source.describe()
        how = (
            f"Written by `kompetansesim check draw --worlds {worlds} --seed {seed}{added}`: design `{played.key}`, parameters "
            f"drawn from the {drawn_from['drawn_from']}. Made with (SHA-256):\n\n"
            + "\n".join(made_with(played, drawn_from))
        )
        put_frame(Path(out) / TABLE, found)
        put_in_place(Path(out) / PAGE, f"{as_markdown(found, how)}\n{still}".encode())
    return found


def made_with(design: Design, parameters: Mapping[str, object]) -> list[str]:
    """Lines of the page that say what it was made with; where one of them is another now, the page is stale.

    Parameters
    ----------
    parameters : mapping
        What a source of parameters says of itself.
    """
    hashes = {
        "design": design.digest(),
        "posterior": parameters.get("posterior_sha256"),
        "model": model_digest(),
    }
    return [f"- {name} `{digest}`" for name, digest in hashes.items() if digest is not None]
