"""Register files in the model's own form that no export has (predecessors, networks, UH units, counties): carried along."""

from __future__ import annotations

from collections import defaultdict

from sim.errors import InputError
from sim.registers.grids import Grid, Raw
from sim.registers.headings import as_text
from sim.registers.joining import Record
from sim.registers.tables import Reader
from sim.registers.values import Signs, is_hidden, number
from sim.world.municipality_numbers import WHOLE_TO, numbers
from sim.world.schema import PREDECESSORS, Cell, FileSchema, Kind

CARRIED = ("predecessors", "networks", "uh_units", "counties", "offices")


def carried(grid: Grid, schema: FileSchema, reader: Reader) -> list[Record]:
    """The rows of such a file; its headings must be the model's own."""
    line, heading = grid.rows[0]
    cells = [schema.find(as_text(cell)) for cell in heading]
    if any(cell is None for cell in cells):
        reader.faults.append(
            InputError(
                f"headings {', '.join(as_text(cell) for cell in heading)}: expected some of "
                f"{', '.join(cell.name for cell in schema.cells)}",
                file=grid.file,
                line=line,
            )
        )
        return []
    signs = Signs(reader.asked.sign)
    signs.learn(cell for _, row in grid.rows[1:] for cell in row)
    records = []
    for at, row in grid.rows[1:]:
        found = {
            cell.name: value
            for cell, raw in zip(cells, row, strict=False)
            if cell is not None and not is_hidden(raw) and (value := _value(cell, raw, signs)) is not None
        }
        records.append(Record(found, grid.file, at))
    reader.account.read.append(
        {"file": grid.file, "how": grid.how, "line": line, "rows": len(records), "of": schema.name}
    )
    return _whole(records, reader) if schema is PREDECESSORS else records


def _value(cell: Cell, raw: Raw, signs: Signs) -> object:
    """A number where one is wanted and can be read; else the text as it stands, which is checked with the rest."""
    if cell.kind in (Kind.WHOLE, Kind.NUMBER):
        try:
            return number(raw, signs, cell.low, cell.high)
        except ValueError:
            return as_text(raw)
    return as_text(raw)


def _whole(records: list[Record], reader: Reader) -> list[Record]:
    """Predecessors that were divided among several go whole to one of them; later numbers become those of 2024."""
    by_number: dict[object, list[Record]] = defaultdict(list)
    for record in records:
        by_number[record.cells.get("kommunenummer_2019")].append(record)
    found = []
    for old, parts in by_number.items():
        if len(parts) == 1:
            found.append(Record(_of_2024(parts[0]), parts[0].file, parts[0].line))
            continue
        into = WHOLE_TO.get(int(old)) if isinstance(old, float) else None
        largest = max(parts, key=lambda part: (part.cells.get("kommunenummer") == into, _size(part)))
        whole = {**_of_2024(largest), "population": sum(_size(part) for part in parts)}
        reader.account.note(
            f"{parts[0].file}: {old:g} was divided among {len(parts)}; it goes whole to {whole.get('kommunenummer')}, with "
            "all its inhabitants"
        )
        found.append(Record(whole, largest.file, largest.line))
    return found


def _of_2024(record: Record) -> dict[str, object]:
    cells = dict(record.cells)
    later = cells.get("kommunenummer")
    there = numbers().now(int(later)) if isinstance(later, float) else ()
    if len(there) == 1:
        cells["kommunenummer"] = there[0]
    return cells


def _size(record: Record) -> float:
    size = record.cells.get("population")
    return size if isinstance(size, float) else 0.0
