"""Values of parameters as people write them, in scenario files and behind options, as the model's own."""

from __future__ import annotations

from collections.abc import Mapping

from sim.design import DECISION_YEAR, FIRST_YEAR, LAST_YEAR, Design
from sim.errors import MOST_FAULTS, InputError, raise_all
from sim.parameters.declaration import Declaration, Role, Value
from sim.parameters.registry import Registry, accept
from sim.parameters.scope import Scope
from sim.scenario_files.yaml_tree import as_python, parse_tree

DIGITS_OF_A_YEAR = 4


def accepted(declaration: Declaration, value: object) -> Value:
    """A value from outside as the parameter's own kind; a list must not name anything twice.

    Raises `InputError` saying what was expected.
    """
    taken = accept(declaration, value)
    if isinstance(taken, tuple) and len(set(taken)) < len(taken):
        twice = next(item for i, item in enumerate(taken) if item in taken[:i])
        raise InputError(f"{declaration.name}: {twice} stands in the list twice", field=declaration.name)
    return taken


def find_lever(registry: Registry, name: str) -> Declaration:
    """The declaration of a lever; `InputError` if there is none or it is no lever."""
    declaration = registry.find(name)
    if declaration.role is not Role.LEVER:
        where = "by year, under 'facts'" if declaration.by_year else "undated, under 'assumptions'"
        raise InputError(f"'{name}' is no lever ({declaration.role}); set it {where}", field=name)
    return declaration


def find_fact(registry: Registry, name: str) -> Declaration:
    """The declaration of a fact that changes over the years; `InputError` if there is none or it is something else."""
    declaration = registry.find(name)
    if declaration.role is not Role.DATED:
        where = "under 'levers'" if declaration.by_year else "undated, under 'assumptions'"
        raise InputError(f"'{name}' is no dated fact ({declaration.role}); set it {where}", field=name)
    return declaration


def find_by_year(registry: Registry, name: str) -> Declaration:
    """The declaration of a lever or a dated fact; `InputError` if there is none or it is neither."""
    return find_fact(registry, name) if registry.find(name).role is Role.DATED else find_lever(registry, name)


def find_assumption(registry: Registry, name: str) -> Declaration:
    """The declaration of an uncertain or fixed parameter; `InputError` if there is none or it is a lever."""
    declaration = registry.find(name)
    if declaration.role is Role.LEVER:
        raise InputError(f"'{name}' is a lever, which is dated; set it under 'levers'", field=name)
    if declaration.role is Role.DATED:
        raise InputError(f"'{name}' is a fact that is dated; set it under 'facts'", field=name)
    if declaration.group is Scope:
        raise InputError(f"'{name}' is chosen for a run, not in a design: --{declaration.field}", field=name)
    return declaration


def year_of(value: object) -> int:
    """A calendar year within the model's time; `InputError` if it is none."""
    if isinstance(value, bool) or not isinstance(value, int) or not FIRST_YEAR <= value <= LAST_YEAR:
        raise InputError(f"expected a year from {FIRST_YEAR} to {LAST_YEAR}, got {value!r}")
    return value


def year_in_words(text: str) -> int:
    """A calendar year within the model's time, written in digits; `InputError` if it is none."""
    bare = text.strip()
    return year_of(int(bare) if bare.isdecimal() and len(bare) <= DIGITS_OF_A_YEAR else text)


def split_settings(
    texts: list[str], registry: Registry, option: str, last_year: int = LAST_YEAR
) -> tuple[dict[str, Value], dict[str, Value]]:
    """What an option was given, as (levers, assumptions) for `apply`.

    Parameters
    ----------
    texts : list of str
        Each `name=value` or `name@year=value`, the value written as in a scenario file: `0.3`, `compulsory`,
        `[2026, 2029]`, or by year `{2026: 0.3, 2030: 0.5}`.
    option : str
        By whose name faults are told.
    last_year : int
        Last year of the run; a lever set for later would do nothing and is refused.

    Returns
    -------
    levers : dict
        Values by `name` or `name@year`, of levers and dated facts.
    assumptions : dict
        Values of uncertain and fixed parameters by name.
    """
    levers: dict[str, Value] = {}
    assumptions: dict[str, Value] = {}
    errors: list[InputError] = []
    for text in texts:
        try:
            for target, value in _settings(text):
                name, year = _target(target)
                if not registry.find(name).by_year:
                    assumptions[name] = accepted(find_assumption(registry, target), value)
                    continue
                levers[target] = accepted(find_by_year(registry, name), value)
                if year > last_year:
                    raise InputError(
                        f"it would change in {year}, after the run's last year {last_year}; say {name}@YEAR=value"
                    )
        except InputError as error:
            errors.append(InputError(f"{option} {text}: {error.message}", field=error.field))
            if len(errors) > MOST_FAULTS:
                break
    raise_all(errors)
    return levers, assumptions


def apply(
    design: Design,
    levers: Mapping[str, object] | None,
    assumptions: Mapping[str, object] | None,
    registry: Registry,
) -> Design:
    """A design with levers and assumptions set from outside.

    Parameters
    ----------
    levers : mapping
        Values by `name` (in force from `DECISION_YEAR`) or `name@year`, as people write them or already
        accepted. Of several years for one lever the later is laid upon the earlier.
    assumptions : mapping
        Values of uncertain or fixed parameters, for the whole run.

    Raises
    ------
    InputError
        Listing every unknown name and impossible value.
    """
    errors: list[InputError] = []
    dated: list[tuple[int, str, Value]] = []
    held: dict[str, Value] = {}
    for target, value in (levers or {}).items():
        try:
            name, year = _target(target)
            dated.append((year, name, accepted(find_by_year(registry, name), value)))
        except InputError as error:
            errors.append(error)
            if len(errors) > MOST_FAULTS:
                break
    for name, value in (assumptions or {}).items():
        try:
            held[name] = accepted(find_assumption(registry, name), value)
        except InputError as error:
            errors.append(error)
            if len(errors) > MOST_FAULTS:
                break
    raise_all(errors)
    for year, name, taken in sorted(dated, key=lambda entry: entry[:2]):
        design = design.with_levers({name: taken}, year)
    return design.with_assumptions(held) if held else design


def _settings(text: str) -> list[tuple[str, object]]:
    """Targets and values of one setting: several if the value is given by year."""
    target, equals, written = text.partition("=")
    target = target.strip()
    if not equals or not target:
        raise InputError("expected lever=value or lever@year=value")
    try:
        value = as_python(parse_tree(written)) if written.strip() else None
    except InputError as error:
        raise InputError(error.message) from None
    if isinstance(value, dict):
        return [(f"{target}@{year}", dated) for year, dated in value.items()]
    return [(target, value)]


def _target(text: str) -> tuple[str, int]:
    """Name and year of `name` or `name@year`."""
    name, at, written = text.partition("@")
    if not at:
        return name, DECISION_YEAR
    return name.strip(), year_in_words(written)
