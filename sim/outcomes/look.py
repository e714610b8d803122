"""One look at a state: what several observers ask of it is worked out once.

Observers only read, so while they look nothing changes, and what one has worked out (pupils of each municipality, true level of
results) the next one can have. Outside a look everything is worked out anew, whenever it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar

from sim.state import State

T = TypeVar("T")
P = ParamSpec("P")


class _Look:
    """A state that is looked at, and what has been worked out of it, by the function that did."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.found: dict[object, Any] = {}


_look: _Look | None = None


@contextmanager
def looking_at(state: State) -> Iterator[None]:
    """Have what is asked several times worked out once; the state and its parameters must not change meanwhile."""
    global _look  # noqa: PLW0603 - measures are functions of state and parameters, with no room for a notebook
    before, _look = _look, _Look(state)
    try:
        yield
    finally:
        _look = before


def once(work: Callable[Concatenate[State, P], T]) -> Callable[Concatenate[State, P], T]:
    """Have a function of state and what else it is handed (all hashable) called once in a look; nobody may change what it hands
    out.
    """

    def remembered(state: State, /, *args: P.args, **kwargs: P.kwargs) -> T:
        look = _look
        if look is None or look.state is not state:
            return work(state, *args, **kwargs)
        key = (work, args, *kwargs.items())
        if key not in look.found:
            look.found[key] = work(state, *args, **kwargs)
        found: T = look.found[key]
        return found

    update_wrapper(remembered, work)
    return remembered
