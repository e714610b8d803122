"""Every parameter of the model is a whole sentence, and the model reads it; every draw's name stands at one place."""

from __future__ import annotations

import ast
import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import sim.randomness
from sim.declared import OUTCOMES, REGISTRY
from sim.evaluation import observed
from sim.model import SchemeModel
from sim.parameters.declaration import Declaration, Group, Role
from sim.parameters.registry import accept
from sim.scenario_files import load_design
from sim.schemes.decentralised.levers import Split
from sim.schemes.follow_up.draw_levers import Discretion
from sim.surveys import survey

SIM = Path(sim.randomness.__file__).parent

ALL = list(REGISTRY.by_name.values())


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SIM.rglob("*.py")):
        yield path.relative_to(SIM), ast.parse(path.read_text(encoding="utf-8"))


def of_numbers(d: Declaration) -> bool:
    return (d.item or d.kind) in (int, float)


def test_a_parameter_has_unit_meaning_and_source() -> None:
    for d in ALL:
        for text in (d.unit, d.meaning, d.source):
            assert text.strip() == text != "", d.name
        assert not d.meaning.endswith("."), d.name  # it goes on in tables and sentences


def test_a_parameter_s_default_is_a_value_it_accepts() -> None:
    for d in ALL:
        accepted = accept(d, d.default)
        assert accepted == d.default, d.name
        assert type(accepted) is type(d.default), d.name


def test_a_number_has_finite_bounds_in_order() -> None:
    for d in ALL:
        if of_numbers(d):
            assert d.bounds is not None, d.name
            low, high = d.bounds
            assert -math.inf < low <= high < math.inf, d.name
        else:
            assert d.bounds is None, d.name


def test_a_parameter_is_of_a_kind_that_files_can_hold() -> None:
    for d in ALL:
        kind = d.item or d.kind
        assert kind in (bool, int, float) or d.words, d.name


def test_what_is_uncertain_has_a_prior_around_its_default() -> None:
    for d in REGISTRY.of_role(Role.UNCERTAIN):
        assert d.kind is float, d.name
        assert d.prior is not None, d.name
        assert d.bounds is not None, d.name
        low, high = d.bounds
        assert low < high, d.name
        inside = float(d.prior.cdf(high) - d.prior.cdf(low))
        assert inside > 0.9, d.name  # the bounds cut off hardly anything
        least, most = d.prior.quantile(0.01, d.bounds), d.prior.quantile(0.99, d.bounds)
        assert low <= least < d.default < most <= high, d.name


def test_only_what_is_uncertain_has_a_prior() -> None:
    assert [d.name for d in ALL if (d.prior is not None) != (d.role is Role.UNCERTAIN)] == []


def test_groups_have_keys_and_titles_of_their_own() -> None:
    keys, titles = [g.key for g in REGISTRY.groups], [g.title for g in REGISTRY.groups]
    assert len(set(keys)) == len(keys)
    assert len(set(titles)) == len(titles)
    assert all(g.__doc__ for g in REGISTRY.groups)


def test_every_group_that_is_declared_is_registered() -> None:
    declared = {g for g in Group.__subclasses__() if g.__module__.startswith("sim.")}
    assert declared == set(REGISTRY.groups)


def test_every_parameter_is_read_somewhere_in_the_code() -> None:
    read = {
        node.attr
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    assert [name for name, d in REGISTRY.by_name.items() if d.field not in read] == []


def reader(group: type[Group], seen: set[str]) -> Callable[[Group, str], Any]:
    names = {d.field: d.name for d in group.declarations()}

    def read(self: Group, field: str) -> Any:
        if field in names:
            seen.add(names[field])
        return object.__getattribute__(self, field)

    return read


def test_every_parameter_is_read_in_the_course_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    # Sharper than the search above: another thing of the same name doesn't count.
    seen: set[str] = set()
    for group in REGISTRY.groups:
        monkeypatch.setattr(group, "__getattribute__", reader(group, seen), raising=False)
    judged = load_design("obligatory_mild", REGISTRY).with_levers(
        {"follow_up.draw.discretion": Discretion.BOTH}, 2026
    )
    split = load_design("market", REGISTRY).with_levers(
        {"decentralised.split": Split.NEED, "decentralised.conditional_share": 0.5}, 2017
    )
    around = load_design("system_2026_strengthened", REGISTRY).with_levers(
        {"guide_corps.active": True, "innovation.evaluated": False}, 2017
    )
    proposed = load_design("voluntary", REGISTRY).with_levers(
        {
            "follow_up.ambassadors": 1.0, "follow_up.owner_focus": 0.5, "follow_up.early_information": 1.0,
            "follow_up.help_targeted": 0.5, "decentralised.politicians_involved": 1.0,
            "decentralised.flexible_collective": 1.0, "vocational.flexible_collective": 1.0,
        },
        2017,
    )  # fmt: skip
    for design in (
        "voluntary", "obligatory", "obligatory_robek", judged, "hierarchy", split, around, proposed,
        "handed_over", "draw_schools_left_alone",
    ):  # fmt: skip
        model = SchemeModel(design, rng=2026, scale=0.05)
        while model.coming.year <= 2029:
            model.step()
            survey.ask(model.state, model.p, model.streams)
        for outcome in OUTCOMES:
            outcome.measure(model.state, model.p)
        observed.figures(model.state, model.p)
    SchemeModel("voluntary", rng=2026, scale=1.0)  # some things are only reckoned for the whole country
    assert [name for name in REGISTRY.by_name if name not in seen] == []


def draw_names() -> dict[str, list[str]]:
    """Where each draw's name stands: in a call, or in the annotation of a rule's luck. Names made of parts are shown with the
    parts in braces.
    """
    found = defaultdict(list)
    for path, tree in trees():
        if path == Path("randomness.py") or path.parts[0] == "rules":
            continue  # hand names on
        lucky = {id(call) for function in functions(tree) for call in asks_its_luck(function)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Subscript) and ast.unparse(node).startswith("Annotated[Luck"):
                assert isinstance(node.slice, ast.Tuple)
                for name in node.slice.elts[1:]:
                    if isinstance(name, ast.Constant) and isinstance(name.value, str):
                        found[ast.unparse(name)].append(f"{path}:{node.lineno}")
            if (
                isinstance(node, ast.Call)
                and id(node) not in lucky
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("uniform", "normal", "happens")
                and "Forecast" not in ast.unparse(node.func)  # a normal forecast is no draw
            ):
                name_given = ast.unparse(node.args[0]) if node.args else "no name at all"
                found[name_given].append(f"{path}:{node.lineno}")
    return found


def functions(tree: ast.AST) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def asks_its_luck(function: ast.FunctionDef) -> list[ast.Call]:
    """Calls of luck that the function is handed, whose name stands in an annotation."""
    luck = {one.arg for one in function.args.args if one.annotation and "Luck" in ast.unparse(one.annotation)}
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [
        call
        for call in calls
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in luck
    ]


def test_a_draw_s_name_stands_at_one_place() -> None:
    assert {name: places for name, places in draw_names().items() if len(places) > 1} == {}


def test_a_draw_s_name_is_written_where_it_is_drawn() -> None:
    # A name in a variable could not be found by searching for it.
    assert [places for name, places in draw_names().items() if name.lstrip("f")[0] not in "'\""] == []
    assert "'teacher leaves'" in draw_names()  # the search finds what there is


def test_outcomes_have_keys_of_their_own_and_say_what_they_are() -> None:
    keys = [outcome.key for outcome in OUTCOMES]
    assert len(set(keys)) == len(keys)
    for outcome in OUTCOMES:
        assert outcome.unit, outcome.key
        assert outcome.meaning, outcome.key
        assert outcome.better in (-1, 0, 1), outcome.key
