"""The commands `registers import` and `validate` of register files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import ask

PEOPLE = "region;Folkemengde 2023;Folkemengde 2024\n0301 Oslo;1;700.000\n1101 Eigersund;1;15.100\n"


def test_an_import_says_what_was_taken_and_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(PEOPLE.encode("latin-1"))
    line = f"registers import {tmp_path / 'people.csv'} --year 2024 --decimal comma --out {tmp_path / 'out'}"
    answer = ask(*line.split())
    assert answer.status == 0
    assert answer.out[0] == "Written:"
    assert answer.out[-1] == str(tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "import_report.json", "import_report.txt", "municipalities.csv"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            "--year 2024",
            "700000 or 700; --decimal comma or --decimal point says which (and so in 1 more rows)",
        ),
        ("--decimal comma", "holds numbers of 2023 and 2024; choose one with --year"),
        ("--year soon", "--year 'soon': expected a year, or FILE=YEAR"),
        ("--column folk", "--column 'folk': expected KEY=VALUE"),
        ("--decimal dot", "decimal 'dot': expected comma or point"),
        ("--suppressed 0", "--suppressed"),
    ],
)
def test_what_is_unclear_is_asked_and_nothing_written(tmp_path: Path, more: str, words: str) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    answer = ask("registers", "import", str(tmp_path), *more.split(), "--out", str(tmp_path / "out"))
    assert answer.status == 2
    assert words in " ".join(answer.err)
    assert not (tmp_path / "out").exists()


def test_validate_tells_doubts_and_what_is_in_the_files(tmp_path: Path) -> None:
    file = tmp_path / "municipalities.csv"
    file.write_text("kommunenummer,population\n3101,31000\n3103,15\n", encoding="utf-8")
    answer = ask("validate", str(tmp_path))
    assert answer.status == 0
    assert answer.out == [
        f"{tmp_path}: 2 municipalities with 31,015 inhabitants (0.6% of the nation's)",
        f"{tmp_path}: can be used; 1 doubt, see above",
    ]  # fmt: skip
    assert answer.err[0].startswith(f"doubt: {file}:3: column 'population', value '15'")
    assert ask("validate", "--strict", str(tmp_path)).status == 2
    file.write_text("kommunenummer,population\n3101,31000\n", encoding="utf-8")
    assert ask("validate", "--strict", str(tmp_path)).out[-1] == f"{tmp_path}: in order"
