"""What an experiment's file says, piece by piece, every fault noted with its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sim.design import DECISION_YEAR, Design
from sim.errors import InputError
from sim.experiments.structures import STRUCTURES
from sim.outcomes.groups import ALL
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.declaration import Declaration, Role, Value
from sim.parameters.registry import Registry
from sim.scenario_files import load_design
from sim.scenario_files.faults import nearest
from sim.scenario_files.library import ENDINGS
from sim.scenario_files.values import accepted, find_assumption, find_lever
from sim.scenario_files.yaml_tree import ListNode, MapNode, Node, as_python
from sim.sweeps.contrast import Contrast
from sim.sweeps.draws import Method
from sim.sweeps.experiment import COMBINE, END, START, Experiment
from sim.sweeps.kept import Figure
from sim.sweeps.setting_reader import MOST, SettingReader

KEYS = (
    "title", "description", "author", "source", "designs", "from", "levers", "combine", "assumptions", "structures",
    "parameters", "worlds", "worlds_per_draw", "seed", "start", "end", "scale", "registers", "outcomes", "groups", "at",
    "contrast", "precision", "at_most", "plugins",
)  # fmt: skip
NEEDED = ("title", "designs", "outcomes")
OF_PARAMETERS = ("method", "number", "seed", "vary", "file")
OF_CONTRAST = ("outcome", "at", "group", "design", "versus")
OF_RANGE = ("from", "to", "steps")
METHODS = tuple(method.value for method in Method)
MOST_STEPS = 1_000
DIGITS = 12  # to which a step of a range is rounded, so that 0.1 + 0.2 is 0.3


class ExperimentReader(SettingReader):
    """Walks an experiment's tree.

    Parameters
    ----------
    file : str or None
        What is read, as faults name it; None if it is no file.
    """

    def __init__(self, file: str | None, registry: Registry, outcomes: Sequence[Outcome]) -> None:
        super().__init__(file, [])
        self.registry = registry
        self.outcomes = {outcome.key: outcome for outcome in outcomes}
        self.found: dict[str, Node] = {}

    def placed(self, error: InputError) -> InputError:
        """A fault of the whole, at the key that it is about."""
        node = self.found.get(error.field or "")
        if node is None:
            return error.at(self.file) if self.file else error
        self.fault(node, error.message, error.field)
        return self.errors.pop()

    def read(self, tree: Node, name: str) -> Experiment | None:
        """The experiment; None, with the faults noted, if there are any."""
        if not isinstance(tree, MapNode):
            self.fault(tree, f"expected a mapping with the keys {', '.join(KEYS)}")
            return None
        found = self.found = self.keys(tree, KEYS)
        for key in NEEDED:
            if key not in found:
                self.fault(tree, f"'{key}' is missing")
        given: dict[str, Any] = {
            "name": name, "designs": tuple(self.designs()), "levers": self.levers(),
            "assumptions": self.assumptions(), "structures": tuple(self.structures()),
            "figures": tuple(self.figures()), **self.texts(), **self.numbers(), **self.years(),
            **self.parameters(),
        }  # fmt: skip
        if "contrast" in found:
            given["contrast"] = self.contrast(found["contrast"])
        if "combine" in found:
            given["combine"] = self.word(found["combine"], "combine", COMBINE)
        if given["levers"] and given.get("from_year", DECISION_YEAR) > given.get("end", END):
            self.fault(found["levers"], "the levers would be set after the last year")
        return None if self.errors else Experiment(**given)

    def texts(self) -> dict[str, Any]:
        """Title and so on."""
        found = self.found
        given: dict[str, Any] = {
            key: self.both_languages(found[key]) for key in ("title", "description") if key in found
        }
        given |= {key: self.text(found[key]) for key in ("author", "source") if key in found}
        if "registers" in found and (
            place := self.beside(found["registers"], "registers: expected a folder")
        ):
            given["registers"] = place
        return given

    def beside(self, node: Node, expected: str) -> Path | None:
        """A path that the file names, as seen from the file's own folder, made absolute: a run is replayed from anywhere."""
        said = self.text(node)
        place = (Path(self.file or "").parent / said).absolute()
        try:
            there = place.exists()
        except OSError:  # a name that the system takes for none
            there = False
        if not there:
            self.fault(node, f"{expected}, as seen from this file; '{place}' is not there")
            return None
        return place

    def numbers(self) -> dict[str, Any]:
        """Worlds, seed, scale, precision and budget."""
        return {
            **self.whole_numbers(
                self.found,
                {"worlds": (1, MOST), "worlds_per_draw": (1, MOST), "seed": (0, 2**62), "at_most": (1, MOST)},
            ),
            **self.shares(self.found, {"scale": 1.0, "precision": float("inf")}),
        }

    def years(self) -> dict[str, Any]:
        """First and last year, and the year from which levers hold."""
        given: dict[str, Any] = {}
        for key, name in (("start", "start"), ("end", "end"), ("from", "from_year")):
            if key in self.found and (year := self.year(self.found[key])):
                given[name] = year
        if given.get("start", START) > given.get("end", END):
            self.fault(
                self.found.get("end") or self.found["start"], "end: the last year comes before the first"
            )
        return given

    def designs(self) -> list[Design]:
        """The designs, by name, or by file as seen from the experiment's own folder."""
        loaded = [self.design(node) for node in self.items(self.found, "designs")]
        if not loaded and "designs" in self.found:
            self.fault(self.found["designs"], "designs: expected at least one")
        return [design for design in loaded if design is not None]

    def design(self, node: Node) -> Design | None:
        """One design."""
        wanted = as_python(node)
        if not isinstance(wanted, str):
            self.fault(node, f"designs: expected the name of a design, got {wanted!r}")
            return None
        beside = wanted.endswith(ENDINGS) and self.file is not None
        if beside and self.beside(node, "designs: expected a file") is None:
            return None
        place = Path(self.file or "").parent / wanted if beside else wanted
        return self.attempt(node, partial(load_design, place, self.registry))

    def levers(self) -> dict[str, tuple[Value, ...]]:
        """The values of the levers that are tried, by `lever` or `lever@year`."""
        found: dict[str, tuple[Value, ...]] = {}
        for key, node in self.entries_of(self.found, "levers"):
            name, at, year = str(key.value).partition("@")
            declaration = self.attempt(key, partial(find_lever, self.registry, name))
            if at:
                self.year_in(key, year)
            if declaration is not None:
                found[str(key.value)] = tuple(self.tried(declaration, node))
        return found

    def tried(self, declaration: Declaration, node: Node) -> list[Value]:
        """The values of one lever: a list, or a range with its ends."""
        if isinstance(node, MapNode):
            return self.range(declaration, node)
        nodes = node.items if isinstance(node, ListNode) else [node]
        if declaration.item is not None and not all(isinstance(item, ListNode) for item in nodes):
            self.fault(
                node, f"{declaration.name}: expected a list of lists, one for each value that is tried"
            )
            return []
        if not nodes:
            self.fault(node, f"{declaration.name}: expected at least one value")
        values: list[Value] = []
        for item in nodes:
            value = self.value(declaration, as_python(item), item)
            if value is not None and value in values:
                self.fault(item, f"{declaration.name}: the same value is tried twice")
            elif value is not None:
                values.append(value)
        return values

    def range(self, declaration: Declaration, node: MapNode) -> list[Value]:
        """The values from one end to the other."""
        parts = self.keys(node, OF_RANGE, f"{declaration.name}: ")
        if len(parts) < len(OF_RANGE) or declaration.kind not in (int, float):
            self.fault(
                node,
                f"{declaration.name}: expected a list of values or, of a number, {{from: , to: , steps: }}",
            )
            return []
        low = self.value(declaration, as_python(parts["from"]), parts["from"])
        high = self.value(declaration, as_python(parts["to"]), parts["to"])
        steps = self.whole(parts["steps"], "steps", 2, MOST_STEPS)
        if low is None or high is None or steps is None:
            return []
        between = [round(low + (high - low) * i / (steps - 1), DIGITS) for i in range(steps)]
        values = [self.value(declaration, value, node) for value in between]
        return [value for value in values if value is not None]

    def value(self, declaration: Declaration, value: object, node: Node) -> Value | None:
        """A parameter's value."""
        return self.attempt(node, partial(accepted, declaration, value))

    def assumptions(self) -> dict[str, Value]:
        """Parameters held in all runs."""
        held: dict[str, Value] = {}
        for key, node in self.entries_of(self.found, "assumptions"):
            declaration = self.attempt(key, partial(find_assumption, self.registry, str(key.value)))
            if declaration is not None:
                value = self.value(declaration, as_python(node), node)
                if value is not None:
                    held[declaration.name] = value
        return held

    def structures(self) -> list[str]:
        """Alternative structures of the model, in the order in which they are declared."""
        known = [one.key for one in STRUCTURES]
        said = [self.word(node, "structures", known) for node in self.items(self.found, "structures")]
        return [key for key in known if key in said]

    def figures(self) -> list[str]:
        """Every outcome for every group at every time; one that stands with its time and group, as it is."""
        groups = [str(as_python(node)) for node in self.items(self.found, "groups")] or [ALL]
        times = [str(as_python(node)) for node in self.items(self.found, "at")] or ["end"]
        found: list[str] = []
        for node in self.items(self.found, "outcomes"):
            said = str(as_python(node))
            if said.partition("@")[0] not in self.outcomes:
                self.fault(node, f"unknown outcome '{said}'{nearest(said, self.outcomes)}")
                continue
            names = [said] if "@" in said else self.products(said, times, groups)
            figures = [self.attempt(node, partial(Figure.of, name)) for name in names]
            found += [figure.name for figure in figures if figure is not None and figure.name not in found]
        return found

    def products(self, outcome: str, times: list[str], groups: list[str]) -> list[str]:
        """An outcome's figures; one that is a figure of the nation has no groups."""
        whole = self.outcomes[outcome].gather is Gather.NATION
        return [Figure(outcome, when, group).name for when in times for group in ([ALL] if whole else groups)]

    def parameters(self) -> dict[str, Any]:
        """How draws of the uncertain parameters are made."""
        node = self.found.get("parameters")
        if node is None:
            return {}
        if not isinstance(node, MapNode):
            method = self.word(node, "parameters", METHODS)
            return {} if method is None else {"method": Method(method)}
        parts = self.keys(node, OF_PARAMETERS, "parameters: ")
        given: dict[str, Any] = {}
        if "method" in parts and (said := self.word(parts["method"], "method", METHODS)):
            given["method"] = Method(said)
        numbers = self.whole_numbers(parts, {"number": (1, MOST), "seed": (0, 2**62)})
        given |= {{"number": "draws", "seed": "draw_seed"}[key]: value for key, value in numbers.items()}
        if "file" in parts and (place := self.beside(parts["file"], "parameters: expected a file of draws")):
            given["posterior"] = str(place)
        names = [name for one in self.items(parts, "vary") for name in self.uncertain(one)]
        return {**given, "vary": tuple(dict.fromkeys(names))}

    def uncertain(self, node: Node) -> list[str]:
        """The parameters that can be drawn with this name, or in the theme of this name."""
        said = str(as_python(node))
        theme = [d.name for d in self.registry.of_role(Role.UNCERTAIN) if d.group.key == said]
        if theme:
            return theme
        declaration = self.attempt(node, partial(self.registry.find, said))
        if declaration is not None and declaration.role is not Role.UNCERTAIN:
            self.fault(node, f"'{declaration.name}' has no prior ({declaration.role}); it can't be drawn")
            return []
        return [] if declaration is None else [declaration.name]

    def contrast(self, node: Node) -> Contrast | None:
        """The difference that matters."""
        parts = self.keys(node, OF_CONTRAST, "contrast: ") if isinstance(node, MapNode) else {}
        if not {"outcome", "design", "versus"} <= parts.keys():
            self.fault(node, "contrast: expected {outcome: , at: , group: , design: DESIGN, versus: DESIGN}")
            return None
        said = {key: str(as_python(part)) for key, part in parts.items()}
        figure = Figure(said["outcome"], said.get("at", "end"), said.get("group", ALL)).name
        return Contrast(figure, said["design"], said["versus"])
