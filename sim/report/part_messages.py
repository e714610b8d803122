"""Texts of the report's parts on particular tables, kept in files of their own: `messages/parts/<part>.<language>.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sim.report.messages import Messages, load

_FOLDER = Path(__file__).with_name("messages") / "parts"


def parts() -> tuple[str, ...]:
    """The parts that have texts."""
    return tuple(sorted({file.name.split(".")[0] for file in _FOLDER.glob("*.yaml")}))


@cache
def load_part(part: str, lang: str) -> Messages:
    """The messages of a language together with those of a part."""
    from ruamel.yaml import YAML

    whole = load(lang)
    tree = YAML(typ="safe").load((_FOLDER / f"{part}.{lang}.yaml").read_text(encoding="utf-8"))
    return Messages(lang, {**{key: whole.raw(key) for key in whole}, **dict(_flat(tree))})


def _flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value).strip()
