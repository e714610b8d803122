"""A candidate design as a scenario file: what it extends, from when, and its levers."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path

from sim.design import DECISION_YEAR, plain
from sim.parameters.declaration import Value
from sim.scenario_files.tree_reader import LONGEST_TEXT


def scenario_text(extends: str, levers: Mapping[str, Value]) -> str:
    """The file's text; it can be read, compared, played and changed like any other design."""
    from ruamel.yaml import YAML

    told = ", ".join(
        f"{name.rpartition('.')[2]} {json.dumps(plain(value))}" for name, value in sorted(levers.items())
    )
    content = {
        "title": {
            "en": f"Found by search: {told}"[:LONGEST_TEXT],
            "nb": f"Funnet ved søk: {told}"[:LONGEST_TEXT],
        },
        "description": {
            "en": "A candidate on the front of a search for designs. Look at its levers before you believe in it.",
            "nb": "En kandidat på fronten av et søk etter virkemidler. Se på virkemidlene før du tror på den.",
        },
        "author": "kompetansesim search",
        "source": "assumption: found by search in the model, proposed by nobody",
        "extends": extends,
        "from": DECISION_YEAR,
        "levers": {name: plain(value) for name, value in sorted(levers.items())},
    }
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    text = io.StringIO()
    yaml.dump(content, text)
    return text.getvalue()


def write_scenario(folder: Path, key: str, extends: str, levers: Mapping[str, Value]) -> Path:
    """Write the file `<key>.yaml` into a folder."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{key}.yaml"
    path.write_text(scenario_text(extends, levers), encoding="utf-8")
    return path
