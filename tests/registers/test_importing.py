"""Exports as people have them become register files; what is unclear is asked, and every fault is told at once."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.errors import InputError
from sim.registers import grids
from sim.registers.importing import Imported
from sim.world.registers import Registers
from tests.registers.workbook import workbook

PEOPLE = """region;Folkemengde 2024
0301 Oslo;700000
1101 Eigersund;15100
3101 Halden;31000
"""
SCHOOLS = """Organisasjonsnummer;Navn;Kommunenr;Trinn;Elevtall
974000001;Nordre skole;0301;1-10;600
974000002;Sjøskolen;1101;1-7;900
974000003;Sjøen ungdomsskole;1101;8-10;800
974000004;Halden skole;3101;1-10;3000
"""


def imported(tmp_path: Path, files: dict[str, str | bytes], **answers: Any) -> Imported:
    folder = tmp_path / "mine"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return sim.import_registers(folder, out=tmp_path / "out", **answers)


def table(done: Imported, name: str = "municipalities") -> dict[int, dict[str, str]]:
    with (done.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {int(next(iter(row.values()))): row for row in rows}


def column(done: Imported, name: str, file: str = "municipalities") -> dict[int, str]:
    return {key: row[name] for key, row in table(done, file).items()}


def faults(tmp_path: Path, files: dict[str, str | bytes], **answers: Any) -> list[InputError]:
    with pytest.raises(InputError) as caught:
        imported(tmp_path, files, **answers)
    assert not (tmp_path / "out").exists()
    return list(getattr(caught.value, "errors", (caught.value,)))


def fault(tmp_path: Path, files: dict[str, str | bytes], **answers: Any) -> InputError:
    (one,) = faults(tmp_path, files, **answers)
    return one


def left(done: Imported) -> dict[str, int]:
    found = Counter[str]()
    for (_, why), what in done.account.left.items():
        found[why] += len(what)
    return dict(found)


INHABITANTS = {301: "700000", 1101: "15100", 3101: "31000"}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "cp865", "mac_roman"]
)
def test_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    text = "region;Folkemengde\n1114 Bjerkreim på høya;2900\n1834 Lurøy;1900\n1520 Ørsta ærlig;10900\n"
    done = imported(tmp_path, {"a.csv": text.encode(encoding)})
    assert column(done, "name") == {1114: "Bjerkreim på høya", 1834: "Lurøy", 1520: "Ørsta ærlig"}


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
@pytest.mark.parametrize("said", [True, False])
def test_any_usual_separator_is_read(tmp_path: Path, sign: str, said: bool) -> None:
    text = PEOPLE.replace(";", sign)
    assert (
        column(imported(tmp_path, {"a.csv": f"sep={sign}\n{text}" if said else text}), "population")
        == INHABITANTS
    )


@pytest.mark.parametrize("ending", [".csv", ".CSV", ".txt", ".tsv"])
def test_text_files_are_read_whatever_their_ending(tmp_path: Path, ending: str) -> None:
    assert column(imported(tmp_path, {f"a{ending}": PEOPLE}), "population") == INHABITANTS


def test_what_an_import_made_can_be_imported_again(tmp_path: Path) -> None:
    first = imported(tmp_path, {"municipalities.csv": "kommunenummer,population\n301,700000\n1103,144000\n"})
    again = sim.import_registers(first.folder, out=tmp_path / "again")
    assert table(again) == table(first)
    assert left(again)["tells of an import before"] == 2


def test_titles_footnotes_blank_lines_and_trailing_separators_are_no_rows(tmp_path: Path) -> None:
    text = '"07459: Befolkning, etter region, statistikkvariabel og år"\n\n' + PEOPLE.replace("\n", ";;\n")
    text += "\nFotnoter:;;\nTall per 1. januar.\nKilde: Statistisk sentralbyrå;;\n"
    done = imported(tmp_path, {"a.csv": text})
    assert column(done, "population") == INHABITANTS
    assert left(done) == {"a line of text, or a row without numbers": 3}


def test_counties_the_nation_and_other_places_are_left_out_and_said(tmp_path: Path) -> None:
    more = ["0 Hele landet;5550000", "31 Østfold;312000", "F-31 Østfold;312000", "EAK Landet;5550000", "Hele landet;5550000",
            "EKG01 Kostragruppe 1;9000", "030101 Bydel Gamle Oslo;600", "2111 Longyearbyen;2500", "9999 Uoppgitt;3",
            "EAKUO Landet uten Oslo;4850000", "I alt;5550000", "Østfold fylke;312000"]  # fmt: skip
    done = imported(tmp_path, {"a.csv": PEOPLE + "\n".join(more)})
    assert column(done, "population") == INHABITANTS
    assert left(done) == {"a county, the nation or no municipality": len(more)}


@pytest.mark.parametrize(
    "label",
    [
        "0301",
        "301",
        "K-0301",
        "K 0301",
        "0301 Oslo",
        "301.0",
        "0301 Oslo kommune",
        "Oslo (0301)",
        "Oslo",
        "Oslo kommune",
    ],
)
def test_a_municipality_is_known_however_it_is_written(tmp_path: Path, label: str) -> None:
    done = imported(tmp_path, {"a.csv": f"region;Folkemengde\n{label};700000\n1101 Eigersund;15100\n"})
    assert column(done, "population") == {301: "700000", 1101: "15100"}
    assert column(done, "name")[301] == "Oslo"


def test_a_name_that_two_municipalities_have_is_asked(tmp_path: Path) -> None:
    one = fault(tmp_path, {"a.csv": "region;Folkemengde\nOslo;700000\nVåler;5900\n"})
    assert (one.line, "3114 Våler (Østfold), 3419 Våler (Innlandet)" in one.message) == (3, True)


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        ("region;Folkemengde 2023;Folkemengde 2024", "{};1;{}"),
        ("region;2023;2024", "{};1;{}"),
        ("kommunenr;kommune;år;folketall", None),
    ],
)
def test_of_several_years_in_a_file_one_is_chosen(tmp_path: Path, columns: str, row: str | None) -> None:
    places = [("0301 Oslo", "700000"), ("1101 Eigersund", "15100"), ("3101 Halden", "31000")]
    if row:
        lines = [row.format(*one) for one in places]
    else:
        lines = [
            f"{p[:4]};{p[5:]};{year};{n if year == 2024 else 1}" for p, n in places for year in (2023, 2024)
        ]
    text = "\n".join(["07459: Befolkning", "", columns, *lines])
    assert column(imported(tmp_path, {"a.csv": text}, year=2024), "population") == INHABITANTS
    (tmp_path / "b").mkdir()
    assert "2023 and 2024; choose one with --year" in fault(tmp_path / "b", {"a.csv": text}).message


def test_a_year_that_is_not_there_is_a_fault_or_a_doubt(tmp_path: Path) -> None:
    several = PEOPLE.replace("Folkemengde 2024", "Folkemengde 2022;Folkemengde 2023").replace(
        "000\n", "000;1\n"
    )
    several = several.replace("15100", "15100;1")
    assert (
        "expected 2024; choose with --year FILE=YEAR"
        in fault(tmp_path, {"a.csv": several}, year=2024).message
    )
    done = imported(tmp_path, {"a.csv": several}, year=2024, years={"a.csv": 2022})
    assert column(done, "population") == INHABITANTS
    (tmp_path / "b").mkdir()
    done = imported(tmp_path / "b", {"a.csv": PEOPLE.replace("2024", "2023")}, year=2024)
    assert any("its numbers are of 2023; asked for was 2024" in doubt for doubt in done.account.doubts)


def test_a_table_of_pxweb_in_long_form_is_read(tmp_path: Path) -> None:
    text = '"region";"statistikkvariabel";"år";"07459: Befolkning"\n'
    for code, n in (
        ("0301 Oslo", 700000),
        ("1101 Eigersund", 15100),
        ("3101 Halden", 31000),
        ("3001 Halden (2020-2023)", 0),
    ):
        text += f'"{code}";"Personer";"2023";5\n"{code}";"Personer";"2024";{n}\n'
    done = imported(tmp_path, {"a.csv": text.encode("latin-1")}, year=2024)
    assert column(done, "population") == INHABITANTS
    assert left(done)["did not exist in the year"] == 1


def test_a_workbook_of_pxweb_is_read(tmp_path: Path) -> None:
    rows: list[list[str | float]] = [
        ["07459: Befolkning, etter region, statistikkvariabel og år"], [], ["", "Personer"], ["", "2023", "2024"],
        ["0301 Oslo", 5.0, 700000.0], ["1101 Eigersund", 5.0, 15100.0], ["3101 Halden", 5.0, 31000.0], [],
        ["Statistikkvariabel:"], ["Kilde: Statistisk sentralbyrå"],
    ]  # fmt: skip
    done = imported(tmp_path, {"a.xlsx": workbook({"07459": rows})}, year=2024)
    assert column(done, "population") == INHABITANTS


def test_sheets_of_a_workbook_are_tables_of_their_own(tmp_path: Path) -> None:
    people: list[list[str | float]] = [["kommunenr", "innbyggere"], [301.0, 700000.0], [1101.0, 15100.0]]
    classes: list[list[str | float]] = [["kommunenr", "sentralitetsklasse"], ["0301", 1.0], ["1101", 4.0]]
    done = imported(tmp_path, {"a.xlsx": workbook({"people": people, "classes": classes})})
    assert table(done)[1101] == {
        "kommunenummer": "1101", "population": "15100", "name": "Eigersund", "centrality": "middle"
    }  # fmt: skip


def test_a_file_that_is_no_workbook_is_said(tmp_path: Path) -> None:
    assert "can't be read as a workbook" in fault(tmp_path, {"a.xlsx": b"PK\x03\x04torn"}).message
    (tmp_path / "b").mkdir()
    assert "can't be read as a workbook" in fault(tmp_path / "b", {"a.xls": PEOPLE}).message


def test_a_workbook_that_would_take_up_all_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people: list[list[str | float]] = [["kommunenr", "innbyggere"], [301.0, 700000.0]]
    whole = workbook({"people": people})
    far = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as here, zipfile.ZipFile(far, "w") as there:
        for part in here.namelist():
            there.writestr(part, here.read(part).replace(b'r="B2"', b'r="XFD1048576"'))
    one = fault(tmp_path, {"a.xlsx": far.getvalue()})
    assert "has something in column XFD and in row 1048576, far from a table" in one.message
    monkeypatch.setattr(grids, "MOST_BYTES", 1_000)
    one = fault(tmp_path, {"a.xlsx": whole})
    assert "is too large once it is unpacked" in one.message


def test_hidden_files_locks_and_other_files_are_left_out_and_said(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.csv": PEOPLE, "._a.csv": b"\x00\x05\x16\x07", "~$b.xlsx": b"lock", ".~lock.a.csv#": "me", ".DS_Store": b"\x00",
        "read me.pdf": b"%PDF",
    }  # fmt: skip
    done = imported(tmp_path, files)
    assert column(done, "population") == INHABITANTS
    assert sum(left(done).values()) == 5


@pytest.mark.parametrize(
    "written",
    ["15 100", "15\u00a0100", "15\u202f100", "15100", "15100,0", "15100.0", "15'100", "15 100 ", '"15 100"'],
)
def test_a_number_that_can_be_read_in_one_way_is(tmp_path: Path, written: str) -> None:
    done = imported(tmp_path, {"a.csv": PEOPLE.replace("15100", written)})
    assert column(done, "population") == INHABITANTS


@pytest.mark.parametrize(("sign", "decimal"), [(".", "comma"), (",", "point")])
def test_a_number_that_can_be_read_in_two_ways_is_asked(tmp_path: Path, sign: str, decimal: str) -> None:
    text = PEOPLE.replace("15100", f"15{sign}100").replace("31000", f"31{sign}000")
    found = faults(tmp_path, {"a.csv": text})
    assert [one.line for one in found] == [3]
    assert f"column 'Folkemengde 2024', value '15{sign}100'" in found[0].message
    assert (
        "15100 or 15.1; --decimal comma or --decimal point says which (and so in 1 more rows)"
        in found[0].message
    )
    assert column(imported(tmp_path, {"a.csv": text}, decimal=decimal), "population") == INHABITANTS


def test_other_numbers_of_the_file_show_which_sign_is_which(tmp_path: Path) -> None:
    text = (
        "region;Folkemengde;Grunnskolenivå (prosent)\n0301 Oslo;700.000;17,5\n1101 Eigersund;15.100;25,25\n"
    )
    done = imported(tmp_path, {"a.csv": text})
    assert column(done, "population") == {301: "700000", 1101: "15100"}
    assert column(done, "education_low") == {301: "0.175", 1101: "0.2525"}
    (tmp_path / "b").mkdir()
    text = "region;Folkemengde\n0301 Oslo;1.700.000\n1101 Eigersund;15.100\n"
    assert column(imported(tmp_path / "b", {"a.csv": text}), "population")[1101] == "15100"


def test_per_cent_becomes_a_share(tmp_path: Path) -> None:
    for i, (heading, values) in enumerate(
        [("Uføre (prosent)", ("0,9", "0,8")), ("Uføre", ("0,9 %", "0,8 %")), ("disability", ("0.9", "12.5"))]
    ):
        (tmp_path / str(i)).mkdir()
        text = f"kommunenr;folketall;{heading}\n0301;700000;{values[0]}\n1101;15100;{values[1]}\n"
        done = imported(tmp_path / str(i), {"a.csv": text})
        assert column(done, "disability")[301] == "0.009"


def test_a_share_that_was_meant_as_per_cent_is_a_doubt(tmp_path: Path) -> None:
    text = "kommunenr;folketall;unqualified\n0301;700000;0.9\n1101;15100;0.03\n"
    done = imported(tmp_path, {"a.csv": text})
    assert any("a.csv:2: column 'unqualified', value '0.9'" in doubt for doubt in done.account.doubts)


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Frie inntekter per innbygger (kr)", ("65000", "80000")),
        ("Frie inntekter per innbygger (1 000 kr)", ("65", "80")),
        ("Frie inntekter per innbygger (1000 kr)", ("65,0", "80,0")),
        ("Frie inntekter", ("65.000", "80.000")),
        ("Frie inntekter", ("65", "80")),
        ("Frie inntekter (1 000 kr)", ("45500000", "1208000")),
        ("Frie inntekter i alt (kr)", ("45500000000", "1208000000")),
    ],
)
def test_free_income_is_read_in_its_unit(tmp_path: Path, heading: str, values: tuple[str, str]) -> None:
    text = f"kommunenr;folketall;{heading}\n0301;700000;{values[0]}\n1101;15100;{values[1]}\n"
    assert column(imported(tmp_path, {"a.csv": text}), "free_income") == {301: "65000", 1101: "80000"}


@pytest.mark.parametrize(
    "classes", [("1", "3", "6"), ("Klasse 2", "4 - Mellomsentral", "05"), ("central", "middle", "remote")]
)
def test_centrality_of_six_classes_becomes_three(tmp_path: Path, classes: tuple[str, ...]) -> None:
    lines = [
        f"{n};{p};{c}"
        for n, p, c in zip(("0301", "3101", "1101"), (700000, 31000, 15100), classes, strict=True)
    ]
    done = imported(tmp_path, {"a.csv": "\n".join(["Kommunenummer;Innbyggere;Sentralitet", *lines])})
    assert column(done, "centrality") == {301: "central", 1101: "remote", 3101: "middle"}


def test_lists_of_klass_are_read(tmp_path: Path) -> None:
    names = "code;parentCode;level;name;shortName;validFrom\n0301;;1;Oslo;;\n1101;;1;Eigersund;;\n3101;;1;Halden;;\n"
    classes = "sourceCode;sourceName;targetCode;targetName\n1;Sentral;0301;Oslo\n4;Fire;1101;Eigersund\n3;Tre;3101;Halden\n"
    people = "Kommunenr,Folkemengde\n0301,700000\n1101,15100\n3101,31000\n"
    done = imported(tmp_path, {"klass128.csv": classes, "people.csv": people})
    assert column(done, "centrality") == {301: "central", 1101: "middle", 3101: "middle"}
    (tmp_path / "b").mkdir()
    assert "no column with numbers" in fault(tmp_path / "b", {"klass131.csv": names}).message


@pytest.mark.parametrize("sign", [":", ".", "..", "*", ""])
def test_what_the_publisher_hides_is_drawn_where_it_may_be(tmp_path: Path, sign: str) -> None:
    text = f"kommunenr;folketall;elever\n0301;700000;66000\n1101;15100;{sign}\n"
    done = imported(tmp_path, {"a.csv": text})
    assert column(done, "pupils") == {301: "66000", 1101: ""}
    assert "pupils of 1 of 2 municipalities" in done.account.drawn
    (tmp_path / "b").mkdir()
    one = fault(tmp_path / "b", {"a.csv": PEOPLE.replace("15100", sign)})
    assert (one.line, "a number of inhabitants, 1 or more" in one.message) == (3, True)


def test_no_inhabitants_are_a_fault(tmp_path: Path) -> None:
    one = fault(tmp_path, {"a.csv": PEOPLE.replace("15100", "0")})
    assert (one.line, one.field) == (3, "Folkemengde 2024")


@pytest.mark.parametrize(
    ("written", "grades"),
    [("1-7", "1 7"), ("1.-7. trinn", "1 7"), ("1 – 7", "1 7"), ("01.jul", "1 7"), ("8-10", "8 10"), ("8. til 10. trinn", "8 10"),
     ("10", "10 10"), ("1-10 skole", "1 10"), ("Oct-08", None), ("7-12", None), ("barn", None)],
)  # fmt: skip
def test_grades_are_read_as_people_write_them(tmp_path: Path, written: str, grades: str | None) -> None:
    text = f"orgnr;kommunenr;skoletrinn;elever\n974000001;0301;{written};300\n"
    if grades is None:
        assert fault(tmp_path, {"a.csv": text}).field == "skoletrinn"
    else:
        row = table(imported(tmp_path, {"a.csv": text}), "schools")[974000001]
        assert f"{row['first_grade']} {row['last_grade']}" == grades


def test_an_export_of_nsr_is_read(tmp_path: Path) -> None:
    text = (
        "Orgnr;Navn;Kommunenummer;SkoletrinnGSFra;SkoletrinnGSTil;Elevtall;ErPrivatSkole;ErAktiv;ErGrunnskole;EierforholdNavn\n"
        "974000001;Nordre skole;0301;1;7;300;Nei;Ja;Ja;Kommunal\n"
        "974000002;Steinerskolen;0301;1;10;200;Ja;Ja;Ja;Privat\n"
        "974000003;Gamle skole;0301;1;7;200;Nei;Nei;Ja;Kommunal\n"
        "974000004;Videregående;0301;;;900;Nei;Ja;Nei;Fylkeskommunal\n"
        "974 000 005;Ungdomsskolen;0301;8;10;150;Nei;Ja;Ja;Kommunal\n"
        "974000006;Statens skole;0301;1;10;15;Nei;Ja;Ja;Statlig\n"
        "974000007;Tom skole;0301;1;7;0;Nei;Ja;Ja;Kommunal\n"
    )
    done = imported(tmp_path, {"nsr.csv": text.encode("utf-16")})
    assert column(done, "name", "schools") == {974000001: "Nordre skole", 974000005: "Ungdomsskolen"}
    assert left(done) == {
        "a private school": 1, "no longer active": 1, "no grunnskole": 1, "a county's or the state's school": 1,
        "a school without pupils": 1,
    }  # fmt: skip


def test_lists_of_schools_are_joined_by_organisation_number(tmp_path: Path) -> None:
    nsr = (
        SCHOOLS.replace(";Elevtall", "")
        .replace(";600", "")
        .replace(";900", "")
        .replace(";800", "")
        .replace(";3000", "")
    )
    gsi = "Skoleår;Organisasjonsnr;Enhetsnavn;Antall elever\n"
    for year, more in (("2023-24", 1), ("2024-25", 0)):
        for key, n in ((1, 600), (2, 900), (3, 800), (4, 3000), (9, 50)):
            gsi += f"{year};97400000{key};X;{n + more}\n"
    done = imported(
        tmp_path, {"nsr.txt": nsr.replace(";", "\t"), "gsi.csv": gsi, "people.csv": PEOPLE}, year=2024
    )
    assert column(done, "pupils", "schools") == {
        974000001: "600", 974000002: "900", 974000003: "800", 974000004: "3000"
    }  # fmt: skip
    assert left(done)["a school that no list with municipalities has"] == 1


def test_pupils_by_grade_tell_grades_and_sum(tmp_path: Path) -> None:
    wide = "orgnr;kommunenr;Elevtall 1. trinn;Elevtall 2. trinn;Elevtall 8. trinn\n"
    wide += "974000001;0301;20;25;0\n974000002;0301;0;0;60\n"
    done = imported(tmp_path, {"gsi.csv": wide})
    assert list(table(done, "schools")[974000001].values()) == ["974000001", "301", "1", "2", "45"]
    (tmp_path / "b").mkdir()
    long = "Organisasjonsnummer;Kommunekode;EnhetNavn;TrinnNavn;AntallElever\n"
    for key, rows in (
        (1, (("Alle trinn", 45), ("1. trinn", 20), ("2. trinn", 25))),
        (2, (("Alle trinn", 60), ("8. trinn", 60))),
    ):
        long += "".join(f"97400000{key};0301;Skole {key};{grade};{n}\n" for grade, n in rows)
    done = imported(tmp_path / "b", {"udir.csv": long})
    assert list(table(done, "schools")[974000001].values()) == ["974000001", "301", "1", "2", "45", "Skole 1"]


def test_hidden_pupils_of_a_school_are_asked(tmp_path: Path) -> None:
    text = SCHOOLS.replace("900", "*").replace("3000", ":")
    found = faults(tmp_path, {"a.csv": text})
    assert [one.line for one in found] == [3, 5]
    assert "974000002 Sjøskolen" in found[0].message
    done = imported(tmp_path, {"a.csv": text}, suppressed=4)
    assert column(done, "pupils", "schools")[974000002] == "4"
    done = imported(tmp_path, {"a.csv": text}, leave_incomplete=True, overwrite=True)
    assert 974000002 not in table(done, "schools")


def test_totals_are_read_of_what_is_parted_and_halves_added_up(tmp_path: Path) -> None:
    head = "region;kjønn;Personer\n"
    parted = head + "".join(
        f"{place};{sex};{n}\n" for place, n in (("0301 Oslo", 700000), ("1101 Eigersund", 15100), ("3101 Halden", 31000))
        for sex, n in (("Begge kjønn", n), ("Menn", n // 2), ("Kvinner", n - n // 2))
    )  # fmt: skip
    assert column(imported(tmp_path, {"a.csv": parted}), "population") == INHABITANTS
    halves = "".join(line for line in parted.splitlines(keepends=True) if "Begge" not in line)
    assert column(imported(tmp_path, {"a.csv": halves}, overwrite=True), "population") == INHABITANTS
    ages = parted.replace("kjønn", "alder").replace("Begge alder", "0 år").replace("Begge kjønn", "0 år")
    (tmp_path / "b").mkdir()
    found = faults(tmp_path / "b", {"a.csv": ages})
    assert "they differ in alder; --rows 'HEADING=VALUE' chooses" in found[0].message
    chosen = imported(tmp_path / "b", {"a.csv": ages}, rows={"alder": "0 år"})
    assert column(chosen, "population") == INHABITANTS


def test_levels_of_education_are_measures(tmp_path: Path) -> None:
    text = "region;nivå;år;09429: Personer 16 år og over (prosent)\n"
    for level, n in (("Grunnskolenivå", 25), ("Videregående skole-nivå", 38), ("Universitets- og høgskolenivå, kort", 20),
                     ("Universitets- og høgskolenivå, lang", 10.5)):  # fmt: skip
        text += f"0301 Oslo;{level};2023;{n}\n"
    done = imported(tmp_path, {"edu.csv": text, "people.csv": "region;folkemengde\n0301 Oslo;700000\n"})
    assert (column(done, "education_low"), column(done, "education_high")) == ({301: "0.25"}, {301: "0.305"})


def test_numbers_of_2019_and_2020_are_brought_to_those_of_2024(tmp_path: Path) -> None:
    old = "region;Folkemengde;Uføre (prosent)\n"
    old += "0101 Halden;31000;10\n0104 Moss;33000;10\n0136 Rygge;16500;20\n0301 Oslo;690000;5\n"
    done = imported(tmp_path, {"a.csv": old})
    assert column(done, "population") == {301: "690000", 3101: "31000", 3103: "49500"}
    assert float(column(done, "disability")[3103]) == pytest.approx((33 * 0.1 + 16.5 * 0.2) / 49.5)
    assert column(done, "name")[3103] == "Moss"
    (tmp_path / "b").mkdir()
    new = "region;Folkemengde\n3001 Halden;31000\n3002 Moss;50000\n1507 Ålesund;67000\n"
    done = imported(tmp_path / "b", {"a.csv": new})
    assert column(done, "population") == {1508: "57620", 1580: "9380", 3101: "31000", 3103: "50000"}


def test_files_of_different_years_are_joined_by_numbers_of_2024(tmp_path: Path) -> None:
    income = "kommunenr;frie inntekter per innbygger\n0301;64000\n1101;70000\n3001;66000\n"
    done = imported(tmp_path, {"people.csv": PEOPLE, "income.csv": income})
    assert column(done, "free_income") == {301: "64000", 1101: "70000", 3101: "66000"}


def test_mixed_years_count_nobody_twice(tmp_path: Path) -> None:
    mixed = PEOPLE + "0104 Moss;33000\n0136 Rygge;16500\n"
    assert column(imported(tmp_path, {"a.csv": mixed}), "population")[3103] == "49500"
    (tmp_path / "b").mkdir()
    found = faults(tmp_path / "b", {"a.csv": mixed + "3103 Moss;51000\n3001 Halden;31000\n"})
    assert [(one.line, one.field) for one in found] == [(line, "kommunenummer") for line in (6, 7, 8)]
    assert "is counted in 3101 (line 4) too, as both are now 3101 Halden" in found[-1].message


def test_numbers_of_another_time_than_the_file_says_are_asked(tmp_path: Path) -> None:
    text = "region;Personer 2024\n1103 Stavanger;148000\n1141 Finnøy;3200\n1142 Rennesøy;4600\n0301 Oslo;717000\n"
    one = fault(tmp_path, {"a.csv": text})
    assert (one.line, one.field) == (3, "kommunenummer")
    assert "--year a.csv=2019" in one.message
    done = imported(tmp_path, {"a.csv": text}, years={"a.csv": 2019})
    assert column(done, "population") == {301: "717000", 1103: "155800"}


def test_a_part_of_a_merged_municipality_that_lacks_is_a_fault(tmp_path: Path) -> None:
    one = fault(
        tmp_path, {"a.csv": "region;Folkemengde\n0101 Halden;31000\n0104 Moss;33000\n0136 Rygge;..\n"}
    )
    assert (one.line, "a number of inhabitants" in one.message) == (4, True)


def test_a_number_nobody_had_is_a_fault(tmp_path: Path) -> None:
    one = fault(tmp_path, {"a.csv": PEOPLE + "1211 Etne;4000\n4711 Nowhere;5000\n"})
    assert (one.line, "'4711'" in one.message) == (6, True)


def test_divided_municipalities_go_whole_to_one(tmp_path: Path) -> None:
    text = "region;folkemengde\n"
    text += "5012 Snillfjord;1000\n5016 Agdenes;1700\n"
    text += "5023 Meldal;3900\n5024 Orkdal;12000\n1850 Tysfjord;1900\n1849 Hamarøy;1700\n"
    done = imported(tmp_path, {"a.csv": text})
    assert column(done, "population") == {1875: "3600", 5059: "18600"}
    assert any(
        "5012 was divided among 5055, 5056, 5059; it goes whole to 5059" in note
        for note in done.account.notes
    )


def test_own_register_files_are_carried_along(tmp_path: Path) -> None:
    own = "kommunenummer,population,name\n5055,6000,Heim\n5056,5200,Hitra\n5059,18600,Orkland\n"
    before = "kommunenummer_2019;kommunenummer;population\n"
    before += "5012;5055;100\n5012;5056;300\n5012;5059;600\n5024;5059;12000\n5011;5055;4200\n"
    done = imported(tmp_path, {"municipalities.csv": own, "predecessors.csv": before})
    assert table(done, "predecessors")[5012] == {
        "kommunenummer_2019": "5012",
        "kommunenummer": "5059",
        "population": "1000",
    }


def test_a_school_of_a_divided_municipality_is_asked(tmp_path: Path) -> None:
    one = fault(
        tmp_path,
        {"a.csv": "orgnr;kommunenr;trinn;elever\n974000001;1507;1-10;300\n974000002;3001;1-10;300\n"},
    )
    assert "the number of 2024: 1507 was divided into 1508 and 1580" in one.message


def test_headings_nobody_knows_are_asked_and_can_be_said(tmp_path: Path) -> None:
    text = "sted;hvor mange\n0301 Oslo;700000\n1101 Eigersund;15100\n3101 Halden;31000\n"
    assert "no heading is known" in fault(tmp_path, {"a.csv": text}).message
    done = imported(tmp_path, {"a.csv": text}, columns={"hvor mange": "folkemengde"})
    assert column(done, "population") == INHABITANTS


def test_the_same_thing_in_two_files_is_asked(tmp_path: Path) -> None:
    one = fault(tmp_path, {"a.csv": PEOPLE, "b.csv": PEOPLE})
    assert "population is in" in one.message
    done = imported(tmp_path, {"b.csv": PEOPLE}, columns={"b.csv:Folkemengde 2024": ""})
    assert done.account.written == {"municipalities.csv": 3}


def test_schools_outside_the_municipalities_are_left_out(tmp_path: Path) -> None:
    done = imported(tmp_path, {"a.csv": PEOPLE, "b.csv": SCHOOLS + "974000009;Annen;4601;1-10;300\n"})
    assert len(table(done, "schools")) == 4
    assert left(done)["in a municipality that is not among those with inhabitants"] == 1


def test_a_municipality_without_school_is_a_fault_at_its_own_place(tmp_path: Path) -> None:
    one = fault(tmp_path, {"a.csv": PEOPLE, "b.csv": "\n".join(SCHOOLS.splitlines()[:4])})
    assert (Path(one.file or "").name, one.line) == ("a.csv", 4)


def test_every_fault_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    people = PEOPLE.replace("15100", "mange").replace("31000", "31.000") + "Nowhere;1000\n"
    found = faults(tmp_path, {"a.csv": people, "b.csv": SCHOOLS.replace("8-10", "åtte").replace("600", "-5")})
    places = {(Path(one.file or "").name, one.line, one.field) for one in found}
    assert places == {
        ("a.csv", 3, "Folkemengde 2024"), ("a.csv", 4, "Folkemengde 2024"), ("a.csv", 5, "region"),
        ("b.csv", 2, "Elevtall"), ("b.csv", 4, "Trinn"),
    }  # fmt: skip


def test_nothing_is_half_written_and_other_registers_are_not_touched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    imported(tmp_path, {"a.csv": PEOPLE, "b.csv": SCHOOLS})
    with pytest.raises(InputError, match="holds register files already"):
        imported(tmp_path, {"a.csv": PEOPLE})
    before = sorted(path.read_bytes() for path in out.iterdir())
    with pytest.raises(InputError):
        imported(tmp_path, {"a.csv": PEOPLE.replace("15100", "mange")}, overwrite=True)
    assert sorted(path.read_bytes() for path in out.iterdir()) == before
    (tmp_path / "mine" / "b.csv").unlink()
    imported(tmp_path, {"a.csv": PEOPLE}, overwrite=True)
    assert sorted(path.name for path in out.iterdir()) == [
        "import_report.json",
        "import_report.txt",
        "municipalities.csv",
    ]


def test_the_account_says_what_was_taken_from_where(tmp_path: Path) -> None:
    done = imported(tmp_path, {"a.csv": PEOPLE, "b.csv": SCHOOLS})
    said = json.loads((done.folder / "import_report.json").read_text(encoding="utf-8"))
    assert said["written"] == {"municipalities.csv": 3, "schools.csv": 4}
    assert {"table": "municipalities", "column": "population", "file": str(tmp_path / "mine" / "a.csv"),
            "heading": "Folkemengde 2024", "year": 2024, "n": 3} in said["taken"]  # fmt: skip
    assert "municipalities.csv, population: 3 values of 2024 from 'Folkemengde 2024' in" in str(done)


def test_a_country_that_was_made_can_be_read(tmp_path: Path) -> None:
    done = imported(tmp_path, {"a.csv": PEOPLE, "b.csv": SCHOOLS})
    assert Registers.read(done.folder).n_municipalities == 3


def test_a_part_that_is_not_in_the_file_is_a_fault(tmp_path: Path) -> None:
    one = fault(tmp_path, {"a.csv": "region;Folkemengde\n0101 Halden;31000\n0104 Moss;33000\n"})
    assert (one.line, "expected 0136 in the file too, which 3103 Moss was made of" in one.message) == (
        3,
        True,
    )


def test_units_of_several_levels_are_told_apart(tmp_path: Path) -> None:
    text = (
        "Enhetsnivå;Organisasjonsnummer;Enhetsnavn;Kommunekode;Trinn;Antall elever\n"
        "Land;974767746;Norge;;1-10;600000\nFylke;921234554;Oslo;03;1-10;66000\nKommune;958935420;Oslo;0301;1-10;66000\n"
        "Skole;974000001;Nordre skole;0301;1-10;300\n"
    )
    done = imported(tmp_path, {"a.csv": text})
    assert column(done, "pupils", "schools") == {974000001: "300"}
    (tmp_path / "b").mkdir()
    own = "Organisasjonsnummer;Enhetsnavn;Kommunekode;Antall elever\n"
    own += "958935420;Oslo kommune;0301;66000\n944496394;Eigersund;1101;1800\n"
    done = imported(tmp_path / "b", {"a.csv": own, "people.csv": PEOPLE})
    assert column(done, "pupils") == {301: "66000", 1101: "1800", 3101: ""}


def test_a_row_with_more_cells_than_headings_is_a_fault(tmp_path: Path) -> None:
    text = "region,Uføre (prosent),Folkemengde\n0301 Oslo,5,5,700000\n1101 Eigersund,9,15100\n"
    one = fault(tmp_path, {"a.csv": text})
    assert (one.line, "3 cells as in the heading; the row has 4" in one.message) == (2, True)


def test_texts_beside_tables_are_left_out_and_said(tmp_path: Path) -> None:
    info: list[list[str | float]] = [["About this table"], ["Updated in March"]]
    people: list[list[str | float]] = [["kommunenr", "innbyggere"], [301.0, 700000.0]]
    files: dict[str, str | bytes] = {
        "README.txt": "Read me.\nBy me.\n",
        "a.xlsx": workbook({"Info": info, "Data": people}),
    }
    done = imported(tmp_path, files)
    assert column(done, "population") == {301: "700000"}
    assert left(done) == {"no heading that is known in it": 2}


def test_a_file_in_which_nothing_is_left_is_a_fault_that_says_why(tmp_path: Path) -> None:
    assert "no rows under the heading" in fault(tmp_path, {"a.csv": "region;Folkemengde\n"}).message
    (tmp_path / "b").mkdir()
    private = "orgnr;kommunenr;trinn;elever;eierform\n974000001;0301;1-10;300;Privat\n"
    assert "left out are 1: a private school" in fault(tmp_path / "b", {"a.csv": private}).message


def test_thousands_of_people_are_people_and_parts_of_people_are_refused(tmp_path: Path) -> None:
    text = "region;Folkemengde (1 000)\n0301 Oslo;700\n1101 Eigersund;15,1\n3101 Halden;31\n"
    assert column(imported(tmp_path, {"a.csv": text}), "population") == INHABITANTS
    (tmp_path / "b").mkdir()
    assert "expected whole number" in fault(tmp_path / "b", {"a.csv": text.replace(" (1 000)", "")}).message


def test_a_name_of_another_municipality_is_a_doubt(tmp_path: Path) -> None:
    done = imported(tmp_path, {"a.csv": PEOPLE.replace("Eigersund", "Bergen")})
    assert any(
        "expected Eigersund, as 1101 is; that is the name of 4601" in doubt for doubt in done.account.doubts
    )


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"years": {"b.csv": 2024}}, "year 'b.csv=2024': expected the name of a file that is read"),
        (
            {"columns": {"Folk": "folkemengde"}},
            "column 'Folk=folkemengde': expected a heading of a file that is read",
        ),
        (
            {"columns": {"b.csv:region": ""}},
            "column 'b.csv:region=': expected a heading of a file that is read",
        ),
        (
            {"rows": {"alder": "Alle aldre"}},
            "rows 'alder=Alle aldre': expected a heading of a file that is read",
        ),
    ],
)
def test_an_answer_that_no_file_has_a_use_for_is_a_fault(
    tmp_path: Path, answers: dict[str, dict[str, str]], told: str
) -> None:
    assert str(fault(tmp_path, {"a.csv": PEOPLE}, **answers)).startswith(told)


def test_other_tables_in_the_folder_for_what_is_made_are_never_deleted(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "my_analysis.csv").write_text("a\n1\n", encoding="utf-8")
    for overwrite in (False, True):
        with pytest.raises(
            InputError, match=r"out: holds CSV files that are no register files \(my_analysis\.csv\)"
        ):
            imported(tmp_path, {"a.csv": PEOPLE}, overwrite=overwrite)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["my_analysis.csv"]
