"""The manifest of a study: all it takes to know where results come from and to make them again.

Everything outside the section `run` is the same whenever, wherever and with however many workers the study is run.
"""

from __future__ import annotations

import json
import os
import platform
import shlex
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sim.design import FIRST_YEAR, Design, plain
from sim.experiments import provenance
from sim.experiments.folder import MADE_BY
from sim.experiments.instruments import Instruments
from sim.experiments.parameter_draws import WORLDS_PER_DRAW
from sim.experiments.places import Places
from sim.experiments.structures import usual_structures
from sim.experiments.study import Study
from sim.parameters.declaration import Role
from sim.parameters.registry import Registry

if TYPE_CHECKING:
    from sim.plugins import Plugin, Source

PLAIN = ("run", "compare")  # commands whose question is all in the settings
ASKED = (
    "seed", "worlds", "worlds_per_draw", "structures", "years", "scale", "detail", "levers", "assumptions",
    "registers", "places",
)  # fmt: skip
FORMAT = 1  # of the results folder; to be raised when readers of older folders would stumble


def manifest(study: Study, files: Mapping[str, object]) -> dict[str, object]:
    """The manifest without its section `run`.

    Parameters
    ----------
    files : mapping from table to what is told of it
    """
    instruments = study.instruments()
    registry = instruments.registry
    return {
        "made_by": MADE_BY,
        "format": FORMAT,
        "code": provenance.code(),
        "software": provenance.software(),
        "command": command(study, nesting=True),
        "designs": [described(design, registry) for design in study.designs],
        "yardstick": study.without.key if study.without is not None else None,
        "seed": study.seed,
        "worlds": study.worlds,
        "worlds_per_draw": study.worlds_per_draw,
        "structures": {structure.key: _plainly(structure.assumptions) for structure in study.structures},
        "years": {"start": study.start, "parting": study.parting, "end": study.end},
        "scale": study.scale,
        "detail": study.detail,
        "lang": study.lang,
        "levers": _plainly(study.levers),
        "assumptions": _plainly(study.assumptions),
        "registers": provenance.files_digest(study.registers) if study.registers else None,
        **({} if study.places is Places.INVENTED else {"places": study.places.value}),
        "parameters": study.parameters.describe(),
        **plugins_section(instruments),
        "tables": dict(files),
    }


def same_question(study: Study, there: Mapping[str, Any]) -> bool:
    """Whether results answer the question that a study puts, told by their manifest; whatever code made them, in any language."""
    return _question(there) == _question(json.loads(text(manifest(study, {}))))


def _question(content: Mapping[str, Any]) -> dict[str, object]:
    """What a manifest says of what was asked. Designs count by what they set, not by how they are described."""
    words = shlex.split(content.get("command") or "")
    if "--lang" in words:
        del words[words.index("--lang") : words.index("--lang") + 2]
    compared = not words or words[1] in PLAIN
    return {
        "command": PLAIN if compared else words,
        "designs": [(design["key"], design["digest"]) for design in content.get("designs", ())],
        "drawn_from": (content.get("parameters") or {}).get("drawn_from"),
        "plugins": [plugin["sha256"] for plugin in content.get("plugins", ())],
        **{name: content.get(name) for name in ASKED},
    }


def run_section(started: datetime, seconds: float, workers: int) -> dict[str, object]:
    """What differs from one run of the same study to the next."""
    return {
        "started": started.astimezone(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "workers": workers,
        "platform": platform.platform(),
        "processor_cores": os.cpu_count(),
    }


def text(content: Mapping[str, object]) -> str:
    """A manifest as JSON."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def described(design: Design, registry: Registry) -> dict[str, object]:
    """A design as played: its texts, digest, and the value of every lever and dated fact with the year from which it holds."""
    return {
        "key": design.key,
        "digest": design.digest(),
        "title": dict(design.title),
        "description": dict(design.description),
        "expected": dict(design.expected),
        "author": design.author,
        "source": design.source,
        "extends": design.extends,
        "levers": {d.name: _steps(design, d.name, registry) for d in registry.of_role(Role.LEVER)},
        "facts": {d.name: _steps(design, d.name, registry) for d in registry.of_role(Role.DATED)},
        "assumptions": {**_plainly(design.assumptions), **_dated_assumptions(design, registry)},
    }


def _dated_assumptions(design: Design, registry: Registry) -> dict[str, object]:
    """[year, value] for each step of the assumptions that hold from a year on."""
    return {
        name: [[year, plain(value)] for year, value in steps]
        for name, steps in design.levers.items()
        if not registry.find(name).by_year
    }


def plugins_section(instruments: Instruments) -> dict[str, object]:
    """The section `plugins`; nothing if there are none."""
    found = [added(*one) for one in instruments.plugins.items()]
    return {"plugins": found} if found else {}


def plugins_documentation(instruments: Instruments) -> str:
    """What `tables.md` says of plug-ins: what their outcomes and survey items are."""
    lines = []
    for source, plugin in instruments.plugins.items():
        lines += ["", f"## Plug-in {source.name}", "", f"SHA-256 of its text: `{source.sha256}`.", ""]
        outcomes = [outcome for scheme in plugin.all_schemes(source.name) for outcome in scheme.outcomes]
        lines += [f"- outcome `{o.key}` ({o.unit}): {o.meaning}" for o in outcomes]
        lines += [
            f"- survey item `{i.target}` ({i.respondents}; {i.source}): {i.reports}" for i in plugin.items
        ]
    return "\n".join([*lines, ""]) if lines else ""


def added(source: Source, plugin: Plugin) -> dict[str, object]:
    """A plug-in: the hash of its text, what it adds that tables name, and its texts for readers."""
    outcomes = [outcome for scheme in plugin.all_schemes(source.name) for outcome in scheme.outcomes]
    return {
        "name": source.name,
        "sha256": source.sha256,
        "outcomes": [
            {
                "key": o.key,
                "unit": o.unit,
                "better": o.better,
                "meaning": o.meaning,
                "smallest": dict(vars(o.smallest)) if o.smallest else None,
            }
            for o in outcomes
        ],
        "items": [
            {
                "target": item.target,
                "reports": item.reports,
                "respondents": item.respondents,
                "source": item.source,
            }
            for item in plugin.items
        ],
        "texts": {lang: dict(texts) for lang, texts in plugin.texts.items()},
    }


def _steps(design: Design, name: str, registry: Registry) -> list[list[object]]:
    """[first year, value] for each value that a lever takes, from the first year that the model knows."""
    steps = list(design.levers.get(name, ()))
    if not steps or steps[0][0] > FIRST_YEAR:
        steps.insert(0, (FIRST_YEAR, registry.find(name).default))
    return [[year, plain(value)] for year, value in steps]


def command(study: Study, *, nesting: bool = False) -> str | None:
    """The command that makes the same results again; None if a design was handed over as an object.

    With `nesting` it says how many worlds share a draw of the parameters where that is not the usual number.
    """
    if study.asked is not None or not study.named or None in study.named:
        return study.asked
    words: list[object] = ["kompetansesim", PLAIN[len(study.designs) > 1], *study.named]
    words += ["--worlds", study.worlds, "--seed", study.seed, "--start", study.start, "--end", study.end]
    words += ["--scale", study.scale, "--lang", study.lang, "--detail", study.detail]
    if nesting and study.worlds_per_draw != WORLDS_PER_DRAW:
        words += ["--worlds-per-draw", study.worlds_per_draw]
    if study.structures != usual_structures(study.designs, study.instruments().registry):
        words += ["--structures" if study.structures else "--no-structures"]
    for option, given in (("--lever", study.levers), ("--assumption", study.assumptions)):
        for name, value in (given or {}).items():
            words += [option, f"{name}={json.dumps(plain(_as_tuple(value)), ensure_ascii=False)}"]
    if study.drawn is not None:
        words += ["--parameters", study.drawn]
    if study.registers:
        words += ["--registers", study.registers]
    words += ["--single-places"] if study.single_places else []
    for source in study.instruments().plugins:
        words += ["--plugin", source.named]
    return shlex.join(str(word) for word in words)


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _plainly(values: Mapping[str, object] | None) -> dict[str, object]:
    return {name: plain(_as_tuple(value)) for name, value in (values or {}).items()}
