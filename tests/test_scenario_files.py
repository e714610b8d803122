"""Scenario files: inheritance, dating, faults with their places, hostile input, the schema, differences in words."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import pytest

from sim.declared import REGISTRY as ALL
from sim.design import Design
from sim.errors import InputError
from sim.parameters.declaration import Group, fixed, lever, uncertain
from sim.parameters.priors import Uniform
from sim.parameters.registry import Registry
from sim.parameters.scope import Scope
from sim.scenario_files import (
    FaultListError,
    PlacedError,
    apply,
    diff,
    load_design,
    names,
    no_difference,
    schema,
    schema_file,
    split_settings,
)
from sim.scenario_files.schema import schema_text
from sim.scenario_files.yaml_tree import as_python, parse_tree


class Crop(StrEnum):
    OATS = "oats"
    BARLEY = "barley"


class Farm(Group, key="farm", title="A farm"):
    cows: int = lever(5, unit="cows", bounds=(0, 50), source="assumption", meaning="cows in the barn")
    crop: Crop = lever(Crop.OATS, unit="choice", source="assumption", meaning="what is sown")
    organic: bool = lever(False, unit="yes/no", source="assumption", meaning="whether it is organic")
    grant: float = lever(0.0, unit="NOK", bounds=(0.0, 1e6), source="assumption", meaning="yearly grant")
    fairs: tuple[int, ...] = lever(
        (2020,), unit="years", bounds=(2005, 2060), source="assumption", meaning="fairs"
    )
    rain: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8), source="assumption", meaning="wet days"
    )
    acres: float = fixed(40.0, unit="acres", bounds=(1.0, 99.0), source="assumption", meaning="size")


REGISTRY = Registry([Farm, Scope])

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a scenario file into a folder where `history` lies already."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    write(
        "history",
        "title: {en: Past, nb: Fortid}\nfrom: 2005\nlevers:\n"
        "  farm.cows: {2005: 1, 2017: 2, 2030: 3}\n  farm.crop: barley\n",
    )
    return write


def load(path: Path) -> Design:
    return load_design(path, REGISTRY)


def faults(path: Path) -> list[str]:
    """The faults of a file, each without its folder."""
    with pytest.raises(InputError) as caught:
        load(path)
    return [
        str(error).removeprefix(f"{path.parent}/")
        for error in getattr(caught.value, "errors", (caught.value,))
    ]


# --- inheritance and dates ---


def test_a_plain_value_holds_from_the_files_year_and_drops_the_parents_later_steps(write: Write) -> None:
    design = load(write("more", "title: M\nextends: history\nfrom: 2026\nlevers: {farm.cows: 9}\n"))
    assert design.levers == {
        "farm.cows": ((2005, 1), (2017, 2), (2026, 9)),
        "farm.crop": ((2005, Crop.BARLEY),),
    }
    assert design.key == "more"
    assert design.extends == "history"


def test_dated_values_take_the_place_of_the_parents_from_their_first_year_on(write: Write) -> None:
    design = load(write("dated", "title: D\nextends: history\nlevers: {farm.cows: {2028: 7, 2020: 8}}\n"))
    assert design.levers["farm.cows"] == ((2005, 1), (2017, 2), (2020, 8), (2028, 7))


def test_inheritance_goes_over_several_files(write: Write) -> None:
    write("more", "title: M\nextends: history\nfrom: 2026\nlevers: {farm.cows: 9, farm.organic: true}\n")
    design = load(write("most", "title: M\nextends: more\nfrom: 2028\nlevers: {farm.cows: 10}\n"))
    assert design.levers["farm.cows"] == ((2005, 1), (2017, 2), (2026, 9), (2028, 10))
    assert design.levers["farm.organic"] == ((2026, True),)


def test_a_design_parts_from_its_parent_in_its_own_year(write: Write) -> None:
    parent = load(write("more", "title: M\nextends: history\nfrom: 2026\nlevers: {farm.cows: 9}\n"))
    child = load(write("most", "title: M\nextends: more\nfrom: 2028\nlevers: {farm.cows: 10}\n"))
    assert child.parts_from(parent, REGISTRY) == 2028


def test_an_assumption_may_hold_from_a_year_on_and_is_the_worlds_own_until_then(write: Write) -> None:
    dry = load(write("dry", "title: D\nextends: history\nassumptions: {farm.rain: {2026: 0.1}}\n"))
    assert dry.levers["farm.rain"] == ((2026, 0.1),)
    assert "farm.rain" not in dry.values_in(2025)
    assert dry.values_in(2026)["farm.rain"] == 0.1
    assert load(write("past", "title: P\nextends: history\n")).parts_from(dry, REGISTRY) == 2026
    wet = load(write("wet", "title: W\nextends: dry\nassumptions: {farm.rain: 0.9}\n"))
    assert (
        wet.values_in(2026)["farm.rain"]
        == dry.with_assumptions({"farm.rain": 0.9}).values_in(2026)["farm.rain"]
        == 0.9
    )


def test_assumptions_are_undated_and_inherited(write: Write) -> None:
    write("wet", "title: W\nextends: history\nassumptions: {farm.rain: 0.9, farm.acres: 50}\n")
    design = load(write("wetter", "title: W\nextends: wet\nassumptions: {farm.rain: 1}\n"))
    assert design.assumptions == {"farm.rain": 1.0, "farm.acres": 50.0}
    assert design.values_in(2005)["farm.rain"] == 1.0


def test_texts_are_kept_in_both_languages_and_one_text_serves_both(write: Write) -> None:
    text = "title: {en: A cow, nb: En ku}\ndescription: Same\nauthor: me\nsource: x\nextends: history\n"
    design = load(write("cow", text))
    assert design.title == {"en": "A cow", "nb": "En ku"}
    assert design.description == {"en": "Same", "nb": "Same"}
    assert (design.author, design.source) == ("me", "x")


def test_numbers_and_lists_become_the_parameters_own_kind(write: Write) -> None:
    text = "title: T\nextends: history\nfrom: 2026\nlevers: {farm.grant: 1e5, farm.fairs: [2026, 2030], farm.cows: 7.0}"
    values = load(write("kinds", text)).values_in(2026)
    assert values["farm.grant"] == 100_000.0
    assert values["farm.fairs"] == (2026, 2030)
    assert isinstance(values["farm.cows"], int)


def test_plain_words_follow_yaml_1_2(write: Write) -> None:
    assert as_python(parse_tree("[no, on, 1e3, 0x10, 012, ~, '5', true, .inf]")) == [
        "no", "on", 1000.0, "0x10", 12, None, "5", True, ".inf",
    ]  # fmt: skip
    assert (
        "farm.organic: expected true or false"
        in faults(write("no", "title: T\nextends: history\nfrom: 2026\nlevers: {farm.organic: no}"))[0]
    )


# --- faults and their places ---


def test_all_faults_of_a_file_are_told_at_once_with_line_and_column(write: Write) -> None:
    path = write(
        "wrong",
        "title: {en: T}\n"
        "colour: red\n"
        "extends: historie\n"
        "from: 1999\n"
        "levers:\n"
        "  farm.cow: 3\n"
        "  farm.cows: 80\n"
        "  farm.crop: {2026: barly, 26: oats}\n"
        "  farm.fairs: [2026, soon, 2026]\n"
        "  farm.rain: 0.5\n"
        "assumptions:\n"
        "  farm.grant: 5\n"
        "  farm.rain: wet\n",
    )
    assert faults(path) == [
        "wrong.yaml:1:8: the text in 'nb' is missing",
        "wrong.yaml:2:1: unknown key 'colour'; nearest known: source; known: title, description, expected, author, "
        "source, extends, from, levers, facts, assumptions",
        "wrong.yaml:3:10: unknown design 'historie'; nearest known: history; `kompetansesim designs` lists all",
        "wrong.yaml:4:7: expected a year from 2005 to 2060, got 1999",
        "wrong.yaml:6:3: unknown parameter 'farm.cow'; nearest known: farm.cows, farm.crop, farm.acres",
        "wrong.yaml:7:14: farm.cows: expected a whole number from 0 to 50 (unit: cows), got 80",
        "wrong.yaml:8:21: farm.crop: expected one of oats, barley (unit: choice), got 'barly'; did you mean 'barley'?",
        "wrong.yaml:8:28: expected a year from 2005 to 2060, got 26",
        "wrong.yaml:9:22: farm.fairs: expected a list, each item a whole number from 2005 to 2060 (unit: years), "
        "got 'soon'",
        "wrong.yaml:10:3: 'farm.rain' is no lever (uncertain); set it undated, under 'assumptions'",
        "wrong.yaml:12:3: 'farm.grant' is a lever, which is dated; set it under 'levers'",
        "wrong.yaml:13:14: farm.rain: expected a number from 0 to 1 (unit: share), got 'wet'",
    ]


def test_a_misspelt_key_is_answered_with_the_nearest_known(write: Write) -> None:
    assert (
        "unknown key 'lever'; nearest known: levers"
        in faults(write("x", "title: T\nextends: history\nlever: {}"))[0]
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "x.yaml: the file is empty"),
        ("- a\n- b\n", "x.yaml:1:1: expected a mapping with the keys"),
        ("extends: history\n", "x.yaml:1:1: 'title' is missing"),
        ("title: T\n", "x.yaml:1:1: 'extends' is missing"),
        (f"title: T\nextends: {'1' * 400}.5\n", "x.yaml:2:10: extends: expected the name of a design"),
        ("title: T\nextends: history\nlevers: {farm.cows: 3}\n", "x.yaml:3:21: 'from' is missing"),
        ("title: T\nextends: history\nlevers: {farm.cows: {}}\n", "x.yaml:3:21: farm.cows: expected a value"),
        ("title: T\nextends: history\nlevers: 3\n", "x.yaml:3:9: levers: expected a mapping"),
        (
            "title: T\nextends: history\nfrom: 2026\nlevers: {farm.cows: }\n",
            "x.yaml:4:20: farm.cows: expected a whole",
        ),
        (
            "title: T\nextends: history\nfrom: 2026\nlevers: {farm.fairs: [2026, 2026]}\n",
            "2026 stands in the list twice",
        ),
        ("title: {en: T, nb: T, de: T}\nextends: history\n", "x.yaml:1:23: unknown language 'de'"),
        ("title: 3\nextends: history\n", "x.yaml:1:8: expected a text"),
        (
            "title: T\nextends: history\nassumptions: {scope.scale: 0.5}\n",
            "'scope.scale' is chosen for a run",
        ),
        ("title: T\nextends: ../history\n", "extends: expected the name of a design"),
        (
            "title: T\nextends: history.yaml\n",
            "extends: expected the name of a design, such as 'history', got 'history.yaml'",
        ),
        ("title: T\nextends: [history]\n", "x.yaml:2:10: expected a text"),
    ],
)
def test_a_file_that_says_too_little_or_the_wrong_thing_is_refused(
    write: Write, text: str, fault: str
) -> None:
    assert fault in faults(write("x", text))[0]


def test_faults_of_a_parent_are_told_with_the_parents_name(write: Write) -> None:
    write("bad", "title: T\nextends: history\nfrom: 2026\nlevers:\n  farm.cows: -1\n")
    found = faults(write("child", "title: T\nextends: bad\nfrom: 2026\nlevers:\n  farm.crop: rye\n"))
    assert [fault.split(": ")[0] for fault in found] == ["child.yaml:5:14", "bad.yaml:5:14"]


def test_designs_that_extend_each_other_in_a_circle_are_refused(write: Write) -> None:
    write("a", "title: A\nextends: b\n")
    found = faults(write("b", "title: B\nextends: a\n"))
    assert found == ["a.yaml:2:10: the designs extend each other in a circle: b -> a -> b"]
    assert "circle: self -> self" in faults(write("self", "title: S\nextends: self\n"))[0]


def test_an_unknown_design_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(InputError, match="unknown design 'obligatry'; nearest known: obligatory"):
        load_design("obligatry", ALL)


def test_a_path_that_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    for name, message in (("none.yaml", "no such file"), ("folder.yaml", "this is no file")):
        with pytest.raises(InputError, match=message):
            load_design(str(tmp_path / name), REGISTRY)


def test_a_file_is_found_beside_the_one_that_extends_it_before_the_shipped_ones(write: Write) -> None:
    write("voluntary", "title: V\nextends: history\nfrom: 2026\nlevers: {farm.cows: 12}\n")
    assert load(write("mine", "title: M\nextends: voluntary\n")).values_in(2026)["farm.cows"] == 12


def test_errors_survive_the_way_from_a_worker() -> None:
    placed = PlacedError("wrong", file="a.yaml", line=2, column=3)
    several = pickle.loads(pickle.dumps(FaultListError([placed, InputError("too")])))
    assert str(several) == "a.yaml:2:3: wrong\ntoo"
    assert several.errors[0].column == 3


# --- hostile files ---


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("title: &a T\nextends: history\nauthor: *a\n", "x.yaml:1:8: anchors"),
        ("a: *b\n", "x.yaml:1:4: anchors"),
        ("title: T\n<<: {extends: history}\n", "unknown key '<<'"),
        ("title: !!python/object/apply:os.system [id]\n", "x.yaml:1:8: tags"),
        ("title: !!str T\n", "x.yaml:1:8: tags"),
        ("title: T\ntitle: U\n", "x.yaml:2:1: the key 'title' stands twice (first on line 1)"),
        ("title: T\n---\ntitle: U\n", "x.yaml:2:1: a second document"),
        ("title: {a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: 1}}}}}}}}}}}\n", "nested deeper than 10 levels"),
        ("[" * 100_000, "nested deeper than 10 levels"),
        ("? [a, b]\n: c\n", "x.yaml:1:3: a key must be a single word or number"),
        ("title: 'T\n", "not valid YAML"),
        ("title: T\n\textends: history\n", "x.yaml:2:1: not valid YAML"),
        ("title: T\x00\n", "not valid YAML"),
        ("title: " + "T" * 3000 + "\nextends: history\n", "expected a text of at most 2000 characters"),
        (
            "title: T\nextends: history\nfrom: 2026\nlevers: {farm.cows: " + "9" * 5000 + "}",
            "expected a whole number",
        ),
        ("title: T\nextends: history\nfrom: 2026\nlevers: {farm.grant: .nan}", "expected a number"),
    ],
)
def test_yaml_tricks_are_refused(write: Write, text: str, fault: str) -> None:
    assert any(fault in found for found in faults(write("x", text)))


def test_json_is_read_with_its_years_in_quotation_marks(write: Write) -> None:
    path = write("x", "").with_suffix(".json")
    design = {
        "title": "T", "extends": "history", "from": "2026",
        "levers": {"farm.grant": 0.5, "farm.cows": {"2027": 4, "2029": 5}},
    }  # fmt: skip
    path.write_text(json.dumps(design), encoding="utf-8")
    read = load_design(str(path), REGISTRY)
    assert read.levers["farm.grant"][-1] == (2026, 0.5)
    assert read.levers["farm.cows"][-2:] == ((2027, 4), (2029, 5))
    (path.parent / "y.json").write_text('{"title": "T", "extends": "x", "from": 2030}', encoding="utf-8")
    path.with_suffix(".yaml").unlink()
    assert load_design(str(path.parent / "y.json"), REGISTRY).levers["farm.cows"] == read.levers["farm.cows"]
    twice = '{"title": "T", "extends": "history", "levers": {"farm.cows": {"2027": 4, 2027: 5}}}'
    assert faults(write("twice", twice)) == ["twice.yaml:1:74: farm.cows: the year 2027 stands twice"]
    odd = '{"title": "T", "extends": "history", "levers": {"farm.cows": {"soon": 4}}}'
    assert "expected a year from 2005 to 2060, got 'soon'" in faults(write("odd", odd))[0]


def test_a_bomb_of_aliases_goes_off_at_its_first_anchor(write: Write) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join(['*' + a] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    assert faults(write("bomb", "\n".join(lines)))[0].startswith("bomb.yaml:1:4: anchors")


def test_a_file_of_ten_megabytes_is_not_even_parsed(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(*_: object, **__: object) -> None:
        raise AssertionError("it is parsed")

    path = write("big", "title: T\n" + "#" * 10_000_000)
    monkeypatch.setattr("sim.scenario_files.reading.parse_tree", parsed)
    with pytest.raises(AssertionError, match="it is parsed"):
        load(write("small", "title: T\n"))
    assert faults(path) == ["big.yaml: larger than 256 KB; a scenario is a page of text"]


def test_text_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("title: T\nauthor: Bjørn\n".encode("latin-1"))
    assert faults(path) == ["latin.yaml:2: the text is not UTF-8"]


# --- settings from outside ---


def test_settings_are_told_apart_as_levers_and_assumptions() -> None:
    texts = ["farm.cows=7", "farm.crop@2028=barley", "farm.rain=0.7", "farm.fairs=[2026, 2029]"]
    levers, assumptions = split_settings(texts, REGISTRY, "--lever")
    assert levers == {"farm.cows": 7, "farm.crop@2028": Crop.BARLEY, "farm.fairs": (2026, 2029)}
    assert assumptions == {"farm.rain": 0.7}
    assert split_settings(["farm.cows={2026: 3, 2030: 4}"], REGISTRY, "--lever")[0] == {
        "farm.cows@2026": 3,
        "farm.cows@2030": 4,
    }


def test_applied_settings_hold_from_2026_or_the_year_given() -> None:
    base = Design("d", levers={"farm.cows": ((2017, 2), (2030, 3))})
    changed = apply(
        base, {"farm.cows@2028": 9, "farm.cows": 8, "farm.organic@2020": True}, {"farm.rain": 0.1}, REGISTRY
    )
    assert changed.levers["farm.cows"] == ((2017, 2), (2026, 8), (2028, 9))
    assert changed.levers["farm.organic"] == ((2020, True),)
    assert changed.assumptions == {"farm.rain": 0.1}
    assert apply(base, None, None, REGISTRY) == base


def test_every_wrong_setting_is_told() -> None:
    texts = [
        "farm.cows", "farm.cow=3", "farm.cows=many", "farm.cows@1999=3", "farm.rain@2026=0.5",
        "farm.cows@2040=1",
    ]  # fmt: skip
    texts += ["scope.scale=0.5", "farm.fairs=[", "=3", "farm.cows="]
    with pytest.raises(FaultListError) as caught:
        split_settings(texts, REGISTRY, "--lever", last_year=2034)
    messages = [str(error) for error in caught.value.errors]
    assert len(messages) == len(texts)
    assert all(message.startswith(f"--lever {text}: ") for message, text in zip(messages, texts, strict=True))
    assert "after the run's last year 2034" in messages[5]
    with pytest.raises(InputError, match="no lever"):
        apply(Design("d"), {"farm.rain": 0.5}, None, REGISTRY)


# --- differences in words ---


def test_a_difference_is_told_with_meaning_values_and_year_in_both_languages() -> None:
    a = Design("a", levers={"farm.cows": ((2005, 2),)})
    b = a.with_levers({"farm.crop": Crop.BARLEY, "farm.organic": True, "farm.grant": 12500.5}, 2026)
    assert diff(a, b, REGISTRY, "en") == [
        "farm.crop (what is sown): oats -> barley from 2026",
        "farm.grant (yearly grant; NOK): 0 -> 12,500.5 from 2026",
        "farm.organic (whether it is organic): no -> yes from 2026",
    ]
    assert diff(a, b, REGISTRY, "nb") == [
        "farm.crop (what is sown): oats -> barley fra og med 2026",
        "farm.grant (yearly grant; NOK): 0 -> 12 500,5 fra og med 2026",
        "farm.organic (whether it is organic): nei -> ja fra og med 2026",
    ]


def test_differences_for_a_time_are_told_stretch_by_stretch() -> None:
    a = Design("a")
    b = Design(
        "b",
        levers={"farm.cows": ((2020, 6), (2021, 7), (2023, 5), (2030, 9)), "farm.crop": ((2022, Crop.OATS),)},
    )
    assert diff(a, b, REGISTRY, "en") == [
        "farm.cows (cows in the barn; cows): 5 -> 6 in 2020",
        "farm.cows (cows in the barn; cows): 5 -> 7 from 2021 to 2022",
        "farm.cows (cows in the barn; cows): 5 -> 9 from 2030",
    ]


def test_lists_are_told_by_what_is_added_and_dropped_and_assumptions_for_the_whole_run() -> None:
    a = Design("a", levers={"farm.fairs": ((2005, (2020, 2022)),)}, assumptions={"farm.rain": 0.5})
    b = Design("b", levers={"farm.fairs": ((2005, (2020, 2023)),)}, assumptions={"farm.rain": 0.6})
    assert diff(a, b, REGISTRY, "en") == [
        "farm.fairs (fairs): adds 2023; drops 2022 from 2005",
        "farm.rain (wet days; share): 0.5 -> 0.6 for the whole run",
    ]


def test_designs_without_a_difference_are_said_to_be_the_same() -> None:
    assert diff(Design("a"), Design("b"), REGISTRY, "nb") == []
    assert no_difference(Design("a"), Design("b"), "nb") == "a og b er like."
    with pytest.raises(InputError, match="expected one of en, nb, got 'de'"):
        diff(Design("a"), Design("b"), REGISTRY, "de")


# --- the schema ---


def test_the_schema_gives_a_lever_its_range_plain_and_dated() -> None:
    properties = schema(REGISTRY)["properties"]
    cows = properties["levers"]["properties"]["farm.cows"]
    assert cows["default"] == 5
    assert cows["description"] == "cows in the barn (unit: cows; source: assumption)"
    plain, dated = cows["anyOf"]
    assert plain == {"type": "integer", "minimum": 0, "maximum": 50}
    assert dated["patternProperties"] == {"^[0-9]{4}$": plain}
    assert properties["levers"]["properties"]["farm.crop"]["anyOf"][0] == {"enum": ["oats", "barley"]}
    assert set(properties["assumptions"]["properties"]) == {"farm.rain", "farm.acres"}
    json.dumps(schema(REGISTRY))


def test_the_committed_schema_is_fresh() -> None:
    assert schema_file().read_text(encoding="utf-8") == schema_text(ALL), "run `kompetansesim schema`"


# --- the designs that come with the model ---


@pytest.mark.parametrize("name", names())
def test_a_shipped_design_loads_and_says_what_it_is_in_both_languages(name: str) -> None:
    design = load_design(name)
    assert design.key == name
    for text in (design.title, design.description, design.expected):
        assert set(text) == {"en", "nb"}
        assert all(text.values())
    assert design.author == "kompetansesim"
    assert re.search(r"AFI-rapport 20(26:02|21:09)|OECD 2020|assumption", design.source)


AS_IT_WAS = {"history", "voluntary", "rules_of_2025"}
"""Designs that go on as before: by themselves, and seen from follow-up and from the system from 2026."""


@pytest.mark.parametrize("name", names())
def test_shipped_designs_share_their_history_until_2026(name: str) -> None:
    parting = load_design(name).parts_from(load_design("history"), ALL)
    assert parting == (None if name in AS_IT_WAS else 2026)


def test_no_two_shipped_designs_are_the_same_but_those_that_go_on_as_before() -> None:
    designs = [load_design(name) for name in names() if name not in AS_IT_WAS - {"voluntary"}]
    for i, a in enumerate(designs):
        assert all(a.parts_from(b, ALL) is not None for b in designs[i + 1 :])


def test_history_plays_the_draws_as_they_were() -> None:
    history = load_design("history")
    in_2017, in_2018, in_2020 = (history.values_in(year) for year in (2017, 2018, 2020))
    indicators = "follow_up.draw.indicators"
    assert [len(values[indicators]) for values in (in_2017, in_2018, in_2020)] == [8, 11, 11]
    assert not [name for name in in_2017[indicators] if name.endswith("_7")]
    assert in_2017["follow_up.draw.average_places"] + in_2018["follow_up.draw.average_places"] == 68
    assert [values["follow_up.draw.spread_places"] for values in (in_2017, in_2018, in_2020)] == [0, 0, 10]
    assert [values["follow_up.prephase_years"] for values in (in_2017, in_2018, in_2020)] == [0, 0, 1]
    years = in_2017["follow_up.draw.years"]
    assert years == (2017, 2018, 2020, 2022, *range(2026, 2061, 2))
    assert not history.values_in(2016)["follow_up.active"]


def test_obligatory_differs_from_voluntary_in_obligation_alone() -> None:
    voluntary, obligatory = load_design("voluntary"), load_design("obligatory")
    assert diff(voluntary, obligatory, ALL) == [
        "follow_up.obligation (how binding taking part is): voluntary -> compulsory from 2026"
    ]
    assert load_design("obligatory_mild").values_in(2026)["follow_up.sanction"] == "mild"
    assert load_design("obligatory_robek").values_in(2026)["follow_up.sanction"] == "robek"


@pytest.mark.parametrize("name", ["ø" * 300, "no\0thing", "\ud800"])
def test_a_name_that_no_file_can_have_is_refused_in_words(name: str) -> None:
    with pytest.raises(InputError, match="unknown design"):
        load_design(name)
