"""A user's registers replace what they tell, and a wrong file says where it is wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.declared import REGISTRY
from sim.errors import FaultListError, InputError
from sim.half_year import HalfYear, Season
from sim.model import SchemeModel
from sim.parameters.registry import Parameters
from sim.processes.mergers import rule
from sim.randomness import Streams
from sim.state import State, Table
from sim.state.places import Centrality, Counties, Municipalities, Networks, UHUnits
from sim.state.schools import Schools, Teachers
from sim.world.registers import Registers, schema_markdown
from sim.world.schema import FILES, MUNICIPALITIES
from sim.world.synthetic import build

P = Parameters(REGISTRY, {})

OWNERS = """kommunenummer,population,pupils,centrality,education_high,robek,capacity_fte
3101,30000,3300,middle,0.31,no,1.5
3103,50000,,central,,yes,
1804,5000,600,,,,
"""
SCHOOLS = """orgnr;kommunenummer;name;first_grade;last_grade;pupils;teachers;intake
974000001;3101;Nordre skole;1;10;403;40;-1,25
974000002;3103;Ås skole;1;7;210;;
974000003;3103;Åsen ungdomsskole;8;10;150;18;2
974000004;1804;Øya;1;10;25;5;
"""
PREDECESSORS = """kommunenummer_2019,kommunenummer,population
101,3101,20000
102,3101,10000
"""


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    for name, text in files.items():
        raw = text if isinstance(text, bytes) else text.encode()
        (tmp_path / f"{name}.csv").write_bytes(raw)
    return tmp_path


def read(tmp_path: Path, **files: str | bytes) -> Registers:
    return Registers.read(folder(tmp_path, **files))


def world(registers: Registers, year: int = 2021) -> State:
    return build(Streams(1), P, HalfYear.of(year, Season.SPRING), registers, 1.0)


def refusal(tmp_path: Path, **files: str | bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read(tmp_path, **files)
    return caught.value


def test_given_values_stand_and_gaps_are_drawn(tmp_path: Path) -> None:
    state = world(read(tmp_path, municipalities=OWNERS))
    owners = state[Municipalities]
    assert owners.id.tolist() == [1804, 3101, 3103]
    assert owners.population.tolist() == [5000, 30000, 50000]
    assert owners.education_high[1] == 0.31
    assert owners.robek.tolist()[1:] == [False, True]
    assert owners.capacity_fte[1] == 1.5
    assert owners.centrality[1:].tolist() == [Centrality.MIDDLE, Centrality.CENTRAL]
    assert 0 < owners.education_high[2] < 1
    assert owners.capacity_fte[2] > 0
    assert state.breaches() == []


def test_competence_given_stands_whatever_owners_have_learned_before(tmp_path: Path) -> None:
    rows = "kommunenummer,population,competence\n3101,30000,0.31\n3103,50000,\n"
    given = SchemeModel("voluntary", rng=1, registers=read(tmp_path, municipalities=rows)).state[
        Municipalities
    ]
    drawn = world(read(tmp_path, municipalities=rows))[Municipalities].competence
    assert given.competence[0] == drawn[0] == 0.31
    assert given.competence[1] > drawn[1]


def test_pupils_given_are_about_those_in_the_schools_drawn(tmp_path: Path) -> None:
    state = world(read(tmp_path, municipalities=OWNERS))
    pupils = np.bincount(state[Schools].municipality, state[Schools].pupils.sum(axis=1))
    assert pupils[1] == pytest.approx(3300, rel=0.1)


def test_only_the_counties_of_the_municipalities_given_are_there(tmp_path: Path) -> None:
    state = world(read(tmp_path, municipalities=OWNERS))
    assert state[Counties].name.tolist() == ["Nordland", "Østfold"]
    assert state[Counties].id[state[Municipalities].county].tolist() == [18, 31, 31]


def test_schools_given_are_those_of_the_world(tmp_path: Path) -> None:
    state = world(read(tmp_path, municipalities=OWNERS, schools=SCHOOLS))
    schools = state[Schools]
    order = np.argsort(state[Schools].id)
    assert state[Schools].id[order].tolist() == [974000001, 974000002, 974000003, 974000004]
    assert schools.pupils.sum(axis=1)[order].tolist() == [403, 210, 150, 25]
    assert schools.pupils[order[0]].tolist() == [41, 41, 41, 40, 40, 40, 40, 40, 40, 40]
    assert schools.pupils[order[2], :7].sum() == 0
    assert schools.n_teachers[order[[0, 2, 3]]].tolist() == [40, 18, 5]
    assert schools.intake[order[[0, 2]]].tolist() == [-1.25, 2.0]
    assert state[Municipalities].id[schools.municipality][order].tolist() == [3101, 3103, 3103, 1804]
    assert (np.diff(state[Teachers].school) >= 0).all()


def test_schools_alone_tell_which_municipalities_there_are(tmp_path: Path) -> None:
    owners = world(read(tmp_path, schools=SCHOOLS))[Municipalities]
    assert owners.id.tolist() == [1804, 3101, 3103]
    assert owners.population[1] == pytest.approx(403 / 0.1148, rel=0.01)


def test_adding_a_municipality_changes_nothing_for_the_others(tmp_path: Path) -> None:
    before = world(read(tmp_path, municipalities=OWNERS))
    after = world(read(tmp_path, municipalities=OWNERS + "5501,9000,,,,,\n"))
    assert len(after[Municipalities]) == len(before[Municipalities]) + 1
    kinds: list[type[Table]] = [Municipalities, Schools, Teachers]
    for kind in kinds:
        for name, values in before[kind].arrays().items():
            if kind.columns()[name].refers is None:
                assert np.array_equal(after[kind].arrays()[name][: len(values)], values), name


def test_municipalities_given_hold_for_all_years(tmp_path: Path) -> None:
    registers = read(tmp_path, municipalities=OWNERS)
    for year in (2017, 2020, 2024):
        assert world(registers, year)[Municipalities].id.tolist() == [1804, 3101, 3103]
    state = world(registers, 2017)
    state.now = HalfYear.of(2020, Season.SPRING)
    rule(state, P, Streams(1).at(0))
    assert state[Municipalities].id.tolist() == [1804, 3101, 3103]


def test_predecessors_are_there_until_2020(tmp_path: Path) -> None:
    registers = read(tmp_path, municipalities=OWNERS, predecessors=PREDECESSORS)
    state = world(registers, 2017)
    assert state[Municipalities].id.tolist() == [101, 102, 1804, 3103]
    assert state[Municipalities].population.tolist() == [20000, 10000, 5000, 50000]
    assert state[Municipalities].education_high[:2].tolist() == [0.31, 0.31]
    assert state[Municipalities].capacity_fte[:2].tolist() == [1.0, 0.5]
    assert state[Counties].id[state[Municipalities].county].tolist() == [31, 31, 18, 31]
    state.now = HalfYear.of(2020, Season.SPRING)
    rule(state, P, Streams(1).at(0))
    assert state[Municipalities].id.tolist() == [1804, 3101, 3103]
    assert world(registers, 2021)[Municipalities].id.tolist() == [1804, 3101, 3103]


def test_schools_go_with_the_predecessor_they_name(tmp_path: Path) -> None:
    schools = """orgnr,kommunenummer,first_grade,last_grade,pupils,kommunenummer_2019
974000001,3101,1,10,400,102
974000002,3101,1,10,300,101
974000003,3103,1,10,200,
974000004,1804,1,10,100,
"""
    registers = read(tmp_path, municipalities=OWNERS, predecessors=PREDECESSORS, schools=schools)
    state = world(registers, 2017)
    owner = state[Municipalities].id[state[Schools].municipality]
    found = dict(zip(state[Schools].id.tolist(), owner.tolist(), strict=True))
    assert found == {974000001: 102, 974000002: 101, 974000003: 3103, 974000004: 1804}
    later = world(registers, 2021)
    owner = later[Municipalities].id[later[Schools].municipality]
    assert sorted(owner.tolist()) == [1804, 3101, 3101, 3103]


def test_networks_and_partners_given_stand(tmp_path: Path) -> None:
    owners = "kommunenummer,population,network,uh_unit\n3101,30000,7,\n3103,50000,,4\n1804,5000,,\n"
    networks = "network,county,uh_unit\n7,31,3\n9,18,\n"
    state = world(read(tmp_path, municipalities=owners, networks=networks))
    table = state[Municipalities]
    assert state[Networks].id[table.network].tolist() == [9, 7, 7]
    assert state[UHUnits].id[table.uh_unit].tolist()[1:] == [3, 4]


def test_uh_units_given_replace_the_packages(tmp_path: Path) -> None:
    units = "uh_unit,name,counties,quality\n2,Nord,18,0.9\n5,Øst,31,\n"
    state = world(read(tmp_path, municipalities=OWNERS, uh_units=units))
    assert state[UHUnits].name.tolist() == ["Nord", "Øst"]
    assert state[UHUnits].quality[0] == 0.9
    assert state[Municipalities].uh_unit.tolist() == [0, 1, 1]


def test_counties_given_make_another_synthetic_country(tmp_path: Path) -> None:
    counties = (
        "county,name,name_2020,office,population,municipalities,median_population,mergers_2020\n"
        "31,Østfold,Viken,1,60000,6,8000,2\n"
    )
    state = world(read(tmp_path, counties=counties), 2017)
    assert len(state[Municipalities]) == 7
    assert state[Municipalities].population.sum() == 60000


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_byte_order_marks_line_ends_and_decimal_commas_are_read(
    tmp_path: Path, mark: str, newline: str
) -> None:
    text = f"{mark}kommunenummer;population;education_high\n3101;30000;0,31\n\n".replace("\n", newline)
    sheet = read(tmp_path, municipalities=text.encode())["municipalities"]
    assert sheet["education_high"].tolist() == [0.31]


def test_yes_and_no_may_be_norwegian(tmp_path: Path) -> None:
    text = "kommunenummer,population,robek\n3101,30000,Ja\n3103,1,nei\n"
    assert read(tmp_path, municipalities=text)["municipalities"]["robek"].tolist() == [True, False]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("kommunenummer\n3101\n", 1, "population", "column 'population' is missing"),
        ("kommunenummer,popluation\n3101,5\n", 1, "popluation", "did you mean 'population'?"),
        ("kommunenummer,population,population\n3101,5,5\n", 1, "population", "stands there twice"),
        ("kommunenummer,population\n3101,five\n", 2, "population", "value 'five': expected number"),
        ("kommunenummer,population\n3101,-5\n", 2, "population", "expected number from 1 to 2000000"),
        ("kommunenummer,population\n3101,nan\n", 2, "population", "value 'nan'"),
        ("kommunenummer,population\n3101.5,5\n", 2, "kommunenummer", "expected whole number"),
        ("kommunenummer,population\n3101,\n", 2, "population", "value '': expected number"),
        ("kommunenummer,population\n3101,5\n3101,6\n", 3, "kommunenummer", "it is on line 2 too"),
        ("kommunenummer,population,robek\n3101,5,maybe\n", 2, "robek", "expected yes or no"),
        ("kommunenummer,population,centrality\n3101,5,far\n", 2, "centrality", "central, middle or remote"),
        ("kommunenummer,population\n3101,5\n9901,6\n", 3, "kommunenummer", "a county among 3, 11, 15"),
        ("kommunenummer,population,county\n3101,5,30\n", 2, "county", "a county among 3, 11, 15"),
        ("kommunenummer,population,network\n3101,5,2\n", 2, "network", "networks.csv beside this file"),
        ("kommunenummer,population,uh_unit\n3101,5,99\n", 2, "uh_unit", "that is in uh_units.csv"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(
    tmp_path: Path, text: str, line: int, column: str, words: str
) -> None:
    error = refusal(tmp_path, municipalities=text)
    assert words in error.message
    assert (error.line, error.field) == (line, column)
    assert str(error).startswith(f"{tmp_path / 'municipalities.csv'}:{line}: ")


def test_a_row_of_another_length_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, municipalities="kommunenummer,population\n3101,5,7\n")
    assert "has 3 cells; expected 2" in error.message
    assert error.line == 2


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", ";;\n"])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    assert "is empty" in refusal(tmp_path, municipalities=text).message


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    assert (
        "no rows under the header" in refusal(tmp_path, municipalities="kommunenummer,population\n").message
    )


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    raw = "kommunenummer,name,population\n3101,Halden,5\n3103,Moss på øya,5\n".encode("latin-1")
    error = refusal(tmp_path, municipalities=raw)
    assert "is not UTF-8" in error.message
    assert error.line == 3


def test_a_school_of_an_unknown_municipality_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, municipalities=OWNERS, schools=SCHOOLS.replace("3101", "3199"))
    assert "'3199'" in error.message
    assert "in municipalities.csv" in error.message
    assert error.line == 2


def test_a_municipality_without_schools_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, municipalities=OWNERS + "3105,900,,,,,\n", schools=SCHOOLS)
    assert "'3105'" in error.message
    assert "at least one school" in error.message


def test_a_school_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, schools=SCHOOLS.replace("8;10", "8;7"))
    assert error.field == "last_grade"


def test_predecessors_need_municipalities_and_numbers_of_their_own(tmp_path: Path) -> None:
    assert "municipalities.csv" in refusal(tmp_path, predecessors=PREDECESSORS).message
    error = refusal(tmp_path, municipalities=OWNERS, predecessors=PREDECESSORS.replace("102", "3103"))
    assert "no other municipality has later" in error.message


def test_schools_must_say_which_predecessor_was_theirs(tmp_path: Path) -> None:
    error = refusal(tmp_path, municipalities=OWNERS, predecessors=PREDECESSORS, schools=SCHOOLS)
    assert error.field == "kommunenummer_2019"


def test_a_county_without_a_network_is_refused(tmp_path: Path) -> None:
    registers = read(tmp_path, municipalities=OWNERS, networks="network,county\n7,31\n")
    with pytest.raises(InputError, match="a network in county 18 too"):
        world(registers)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("31,Østfold,Viken,1,60000,2,8000,2 2 2,0", "mergers_2020"),
        ("31,Østfold,Viken,1,60000,6,8000,,1", "splits_2024"),
        ("31,Østfold,Viken,77,60000,6,8000,,0", "office"),
    ],
)
def test_counties_that_cant_be_are_refused(tmp_path: Path, row: str, column: str) -> None:
    header = (
        "county,name,name_2020,office,population,municipalities,median_population,mergers_2020,splits_2024\n"
    )
    assert refusal(tmp_path, counties=header + row + "\n").field == column


def test_an_unknown_file_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"did you mean 'municipalities\.csv'"):
        read(tmp_path, municipality=OWNERS)


def test_a_folder_without_registers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no register file"):
        Registers.read(tmp_path)
    with pytest.raises(InputError, match="is not a folder"):
        Registers.read(tmp_path / "nowhere")


def test_the_docs_list_every_file_and_column() -> None:
    text = schema_markdown()
    for schema in FILES.values():
        assert f"## {schema.name}.csv" in text
        for cell in schema.cells:
            assert f"| `{cell.name}` |" in text
    assert MUNICIPALITIES.key == "kommunenummer"


@pytest.mark.parametrize(
    ("name", "text", "column"),
    [
        ("municipalities", "kommunenummer,population,capacity_fte\n3101,30000,0\n", "capacity_fte"),
        ("municipalities", "kommunenummer,population\n3101,0\n", "population"),
        ("municipalities", "kommunenummer,population\n3101,nan\n", "population"),
        ("uh_units", "uh_unit,name,counties,capacity_fte\n1,North,3 31,0\n", "capacity_fte"),
        ("uh_units", "uh_unit,name,counties\n1,No\x1b[31mrth,3 31\n", "name"),
    ],
)
def test_what_would_be_divided_by_is_not_nothing(tmp_path: Path, name: str, text: str, column: str) -> None:
    error = refusal(tmp_path, **{name: text})
    assert (error.line, error.field) == (2, column)


def faults(tmp_path: Path, **files: str | bytes) -> tuple[InputError, ...]:
    error = refusal(tmp_path, **files)
    assert isinstance(error, FaultListError)
    return error.errors


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    owners = "kommunenummer,population,robek\n3101,five,maybe\n3103,-2,no\n3103,7,no\n"
    found = faults(tmp_path, municipalities=owners, schools=SCHOOLS.replace("403", "many"))
    assert [(Path(one.file or "").stem, one.line, one.field) for one in found] == [
        ("municipalities", 2, "population"), ("municipalities", 2, "robek"), ("municipalities", 3, "population"),
        ("municipalities", 4, "kommunenummer"), ("schools", 2, "pupils"),
    ]  # fmt: skip


def test_all_that_does_not_fit_together_is_told_at_once(tmp_path: Path) -> None:
    owners = OWNERS + "3105,900,,,,,\n3107,900,,,,,\n"
    found = faults(tmp_path, municipalities=owners, schools=SCHOOLS.replace("002;3103", "002;3199"))
    assert [one.line for one in found] == [3, 5, 6]


@pytest.mark.parametrize("value", ["15.000", "15,000", "1.250"])
def test_a_number_that_can_be_read_in_two_ways_is_refused(tmp_path: Path, value: str) -> None:
    error = refusal(tmp_path, municipalities=f"kommunenummer;population\n3101;{value}\n")
    assert "a number that can be read in one way" in error.message


def test_three_decimals_are_no_thousands_where_those_could_not_be(tmp_path: Path) -> None:
    text = "kommunenummer;population;capacity_fte;education_high\n3101;30000;1.125;0,312\n"
    sheet = read(tmp_path, municipalities=text)["municipalities"]
    assert (sheet["capacity_fte"][0], sheet["education_high"][0]) == (1.125, 0.312)


@pytest.mark.parametrize("name", ["schools.xlsx", "schools.txt", "Schools.tsv", "schools.ods", "schools"])
def test_a_file_that_would_be_left_out_in_silence_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SCHOOLS, encoding="utf-8")
    error = refusal(tmp_path, municipalities=OWNERS)
    assert "is not read here, and would be left out; expected schools.csv" in error.message
    assert Path(error.file or "").name == name


def test_endings_in_capitals_are_read_and_hidden_files_are_not(tmp_path: Path) -> None:
    (tmp_path / "SCHOOLS.CSV").write_text(SCHOOLS, encoding="utf-8")
    for name in ("._municipalities.csv", "~$schools.csv", ".~lock.schools.csv#"):
        (tmp_path / name).write_bytes(b"\x00\x05")
    registers = read(tmp_path, municipalities=OWNERS)
    assert len(registers["schools"].key) == 4


def test_nobody_is_counted_in_a_municipality_and_in_what_it_became(tmp_path: Path) -> None:
    owners = "kommunenummer,population,county\n3103,50000,\n104,33000,31\n1502,27000,\n1506,32000,\n"
    found = faults(tmp_path, municipalities=owners)
    assert [one.line for one in found] == [3, 4]
    assert "0104 held until 2019 and is now 3103 Moss, which is in this file too" in found[0].message


def test_a_number_of_an_older_county_says_what_it_is_now(tmp_path: Path) -> None:
    error = refusal(tmp_path, municipalities="kommunenummer,population\n3001,31000\n")
    assert "3001 held until 2023 and is now 3101 Halden" in error.message
