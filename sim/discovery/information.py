"""The value of information from Python: what would be worth measuring better? The command line does the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.arrays import Floats
from sim.design import DECISION_YEAR
from sim.discovery import tables
from sim.discovery.api import LEAST_DRAWS
from sim.discovery.asking import HistoryJob, ask, last_year_before
from sim.discovery.decision_value import Fit, Worth, perfect, worth
from sim.errors import InputError
from sim.experiments.analysis_folder import check_analysis_place
from sim.experiments.instruments import Instruments, national_model, with_plugins
from sim.experiments.manifest import plugins_section
from sim.experiments.study import parting_year
from sim.sensitivity.api import load_designs
from sim.sensitivity.given_runs import GivenRuns, read_runs
from sim.sensitivity.results import difference
from sim.settings import check_lang
from sim.studies.analyses import Analysis, finished
from sim.sweeps.point import digest_of

if TYPE_CHECKING:
    from sim.plugins import Named

KIND = "value of information"
AS_ASKED, EXACTLY = "as asked", "exactly"
TREES, LEAST_IN_LEAF = 200, 10  # of the forest on all surveys together
FEW_MISSING = 0.9  # share of draws in which a target has to have a figure


def value_of_information(  # noqa: PLR0913 - each is a setting of its own; all but the first two have a default
    store: PathLike[str] | str,
    designs: Sequence[str],
    *,
    outcome: str = "pupil_results@mean",
    prices: Mapping[str, float] | None = None,
    surveys: bool = True,
    seed: int = 2026,
    workers: int | None = None,
    out: Path | str | None = None,
    lang: str = "nb",
    progress: bool = True,
    instruments: Callable[[], Instruments] = national_model,
    plugins: Iterable[Named] = (),
) -> Analysis:
    """What knowing a parameter, a survey item or a register figure beforehand would add to the choice between two designs.

    The decision rule: take the design whose expected outcome, less what its price is, is better. Values are in the outcome's
    unit.

    Parameters
    ----------
    store : path or Sweep
        Of a sweep with both designs and some dozens of draws; several worlds tell luck from knowledge.
    designs : pair of str
        The designs to choose between, by the names that the store has them under; the first is what differences are taken to.
    outcome : str
        The figure that is decided on.
    prices : mapping, optional
        From further figures to what one unit of them takes away, in units of the outcome: `{"hours@mean": 0.0001}`.
    surveys : bool
        Whether the evaluation's surveys and registers are asked in each draw, for which the history is played again.
    plugins : iterable
        As for `sim.compare`.

    Raises
    ------
    InputError
        If the store lacks what is asked for, or holds too few draws.
    """
    instruments = with_plugins(plugins, instruments)
    if len(designs) != 2:  # noqa: PLR2004 - a pair
        raise InputError(f"expected two designs to choose between, got {len(designs)}", field="designs")
    store = Path(store)
    folder = store.with_name(f"{store.name}-value") if out is None else Path(out)
    check_analysis_place(folder, KIND)
    check_lang(lang)
    given = read_runs(store, designs)
    if len(given.parameters) < LEAST_DRAWS:
        raise InputError(
            f"holds {len(given.parameters)} draws; expected at least {LEAST_DRAWS}", file=str(store)
        )
    measured = instruments()
    gain, unit = net_gain(given, outcome, prices or {}, measured, store)
    asked: tuple[Mapping[str, Floats], Mapping[str, str]] = ({}, {})
    if surveys:
        asked = ask(history_jobs(given, designs, instruments, store), workers=workers, progress=progress)
    rows = [*_of_parameters(given, gain, seed), *_of_answers(*asked, gain, seed)]
    found = {
        "value": tables.made(
            [{**row, "unit": unit} for row in rows], tables.WORTH, "one thing that could be known"
        )
    }
    mean = float(np.nanmean(gain))
    about: dict[str, object] = {
        **plugins_section(measured),
        **given.described(),
        "store": str(store),
        "outcome": outcome if "@" in outcome else f"{outcome}@mean",
        "prices": dict(prices or {}),
        "unit": unit,
        "mean_gain": mean,
        "chosen_without": given.designs[int(mean > 0)],
        "better_share": float(np.nanmean(gain > 0)),
        "turning_draws": float(np.nanmean(np.sign(np.nanmean(gain, axis=1)) != np.sign(mean))),
        "seed": seed,
        "surveys": surveys,
    }
    return finished(folder, KIND, found, about, lang)


def net_gain(
    given: GivenRuns, outcome: str, prices: Mapping[str, float], measured: Instruments, store: Path | str
) -> tuple[Floats, str]:
    """How much better the second design does than the first, prices taken off, and the unit.

    Returns
    -------
    array of float, shape (draws, worlds)
    str
    """
    declared = {one.key: one for one in measured.outcomes}
    place = {figure.name: k for k, figure in enumerate(given.figures)}

    def more(name: str) -> Floats:
        full = name if "@" in name else f"{name}@mean"
        if full not in place:
            raise InputError(f"keeps no figure '{full}'; there are: {', '.join(place)}", file=str(store))
        values = given.values[..., place[full]]
        return difference(values[:, :, 1], values[:, :, 0])

    main = declared.get(outcome.partition("@")[0])
    gain = more(outcome)
    if main is None or main.better == 0:
        raise InputError(f"'{outcome}' is better neither higher nor lower", field="outcome")
    gain = gain * main.better
    for name, price in prices.items():
        gain = gain - price * more(name)
    return gain, main.unit


def history_jobs(
    given: GivenRuns, designs: Sequence[str], instruments: Callable[[], Instruments], store: Path | str
) -> list[HistoryJob]:
    """The histories to be asked: every draw in every world, up to the year before the designs part."""
    measured = instruments()
    try:
        loaded = load_designs(list(designs), measured.registry)
    except InputError as error:
        raise InputError(
            f"asking surveys needs the designs themselves, by name or file: {error.message}", field="designs"
        ) from None
    start, end = given.years
    last = last_year_before(parting_year(loaded, measured.registry, start, end), end)
    if last < start:
        raise InputError(
            f"there is no history before the decision in {DECISION_YEAR}: the runs begin in {start}",
            file=str(store),
        )
    if not _as_they_were(given):
        raise InputError(
            f"asking surveys needs the registers in {given.registers} as they were when its runs were played; they are gone or "
            "were changed since (--no-surveys asks none)",
            file=str(store),
        )
    values = given.all_values()
    return [
        HistoryJob(
            loaded[0], values[row], row, slot, world, given.seed, start, last, given.scale, given.registers, instruments
        )
        for row, worlds in enumerate(given.worlds)
        for slot, world in enumerate(worlds)
    ]  # fmt: skip


def _as_they_were(given: GivenRuns) -> bool:
    """Whether the runs' registers, if they had any, can be had again; as they are where nobody noted what they held."""
    if given.registers is None:
        return True
    return given.registers.exists() and given.registers_digest in (None, digest_of(given.registers))


def _of_parameters(given: GivenRuns, gain: Floats, seed: int) -> list[dict[str, object]]:
    mean = gain.mean(axis=1)
    rows = [_row("everything", "", EXACTLY, perfect(gain, seed))]
    for name in given.names:
        known = given.parameters[[name]].to_numpy(dtype=float)
        rows.append(_row("parameter", name, EXACTLY, worth(known, mean, seed)))
    return rows


def _of_answers(
    answers: Mapping[str, Floats], kinds: Mapping[str, str], gain: Floats, seed: int
) -> list[dict[str, object]]:
    n_draws, n_worlds = gain.shape
    draw = np.repeat(np.arange(n_draws), n_worlds)
    rows, usable = [], []
    for target, figures in answers.items():
        if np.isfinite(figures).mean() < FEW_MISSING:
            continue
        usable.append(figures)
        noisy = worth(figures.reshape(-1, 1), gain.ravel(), seed, within=draw)
        rows.append(_row(kinds[target], target, AS_ASKED, noisy))
        if n_worlds > 1:
            exact = worth(figures.mean(axis=1)[:, None], gain.mean(axis=1), seed)
            rows.append(_row(kinds[target], target, EXACTLY, exact))
    if len(usable) > 1:
        together = np.stack([figures.ravel() for figures in usable], axis=1)
        rows.append(_row("surveys", "", AS_ASKED, worth(together, gain.ravel(), seed, forest(seed), draw)))
    return rows


def forest(seed: int) -> Fit:
    """A curve on many quantities at once: scikit-learn's random forest [Breiman 2001]."""

    def fit(known: Floats, gain: Floats) -> Callable[[Floats], Floats]:
        from sklearn.ensemble import RandomForestRegressor

        grown = RandomForestRegressor(
            TREES, min_samples_leaf=LEAST_IN_LEAF, max_features=1 / 3, random_state=seed % 2**31, n_jobs=1
        ).fit(known, gain)

        def predict(new: Floats) -> Floats:
            found: Floats = grown.predict(new)
            return found

        return predict

    return fit


def _row(kind: str, name: str, measured: str, found: Worth) -> dict[str, object]:
    return {"kind": kind, "name": name, "measured": measured, **vars(found), "clear": found.clear}
