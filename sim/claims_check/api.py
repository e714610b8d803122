"""`kompetansesim check claims`, and `sim.check_claims` for Python: what the sources claim, played in paired worlds."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from numbers import Integral, Real
from pathlib import Path

import numpy as np
import pandas as pd

from sim.claims_check.contrast import Contrast
from sim.claims_check.declared import contrasts
from sim.claims_check.playing import Job, by_frame, play
from sim.claims_check.verdict import as_markdown, judged
from sim.errors import InputError
from sim.experiments.instruments import with_plugins
from sim.experiments.posterior import source_of
from sim.experiments.workers import run_jobs
from sim.in_place import put_in_place
from sim.plugins import Named
from sim.settings import check_number

TABLE, PAGE = "played.csv", "claims-played.md"
WORLDS = 20
_DIGITS = "%.4g"


def check_claims(
    *,
    worlds: int = WORLDS,
    seed: int = 2026,
    scale: float = 1.0,
    parameters: str | Path | None = None,
    workers: int | None = None,
    progress: bool = True,
    only: str | None = None,
    out: Path | str | None = None,
    plugins: Iterable[Named] = (),
) -> pd.DataFrame:
    """Play every claim that can be put as a contrast, both sides in the same worlds.

    Parameters
    ----------
    worlds, seed, parameters, workers, progress, plugins
        As for `sim.compare`; every world has its own draw of the parameters, and contrasts that share a side share its run.
    scale : float
        What each frame's own share of the country is multiplied by.
    only : str, optional
        Plays the contrasts alone whose words or rows of the page of claims hold this.
    out : Path, optional
        Folder to write the table (CSV) and its page (Markdown) to.

    Returns
    -------
    DataFrame
        A row for each contrast, with the columns of `sim.claims_check.verdict.COLUMNS`.

    Raises
    ------
    InputError
        If a setting can't be used; then nothing is written.
    """
    check_number("worlds", worlds, Integral, 2)
    check_number("seed", seed, Integral, 0)
    check_number("scale", scale, Real, 0, 1)
    wanted = tuple(
        one for one in contrasts() if only is None or only in one.says or only in one.claims.split()
    )
    if not wanted:
        raise InputError(
            f"only '{only}': no contrast holds this; expected a part of its words, or a row of the page of claims such as S37",
            field="only",
        )
    instruments = with_plugins(plugins)()
    source = source_of(instruments.registry, seed, parameters)
    jobs = [
        Job(k, seed, source.values(k), mine, instruments.model, scale)
        for k in range(worlds)
        for mine in by_frame(wanted)
    ]
    with closing(run_jobs(play, jobs, workers=workers, progress=progress)) as results:
        found = gathered(jobs, list(results))
    if out is not None:
        added = "".join(f" --plugin {one.named}" for one in instruments.plugins)
        how = (
            f"Written by `kompetansesim check claims --worlds {worlds} --seed {seed}{added}`: parameters drawn from the "
            f"{source.describe()['drawn_from']}."
        )
        put_in_place(Path(out) / TABLE, found.to_csv(index=False, float_format=_DIGITS).encode())
        put_in_place(Path(out) / PAGE, as_markdown(found, how).encode())
    return found


def gathered(jobs: list[Job], results: list[list[tuple[float, float]]]) -> pd.DataFrame:
    """The verdicts on all contrasts of some jobs; every world must have been played for the same ones."""
    by_words: dict[str, tuple[Contrast, list[tuple[float, float]]]] = {}
    for job, found in zip(jobs, results, strict=True):
        for contrast, pair in zip(job.contrasts, found, strict=True):
            by_words.setdefault(contrast.says, (contrast, []))[1].append(pair)
    played, pairs = zip(*by_words.values(), strict=True)
    less, more = np.array(pairs).transpose(2, 1, 0)
    return judged(played, less, more)
