"""Making the atlas, from Python in one line; the command line does the same."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING

from sim.atlas.kept import KeptAtlas, Measure, write_figures
from sim.atlas.playing import pairs_of, play_means
from sim.atlas.sheet import write_sheet
from sim.design import DECISION_YEAR, Design
from sim.errors import InputError
from sim.experiments import provenance
from sim.experiments.folder import MADE_BY, MANIFEST, Replaces, check_place, results_folder
from sim.experiments.instruments import with_plugins
from sim.experiments.manifest import FORMAT, described, plugins_section, run_section, text
from sim.experiments.play import Job
from sim.experiments.posterior import source_of
from sim.experiments.study import RESULTS
from sim.experiments.workers import run_jobs
from sim.parameters.registry import Registry
from sim.rules.warming import available_cores
from sim.scenario_files import library, load_design
from sim.settings import MOST_WORLDS, check_lang, check_number, check_world
from sim.studies.telling import tell

if TYPE_CHECKING:
    from sim.plugins import Named

BASELINE = "voluntary"
EARLIER = Replaces(lambda there: str(there.get("command")).startswith("kompetansesim atlas "))
AS_IT_WAS = {"history", "rules_of_2025"}  # what all designs begin with, and the baseline by another name


def shipped() -> list[str]:
    """All designs that come with the model, the baseline first, those left out that are the same as it."""
    return [BASELINE, *(name for name in library.names() if name not in {BASELINE, *AS_IT_WAS})]


def atlas(  # noqa: PLR0913 - each is a setting of its own, and all have a default
    designs: Sequence[str | Path] | None = None,
    *,
    worlds: int = 20,
    seed: int = 2026,
    start: int = 2017,
    end: int = 2034,
    scale: float = 1.0,
    workers: int | None = None,
    out: Path | str = RESULTS / "atlas",
    lang: str = "nb",
    parameters: str | Path | None = None,
    progress: bool = True,
    plugins: Iterable[Named] = (),
) -> KeptAtlas:
    """Play all designs in the same worlds, keep what answers for any two of them, and put them on one sheet.

    Parameters
    ----------
    designs : sequence of str or Path, optional
        The first is the baseline; by default all that come with the model, `voluntary` first.
    parameters : str or Path, optional
        "prior", "posterior" or a file of posterior draws; by default the accepted posterior. The rest as for `sim.compare`.

    Raises
    ------
    InputError
        If a design, a setting or the folder can't be used; then nothing is written.
    """
    check_number("worlds", worlds, Integral, 2, MOST_WORLDS)
    check_world(seed, start, end, scale)
    check_lang(lang)
    if workers is not None:
        check_number("workers", workers, Integral, 1)
    instruments = with_plugins(plugins)
    model = instruments()
    chosen = [load_design(each, model.registry) for each in (shipped() if designs is None else designs)]
    _check(chosen)
    folder = Path(out)
    check_place(folder, EARLIER)
    source = source_of(model.registry, seed, parameters)
    parting = _parting(chosen, model.registry, start, end)
    started, clock = datetime.now(UTC), time.monotonic()
    jobs = [
        Job(
            world=world, seed=seed, designs=tuple(chosen), start=start, parting=parting, end=end, scale=scale,
            values=source.values(world), instruments=instruments,
        )
        for world in range(worlds)
    ]  # fmt: skip
    workers = min(workers or available_cores(), worlds)
    with closing(run_jobs(play_means, jobs, workers=workers, progress=progress)) as playing:
        played = list(playing)
    run = run_section(started, time.monotonic() - clock, workers)
    with results_folder(folder, EARLIER) as partial:
        write_figures(partial, played)
        manifest = {
            "made_by": MADE_BY, "format": FORMAT, "code": provenance.code(), "model_sha256": provenance.model_digest(),
            "software": provenance.software(),
            "command": f"kompetansesim atlas --worlds {worlds} --seed {seed} --start {start} --end {end} --scale {scale}",
            "designs": _described(chosen, model.registry), "pairs": [(chosen[a].key, chosen[b].key) for a, b in pairs_of(chosen)],
            "seed": seed, "worlds": worlds,
            "years": {"start": start, "parting": parting, "end": end}, "scale": scale, "lang": lang,
            "parameters": source.describe(), "outcomes": [Measure.of(one).written() for one in model.outcomes],
            **plugins_section(model), "run": run,
        }  # fmt: skip
        (partial / MANIFEST).write_text(text(manifest), encoding="utf-8")
    tell(folder, lang, write_sheet)
    return KeptAtlas(folder)


def _described(designs: Sequence[Design], registry: Registry) -> list[dict[str, object]]:
    """The designs as played; of all but the first only those levers that differ from its."""
    found = [described(design, registry) for design in designs]
    first = found[0]["levers"]
    assert isinstance(first, dict)
    for facts in found:
        del facts["facts"]
        levers = facts["levers"]
        assert isinstance(levers, dict)
        if facts is not found[0]:
            facts["levers"] = {name: steps for name, steps in levers.items() if steps != first[name]}
    return found


def _check(designs: Sequence[Design]) -> None:
    keys = [design.key for design in designs]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise InputError(f"atlas: '{twice[0]}' is asked for twice", field="designs")
    if len(designs) < 2:  # noqa: PLR2004 - nothing to compare with
        raise InputError("atlas: expected at least two designs", field="designs")


def _parting(designs: Sequence[Design], registry: Registry, start: int, end: int) -> int:
    """First year in which any design differs from the first."""
    found = [designs[0].parts_from(other, registry) for other in designs[1:]]
    return min(
        (max(year, start) for year in found if year is not None and year <= end), default=DECISION_YEAR
    )
