"""What a results folder's manifest tells the report about how the results came about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.report.messages import LANGUAGES


@dataclass(frozen=True)
class DesignFacts:
    """One design as the manifest describes it; all but the key may be empty.

    Attributes
    ----------
    title, description, expected : mapping from language to text
        `expected` says who expects what of the design.
    """

    key: str
    title: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    expected: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""


@dataclass(frozen=True)
class Manifest:
    """The facts of a run that the report shows. What the file lacks is None or empty, and the report leaves it out.

    Attributes
    ----------
    designs : tuple of DesignFacts
        In order; the first is the one that the others are compared with.
    parting_year : int or None
        First year in which the designs differ.
    scale : float
        Share of the country that was simulated.
    parameter_source : mapping
        Where the worlds' parameters come from: `drawn_from`, and each one's unit, prior and source.
    registers : tuple of str
        Tables that the user's own register files replaced.
    outcomes : mapping
        From outcome to what the manifest says of it (`meaning`, `unit`, ...).
    raw : mapping
        The whole file.
    """

    designs: tuple[DesignFacts, ...]
    study: str = ""
    command: str = ""
    seed: int | None = None
    n_worlds: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    parting_year: int | None = None
    scale: float = 1.0
    parameter_source: Mapping[str, Any] = field(default_factory=dict)
    registers: tuple[str, ...] = ()
    code_version: str = ""
    created: str = ""
    run_seconds: float | None = None
    packages: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def from_priors(self) -> bool:
        """Whether the parameters were drawn from priors, not fitted to anything observed."""
        return self.parameter_source.get("drawn_from", "priors") == "priors"

    def path_of(self, fact: str) -> str:
        """The key under which the file itself has a fact, for `data-source`."""
        return _found(self.raw, fact)[0]


# A fact of the report and the keys under which a manifest may have it, the usual one first.
_KEYS: dict[str, tuple[str, ...]] = {
    "study": ("study", "name"),
    "command": ("command", "command_line"),
    "seed": ("seed",),
    "n_worlds": ("n_worlds", "worlds"),
    "first_year": ("first_year", "year_from", "from"),
    "last_year": ("last_year", "year_to", "to"),
    "parting_year": ("parting_year", "parting", "designs_part"),
    "scale": ("scale",),
    "parameters": ("parameters", "parameter_source"),
    "registers": ("registers",),
    "code_version": ("code_version", "version"),
    "created": ("created", "finished", "started"),
    "run_seconds": ("run_seconds", "run_time_seconds", "seconds"),
    "packages": ("packages", "package_versions"),
    "outcomes": ("outcomes",),
}


def read_manifest(folder: Path) -> Manifest:
    """Read `manifest.json`.

    Raises
    ------
    InputError
        If it is missing, is no JSON object, or names no design.
    """
    file = folder / "manifest.json"
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError("no manifest.json: this is not a results folder", file=str(folder)) from None
    except ValueError as error:
        raise InputError(f"is not valid JSON: {error}", file=str(file)) from None
    designs = tuple(_design(entry) for entry in _entries(raw.get("designs") if isinstance(raw, dict) else None))
    if not designs:
        raise InputError("names no designs", file=str(file), field="designs")
    facts = {fact: _found(raw, fact)[1] for fact in _KEYS}
    return Manifest(
        designs=designs,
        study=str(facts["study"] or folder.resolve().name),
        command=_command(facts["command"]),
        seed=_whole(facts["seed"]),
        n_worlds=_whole(facts["n_worlds"]),
        first_year=_whole(facts["first_year"]),
        last_year=_whole(facts["last_year"]),
        parting_year=_whole(facts["parting_year"]),
        scale=float(facts["scale"] or 1),
        parameter_source=facts["parameters"] if isinstance(facts["parameters"], Mapping) else {},
        registers=tuple(facts["registers"] or ()),
        code_version=_version(facts["code_version"]),
        created=str(facts["created"] or ""),
        run_seconds=None if facts["run_seconds"] is None else float(facts["run_seconds"]),
        packages=facts["packages"] or {},
        outcomes=_outcomes(facts["outcomes"]),
        raw=raw,
    )


def _found(raw: Mapping[str, Any], fact: str) -> tuple[str, Any]:
    names = _KEYS[fact]
    return next(((name, raw[name]) for name in names if raw.get(name) is not None), (names[0], None))


def _entries(designs: Any) -> list[Any]:
    """Designs come as a list of names or objects, or as an object from name to what is known of it."""
    if isinstance(designs, Mapping):
        return [{"key": key, **(facts if isinstance(facts, Mapping) else {})} for key, facts in designs.items()]
    return list(designs or ())


def _design(entry: Any) -> DesignFacts:
    if isinstance(entry, str):
        return DesignFacts(entry)
    return DesignFacts(
        key=str(entry.get("key") or entry.get("name")),
        title=_in_languages(entry.get("title")),
        description=_in_languages(entry.get("description")),
        expected=_in_languages(entry.get("expected")),
        digest=str(entry.get("digest") or entry.get("sha256") or entry.get("hash") or ""),
    )


def _in_languages(value: Any) -> dict[str, str]:
    """Texts by language; a bare text counts for all."""
    if isinstance(value, Mapping):
        return {str(lang): str(text) for lang, text in value.items() if text}
    return dict.fromkeys(LANGUAGES, str(value)) if value else {}


def _command(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _version(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values() if part)
    return str(value or "")


def _whole(value: Any) -> int | None:
    return len(value) if isinstance(value, list) else None if value is None else int(value)


def _outcomes(value: Any) -> dict[str, Mapping[str, Any]]:
    if isinstance(value, Mapping):
        return {key: facts for key, facts in value.items() if isinstance(facts, Mapping)}
    return {str(facts["key"]): facts for facts in value or () if isinstance(facts, Mapping) and "key" in facts}
