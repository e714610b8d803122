"""Packages that are called like the command of their name."""

from __future__ import annotations

import importlib
import inspect

import pytest

from sim.studies.command_package import CommandPackage

CALLED = {"atlas": "atlas", "conditions": "conditions", "sensitivity": "analyse"}


@pytest.mark.parametrize(("name", "function"), CALLED.items())
def test_a_package_is_called_like_its_command_and_keeps_its_names(
    name: str, function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = importlib.import_module(f"sim.{name}")
    command = importlib.import_module(f"sim.{name}.api").__dict__[function]
    assert isinstance(package, CommandPackage)
    assert getattr(package, function) is command
    assert set(package.__all__) <= set(dir(package))
    assert inspect.signature(package) == inspect.signature(command)
    monkeypatch.setattr(f"sim.{name}.api.{function}", lambda *given, **settings: (given, settings))
    assert package("voluntary", worlds=3) == (("voluntary",), {"worlds": 3})
    with pytest.raises(AttributeError, match=f"module 'sim.{name}' has no attribute 'nothing'"):
        _ = package.nothing
