"""Register files that can be read and say what can hardly be so."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.world.municipality_numbers import numbers
from sim.world.plausibility import doubts, summary
from sim.world.registers import Registers

OWNERS = "kommunenummer,population,pupils\n3101,30000,3300\n3103,50000,5600\n1804,55000,6000\n"
SCHOOLS = """orgnr,kommunenummer,first_grade,last_grade,pupils
974000001,3101,1,10,3300
974000002,3103,1,7,3900
974000003,3103,8,10,1700
974000004,1804,1,10,4900
"""


def found(tmp_path: Path, **files: str) -> list[str]:
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return [f"{one.line}: {one.message}" for one in doubts(Registers.read(tmp_path))]


def test_a_country_as_it_may_be_has_no_doubts(tmp_path: Path) -> None:
    assert found(tmp_path, municipalities=OWNERS, schools=SCHOOLS) == []
    told = summary(Registers.read(tmp_path))
    assert told == (
        "3 municipalities with 135,000 inhabitants (2.4% of the nation's); 4 schools with 13,800 pupils in 3 municipalities"
    )


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("unqualified", "0.9", "a share, 0.9 % is 0.009"),
        ("education_low", "0.9", "expected 0.03 to 0.6"),
        ("disability", "0.001", "a share, 12 % is 0.12"),
        ("child_welfare", "350", "per 1000 children"),
        ("free_income", "1000000", "whole kroner per inhabitant"),
    ],
)
def test_units_that_were_mixed_up_are_a_doubt(tmp_path: Path, column: str, value: str, words: str) -> None:
    (one,) = found(tmp_path, municipalities=f"kommunenummer,population,{column}\n3101,30000,{value}\n")
    assert one.startswith(f"2: column '{column}', value '{value}'")
    assert words in one


def test_levels_of_education_above_one_together_are_a_doubt(tmp_path: Path) -> None:
    (one,) = found(
        tmp_path, municipalities="kommunenummer,population,education_low,education_high\n3101,30000,0.5,0.6\n"
    )
    assert "no more than what education_low leaves" in one


def test_few_inhabitants_are_a_doubt(tmp_path: Path) -> None:
    (one,) = found(tmp_path, municipalities="kommunenummer,population\n3101,15\n")
    assert "value '15': expected 150 or more" in one


def test_pupils_that_do_not_fit_the_inhabitants_are_a_doubt(tmp_path: Path) -> None:
    owners = "kommunenummer,population\n3101,30000\n3103,50000\n1804,150000\n"
    (one,) = found(tmp_path, municipalities=owners, schools=SCHOOLS.replace("4900", "20"))
    assert "value '150000': expected 3%-20% of its inhabitants in grunnskole; it has 20 pupils" in one


def test_pupils_that_do_not_fit_those_of_the_schools_are_a_doubt(tmp_path: Path) -> None:
    (one,) = found(tmp_path, municipalities=OWNERS, schools=SCHOOLS.replace("3900", "900"))
    assert one == "3: column 'pupils', value '5600': expected about the 2,600 pupils of its schools"


def test_grades_that_no_school_has_are_a_doubt(tmp_path: Path) -> None:
    (one,) = found(tmp_path, municipalities=OWNERS, schools=SCHOOLS.replace("8,10,1700", "1,7,1700"))
    assert "the municipality has none for 8, 9, 10" in one


def test_numbers_of_another_year_are_a_doubt(tmp_path: Path) -> None:
    (one,) = found(tmp_path, municipalities="kommunenummer,population\n3101,30000\n1502,27000\n")
    assert "1502 held until 2019 and is now 1506 Molde" in one


def test_a_nation_of_another_size_is_a_doubt(tmp_path: Path) -> None:
    every = "\n".join(f"{number},10000" for number in sorted(numbers().of[2024]))
    told = found(tmp_path, municipalities=f"kommunenummer,population\n{every}\n")
    assert told[0].startswith(
        "None: column 'population': 3,570,000 inhabitants in 357 municipalities; expected about 5,5"
    )
    assert any("in the 1 municipalities of Oslo; expected about 717,710" in one for one in told)


def test_many_doubts_of_one_kind_are_counted(tmp_path: Path) -> None:
    rows = "\n".join(f"{number},30000,0.9" for number in sorted(numbers().of[2024])[:10])
    told = found(tmp_path, municipalities=f"kommunenummer,population,unqualified\n{rows}\n")
    own = [one for one in told if "unqualified" in one]
    assert len(own) == 3
    assert own[-1].endswith("(and so in 7 more rows)")


def test_predecessors_of_another_size_are_a_doubt(tmp_path: Path) -> None:
    before = "kommunenummer_2019,kommunenummer,population\n104,3103,20000\n136,3103,9000\n"
    (one,) = found(tmp_path, municipalities=OWNERS, predecessors=before)
    assert "value '50000': expected about the 29,000 inhabitants of its predecessors" in one
