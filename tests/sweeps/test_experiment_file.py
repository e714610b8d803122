from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.declared import OUTCOMES, REGISTRY
from sim.errors import InputError
from sim.parameters.declaration import Role
from sim.sweeps.contrast import Contrast
from sim.sweeps.experiment import Experiment
from sim.sweeps.experiment_file import experiment_names, is_experiment, load_experiment
from sim.sweeps.schema import experiment_schema, experiment_schema_file, experiment_schema_text

LEAST: dict[str, Any] = {"title": "T", "designs": ["voluntary"], "outcomes": ["practice"]}


def load(**keys: object) -> Experiment:
    return load_experiment({**LEAST, **keys}, REGISTRY, OUTCOMES)


def faults(text: str, tmp_path: Path) -> list[str]:
    path = tmp_path / "e.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_experiment(path, REGISTRY, OUTCOMES)
    return [str(error).removeprefix(f"{path}:") for error in getattr(caught.value, "errors", (caught.value,))]


@pytest.mark.parametrize("name", experiment_names())
def test_the_experiments_that_come_along_can_be_carried_out(name: str) -> None:
    experiment = load_experiment(name, REGISTRY, OUTCOMES)
    points = experiment.points(REGISTRY)
    assert len(points) == experiment.runs > 0
    assert points[0].start <= points[0].end
    assert experiment.title["nb"] != experiment.title["en"]
    for figure in (experiment.contrast.figure,) if experiment.contrast else ():
        assert figure in experiment.figures


def test_there_are_some() -> None:
    assert len(experiment_names()) >= 4


def test_what_is_left_out_has_its_default() -> None:
    e = load()
    assert (e.worlds, e.seed, e.start, e.end, e.scale, e.method, e.draws) == (
        20,
        2026,
        2017,
        2034,
        1.0,
        None,
        None,
    )
    assert e.figures == ("practice@end",)
    assert e.points(REGISTRY)[0].design.key == "voluntary"


def test_a_mapping_says_the_same_as_a_file(tmp_path: Path) -> None:
    keys = {
        "worlds": 3,
        "levers": {"follow_up.openness": {"from": 0, "to": 1, "steps": 3}},
        "at": [2030, "mean"],
    }
    path = tmp_path / "same.yaml"
    path.write_text(json.dumps({**LEAST, **keys}), encoding="utf-8")
    assert load_experiment(path, REGISTRY, OUTCOMES) == load(name="same", **keys)


def test_each_world_has_its_own_draw_unless_a_number_is_given() -> None:
    own = load(designs=["voluntary", "obligatory"], worlds=3).points(REGISTRY)
    assert [(p.draw, p.world) for p in own] == [(0, 0), (0, 0), (1, 1), (1, 1), (2, 2), (2, 2)]
    crossed = load(worlds=2, parameters={"number": 2, "seed": 9}).points(REGISTRY)
    assert [(p.draw, p.world) for p in crossed] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert crossed[0].values == crossed[1].values != crossed[2].values
    shared = load(worlds=12, worlds_per_draw=2).points(
        REGISTRY
    )  # ten draws are the fewest to learn from; then they are shared
    assert [(p.draw, p.world) for p in shared] == [*((w, w) for w in range(10)), (0, 10), (1, 11)]
    assert {p.draw for p in load(worlds=12).points(REGISTRY)} == set(range(12))


def test_a_range_has_both_its_ends_and_round_steps() -> None:
    e = load(
        levers={
            "follow_up.openness": {"from": 0, "to": 0.6, "steps": 3},
            "follow_up.implementation_years": {"from": 1, "to": 3, "steps": 3},
        }
    )
    assert e.levers["follow_up.openness"] == (0.0, 0.3, 0.6)
    assert e.levers["follow_up.implementation_years"] == (1, 2, 3)
    assert len(e.combinations()) == 9


def test_a_theme_stands_for_its_uncertain_parameters() -> None:
    vary = ["classroom.half_life", "follow_up.prephase", "classroom.half_life"]
    e = load(parameters={"method": "latin_hypercube", "number": 2, "vary": vary})
    assert e.vary[0] == "classroom.half_life"
    assert {name.rpartition(".")[0] for name in e.vary[1:]} == {"follow_up.prephase"}
    assert {REGISTRY.find(name).role for name in e.vary} == {Role.UNCERTAIN}
    assert len(set(e.vary)) == len(e.vary) > 2


LEVERS = {"follow_up.openness": [0.1, 0.2], "follow_up.obligation": ["voluntary", "compulsory"]}


def test_levers_make_a_grid_or_go_one_by_one_or_together() -> None:
    def told(combine: str) -> list[list[object]]:
        return [list(some.values()) for some in load(levers=LEVERS, combine=combine).combinations()]

    assert told("grid") == [[0.1, "voluntary"], [0.1, "compulsory"], [0.2, "voluntary"], [0.2, "compulsory"]]
    assert told("one_by_one") == [[0.1], [0.2], ["voluntary"], ["compulsory"]]
    assert told("together") == [[0.1, "voluntary"], [0.2, "compulsory"]]


def test_structures_are_played_beside_the_model_as_it_is() -> None:
    e = load(structures=["threat_works", "pressure_works"], designs=["voluntary", "obligatory"], worlds=1)
    told = [
        (p.base, p.levers["structure"], p.design.assumptions.get("follow_up.will.by_pressure"))
        for p in e.points(REGISTRY)
    ]
    assert told == [
        ("voluntary", "standard", None), ("obligatory", "standard", None),
        ("voluntary", "pressure_works", 0.4), ("obligatory", "pressure_works", 0.4),
        ("voluntary", "threat_works", None), ("obligatory", "threat_works", None),
    ]  # fmt: skip
    assert e.runs == 6
    assert e.points(REGISTRY)[2].design.key == "voluntary (structure=pressure_works)"
    assert "structure" not in load().points(REGISTRY)[0].levers


def test_levers_hold_from_the_year_told_and_name_the_variant() -> None:
    point = load(
        **{"from": 2028}, levers={"follow_up.openness": [0.1], "follow_up.say_in_guides@2030": [0.9]}
    ).points(REGISTRY)[0]
    assert point.design.value("follow_up.openness", 2027, REGISTRY) != 0.1
    assert point.design.value("follow_up.openness", 2028, REGISTRY) == 0.1
    assert point.design.value("follow_up.say_in_guides", 2030, REGISTRY) == 0.9
    assert point.design.key == "voluntary (follow_up.openness=0.1, follow_up.say_in_guides@2030=0.9)"
    assert point.base == "voluntary"
    assert load(**{"from": 2028}, levers={"follow_up.openness": [0.1, 0.2]}).parting(REGISTRY) == 2028


def test_assumptions_are_held_in_every_run() -> None:
    point = load(assumptions={"classroom.half_life": 3}).points(REGISTRY)[0]
    assert point.design.values_in(2020)["classroom.half_life"] == 3.0


def test_a_figure_of_the_nation_is_kept_once_whatever_the_groups() -> None:
    assert load(outcomes=["inequality", "practice@2030:need"], groups=["all", "need"]).figures == (
        "inequality@end",
        "practice@2030:need",
    )


def test_a_contrast_names_a_figure() -> None:
    contrast = {"outcome": "practice", "at": "end", "design": "obligatory", "versus": "voluntary"}
    e = load(designs=["voluntary", "obligatory"], contrast=contrast, precision=0.1)
    assert e.contrast == Contrast("practice@end", "obligatory", "voluntary")


def test_every_fault_is_told_with_its_place(tmp_path: Path) -> None:
    text = """title: {en: T, nb: T}
designs: [voluntary, obligatry]
levers:
  follow_up.openness: [0.3, 1.7]
  follow_up.opennes: [0.3]
  follow_up.obligation: {from: 0, to: 1, steps: 3}
  classroom.half_life: [1, 2]
  follow_up.say_in_guides: {from: 0, to: 1, steps: 1}
parameters: {method: sobel, number: 0}
worlds: many
outcomes: [practise]
at: [2050x]
end: soon
precison: 1
contrast: {outcome: practice}
"""
    found = faults(text, tmp_path)
    places = {line.split(": ")[0] for line in found}
    assert {
        "2:22",
        "4:29",
        "5:3",
        "6:25",
        "7:3",
        "8:52",
        "9:22",
        "9:37",
        "10:9",
        "11:12",
        "13:6",
        "14:1",
        "15:11",
    } <= places
    whole = "\n".join(found)
    for words in (
        "unknown design 'obligatry'; nearest known: obligatory",
        "expected a number from 0 to 1 (unit: 0-1), got 1.7",
        "nearest known: follow_up.openness",
        "'classroom.half_life' is no lever",
        "nearest known: sobol",
        "nearest known: practice",
        "unknown key 'precison'; nearest known: precision",
    ):
        assert words in whole


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"designs": ["voluntary", "voluntary"]}, "two are called 'voluntary'"),
        ({"designs": []}, "at least one"),
        ({"outcomes": []}, "at least one figure"),
        ({"parameters": "sobol"}, "sobol needs a number"),
        ({"parameters": {"method": "sobol", "number": 100}}, "power of two"),
        ({"parameters": {"vary": ["follow_up.openness"]}}, "has no prior"),
        ({"combine": "together", "levers": {**LEVERS, "follow_up.say_in_guides": [0.5]}}, "equally many"),
        ({"levers": {"follow_up.openness": [0.1, 0.1]}}, "tried twice"),
        ({"levers": {"follow_up.draw.years": [2026, 2028]}}, "a list of lists"),
        ({"at": [2040]}, "within the run's"),
        ({"start": 2030, "end": 2020}, "the last year comes before the first"),
        ({"from": 2040, "levers": {"follow_up.openness": [0.1]}}, "after the last year"),
        ({"contrast": {"outcome": "practice", "design": "a", "versus": "voluntary"}}, "none of the designs"),
        (
            {"contrast": {"outcome": "practice", "design": "voluntary", "versus": "voluntary"}},
            "not differ from itself",
        ),
        (
            {
                "levers": {
                    f"follow_up.{n}": {"from": 0, "to": 1, "steps": 200}
                    for n in ("openness", "say_in_guides")
                }
            },
            "40000 combinations",
        ),
        ({"registers": 7}, "expected a text"),
        ({"worlds_per_draw": 2, "parameters": {"number": 3}}, "each is played in every world"),
    ],
)
def test_what_only_the_whole_can_tell_is_refused_too(keys: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        load(**keys)


def test_a_contrast_that_is_not_kept_is_told_at_its_line(tmp_path: Path) -> None:
    contrast = "{outcome: practice, at: mean, design: obligatory, versus: voluntary}"
    text = f"title: T\ndesigns: [voluntary, obligatory]\noutcomes: practice\ncontrast: {contrast}\n"
    assert faults(text, tmp_path) == ["4:11: contrast: 'practice@mean' is not kept; kept are practice@end"]


def test_designs_may_lie_beside_the_experiment(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "title: M\nextends: voluntary\nfrom: 2026\nlevers: {follow_up.openness: 0.1}\n"
    )
    (tmp_path / "e.yaml").write_text("title: T\ndesigns: [mine.yaml]\noutcomes: practice\n")
    assert load_experiment(tmp_path / "e.yaml", REGISTRY, OUTCOMES).designs[0].key == "mine"


def test_names_that_the_system_takes_for_none_are_faults_of_the_file(tmp_path: Path) -> None:
    long = "ø" * 300
    told = faults(f"title: T\ndesigns: [voluntary, {long}, ./{long}]\noutcomes: practice\n", tmp_path)
    assert [line.split(":")[0] for line in told] == ["2", "2"]
    assert "unknown design" in told[0]
    assert "can't be read" in told[1]


def test_an_experiment_is_told_from_a_design(tmp_path: Path) -> None:
    (tmp_path / "e.yaml").write_text("designs: [voluntary]\n")
    (tmp_path / "d.yaml").write_text("extends: voluntary\n")
    assert is_experiment(tmp_path / "e.yaml")
    assert not is_experiment(tmp_path / "d.yaml")
    assert not is_experiment(tmp_path / "none.yaml")


def test_an_unknown_experiment_gets_the_nearest_known() -> None:
    with pytest.raises(InputError, match="nearest known: a_first_try"):
        load_experiment("first_try", REGISTRY, OUTCOMES)


def test_the_committed_schema_is_fresh() -> None:
    text = experiment_schema_file().read_text(encoding="utf-8")
    assert text == experiment_schema_text(REGISTRY, OUTCOMES), "run `kompetansesim schema`"


def test_the_schema_knows_every_key_and_every_lever() -> None:
    from sim.sweeps.experiment_reader import KEYS

    schema = experiment_schema(REGISTRY, OUTCOMES)
    assert set(schema["properties"]) == set(KEYS)
    assert "^follow_up[.]openness(@[0-9]{4})?$" in schema["properties"]["levers"]["patternProperties"]
