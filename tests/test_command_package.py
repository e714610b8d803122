"""Packages that are called like the command of their name."""

from __future__ import annotations

import ast
import importlib
import inspect

import pytest

import sim
from sim.command_package import CommandPackage

HOMES = {
    "atlas": "sim.atlas.api.atlas",
    "conditions": "sim.conditions.api.conditions",
    "sensitivity": "sim.sensitivity.api.analyse",
    "theory": "sim.studies.programme_theory.put_to_test",
}


@pytest.mark.parametrize(("name", "home"), HOMES.items())
def test_a_package_is_called_like_its_command_and_keeps_its_names(
    name: str, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = getattr(sim, name)
    module, _, function = home.rpartition(".")
    command = importlib.import_module(module).__dict__[function]
    assert name in dir(sim)
    assert isinstance(package, CommandPackage)
    assert getattr(package, package.__all__[0]) is command
    assert set(package.__all__) <= set(dir(package))
    assert inspect.signature(package) == inspect.signature(command)
    monkeypatch.setattr(home, lambda *given, **settings: (given, settings))
    assert package("voluntary", worlds=3) == (("voluntary",), {"worlds": 3})
    with pytest.raises(AttributeError, match=f"module 'sim.{name}' has no attribute 'nothing'"):
        _ = package.nothing


@pytest.mark.parametrize("package", [sim.theory, sim.atlas, sim.sensitivity, sim.conditions])
def test_a_package_shows_a_call_that_can_be_made(package: CommandPackage) -> None:
    assert package.__doc__
    (shown,) = (line for line in package.__doc__.splitlines() if f" = {package.__name__}(" in line)
    (call,) = (node for node in ast.walk(ast.parse(shown.strip())) if isinstance(node, ast.Call))
    inspect.signature(package).bind(*call.args, **{str(one.arg): one.value for one in call.keywords})
