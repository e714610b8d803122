"""Testing programme theories from Python in one line, as `sim.theory.test`; the command line does the same."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.design import DECISION_YEAR, Design
from sim.errors import InputError
from sim.experiments.folder import unused
from sim.experiments.instruments import with_plugins
from sim.experiments.manifest import command
from sim.experiments.planning import Levers, planned
from sim.experiments.study import LONGEST_NAME, RESULTS, Study
from sim.experiments.theory_split import twins_of
from sim.experiments.theory_tables import write_split
from sim.studies.api import carried_out
from sim.studies.results import Results
from sim.theory.link import Theory
from sim.theory.reading import theories

if TYPE_CHECKING:
    from sim.plugins import Named


def put_to_test(  # noqa: PLR0913 - each is a setting of its own; all but the first have a default
    designs: Sequence[str | Path | Design],
    *,
    worlds: int = 40,
    seed: int = 2026,
    start: int = 2017,
    end: int = 2034,
    scale: float = 1.0,
    workers: int | None = None,
    out: Path | str | None = None,
    levers: Levers | None = None,
    assumptions: Mapping[str, object] | None = None,
    registers: Path | str | None = None,
    single_places: bool = False,
    lang: str = "nb",
    detail: int | None = None,
    progress: bool = True,
    schemes: Sequence[str] | None = None,
    each: bool = False,
    granted_from: int = DECISION_YEAR,
    parameters: str | Path | None = None,
    overwrite: bool = False,
    tables_only: bool = False,
    plugins: Iterable[Named] = (),
) -> Results:
    """Test the programme theories of designs: each is played as it is, and with a theory's conditions granted.

    Granted are the conditions that the theory names; then these with what it presumes and with the project's own, so that what
    hangs on those shows; and for a theory that practice departed from, what it did without.

    Parameters
    ----------
    designs : sequence of str, Path or Design
        At least one, by name, by file or as objects. All other settings up to `progress` are as for `sim.compare`.
    schemes : sequence of str, optional
        Schemes whose theories are tested; by default all that have one.
    each : bool
        Whether to grant every chain in a theory and every condition by itself too, which measures what each is worth, and
        plays many more worlds.
    granted_from : int
        First year in which conditions are granted; the results are taken from there to `end`.
    parameters, overwrite, tables_only, plugins
        As for `sim.compare`.

    Returns
    -------
    Results
        With the tables `theory` (how far along the chain), `theory_split` (the shortfall) and `theory_bottlenecks`.

    Raises
    ------
    InputError
        If a design, a setting or the folder can't be used; then nothing is written.

    Examples
    --------
    >>> results = sim.theory.test(["network", "market"], worlds=10, scale=0.1)  # doctest: +SKIP
    >>> results.table("theory_split").query("group == 'all' and horizon == 'end'")  # doctest: +SKIP
    """
    if isinstance(designs, (str, Path, Design)) or not designs:
        raise InputError("theory: expected a list of at least one design", field="designs")
    if granted_from > end:
        raise InputError(
            f"conditions would be granted from {granted_from}, after the last year {end}",
            field="granted_from",
        )
    study = planned(
        designs, worlds=worlds, seed=seed, start=start, end=end, scale=scale, levers=levers,
        assumptions=assumptions, registers=registers, single_places=single_places, lang=lang, detail=detail,
        parameters=parameters,
        instruments=with_plugins(plugins),
    )  # fmt: skip
    chosen = _chosen(schemes)
    registry = study.instruments().registry
    twins, pairs = twins_of(study.designs, chosen, registry, granted_from, each=each)
    first = max(granted_from, start)
    whole = replace(
        study,
        designs=(*study.designs, *twins),
        named=(),
        asked=_command(study, None if schemes is None else chosen, granted_from, each=each),
    )
    return carried_out(
        whole,
        unused(_folder(study)) if out is None else out,
        workers,
        progress,
        further=lambda partial: write_split(partial, pairs, first, end),
        overwrite=overwrite,
        tables_only=tables_only,
    )


def _chosen(schemes: Sequence[str] | None) -> tuple[Theory, ...]:
    known = {theory.scheme: theory for theory in theories()}
    for scheme in schemes or ():
        if scheme not in known:
            raise InputError(
                f"there is no programme theory of '{scheme}'; there are: {', '.join(known)}", field="schemes"
            )
    return tuple(known[scheme] for scheme in dict.fromkeys(schemes or known))


def _folder(study: Study) -> Path:
    return RESULTS / "-".join(["theory", *study.keys])[:LONGEST_NAME]


def _command(study: Study, chosen: Sequence[Theory] | None, from_year: int, *, each: bool) -> str | None:
    """The command that makes the same results again; None if a design was handed over as an object."""
    same = command(study)
    if same is None:
        return None
    program, _, *rest = shlex.split(same)
    words = [program, "theory", *rest, "--granted-from", str(from_year), *(["--each"] if each else [])]
    for theory in chosen or ():
        words += ["--scheme", theory.scheme]
    return shlex.join(words)
