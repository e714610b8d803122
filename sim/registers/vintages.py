"""Numbers of 2019 and 2020 brought to those of 2024: parts put together, what was divided shared out, nobody counted twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sim.registers.cells import Column, Value
from sim.registers.tables import COUNTS, Reader, Row, Table
from sim.world.municipality_numbers import DIVIDED_2024, NOW, VINTAGES, WHOLE_TO, numbers

_CLASSES = ("centrality",)
_SINGLE = ("robek", "special_case", "network", "uh_unit")


def vintage_of(given: Iterable[int], year: int | None) -> int | None:
    """The vintage that has all these numbers, that of the year if several have them; None if none has."""
    there = set(given)
    fitting = [vintage for vintage in VINTAGES if there <= numbers().of[vintage]]
    if not fitting:
        return None
    held = [vintage for vintage in fitting if year is not None and vintage <= max(year, VINTAGES[0])]
    return held[-1] if held else fitting[-1]


def without_those_gone(table: Table, reader: Reader) -> None:
    """Leave out rows without a number of municipalities that did not exist in the year, and tell of unknown numbers."""
    filled = [row.key for row in table.rows if not row.empty]
    known = [key for key in filled if numbers().vintages(key)]
    there = numbers().of[vintage_of(known, year_of(table)) or NOW]
    kept = []
    for row in table.rows:
        if row.empty and row.key not in there:
            reader.account.leave(table.file, f"line {row.line} ({row.key:04d})", "did not exist in the year")
        elif not numbers().vintages(row.key):
            expected = "a number of 2019, 2020 or 2024"
            reader.fault(table.file, row.line, "kommunenummer", f"{row.key:04d}", expected)
        else:
            kept.append(row)
    table.rows = kept


def to_now(
    table: Table, found: Mapping[str, Column], people: Mapping[int, float], reader: Reader
) -> dict[str, Column]:
    """A table's columns by the numbers of 2024.

    Parameters
    ----------
    people : mapping
        Inhabitants by number, of any vintage, as far as they are known.
    """
    given = {row.key: row for row in table.rows}
    vintage = vintage_of(given, year_of(table))
    if vintage == NOW:
        return dict(found)
    if vintage is not None and not _of_its_year(table, given, vintage, reader):
        return {}
    parts = _parts(table, given, vintage, reader)
    if parts is None:
        return {}
    note_brought(table, vintage, reader)
    return {
        name: _brought(table, name, column, parts, people, vintage, reader) for name, column in found.items()
    }


def _of_its_year(table: Table, given: Mapping[int, Row], vintage: int, reader: Reader) -> bool:
    """Whether a table's numbers can be of the year that is said of it; what has merged since may be counted twice else."""
    year = reader.asked.year_of(table.file) or year_of(table)
    held = [one for one in VINTAGES if year is not None and one <= year]
    gone = [row for number, row in given.items() if held and number not in numbers().of[held[-1]]]
    if not gone or held[-1] <= vintage:
        return True
    others = f" (and {len(gone) - 1} more rows)" if len(gone) > 1 else ""
    expected = (
        f"a number that there was in {year}, but this is one of {vintage}{others}, and people may be counted twice; "
        f"numbers of {vintage} are said by --year {Path(table.file).name}={vintage}"
    )
    reader.fault(table.file, gone[0].line, "kommunenummer", f"{gone[0].key:04d}", expected)
    return False


def note_brought(table: Table, vintage: int | None, reader: Reader) -> None:
    """Tell that a table's numbers were not those of 2024."""
    told = f"numbers of {vintage}" if vintage else "numbers of several years"
    reader.account.note(f"{table.file}: {told} brought to those of 2024")


def becomes(number: int, vintage: int | None) -> tuple[int, ...]:
    """The municipalities of 2024 that one of a vintage, or of any, has become."""
    return numbers().becomes[vintage][number] if vintage else numbers().now(number)


def year_of(table: Table) -> int | None:
    """The latest year that a table says it is of; None if it says none."""
    years = [year for year in table.years.values() if year is not None]
    return max(years) if years else None


def _parts(
    table: Table, given: Mapping[int, Row], vintage: int | None, reader: Reader
) -> dict[int, list[int]] | None:
    """Numbers of the file by the number of 2024 they belong to; None if someone would be counted twice."""
    parts: dict[int, list[int]] = defaultdict(list)
    for number in given:
        into = becomes(number, vintage)
        if number in WHOLE_TO and len(into) > 1:
            whole = WHOLE_TO[number]
            reader.account.note(
                f"{table.file}: {number:04d} was divided among {', '.join(f'{n:04d}' for n in into)}; it goes whole to "
                f"{whole:04d}"
            )
            into = (whole,)
        elif len(into) > 1:
            reader.account.note(
                f"{table.file}: {number:04d} was divided into {' and '.join(f'{n:04d}' for n in into)}; what is counted is "
                "shared out by inhabitants"
            )
        for one in into:
            parts[one].append(number)
    if vintage is not None:
        return parts
    twice = False
    for one, there in parts.items():
        if len(there) > 1 and not _of_one_time(there):
            for number in there[1:]:
                twice = True
                other = f"{there[0]:04d} (line {given[there[0]].line})"
                expected = (
                    f"each municipality once: {number:04d} is counted in {other} too, as both are now {one:04d} "
                    f"{numbers().names[one]}; numbers of one year only"
                )
                reader.fault(table.file, given[number].line, "kommunenummer", f"{number:04d}", expected)
    return None if twice else parts


def _of_one_time(there: list[int]) -> bool:
    """Whether all these are of the same single vintage, so that they are parts of a whole."""
    vintages = {numbers().vintages(number) for number in there}
    return len(vintages) == 1 and len(next(iter(vintages))) == 1


def _brought(
    table: Table,
    name: str,
    column: Column,
    parts: Mapping[int, list[int]],
    people: Mapping[int, float],
    vintage: int | None,
    reader: Reader,
) -> Column:
    """One column by numbers of 2024; of what lacks a part, nothing is made."""
    found: Column = {}
    for now, there in parts.items():
        known = [(number, column[number]) for number in there if number in column]
        if not known:
            continue
        since = vintage or min(numbers().vintages(number)[-1] for number in there)
        lacking = [number for number in _whole(now, since) if number not in column]
        value = None if lacking else _one_value(name, now, known, people)
        one = known[0][1]
        if value is not None:
            found[now] = replace(one, value=value)
        elif name != "population":
            reader.account.leave(
                table.file, f"{name} of {now:04d}", "can't be put together from that of its parts"
            )
        elif absent := [f"{number:04d}" for number in lacking if number not in there]:
            expected = (
                f"{', '.join(absent)} in the file too, which {now:04d} {numbers().names[now]} was made of"
            )
            reader.fault(one.file, one.line, one.heading, f"{known[0][0]:04d}", expected)
    return found


def _whole(now: int, vintage: int) -> list[int]:
    """All numbers of a vintage that became this municipality."""
    return [
        number
        for number, later in numbers().becomes[vintage].items()
        if now in later and WHOLE_TO.get(number, now) == now
    ]


def _one_value(
    name: str, now: int, known: list[tuple[int, Value]], people: Mapping[int, float]
) -> float | bool | tuple[int, int] | None:
    values = [one.value for _, one in known]
    if name in COUNTS:
        whole = sum(
            float(one.value) * _share(number, now, people)
            for number, one in known
            if not isinstance(one.value, tuple)
        )
        return float(round(whole))
    if all(value == values[0] for value in values):
        return values[0]
    weights = [people.get(number) for number, _ in known]
    if name in _SINGLE or any(weight is None for weight in weights):
        return None
    sure = [weight or 0.0 for weight in weights]
    if name in _CLASSES:
        return values[sure.index(max(sure))]
    return sum(w * float(v) for w, v in zip(sure, values, strict=True) if not isinstance(v, tuple)) / (
        sum(sure) or 1
    )


def _share(number: int, now: int, people: Mapping[int, float]) -> float:
    """Which share of a municipality that was divided in 2024 belongs to one of its parts."""
    shares = DIVIDED_2024.get(number)
    if shares is None:
        return 1.0
    if all(part in people for part in shares):
        return people[now] / sum(people[part] for part in shares)
    return shares[now]
