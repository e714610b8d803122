"""JSON schema of scenario files, by which an editor completes, explains and checks while one writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias

from sim.design import FIRST_YEAR, LAST_YEAR, plain
from sim.parameters.declaration import Declaration, Role
from sim.parameters.registry import Registry
from sim.parameters.scope import Scope
from sim.scenario_files.library import folders
from sim.scenario_files.tree_reader import LANGUAGES, LONGEST_TEXT

Json: TypeAlias = dict[str, Any]

FILE_NAME = "design.schema.json"
_YEAR = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
_YEAR_KEY = "^[0-9]{4}$"


def schema(registry: Registry) -> Json:
    """The schema of a scenario file that may set the parameters of a registry."""
    assumed = [d for d in registry.by_name.values() if not d.by_year and d.group is not Scope]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A design of kompetansesim",
        "type": "object",
        "additionalProperties": False,
        "required": ["title"],
        "properties": {
            "title": _text("What the design is called, in both languages."),
            "description": _text("What is done from when on."),
            "expected": _text("Who expects what of it."),
            "author": {"type": "string", "description": "Who wrote this file."},
            "source": {"type": "string", "description": "Where the proposal is made."},
            "extends": {"type": "string", "description": "Name of the design that this one changes."},
            "from": {**_YEAR, "description": "Year from which values without a year hold."},
            "levers": {
                "type": "object",
                "description": "Choices of policy: a value in force from 'from' on, or values by year.",
                "additionalProperties": False,
                "properties": {d.name: _lever(d) for d in registry.of_role(Role.LEVER)},
            },
            "facts": {
                "type": "object",
                "description": "Facts that change over the years: a value in force from 'from' on, or values by year.",
                "additionalProperties": False,
                "properties": {d.name: _lever(d) for d in registry.of_role(Role.DATED)},
            },
            "assumptions": {
                "type": "object",
                "description": "Facts assumed in place of what the world would draw: for the whole run, or by year.",
                "additionalProperties": False,
                "properties": {d.name: _lever(d) for d in assumed},
            },
        },
    }


def schema_text(registry: Registry) -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema(registry), indent=2, ensure_ascii=False) + "\n"


def schema_file() -> Path:
    """Where the schema lies: beside the designs that come with the model."""
    return folders()[0] / FILE_NAME


def write_schema(registry: Registry, path: Path) -> None:
    """Write the schema to a file."""
    path.write_text(schema_text(registry), encoding="utf-8")


def _text(description: str) -> Json:
    one = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
    both = {
        "type": "object",
        "additionalProperties": False,
        "required": list(LANGUAGES),
        "properties": dict.fromkeys(LANGUAGES, one),
    }
    return {"description": description, "anyOf": [both, one]}


def _lever(declaration: Declaration) -> Json:
    value = _value(declaration)
    dated = {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "patternProperties": {_YEAR_KEY: value},
    }
    return {"anyOf": [value, dated], **_sentence(declaration)}


def _sentence(declaration: Declaration) -> Json:
    description = f"{declaration.meaning} (unit: {declaration.unit}; source: {declaration.source})"
    return {"description": description, "default": plain(declaration.default)}


def _value(declaration: Declaration) -> Json:
    if declaration.item is not None:
        return {"type": "array", "uniqueItems": True, "items": _one(declaration, declaration.item)}
    return _one(declaration, declaration.kind)


def _one(declaration: Declaration, kind: type) -> Json:
    if declaration.words:
        return {"enum": [str(word) for word in declaration.words]}
    if kind is bool:
        return {"type": "boolean"}
    number: Json = {"type": "integer" if kind is int else "number"}
    if declaration.bounds:
        low, high = (int(b) if kind is int else float(b) for b in declaration.bounds)
        number |= {"minimum": low, "maximum": high}
    return number
