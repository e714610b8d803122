"""Experiments as files: where they lie, and one read with every fault told with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sim.errors import InputError, TooManyFaultsError, raise_all
from sim.outcomes.outcome import Outcome
from sim.parameters.registry import Registry
from sim.scenario_files import folders
from sim.scenario_files.faults import nearest, place_of
from sim.scenario_files.library import ENDINGS
from sim.scenario_files.yaml_tree import ListNode, MapNode, Node, ScalarNode, as_python, read_tree
from sim.sweeps.experiment import Experiment, check
from sim.sweeps.experiment_reader import ExperimentReader

FOLDER = "experiments"
PLUGINS = "plugins"
NAME = "name"  # of an experiment that is no file


def experiment_names() -> list[str]:
    """Names of the experiments that come with the model."""
    return sorted(path.stem for folder in folders() for path in (folder / FOLDER).glob("*.yaml"))


def load_experiment(
    experiment: str | Path | Mapping[str, object], registry: Registry, outcomes: Sequence[Outcome]
) -> Experiment:
    """An experiment by its name, read from a file, or from a mapping with the same keys (and `name`).

    Raises
    ------
    InputError
        With every fault, each with its place.
    """
    if isinstance(experiment, Mapping):
        tree = as_tree({key: value for key, value in experiment.items() if key != NAME})
        file, name = None, str(experiment.get(NAME, "experiment"))
    else:
        path = _path_of(experiment)
        tree, file, name = read_tree(path), str(path), path.stem
    reader = ExperimentReader(file, registry, outcomes)
    found, more = None, []
    try:
        found = reader.read(tree, name)
    except TooManyFaultsError as error:
        more = [error.at(file) if file else error]
    raise_all([*sorted(reader.errors, key=place_of), *more])
    assert found is not None
    try:
        check(found, registry, outcomes)
    except InputError as error:
        raise reader.placed(error) from None
    return found


def plugins_named_in(experiment: str | Path | Mapping[str, object]) -> tuple[str | Path, ...]:
    """The plug-ins that an experiment is played with, files as seen from the experiment's own folder.

    Raises
    ------
    InputError
        If the file can't be read or names something else.
    """
    if isinstance(experiment, Mapping):
        tree, file = as_tree({PLUGINS: experiment.get(PLUGINS, [])}), None
    else:
        file = _path_of(experiment)
        tree = read_tree(file)
    nodes = [node for key, node in tree.entries if key.value == PLUGINS] if isinstance(tree, MapNode) else []
    named = [one for node in nodes for one in (node.items if isinstance(node, ListNode) else [node])]
    return tuple(_plugin(node, file) for node in named)


def _plugin(node: Node, file: Path | None) -> str | Path:
    said = as_python(node)
    if not isinstance(said, str):
        place = None if file is None else str(file)
        raise InputError(
            f"{PLUGINS}: expected files or names of installed plug-ins, got {said!r}",
            file=place,
            line=node.line,
        )
    return file.parent / said if file is not None and said.endswith(".py") else said


def is_experiment(path: Path) -> bool:
    """Whether a file is meant as an experiment, and not as a design: by its folder, or because it names designs."""
    if path.absolute().parent.name == FOLDER:
        return True
    try:
        tree = read_tree(path)
    except InputError:
        return False
    return isinstance(tree, MapNode) and any(key.value == "designs" for key, _ in tree.entries)


def shrunk(experiment: Experiment, **settings: object) -> Experiment:
    """The experiment with settings of the command line in place of its own; what is None stays as it is."""
    given = {key: value for key, value in settings.items() if value is not None}
    return replace(experiment, **given)  # type: ignore[arg-type]  # its own fields


def as_tree(value: object) -> Node:
    """A value made of mappings, lists and scalars as the tree that a file would give."""
    if isinstance(value, Mapping):
        return MapNode(1, 1, [(ScalarNode(1, 1, key), as_tree(item)) for key, item in value.items()])
    if isinstance(value, (list, tuple, range)):
        return ListNode(1, 1, [as_tree(item) for item in value])
    return ScalarNode(1, 1, str(value) if isinstance(value, Path) else value)  # type: ignore[arg-type]  # readers say what they expect


def _path_of(experiment: str | Path) -> Path:
    text = str(experiment)
    if isinstance(experiment, Path) or text.endswith(ENDINGS) or "/" in text or "\\" in text:
        return Path(experiment)
    for folder in folders():
        if text in experiment_names():
            return folder / FOLDER / f"{text}.yaml"
    known = experiment_names()
    raise InputError(
        f"unknown experiment '{text}'{nearest(text, known)}; there are: {', '.join(known)}; or name a file"
    )
