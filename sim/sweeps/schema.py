"""JSON schema of experiment files, by which an editor completes, explains and checks while one writes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from sim.design import FIRST_YEAR, LAST_YEAR
from sim.experiments.structures import STRUCTURES
from sim.outcomes.groups import KEYS as GROUPS
from sim.outcomes.outcome import Outcome
from sim.parameters.declaration import Declaration, Role
from sim.parameters.registry import Registry
from sim.scenario_files import folders
from sim.scenario_files import schema as design_schema
from sim.sweeps.experiment import COMBINE
from sim.sweeps.experiment_file import FOLDER
from sim.sweeps.experiment_reader import METHODS, MOST_STEPS, NEEDED
from sim.sweeps.setting_reader import MOST

Json: TypeAlias = dict[str, Any]

FILE_NAME = "experiment.schema.json"
_YEAR = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
_WHEN = {"anyOf": [_YEAR, {"type": "string", "pattern": "^(mean|end|[0-9]{4}(-[0-9]{4})?)$"}]}


def experiment_schema(registry: Registry, outcomes: Sequence[Outcome]) -> Json:
    """The schema of an experiment file for a registry's levers and the outcomes of the model."""
    of_design = design_schema(registry)["properties"]
    names = [outcome.key for outcome in outcomes]
    design = {"type": "string", "description": "Name of a design, or a .yaml file beside this one."}
    group = {"enum": list(GROUPS)}
    properties = {
        "title": of_design["title"],
        "description": of_design["description"],
        "author": of_design["author"],
        "source": {"type": "string", "description": "What the experiment rests on."},
        "designs": _listed(design, "Designs that are played; the others are held against the first."),
        "from": {**_YEAR, "description": "Year from which levers without a year hold."},
        "levers": {
            "type": "object",
            "description": "Values that are tried, by lever or lever@year: a list, or a range {from, to, steps}.",
            "additionalProperties": False,
            "patternProperties": {
                f"^{d.name.replace('.', '[.]')}(@[0-9]{{4}})?$": _tried(d, of_design["levers"]["properties"][d.name])
                for d in registry.of_role(Role.LEVER)
            },
        },
        "combine": {"enum": list(COMBINE), "description": "How several levers are combined."},
        "assumptions": of_design["assumptions"],
        "structures": _listed(
            {"enum": [one.key for one in STRUCTURES]},
            "Alternative structures of the model under which everything is played too, beside the model as it is.",
        ),
        "parameters": _parameters(registry.of_role(Role.UNCERTAIN)),
        "worlds": _whole(1, "Worlds; without a number of draws, each has its own draw of the parameters."),
        "worlds_per_draw": _whole(1, "Worlds that share a draw, so that luck and ignorance can be told apart."),
        "seed": _whole(0, "Seed; the same seed, the same numbers."),
        "start": {**_YEAR, "description": "First calendar year."},
        "end": {**_YEAR, "description": "Last calendar year."},
        "scale": {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "description": "Share of the country."},
        "registers": {"type": "string", "description": "Folder of register files."},
        "outcomes": _listed(
            {"anyOf": [{"enum": names}, {"type": "string", "pattern": f"^({'|'.join(names)})@"}]},
            "Outcomes kept, for all `groups` and `at` all times; or one figure, like practice@2030:need.",
        ),
        "groups": _listed(group, "Groups of municipalities that outcomes are kept for."),
        "at": _listed(_WHEN, "When: a year, 2026-2030, end (the last year), mean (from the parting on)."),
        "contrast": {
            "type": "object",
            "additionalProperties": False,
            "required": ["outcome", "design", "versus"],
            "properties": {
                "outcome": {"enum": names}, "at": _WHEN, "group": group, "design": design, "versus": design,
            },
            "description": "The difference that matters: under a design, less that under another (versus).",
        },
        "precision": {
            "type": "number",
            "exclusiveMinimum": 0,
            "description": "How wide the contrast's 90 % interval may be: worlds are added until it is no wider.",
        },
        "at_most": _whole(1, "Worlds that may be played to get there."),
        "plugins": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Plug-ins that add to the model: files beside this one, or names of installed ones.",
        },
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An experiment of kompetansesim",
        "type": "object",
        "additionalProperties": False,
        "required": list(NEEDED),
        "properties": properties,
    }


def experiment_schema_text(registry: Registry, outcomes: Sequence[Outcome]) -> str:
    """The schema as it stands in its file."""
    return json.dumps(experiment_schema(registry, outcomes), indent=2, ensure_ascii=False) + "\n"


def experiment_schema_file() -> Path:
    """Where the schema lies: beside the experiments that come with the model."""
    return folders()[0] / FOLDER / FILE_NAME


def _listed(items: Json, description: str) -> Json:
    return {"anyOf": [{"type": "array", "minItems": 1, "items": items}, items], "description": description}


def _whole(low: int, description: str) -> Json:
    return {"type": "integer", "minimum": low, "description": description}


def _tried(declaration: Declaration, lever: Json) -> Json:
    value = lever["anyOf"][0]
    forms: list[Json] = [{"type": "array", "minItems": 1, "items": value}]
    if declaration.item is None:
        forms.append(value)
    if declaration.item is None and declaration.kind in (int, float):
        steps = {"type": "integer", "minimum": 2, "maximum": MOST_STEPS}
        forms.append(
            {
                "type": "object",
                "additionalProperties": False,
                "required": ["from", "to", "steps"],
                "properties": {"from": value, "to": value, "steps": steps},
            }
        )
    return {"anyOf": forms, "description": lever["description"]}


def _parameters(uncertain: Sequence[Declaration]) -> Json:
    names = [*dict.fromkeys(d.group.key for d in uncertain), *(d.name for d in uncertain)]
    whole = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "method": {"enum": list(METHODS)},
            "number": {"type": "integer", "minimum": 1, "maximum": MOST},
            "seed": _whole(0, "Seed of the draws; by default the experiment's."),
            "vary": _listed(
                {"enum": list(dict.fromkeys(names))},
                "Parameters, or themes of them, that are drawn, the others staying at their declared values.",
            ),
            "file": {"type": "string", "description": "File of posterior draws."},
        },
    }
    description = (
        "How the uncertain parameters are drawn. With a number, so many draws are each played in every world; "
        "without, each world has its own."
    )
    return {"anyOf": [{"enum": list(METHODS)}, whole], "description": description}
