"""Sweeping from Python, in one line. The command line does the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.arrays import Floats
from sim.errors import InputError
from sim.experiments.instruments import Instruments, national_model, with_plugins
from sim.experiments.manifest import plugins_section
from sim.experiments.study import RESULTS
from sim.in_place import put_in_place
from sim.parameters.registry import Registry
from sim.settings import check_number
from sim.sweeps.contrast import Contrast
from sim.sweeps.experiment import Experiment, check
from sim.sweeps.experiment_file import load_experiment, plugins_named_in, shrunk
from sim.sweeps.export import salib_problem, to_ema
from sim.sweeps.replay import Replayed, replay
from sim.sweeps.running import Report, play_points
from sim.sweeps.store import TABLE, Store
from sim.sweeps.table import RunTable
from sim.sweeps.until import AT_MOST, Stop, check_until, play_until

if TYPE_CHECKING:
    from sim.plugins import Named
    from sim.report import Picture

CONTRAST, ASKED = "contrast.csv", "experiment.json"


class Sweep:
    """A finished sweep.

    Attributes
    ----------
    folder : Path
    stop : Stop or None
        Where it ended, if it was to go on until a difference was settled.
    """

    def __init__(
        self, folder: Path, table: RunTable, asked: Contrast | None, stop: Stop | None = None
    ) -> None:
        self.folder, self.table, self.asked, self.stop = folder, table, asked, stop

    @classmethod
    def read(cls, folder: Path | str) -> Sweep:
        """A finished sweep from its folder; `InputError` if there is none."""
        folder = Path(folder)
        try:
            asked = json.loads((folder / ASKED).read_text(encoding="utf-8"))["contrast"]
            contrast = Contrast(**asked) if asked else None
        except (OSError, ValueError, TypeError, KeyError):
            raise InputError("holds no finished sweep", file=str(folder)) from None
        return cls(folder, RunTable.read(folder / TABLE), contrast)

    def __fspath__(self) -> str:
        """Its folder, so that `sim.discover(sweep)` and others that ask for a store take it as it is."""
        return str(self.folder)

    @property
    def experiments(self) -> pd.DataFrame:
        """One row a run: what it was made from."""
        return self.table.experiments

    @property
    def outcomes(self) -> pd.DataFrame:
        """One row a run: the figures kept."""
        return self.table.outcomes

    @property
    def failures(self) -> pd.DataFrame:
        """The runs that failed, with their errors."""
        return self.table.failures

    def paired(
        self, figure: str | None = None, design: str | None = None, versus: str | None = None
    ) -> pd.DataFrame:
        """Every pair of runs under two designs; by default of the contrast that the experiment names."""
        contrast = self._contrast(figure, design, versus)
        return self.table.paired(contrast.figure, contrast.design, contrast.versus)

    def contrast(
        self, figure: str | None = None, design: str | None = None, versus: str | None = None
    ) -> pd.DataFrame:
        """The mean difference of two designs and how well it is settled; by default that which the experiment names."""
        contrast = self._contrast(figure, design, versus)
        return self.table.contrast(contrast.figure, contrast.design, contrast.versus)

    def query(self, sql: str) -> pd.DataFrame:
        """The answer of DuckDB to a question about all runs of the store; see `Store.query`."""
        found: pd.DataFrame = Store(self.folder).query(sql)
        return found

    def replay(self, run: str, plugins: Iterable[Named] = ()) -> Replayed:
        """One run, by its address or the first letters of it, played again alone; see `sim.sweeps.replay.replay`.

        Runs that were played with plug-ins need the same again.
        """
        return replay(self.folder, run, with_plugins(plugins))

    def to_ema(self) -> tuple[pd.DataFrame, dict[str, Floats]]:
        """See `sim.sweeps.export.to_ema`."""
        return to_ema(self.table)

    def salib_problem(self) -> dict[str, Any]:
        """See `sim.sweeps.export.salib_problem`."""
        return salib_problem(self.table)

    @property
    def pictures(self) -> list[str]:
        """Names of the figures of its report: the contrast, if the experiment names one."""
        from sim.report import pictures_of

        return list(pictures_of(self.folder))

    def picture(self, name: str = "contrast", lang: str = "en") -> Picture:
        """A figure of its report, which notebooks show; `.save(file)` keeps it as PNG; `InputError` if there is none."""
        from sim.report import picture

        return picture(self.folder, name, lang)

    def headline(self) -> list[str]:
        """What came of it, in a few lines."""
        lines = [f"{len(self.experiments)} runs, {len(self.failures)} failed"]
        for run, error in self.failures[["run", "error"]].head(3).itertuples(index=False):
            lines.append(f"failed: {error} (kompetansesim replay {self.folder} {run})")
        if self.asked is not None:
            found = self.contrast()
            for row in found.to_dict("records"):
                levers = ", ".join(f"{name} {row[name]}" for name in self.table.levers)
                lines.append(
                    f"{self.asked}{' at ' + levers if levers else ''}: {row['difference']:.4g} "
                    f"(90 % interval {row['low']:.4g} to {row['high']:.4g}, {row['n_pairs']} pairs)"
                )
        return [*lines, str(self.stop)] if self.stop else lines

    def __repr__(self) -> str:
        return f"Sweep({str(self.folder)!r})"

    def _contrast(self, figure: str | None, design: str | None, versus: str | None) -> Contrast:
        asked = self.asked
        given = [
            value if value is not None else getattr(asked, name, None)
            for name, value in (("figure", figure), ("design", design), ("versus", versus))
        ]
        if None in given:
            raise InputError(
                "contrast: say which figure, under which design, less that under which (versus)",
                field="contrast",
            )
        return Contrast(*given)  # type: ignore[arg-type]  # none of them is None


def sweep(  # noqa: PLR0913 - each is a setting of its own; all but the first have a default
    experiment: str | Path | Mapping[str, object] | Experiment,
    *,
    out: Path | str | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    until: float | None = None,
    at_most: int | None = None,
    worlds: int | None = None,
    scale: float | None = None,
    retry_failed: bool = False,
    progress: bool | Report = True,
    instruments: Callable[[], Instruments] = national_model,
    plugins: Iterable[Named] = (),
) -> Sweep:
    """Carry an experiment out, or go on with it where it was broken off.

    Parameters
    ----------
    experiment : str, Path, mapping or Experiment
        By name, by file, or as a mapping with the keys of a file.
    out : Path or str, optional
        Folder of the store; by default in `results/sweeps/`, called after the experiment.
    workers : int, optional
        Processes on this machine; by default one for each core.
    cluster : str, optional
        Address of a Dask scheduler, such as `tcp://host:8786`; then its workers play.
    until : float, optional
        Add worlds until the interval of the experiment's contrast is at most so wide; by default the experiment's own
        `precision`, if it has one.
    at_most : int, optional
        Worlds that may be played to get there.
    worlds, scale : optional
        In place of the experiment's own.
    retry_failed : bool
        Whether runs that failed before are tried again.
    progress : bool or callable
        Whether to draw a bar on standard error, if that is a terminal; or what is told (done, to do, failures).
    plugins : iterable
        As for `sim.compare`; beside those that the experiment names itself.

    Returns
    -------
    Sweep
        Its tables, and the folder they lie in.

    Raises
    ------
    InputError
        If the experiment, a setting or the folder can't be used.

    Examples
    --------
    >>> sweep = sim.sweep("is_obligation_worth_it", worlds=20, scale=0.1)  # doctest: +SKIP
    >>> sweep.contrast()  # doctest: +SKIP
    """
    own = () if isinstance(experiment, Experiment) else plugins_named_in(experiment)
    instruments = with_plugins([*own, *plugins], instruments)
    given = instruments()
    if not isinstance(experiment, Experiment):
        experiment = load_experiment(experiment, given.registry, given.outcomes)
    for name, value in (("workers", workers), ("worlds", worlds), ("at_most", at_most)):
        if value is not None:
            check_number(name, value, Integral, 1)
    if scale is not None:
        check_number("scale", scale, Real, 0, 1)
    experiment = shrunk(experiment, worlds=worlds, scale=scale, precision=until, at_most=at_most)
    check(experiment, given.registry, given.outcomes)
    if experiment.precision is not None:
        check_until(experiment, experiment.precision)
    folder = RESULTS / "sweeps" / experiment.name if out is None else Path(out)
    kept = experiment.kept(given.registry, given.outcomes)

    def play(worlds: int) -> RunTable:
        return play_points(
            shrunk(experiment, worlds=worlds).points(given.registry), kept, workers=workers, cluster=cluster,
            store=folder, progress=progress, retry_failed=retry_failed, instruments=instruments,
        )  # fmt: skip

    stop = None
    if experiment.precision is None:
        table = play(experiment.worlds)
    else:
        budget = _budget(experiment, given.registry)
        table, stop = play_until(experiment, experiment.precision, budget, play)
    done = Sweep(folder, table, experiment.contrast, stop)
    _write(done, experiment, given)
    return done


def _budget(experiment: Experiment, registry: Registry) -> int:
    """Worlds that may be played to settle the contrast: no more than there are draws for."""
    most = experiment.most_worlds(registry)
    if experiment.at_most is None:
        return min(AT_MOST, most or AT_MOST)
    if most is not None and experiment.at_most > most:
        raise InputError(
            f"at_most: expected at most {most} worlds, for the posterior has no more draws; got {experiment.at_most}",
            field="at_most",
        )
    return experiment.at_most


def _write(done: Sweep, experiment: Experiment, measured: Instruments) -> None:
    """Leave the table, the contrast and what was asked beside the store."""
    done.table.write(done.folder / TABLE)
    if done.asked is not None:
        put_in_place(done.folder / CONTRAST, done.contrast().to_csv(index=False).encode())
    contrast = None if done.asked is None else vars(done.asked)
    designs = [{"key": design.key, "title": dict(design.title)} for design in experiment.designs]
    asked = {
        "name": experiment.name,
        "title": dict(experiment.title),
        "designs": designs,
        "contrast": contrast,
        **plugins_section(measured),
    }
    put_in_place(done.folder / ASKED, (json.dumps(asked, ensure_ascii=False, indent=2) + "\n").encode())
