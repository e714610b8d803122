"""Everything that is declared, gathered: parameters, outcomes, schemes, survey items; those of plug-ins too, if any are named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from sim.errors import InputError
from sim.half_year import Season
from sim.outcomes.measures import OUTCOMES as BASE_OUTCOMES
from sim.outcomes.outcome import Outcome
from sim.outcomes.running import OUTCOMES as RUNNING_OUTCOMES
from sim.parameters.classroom import Classroom
from sim.parameters.declaration import Choice, Group
from sim.parameters.implementing import Implementing
from sim.parameters.load import Curriculum, Load, Pandemic
from sim.parameters.registry import Registry
from sim.parameters.results import Measurement, Results
from sim.parameters.scope import Scope
from sim.parameters.society import Society
from sim.parameters.state_control import StateControl
from sim.parameters.turnover import Turnover
from sim.plugins import Plugin, Source, load
from sim.rules.touching import touched
from sim.schemes import SCHEMES, Scheme
from sim.school_year import order
from sim.surveys.items import Item
from sim.surveys.parameters import Survey
from sim.surveys.questionnaire import ITEMS

ALWAYS_TOLD = (*BASE_OUTCOMES, *RUNNING_OUTCOMES)
"""Outcomes of no scheme."""

BASE_GROUPS = (
    Scope, Society, StateControl, Turnover, Classroom, Implementing, Load, Curriculum, Pandemic, Results, Measurement,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Declared:
    """The model's declarations.

    Attributes
    ----------
    schemes : tuple of Scheme
        In the order in which they act within a part of the half-year.
    plugins : mapping from source to Plugin
        Whose declarations are among these.
    """

    schemes: tuple[Scheme, ...]
    registry: Registry
    outcomes: tuple[Outcome, ...]
    items: tuple[Item, ...]
    plugins: dict[Source, Plugin]

    @cached_property
    def plugged_in(self) -> frozenset[str]:
        """Names of the processes of plug-ins."""
        found = (one for source, plugin in self.plugins.items() for one in plugin.all_schemes(source.name))
        return frozenset(p.name for scheme in found for listed in scheme.processes.values() for p in listed)


@cache
def declared(sources: tuple[Source, ...] = ()) -> Declared:
    """The model's declarations with those of plug-ins; the same object for the same texts.

    Raises
    ------
    InputError
        If a plug-in can't be loaded, or declares what is there already.
    """
    plugins = {source: load(source) for source in sources}
    taken = {*_names([*BASE_GROUPS, Survey], SCHEMES, ALWAYS_TOLD, ITEMS), *_BASE_PROCESSES}
    for source, plugin in plugins.items():
        for name in _names((), plugin.all_schemes(source.name), (), plugin.items, plugin.choices):
            if name in taken:
                raise InputError(f"{' '.join(name)} is there already", file=source.named, field="plugins")
            taken.add(name)
        _check_luck(source, plugin)
    schemes = (
        *SCHEMES,
        *(one for source, plugin in plugins.items() for one in plugin.all_schemes(source.name)),
    )
    return Declared(
        schemes,
        Registry(
            [*BASE_GROUPS, *(group for scheme in schemes for group in scheme.groups), Survey],
            [choice for plugin in plugins.values() for choice in plugin.choices],
        ),
        (*ALWAYS_TOLD, *(outcome for scheme in schemes for outcome in scheme.outcomes)),
        (*ITEMS, *(item for plugin in plugins.values() for item in plugin.items)),
        plugins,
    )


def _check_luck(source: Source, plugin: Plugin) -> None:
    """Refuse draws under a name by which the model draws: who is unlucky in the one would be so in the other."""
    own = _luck(plugin.all_schemes(source.name))
    twice = own & _shipped_luck() if own else set()
    if twice:
        raise InputError(
            f"draws '{min(twice)}', and so does the model: give the decision a name of its own",
            file=source.named,
            field="plugins",
        )


def _luck(schemes: Iterable[Scheme]) -> set[str]:
    rules = (process.rule for scheme in schemes for listed in scheme.processes.values() for process in listed)
    return {decision for rule in rules for decision in _decisions(rule)}


def _decisions(rule: Callable[..., None]) -> set[str]:
    """What a rule draws by name; nothing is known of one without a text of its own, such as a lambda."""
    try:
        return {decision for decision, _ in touched(rule).luck}
    except (OSError, TypeError, SyntaxError, NameError):
        return set()


@cache
def _shipped_luck() -> set[str]:
    base = (process.rule for season in Season for _, process in order(season, ()))
    return _luck(SCHEMES) | {decision for rule in base for decision in _decisions(rule)}


def _names(
    groups: Iterable[type[Group]],
    schemes: Iterable[Scheme],
    outcomes: Iterable[Outcome],
    items: Iterable[Item],
    choices: Iterable[Choice] = (),
) -> Iterator[tuple[str, str]]:
    """Everything that must have a name of its own: what it is, and the name."""
    all_groups, all_outcomes, all_choices = [*groups], [*outcomes], [*choices]
    for scheme in schemes:
        yield "the scheme", scheme.key
        all_groups += scheme.groups
        all_outcomes += scheme.outcomes
        own = (process.name for processes in scheme.processes.values() for process in processes)
        yield from (("the process", name) for name in dict.fromkeys(own))
    for declaration in (d for group in all_groups for d in group.declarations()):
        yield "the parameter", declaration.name
        all_choices += declaration.choices
    yield from (("the outcome", outcome.key) for outcome in all_outcomes)
    yield from (("the survey item", item.target) for item in items)
    yield from ((f"the {type(choice).__name__}", str(choice)) for choice in all_choices)


_BASE_PROCESSES = {("the process", process.name) for season in Season for _, process in order(season, ())}

REGISTRY = declared().registry
"""Every parameter of the model, without plug-ins."""

OUTCOMES = declared().outcomes
"""Every outcome of the model, without plug-ins."""
