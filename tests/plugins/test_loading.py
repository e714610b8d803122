"""Plug-ins that can be used, and those that can't: what is said, and where."""

from __future__ import annotations

import importlib.metadata
import pickle
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from sim.declared import OUTCOMES, declared
from sim.errors import InputError
from sim.plugins import found, load, module_of
from sim.plugins import source as sources
from tests.plugins.given import EXAMPLES, example, the_same, written

HEAD = "from sim.plugins import Plugin\n"


def test_a_file_is_known_by_its_name_and_the_hash_of_its_text(tmp_path: Path) -> None:
    (one,) = found([the_same(tmp_path, 1.0)])
    (other,) = found([the_same(tmp_path, 2.0)])
    assert one.name == other.name == "own"
    assert one.sha256 != other.sha256
    assert module_of(one) is module_of(found([the_same(tmp_path, 1.0, "own")])[0])
    assert module_of(one) is not module_of(other)


def test_a_module_that_was_imported_stands_for_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = the_same(tmp_path, 1.0, "my_module_of_a_test")
    monkeypatch.syspath_prepend(str(tmp_path))
    module = importlib.import_module("my_module_of_a_test")
    assert found([module]) == found([str(file)])
    ours = module_of(found([file])[0])
    assert found([ours]) == found([file])


def test_the_same_plug_in_named_twice_is_one(tmp_path: Path) -> None:
    file = the_same(tmp_path, 1.0)
    assert len(found([file, str(file)])) == 1


def test_an_installed_plug_in_is_found_by_name_and_hashed_with_its_whole_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "package_of_a_test"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "value.py").write_text("VALUE = 3.0\n")
    written(
        package,
        f"from package_of_a_test.value import VALUE\n{(the_same(tmp_path, 1.0)).read_text()}",
        "added",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    offered = EntryPoint("theirs", "package_of_a_test.added", sources.ENTRY_POINTS)
    monkeypatch.setattr(
        sources, "entry_points", lambda group: [offered] if group == sources.ENTRY_POINTS else []
    )
    (one,) = found(["theirs"])
    assert [o.key for o in load(one).outcomes] == ["the_same"]
    assert "the_same" not in {outcome.key for outcome in OUTCOMES}  # it is loaded only for those who name it
    (package / "value.py").write_text("VALUE = 4.0\n")
    (other,) = found(["theirs"])
    assert other.sha256 != one.sha256
    module_of.cache_clear()
    with pytest.raises(InputError, match="install the same version everywhere"):
        load(one)
    with pytest.raises(InputError, match="no installed plug-in is called 'their'; nearest known: theirs"):
        found(["their"])


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("PLUGIN = (", "is no Python", 1),
        (f"{HEAD}\n1 / 0\n", "fails when it is loaded: ZeroDivisionError", 3),
        ("import nowhere_to_be_found\n", "fails when it is loaded: ModuleNotFoundError", 1),
        ("import sys\nsys.exit()\n", "fails when it is loaded: SystemExit", 2),
        (
            "class E(Exception):\n    def __str__(self):\n        raise RuntimeError\n\nraise E\n",
            "fails when it is loaded: E$", 5,
        ),
        ("class R:\n    def __repr__(self):\n        raise RuntimeError\n\nPLUGIN = R()\n", "found <R instance", None),
        (f"x = {'-' * 100_000}1\n", "can't be read as Python", None),
        (HEAD, r"expected PLUGIN = Plugin\(...\), found nothing of that name", None),
        ("PLUGIN = 7\n", r"expected PLUGIN = Plugin\(...\), found 7", None),
        (f"{HEAD}PLUGIN = Plugin(outcomes=('calm',))", r"outcomes: expected only Outcome, got 'calm' \(str\)", None),
        (f"{HEAD}PLUGIN = Plugin(outcomes=[])", "outcomes: expected a tuple", None),
        (f"{HEAD}PLUGIN = Plugin(groups=(int,))", "groups: expected only Group, got the class int", None),
        (f"{HEAD}PLUGIN = Plugin(items=(3,))", "items: expected only items of a survey", None),
        (f"{HEAD}PLUGIN = Plugin(set_up=3)", "set_up: expected a function", None),
        (f"{HEAD}PLUGIN = Plugin(processes={{'summer': ()}})", r"processes: expected one of Part.NEW_YEAR, .*'summer'", None),
        (f"{HEAD}PLUGIN = Plugin(processes=())", "processes: expected parts of the half-year", None),
        (f"{HEAD}PLUGIN = Plugin(texts={{'en': {{}}}})", "texts: expected texts in nb and en", None),
        (f"{HEAD}PLUGIN = Plugin(texts={{'en': {{'outcome.x.name': 'X'}}, 'nb': {{}}}})", "in one language only", None),
        (
            f"{HEAD}PLUGIN = Plugin(texts={{n: {{'outcome.practice.name': 'X'}} for n in ('nb', 'en')}})",
            "'outcome.practice.name' is about nothing that this plug-in adds", None,
        ),
    ],
)  # fmt: skip
def test_a_plug_in_that_is_none_is_refused_with_its_place(
    tmp_path: Path, text: str, message: str, line: int | None
) -> None:
    file = written(tmp_path, text)
    with pytest.raises(InputError, match=message) as refused:
        declared(found([file]))
    assert refused.value.file == str(file)
    assert refused.value.line == line


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such plug-in"):
        found([tmp_path / "none.py"])
    with pytest.raises(InputError, match="expected a list of plug-ins"):
        found("one.py")
    with pytest.raises(InputError, match="expected a file, a module or the name"):
        found([7])  # type: ignore[list-item]  # that is the point
    with pytest.raises(InputError, match="has no file whose text could be kept"):
        found([ModuleType("made_up")])


def test_what_lies_beside_a_plug_in_can_t_be_imported_for_its_text_would_not_be_in_the_hash(
    tmp_path: Path,
) -> None:
    written(tmp_path, "VALUE = 1.0\n", "beside")
    file = written(tmp_path, "import numpy\nfrom beside import VALUE\n")
    with pytest.raises(InputError, match="imports 'beside', which lies beside it") as refused:
        found([file])
    assert refused.value.line == 2


CLASHES = {
    "the outcome practice": "outcomes=(Outcome('practice', 'x', 1, Gather.MEAN, lambda s, p: 0, 'x'),)",
    "the parameter classroom.half_life": "groups=(Classroom,)",
    "the scheme follow_up": "schemes=(Scheme('follow_up', '', (), lambda *_: None, {}),)",
    "the process community.grow": "processes={Part.CLASSROOM: (Process('community.grow', lambda *_: None, '', ''),)}",
    "the RankingRule risk_share": "choices=(RankingRule('risk_share', print, '', ''),)",
    "the survey item drawn_positive": "items=(Registered('drawn_positive', (), print, (), ''),)",
}


@pytest.mark.parametrize("what", CLASHES)
def test_a_name_that_is_taken_is_refused(tmp_path: Path, what: str) -> None:
    head = (
        "from sim.outcomes.outcome import Gather, Outcome\nfrom sim.parameters.declaration import Group, fixed\n"
        "from sim.plugins import Plugin\nfrom sim.processes.process import Process\nfrom sim.schemes import Scheme\n"
        "from sim.schemes.follow_up.draw_rules import RankingRule\nfrom sim.surveys.items import Registered\n"
        "from sim.year_parts import Part\n"
        "class Classroom(Group, key='classroom', title=''):\n"
        "    half_life: float = fixed(1.0, unit='x', source='x', meaning='x')\n"
    )
    file = written(tmp_path, f"{head}PLUGIN = Plugin({CLASHES[what]})\n")
    with pytest.raises(InputError, match=f"{what} is there already"):
        declared(found([file]))


def test_luck_under_a_name_of_the_model_is_refused(tmp_path: Path) -> None:
    text = example("reading_groups").read_text(encoding="utf-8")
    file = written(tmp_path, text.replace("school founds a reading group", "principal leaves"), "unlucky")
    with pytest.raises(InputError, match="draws 'principal leaves', and so does the model"):
        declared(found([file]))


def test_two_plug_ins_can_t_add_the_same_or_have_one_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the outcome the_same is there already"):
        declared(found([the_same(tmp_path, 1.0), the_same(tmp_path, 1.0, "other")]))
    (tmp_path / "a").mkdir()
    with pytest.raises(InputError, match="two plug-ins are called 'own'"):
        found([the_same(tmp_path, 1.0), the_same(tmp_path / "a", 2.0)])


def test_a_plug_in_leaves_nothing_behind_for_those_who_did_not_name_it(tmp_path: Path) -> None:
    before = [outcome.key for outcome in declared().outcomes]
    assert [o.key for o in declared(found([the_same(tmp_path, 1.0)])).outcomes] == [*before, "the_same"]
    assert [outcome.key for outcome in declared().outcomes] == before


def test_a_choice_of_a_plug_in_travels_as_its_word(tmp_path: Path) -> None:
    text = (
        "from enum import StrEnum\nfrom sim.parameters.declaration import Group, lever\nfrom sim.plugins import Plugin\n"
        "class How(StrEnum):\n    GENTLY = 'gently'\n    HARD = 'hard'\n"
        "class Own(Group, key='own', title=''):\n"
        "    how: How = lever(How.GENTLY, unit='choice', source='x', meaning='x')\n"
        "PLUGIN = Plugin(groups=(Own,))\n"
    )
    (source,) = found([written(tmp_path, text)])
    how = module_of(source).How
    sent = pickle.dumps({"own.how": how.HARD})
    assert pickle.loads(sent) == {"own.how": "hard"}
    assert type(pickle.loads(sent)["own.how"]) is str
    registry = declared((source,)).registry
    assert registry.find("own.how").meant("hard") is how.HARD


def test_the_examples_of_the_docs_can_all_be_used_together() -> None:
    files = sorted(EXAMPLES.glob("*.py"))
    assert {file.stem for file in files} == {
        "pupils_per_post", "summer_forgetting", "reading_groups", "least_competent", "own_survey", "lesson_visits",
    }  # fmt: skip
    assert len(declared(found(files)).plugins) == len(files)
    assert example("own_survey") in files
    assert not {name for name in sys.modules if name in {file.stem for file in files}}
