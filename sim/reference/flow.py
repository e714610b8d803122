"""The page on what flows through a half-year: who writes and who reads each column, from the processes' own text."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from sim.half_year import Season
from sim.processes.process import Process
from sim.reference.luck import luck_elsewhere
from sim.reference.markdown import paragraphs, table
from sim.rules.touching import Touched, touched
from sim.schemes import SCHEMES, Scheme
from sim.school_year import order
from sim.year_parts import Part

STEP, LANE = 17, 22  # pixels from process to process, and from table to table
LEFT, TOP, RIGHT = 170, 250, 130
RADIUS = 4


def flow(schemes: tuple[Scheme, ...] = SCHEMES) -> str:
    """Who reads and who writes: by process and by column, with a picture of each half-year."""
    lines = paragraphs(
        "# What flows through a half-year",
        "Known from the text of the processes and of all that they call; what a rule may touch, not what it touches in a given "
        "year. Outcomes, surveys and programme theories only read, and are left out.",
    )
    for season in Season:
        lines += [
            *paragraphs(
                f"## {season.value.capitalize()}",
                f"![Which process reads and writes which table, {season.value}](flow-{season.value}.svg)",
            ),
            *table(["process", "reads", "writes", "luck"], list(_by_process(season, schemes))),
            "",
        ]
    lines += ["## By column", "", *table(["column", "written by", "read by"], list(_by_column(schemes))), ""]
    drawn = {name for season in Season for _, found in _touched(season, schemes) for name, _ in found.luck}
    lines += luck_elsewhere(drawn)
    return "\n".join(lines)


def _by_process(season: Season, schemes: tuple[Scheme, ...]) -> Iterator[list[str]]:
    for process, found in _touched(season, schemes):
        luck = ", ".join(sorted({name for name, _ in found.luck}))
        written = f"{_columns(found.writes)}{'; tables as a whole' if found.rearranges else ''}"
        yield [f"`{process.name}`", _columns(found.reads), written, luck or "-"]


def _touched(season: Season, schemes: tuple[Scheme, ...]) -> list[tuple[Process, Touched]]:
    return [(process, touched(process.rule)) for _, process in order(season, schemes)]


def _columns(columns: set[Any]) -> str:
    """Columns by table, in words."""
    by_table: dict[str, list[str]] = {}
    for kind, name in columns:
        by_table.setdefault(kind.__name__, []).append(name)
    return "; ".join(f"{kind}: {', '.join(sorted(names))}" for kind, names in sorted(by_table.items())) or "-"


def _by_column(schemes: tuple[Scheme, ...]) -> Iterator[list[str]]:
    writers: dict[str, dict[str, None]] = {}
    readers: dict[str, dict[str, None]] = {}
    for season in Season:
        for process, found in _touched(season, schemes):
            for who, columns in ((writers, found.writes), (readers, found.reads)):
                for kind, name in columns:
                    who.setdefault(f"{kind.__name__}.{name}", {})[f"`{process.name}`"] = None
    for column in sorted({*writers, *readers}):
        yield [f"`{column}`", *(", ".join(who.get(column, {"-": None})) for who in (writers, readers))]


def picture(season: Season, schemes: tuple[Scheme, ...] = SCHEMES) -> str:
    """A drawing (SVG): time from left to right, a lane for each table; full where a process writes, a ring where it reads."""
    found = _touched(season, schemes)
    kinds = _lanes(found)
    width, height = LEFT + STEP * len(found) + RIGHT, TOP + LANE * len(kinds) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
        f"<title>What each process reads and writes, {season.value}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_bands(season, schemes, height),
    ]
    for row, kind in enumerate(kinds):
        y = TOP + LANE * row
        uses = [i for i, (_, one) in enumerate(found) if _touches(one, kind)]
        first, last = LEFT + STEP * min(uses), LEFT + STEP * max(uses)
        parts.append(
            f'<text x="{LEFT - 14}" y="{y + 4}" text-anchor="end" fill="#222222">{kind.__name__}</text>'
        )
        parts.append(f'<path d="M{first} {y}H{last}" stroke="#b9c4cc" fill="none"/>')
    for i, (process, one) in enumerate(found):
        x = LEFT + STEP * i
        parts.append(
            f'<text transform="translate({x + 4} {TOP - 16}) rotate(-60)" fill="#222222">{escape(process.name)}</text>'
        )
        parts += [
            _mark(x, TOP + LANE * row, one, kind) for row, kind in enumerate(kinds) if _touches(one, kind)
        ]
    return "\n".join([*parts, "</svg>"])


def _lanes(found: list[tuple[Process, Touched]]) -> list[Any]:
    """The tables in the order in which the half-year comes to them."""
    seen: dict[Any, None] = {}
    for _, one in found:
        for kind in sorted({kind for kind, _ in one.reads | one.writes}, key=lambda kind: str(kind.__name__)):
            seen.setdefault(kind)
    return list(seen)


def _touches(one: Touched, kind: Any) -> bool:
    return any(other is kind for other, _ in one.reads | one.writes)


def _mark(x: int, y: int, one: Touched, kind: Any) -> str:
    names = sorted(name for other, name in one.writes if other is kind)
    read = sorted(name for other, name in one.reads if other is kind)
    fill = "#b04a2f" if names else "#ffffff"
    words = "; ".join(
        f"{what}: {', '.join(columns)}" for what, columns in (("writes", names), ("reads", read)) if columns
    )
    return f'<circle cx="{x}" cy="{y}" r="{RADIUS}" fill="{fill}" stroke="#b04a2f"><title>{escape(words)}</title></circle>'


def _bands(season: Season, schemes: tuple[Scheme, ...], height: int) -> Iterator[str]:
    """The parts of the half-year as bands, every other one shaded."""
    parts: dict[Part, list[int]] = {}
    for i, (part, _) in enumerate(order(season, schemes)):
        parts.setdefault(part, []).append(i)
    for shaded, (part, rows) in enumerate(parts.items()):
        x, width = LEFT + STEP * (rows[0] - 0.5), STEP * len(rows)
        if shaded % 2:
            yield f'<rect x="{x}" y="{TOP - 14}" width="{width}" height="{height - TOP + 14}" fill="#f3f5f6"/>'
        yield f"<!-- {part.value} -->"
