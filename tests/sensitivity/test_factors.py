from __future__ import annotations

import pytest

from sim.errors import InputError
from sim.sensitivity.factors import choose
from tests.experiments.toy import REGISTRY as TOY
from tests.sensitivity.known import BOTH


def test_without_a_wish_every_uncertain_parameter_is_a_factor() -> None:
    assert [f.name for f in choose(BOTH)] == ["cube.a", "cube.b", "cube.c", "rest.d", "rest.e"]


def test_a_theme_can_be_moved_as_one() -> None:
    found = choose(BOTH, ["cube", "rest.e"], themes=True)
    assert [(f.name, len(f.members)) for f in found] == [("cube", 3), ("rest.e", 1)]


def test_a_theme_stands_for_its_parameters() -> None:
    assert [f.name for f in choose(BOTH, ["rest", "cube.a"])] == ["rest.d", "rest.e", "cube.a"]


def test_themes_of_the_whole_registry_hold_every_uncertain_parameter_once() -> None:
    found = choose(BOTH, themes=True)
    assert [(f.name, [d.field for d in f.members]) for f in found] == [
        ("cube", ["a", "b", "c"]),
        ("rest", ["d", "e"]),
    ]


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"'cube\.aa' is no uncertain parameter and no theme; .*cube\.a"):
        choose(BOTH, ["cube.aa"])


def test_a_lever_is_no_factor() -> None:
    with pytest.raises(InputError, match=r"toy\.push: expected a parameter with the role uncertain"):
        choose(TOY, ["toy.push"])


def test_a_parameter_meant_twice_is_refused() -> None:
    with pytest.raises(InputError, match=r"cube\.a is meant by more than one"):
        choose(BOTH, ["cube", "cube.a"], themes=True)
