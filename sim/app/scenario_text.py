"""A design written as a scenario file, so that what was asked on the page can be asked again on the command line."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from sim.design import Design, plain
from sim.parameters.declaration import Role, Value
from sim.parameters.registry import Registry

_WIDTH = 100


def changed(base: str, title: Mapping[str, str], levers: Mapping[str, Value], from_year: int) -> str:
    """A scenario that changes some levers of another design from a year on."""
    return _yaml(
        {
            "title": dict(title),
            "extends": base,
            "from": from_year,
            "levers": {name: plain(value) for name, value in sorted(levers.items())},
        }
    )


def whole(design: Design, title: Mapping[str, str], registry: Registry) -> str:
    """A scenario that says all of a design itself, on top of what happened."""
    content: dict[str, Any] = {"title": dict(title), "extends": "history"}
    sections = {Role.LEVER: "levers", Role.DATED: "facts"}
    for name, steps in design.levers.items():
        section = sections.get(registry.find(name).role, "assumptions")
        content.setdefault(section, {})[name] = {year: plain(value) for year, value in steps}
    for name, value in design.assumptions.items():
        content.setdefault("assumptions", {})[name] = plain(value)
    return _yaml(content)


def described(facts: Mapping[str, Any], history: Mapping[str, Any]) -> str:
    """A design as a manifest describes it, on top of what happened.

    Parameters
    ----------
    facts : mapping
        One of the manifest's `designs`.
    history : mapping
        The design `history` described in the same way; levers and dated facts that are the same are left out.
    """
    texts = ("title", "description", "expected", "author", "source")
    content: dict[str, Any] = {name: facts[name] for name in texts if facts.get(name)}
    content["extends"] = "history"
    for section in ("levers", "facts"):
        before = history.get(section, {})
        own = {
            name: {int(year): value for year, value in steps}
            for name, steps in facts.get(section, {}).items()
            if [list(step) for step in steps] != [list(step) for step in before.get(name, ())]
        }
        if own:
            content[section] = own
    if facts.get("assumptions"):
        content["assumptions"] = {
            name: dict(value) if isinstance(value, list) else value
            for name, value in facts["assumptions"].items()
        }
    return _yaml(content)


def _yaml(content: Mapping[str, Any]) -> str:
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # the library annotates it as None
    yaml.allow_unicode = True
    yaml.width = _WIDTH
    stream = io.StringIO()
    yaml.dump(dict(content), stream)
    return stream.getvalue()
