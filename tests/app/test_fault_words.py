"""Every fault that the reading of a scenario can tell is told in Norwegian on the Norwegian page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.app.fault_words import in_language
from sim.app.own_designs import OwnDesigns
from sim.declared import REGISTRY
from sim.errors import InputError, TooManyFaultsError

_SIM = Path(__file__).parents[2] / "sim"
READING = [
    *(
        _SIM / "scenario_files" / f"{name}.py"
        for name in ("reading", "tree_reader", "values", "yaml_tree", "library")
    ),
    _SIM / "parameters" / "registry.py",
]
TELLING = {"InputError", "PlacedError", "fault", "_refusal"}
ELSEWHERE = {"split_settings", "_settings", "__post_init__"}  # what options of the command line are told
ENGLISH = re.compile(r"\b(the|is|are|not|unknown|missing|got|stands|nearest|known|text|file)\b")


def _templates(of: ast.expr) -> Iterator[str]:
    """The texts that an expression may be, with X in each place."""
    if isinstance(of, ast.IfExp):
        yield from (*_templates(of.body), *_templates(of.orelse))
    elif isinstance(of, ast.Constant) and isinstance(of.value, str):
        yield of.value
    elif isinstance(of, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in of.values)


def _told(file: Path) -> set[str]:
    found: set[str] = set()
    for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef) or function.name in ELSEWHERE:
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                for argument in node.args[:2] if name in TELLING else ():
                    found |= set(_templates(argument))
    return found


@pytest.mark.parametrize("file", READING, ids=lambda file: file.stem)
def test_every_kind_of_fault_has_its_norwegian(file: Path) -> None:
    told = _told(file)
    assert told
    assert [fault for fault in sorted(told) if in_language(fault, "nb") is None] == []
    assert [fault for fault in told if in_language(fault, "en") != fault] == []


@pytest.mark.parametrize(
    ("text", "nb"),
    [
        ("title: x\nextends: voluntary\nfrom: 2026\nlevers: {follow_up.openness: 7}\n",
         "follow_up.openness: Her må det stå et tall fra 0 til 1, ikke 7."),
        ("title: x\nextends: voluntary\nfrom: 2026\nlevers: {follow_up.obligation: compulsry}\n",
         "follow_up.obligation: Her må det stå ett av disse: voluntary, compulsory, ikke «compulsry». Mente du «compulsory»?"),
        ("title: x\nextends: voluntry\n", "Det finnes ikke noe alternativ som heter «voluntry» (det som ligner mest: voluntary"),
        ("titel: x\nextends: voluntary\ntitle: y\n", "Nøkkelen «titel» finnes ikke (det som ligner mest: title). Nøklene som"),
        ("title: {en: x}\nextends: voluntary\n", "Teksten på norsk (nb) mangler."),
        ("title: x\nextends: voluntary\nlevers: {decentralised.forum.leader_exit: 0.5}\n",
         "«decentralised.forum.leader_exit» er ikke et virkemiddel, men en forutsetning. Sett verdien under «assumptions»."),
        ("title: x\nextends: voluntary\nassumptions: {follow_up.openness: 0.5}\n",
         "«follow_up.openness» er et virkemiddel. Sett verdien under «levers», med årstall."),
        ("title: x\nextends: voluntary\nfrom: 1066\n", "Her må det stå et år fra "),
        ("title: x\nextends: voluntary\nlevers: {follow_up.openness: 0.5}\n",
         "Det mangler fra hvilket år verdien gjelder (from)."),
        ("title: [x\n", "Filen kan ikke leses som YAML herfra."),
        ("title: x\ntitle: y\n", "Nøkkelen «title» står to ganger (første gang på linje 1)."),
        ("", "Filen er tom."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_told_in_whole_norwegian_sentences(
    tmp_path: Path, text: str, nb: str
) -> None:
    with pytest.raises(InputError) as caught:
        OwnDesigns(tmp_path, REGISTRY, 5).keep(text)
    told = [in_language(one.message, "nb") or "" for one in getattr(caught.value, "errors", (caught.value,))]
    assert any(one.startswith(nb) for one in told), told
    assert all(one[-1] in ".?" and not ENGLISH.search(one) for one in told), told


def test_what_nobody_knows_is_not_made_up_and_too_many_faults_are_told_too() -> None:
    assert in_language("the moon is made of cheese", "nb") is None
    assert in_language(TooManyFaultsError(50).message, "nb") == "Det er flere feil. De 50 første er vist."
