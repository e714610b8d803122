from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.model import SchemeModel
from sim.state.identity import invented_number, numbered_within, running
from sim.state.places import Municipalities
from sim.state.schools import Schools
from sim.world.place_names import PlaceNames
from sim.world.registers import Registers
from tests.world.test_paired_registers import OWNERS, played

NAMES = PlaceNames({32: "Akershus"}, {301: "Oslo", 974000001: "Nordre skole"}, real=True)


def test_things_are_numbered_inside_what_they_belong_to() -> None:
    assert running(np.array([5, 5, 2, 5, 5, 5])).tolist() == [1, 2, 1, 1, 2, 3]
    assert running(np.array([], dtype=np.int64)).tolist() == []
    assert numbered_within(np.array([301, 301, 1103])).tolist() == [3_010_001, 3_010_002, 11_030_001]
    assert invented_number(np.array([32]), np.array([7])).tolist() == [132_007]


@pytest.mark.parametrize(
    ("identity", "code"),
    [
        (301, "0301"),
        (132_007, "Akershus-07"),
        (974_000_001, "974000001"),
        (1_320_070_003, "Akershus-07/3"),
        (3_010_012, "0301/12"),
    ],
)
def test_an_identity_is_shown_as_what_it_is(identity: int, code: str) -> None:
    assert NAMES.code(identity) == code


def test_names_are_those_of_the_register() -> None:
    assert NAMES.names(np.array([301, 1103, 974_000_001])).tolist() == ["Oslo", "", "Nordre skole"]


def test_no_invented_place_has_a_code_that_could_be_a_number() -> None:
    state = played(None)
    names = PlaceNames.of(None)
    for ids in (state[Municipalities].id, state[Schools].id):
        codes = names.codes(ids)
        assert len(set(codes.tolist())) == len(ids)
        assert not any(code[:1].isdigit() for code in codes.tolist())
    assert not names.real
    assert np.array_equal(PlaceNames.within(state).codes(ids), codes)


def test_names_come_along_from_all_files(tmp_path: Path) -> None:
    head, *rows = OWNERS
    owners = [f"{head},name", *(f"{row}," for row in rows), "301,700000,Oslo"]
    (tmp_path / "municipalities.csv").write_text("\n".join(owners) + "\n", encoding="utf-8")
    (tmp_path / "predecessors.csv").write_text(
        "kommunenummer_2019,kommunenummer,population,name\n101,3101,30000,Halden\n", encoding="utf-8"
    )
    names = PlaceNames.of(Registers.read(tmp_path))
    assert names.real
    assert names.given == {101: "Halden", 301: "Oslo"}


def test_agents_are_called_by_their_codes() -> None:
    model = SchemeModel("voluntary", rng=1, scale=0.02)
    for agents, kind in ((model.municipalities, Municipalities), (model.schools, Schools)):
        assert [agent.code for agent in agents] == model.places.codes(model.state[kind].id).tolist()  # type: ignore[attr-defined]  # Mesa's agents have none
    assert next(iter(model.municipalities)).code[-3] == "-"  # type: ignore[attr-defined]  # as above
