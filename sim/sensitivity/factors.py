"""Factors: what is moved in a sensitivity analysis, be it one parameter or all parameters of a theme together.

Beside them there is always a dummy: a factor that is moved like the others but reaches nothing. Whatever influence a method
gives to it is the method's own error, and no factor that does not stand above it can be told from one without influence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.errors import InputError
from sim.experiments.parameter_draws import uncertain
from sim.parameters.declaration import Declaration, Role
from sim.parameters.registry import Registry

DUMMY = "dummy"


@dataclass(frozen=True)
class Factor:
    """Something that is moved as one.

    Attributes
    ----------
    name : str
        The parameter's, or the theme's.
    members : tuple of Declaration
        The parameters that are moved; none for the dummy.
    """

    name: str
    members: tuple[Declaration, ...]

    @property
    def n_columns(self) -> int:
        """Columns of the unit cube that belong to it: one for each parameter, one for the dummy."""
        return max(1, len(self.members))


def dummy() -> Factor:
    """The factor that reaches nothing."""
    return Factor(DUMMY, ())


def choose(registry: Registry, wanted: Sequence[str] | None = None, *, themes: bool = False) -> list[Factor]:
    """The factors of an analysis, without the dummy.

    Parameters
    ----------
    wanted : sequence of str, optional
        Names of uncertain parameters, or of themes (`follow_up`, `follow_up.acceptance`), which stand for all parameters
        whose names begin with them. By default all uncertain parameters.
    themes : bool
        Whether a theme is moved as one factor (parameters named by themselves stay single); otherwise every parameter is a
        factor.

    Raises
    ------
    InputError
        For a name that is neither an uncertain parameter nor a theme, and if a parameter is meant twice.
    """
    found: list[Factor] = []
    for name in wanted or [group.key for group in registry.groups]:
        members = _meant_by(name, registry, bool(wanted))
        if members and (themes and members[0].name != name):
            found.append(Factor(name, tuple(members)))
        else:
            found.extend(Factor(one.name, (one,)) for one in members)
    _refuse_repetition([one.name for factor in found for one in factor.members])
    return found


def _meant_by(name: str, registry: Registry, asked: bool) -> list[Declaration]:
    """The uncertain parameters with this name or in this theme."""
    known = uncertain(registry)
    members = [one for one in known if one.name == name]
    # A theme is a group; `follow_up` stands for all groups under it unless the name is that of a group itself.
    exact = [one for one in known if one.group.key == name]
    under = [one for one in known if asked and one.name.startswith(f"{name}.")]
    members = members or exact or under
    if not members and asked:
        if name in registry.by_name:
            role = registry.by_name[name].role
            raise InputError(
                f"{name}: expected a parameter with the role {Role.UNCERTAIN}, this is a {role} one",
                field=name,
            )
        from difflib import get_close_matches

        near = get_close_matches(name, [*(d.name for d in known), *(g.key for g in registry.groups)], n=3)
        hint = f"; nearest known: {', '.join(near)}" if near else ""
        raise InputError(f"'{name}' is no uncertain parameter and no theme{hint}", field=name)
    return members


def _refuse_repetition(names: Sequence[str]) -> None:
    for name in sorted({name for name in names if names.count(name) > 1}):
        raise InputError(f"{name} is meant by more than one of the factors", field=name)
