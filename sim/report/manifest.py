"""What a results folder's manifest tells the report about how the results came about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.report.messages import LANGUAGES

_COMMIT_DIGITS = 10
GROUPED = "grouped"  # how real municipalities are told of unless asked for otherwise


@dataclass(frozen=True)
class DesignFacts:
    """One design as the manifest describes it; all but the key may be empty.

    Attributes
    ----------
    title, description, expected : mapping from language to text
        `expected` says who expects what of the design.
    levers : mapping
        From a lever's name to its values, each with the year from which it holds.
    """

    key: str
    title: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    expected: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    levers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """The facts of a study that the report shows. What the file lacks is None or empty, and the report leaves it out.

    The section `run` (when, how long, by how many workers) is passed over: equal studies have equal reports.

    Attributes
    ----------
    designs : tuple of DesignFacts
        In order; the first is the one that the others are compared with.
    parting_year : int or None
        First year in which the designs differ.
    scale : float
        Share of the country that was simulated.
    parts : frozenset of str
        Parts of the model in which designs differ from the first: the first words of the names of such levers and assumptions.
    obliges : bool
        Whether any of the designs makes taking part compulsory.
    from_priors : bool
        Whether the worlds' parameters were drawn from priors, not fitted to anything observed.
    rules_changed : bool
        Whether the model's rules are others than those that the posterior was made with.
    survey_widening : float
        Times by which the bands of survey answers are to be wider, by the rolling forecasts beside the posterior.
    survey_worse_from : int or None
        Last year from which on the wave before foretold the next wave of the survey better than the model did.
    learned_measurement, of_measurement, learned_mechanisms, of_mechanisms : int or None
        Parameters that the posterior's figures taught something about, and all of them: those that say how people answer, and
        all others.
    registers : bool
        Whether the user's own register files replaced any table.
    places : str
        How the municipalities of the user's register are told of: "grouped", or "single" where that was asked for; empty
        where they are invented.
    outcomes : mapping
        From outcome to what the manifest says of it (`meaning`): those of plug-ins.
    plugins : tuple of mappings
        What was added to the model: `name`, `sha256`, `items`, `texts` by language.
    tables : mapping
        From table to what was recorded of its file (`parquet_sha256`).
    """

    designs: tuple[DesignFacts, ...]
    command: str = ""
    seed: int | None = None
    n_worlds: int | None = None
    worlds_per_draw: int | None = None
    first_year: int | None = None
    parting_year: int | None = None
    last_year: int | None = None
    scale: float = 1.0
    parts: frozenset[str] = frozenset()
    obliges: bool = False
    from_priors: bool = True
    rules_changed: bool = False
    survey_widening: float = 1.0
    survey_worse_from: int | None = None
    learned_measurement: int | None = None
    of_measurement: int | None = None
    learned_mechanisms: int | None = None
    of_mechanisms: int | None = None
    registers: bool = False
    places: str = ""
    version: str = ""
    code: str = ""
    software: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    plugins: tuple[Mapping[str, Any], ...] = ()
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def granted(self, design: str, lever: str) -> float | None:
        """A yearly grant that a lever sets, as mean over the years from the parting on; None where the file doesn't tell.

        While the scheme is switched off, nothing is granted.
        """
        levers = next((d.levers for d in self.designs if d.key == design), {})
        if lever not in levers or self.parting_year is None or self.last_year is None:
            return None
        switch = levers.get(f"{lever.partition('.')[0]}.active", [[0, True]])
        years = range(self.parting_year, self.last_year + 1)
        return sum(_at(levers[lever], year) * bool(_at(switch, year)) for year in years) / len(years)

    def last_value(self, design: str, lever: str) -> float | None:
        """What a lever that is a number or a switch is set to in the last year; None where the file doesn't tell."""
        steps = next((d.levers.get(lever) for d in self.designs if d.key == design), None)
        return None if not steps or self.last_year is None else _at(steps, self.last_year)


def _at(steps: Sequence[Sequence[Any]], year: int) -> float:
    """The value that holds in a year, of values with the year from which each holds; 0 before the first."""
    held = [value for since, value in steps if since <= year]
    return float(held[-1]) if held else 0.0


# Where the file has those facts that the report shows as numbers.
PATHS = {
    "seed": "seed", "n_worlds": "worlds", "worlds_per_draw": "worlds_per_draw", "first_year": "years.start",
    "parting_year": "years.parting", "last_year": "years.end", "scale": "scale",
    "survey_worse_from": "parameters.survey_worse_from",
    "learned_measurement": "parameters.learned.measurement",
    "of_measurement": "parameters.learned.of_measurement",
    "learned_mechanisms": "parameters.learned.mechanisms",
    "of_mechanisms": "parameters.learned.of_mechanisms",
}  # fmt: skip


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
    except (ValueError, OSError) as error:
        raise InputError(f"can't be read as JSON: {error}", file=str(file)) from None
    if not isinstance(raw, dict) or not raw.get("designs"):
        raise InputError("names no designs", file=str(file), field="designs")
    return manifest_of(raw)


def manifest_of(raw: Mapping[str, Any]) -> Manifest:
    """What the content of a manifest says; it names at least one design."""
    designs = raw["designs"]
    numbers = {fact: fact_at(raw, path) for fact, path in PATHS.items()}
    code = raw.get("code") or {}
    plugins = tuple(raw.get("plugins") or ())
    return Manifest(
        designs=tuple(_design(entry) for entry in designs),
        command=str(raw.get("command") or ""),
        scale=float(numbers.pop("scale") or 1),
        **{fact: None if value is None else int(value) for fact, value in numbers.items()},
        parts=_parts(
            [{**(entry.get("levers") or {}), **(entry.get("assumptions") or {})} for entry in designs]
        ),
        obliges='"compulsory"' in json.dumps([entry.get("levers") for entry in designs]),
        from_priors=(raw.get("parameters") or {}).get("drawn_from", "priors") == "priors",
        rules_changed=bool(fact_at(raw, "parameters.rules_changed_since")),
        survey_widening=float((raw.get("parameters") or {}).get("survey_widening", 1.0)),
        registers=bool(raw.get("registers")),
        places=str(raw.get("places") or ""),
        version=str(code.get("version") or ""),
        code=_code(code),
        software={name: str(version) for name, version in (raw.get("software") or {}).items() if version},
        outcomes={facts["key"]: facts for plugin in plugins for facts in plugin.get("outcomes") or ()},
        plugins=plugins,
        tables=raw.get("tables") or {},
    )


def fact_at(raw: Mapping[str, Any], path: str) -> Any:
    """What stands at a dotted path, None if nothing does."""
    found: Any = raw
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _design(entry: Mapping[str, Any]) -> DesignFacts:
    return DesignFacts(
        key=str(entry["key"]),
        title=_in_languages(entry.get("title")),
        description=_in_languages(entry.get("description")),
        expected=_in_languages(entry.get("expected")),
        digest=str(entry.get("digest") or ""),
        levers=entry.get("levers") or {},
    )


def _parts(settings: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """First words of the names of levers and assumptions that some design sets otherwise than the first one."""
    first = settings[0]
    return frozenset(
        name.split(".")[0]
        for other in settings
        for name in {*first, *other}
        if first.get(name) != other.get(name)
    )


def _in_languages(value: Any) -> dict[str, str]:
    """Texts by language; a bare text counts for all."""
    if isinstance(value, Mapping):
        return {str(lang): str(text) for lang, text in value.items() if text}
    return dict.fromkeys(LANGUAGES, str(value)) if value else {}


def _code(code: Mapping[str, Any]) -> str:
    """Version and commit, or the hash of the sources where they are edited or in no checkout."""
    commit, sources = str(code.get("commit") or ""), str(code.get("sources_sha256") or "")
    place = commit[:_COMMIT_DIGITS] if commit and not code.get("dirty") else sources[:_COMMIT_DIGITS]
    return " ".join(part for part in (str(code.get("version") or ""), place) if part)
