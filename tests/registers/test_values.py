"""Single cells as people and spreadsheets write them."""

from __future__ import annotations

import datetime as dt

import pytest

from sim.registers.grids import Raw
from sim.registers.headings import meaning
from sim.registers.places import NoMunicipalityError, Place, place
from sim.registers.values import Signs, UnclearError, grades, number, year


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1 234", 1234), ("1\u00a0234,5", 1234.5), ("1.234.567", 1234567), ("1,234,567.5", 1234567.5), ("1.234,5", 1234.5),
     ("0,125", 0.125), (".5", 0.5), ("12.5 %", 12.5), ("65 000 kr", 65000), ("−3", -3), ("-", 0), (7.0, 7)],
)  # fmt: skip
def test_numbers_that_can_be_read_in_one_way(cell: Raw, value: float) -> None:
    assert number(cell, Signs()) == value


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "many",
        "1,2,3",
        "12 34",
        "1e3",
        "1..5",
        "nan",
        "1.23.456",
        "9" * 4400,
        float("inf"),
        dt.date(2024, 1, 1),
    ],
)
def test_what_is_no_number_is_none(cell: Raw) -> None:
    with pytest.raises(ValueError, match=r".*"):
        number(cell, Signs())


def test_a_sign_that_is_known_or_bounds_decide_between_two_readings() -> None:
    with pytest.raises(UnclearError, match=r"15000 or 15"):
        number("15.000", Signs())
    assert number("15.000", Signs(told=",")) == 15000
    assert number("15.000", Signs(told=".")) == 15
    assert number("15.000", Signs(), 1, 1000) == 15
    signs = Signs()
    signs.learn(["2.000", "3,5"])
    assert number("15.000", signs) == 15000
    with pytest.raises(ValueError, match=r"3,5"):
        number("3,5", Signs(told="."))


@pytest.mark.parametrize(
    ("cell", "span"),
    [(dt.date(2024, 7, 1), (1, 7)), (dt.date(2024, 1, 7), (1, 7)), (dt.date(2024, 10, 8), (8, 10)), ("8. okt", (8, 10)),
     ("1.-10.trinn", (1, 10)), (5.0, (5, 5))],
)  # fmt: skip
def test_grades_that_a_spreadsheet_made_dates_of_are_grades_again(cell: Raw, span: tuple[int, int]) -> None:
    assert grades(cell) == span


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("2024", 2024),
        ("2024-25", 2024),
        ("2024/2025", 2024),
        (2024.0, 2024),
        ("1.1.2024", None),
        ("24", None),
    ],
)
def test_years_and_school_years(cell: Raw, found: int | None) -> None:
    assert year(cell) == found


@pytest.mark.parametrize(
    ("heading", "field", "when"),
    [("Kommunenr", "number", None), ("07459: Befolkning", "population", None), ("Personer 2024", "population", 2024),
     ("Folkemengde 1. januar 2024", "population", 2024), ("AntallElever", "pupils", None), ("ErPrivatSkole", "private", None),
     ("SkoletrinnGSFra", "first_grade", None), ("Skoleaarnavn", "year", None), ("Elevtall 2024-25", "pupils", 2024),
     ("Frie inntekter per innbygger (1 000 kr)", "free_income", None), ("Sentralitetsklasse", "centrality", None),
     ("Innbyggere per 1. januar", "population", None), ("kommunenummer_2019", "kommunenummer_2019", None), ("farge", "", None)],
)  # fmt: skip
def test_headings_of_ssb_udir_and_our_own_are_known(heading: str, field: str, when: int | None) -> None:
    found = meaning(heading)
    assert (found.field, found.year) == (field, when)


def test_places_are_municipalities_or_none() -> None:
    assert place("5610 Kárášjohka - Karasjok") == Place(5610, "Kárášjohka - Karasjok")
    assert place("karasjok") == Place(5610, "Kárášjohka - Karasjok")
    assert place("3001 Halden (2020-2023)") == Place(3001, "Halden")
    for county in ("03 Oslo", 3.0, "F-31", "Hele landet", "EAK", "030101 Bydel", "2100", "0199 Uoppgitt"):
        with pytest.raises(NoMunicipalityError):
            place(county)
    with pytest.raises(ValueError, match="the number of a municipality"):
        place("Eid")
