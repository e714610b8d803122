"""A known country written in many ways, as people and publishers write; so it can be told whether it was read rightly.

Only what one reader can read in one way is written: numbers of a file have one sign before decimals.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sim.world.municipality_numbers import NOW, numbers
from tests.registers.workbook import workbook

Truth = dict[str, float]
"""What is so of a municipality, by column of the register file; classes of centrality are SSB's six."""
Written = Callable[[Truth], str]

HEADINGS: dict[str, tuple[str, ...]] = {
    "population": ("Folkemengde", "folketall", "Befolkning", "Innbyggere", "Personer", "Antall innbyggere", "population",
                   "Folkemengden per 1.1.", "Innbyggere i alt", "FOLKETALL", "Befolkning per 1. januar"),
    "pupils": ("Elever", "Antall elever", "elevtall", "Elever i grunnskolen", "pupils", "Elever i alt", "Elevtal"),
    "disability": ("Uføre", "Uføretrygdede", "Andel uføre", "disability"),
    "education_high": ("Universitets- og høgskolenivå", "Andel med høyere utdanning", "education_high"),
    "free_income": ("Frie inntekter per innbygger", "frie inntekter pr. innbygger", "FRIE INNTEKTER PER INNBYGGER"),
    "centrality": ("Sentralitet", "Sentralitetsklasse", "centrality", "Sentralitetsklasse 2024"),
    "robek": ("ROBEK", "I ROBEK", "robek"),
    "child_welfare": ("Barn med barnevernstiltak", "Barnevern (per 1000)", "child_welfare"),
}  # fmt: skip
KEYS = (
    "kommunenr", "Kommunenummer", "region", "Region", "kommune", "Kommune", "knr", "komm.nr", "kommunenavn",
    "municipality", "",
)  # fmt: skip
LABELS = ("{code:04d}", "{code}", "K-{code:04d}", "{code:04d} {name}", "{name} ({code:04d})", "{code:04d} {name} (2024-)",
          "{code:04d} - {name}", "{code:04d} {name} kommune", "{whole}")  # fmt: skip
ABOVE = ("07459: Befolkning etter region", '"Tabell 1, av flere"', "Statistisk sentralbyrå")
BELOW = ("Kilde: SSB", "Fotnoter:\nTall per 1. januar.", '"Kilde: Statistisk sentralbyrå; Udir"')
OTHERS = ("0 Hele landet", "Hele landet", "I alt", "03 Oslo", "31 Østfold", "EAK Landet", "Sum")
BESIDE = ("Merknad", "Kilde", "Areal (km2)", "Antall barnehager", "Ordfører")
HIDDEN = (":", ".", "..", "*", "")
YES_NO = (("ja", "nei"), ("1", "0"), ("yes", "no"), ("Ja", "Nei"), ("TRUE", "FALSE"))


@dataclass
class Country:
    """What is so, and which columns and cells of it were written."""

    truth: dict[int, Truth]
    fields: list[str] = field(default_factory=list)
    hidden: set[tuple[int, str]] = field(default_factory=set)


def invented(luck: random.Random) -> Country:
    """Some municipalities of 2024 with numbers of their own."""

    def one() -> Truth:
        n = luck.choice(
            (
                luck.randint(180, 999),
                luck.randint(1_000, 99_999),
                luck.randint(100_000, 717_000),
                luck.randint(1, 30) * 1_000,
            )
        )
        return {
            "population": n, "pupils": max(1, int(n * luck.uniform(0.08, 0.14))), "disability": luck.randint(20, 250) / 1_000,
            "education_high": luck.randint(100, 600) / 1_000, "free_income": luck.randint(52_000, 130_000),
            "centrality": luck.randint(1, 6), "robek": luck.random() < 1 / 5, "child_welfare": luck.randint(10, 99),
        }  # fmt: skip

    return Country({code: one() for code in luck.sample(sorted(numbers().of[NOW]), luck.randint(2, 12))})


def write(place: Path, luck: random.Random) -> Country:
    """Files of an invented country in a folder: all columns in one, or each in one of its own."""
    country = invented(luck)
    others = luck.sample(sorted(set(HEADINGS) - {"population"}), luck.randint(0, 4))
    country.fields = ["population", *others]
    parts = [country.fields] if luck.random() < 1 / 2 else [[one] for one in country.fields]
    for i, part in enumerate(parts):
        _file(place / f"f{i}", part, country, luck)
    return country


def _file(path: Path, fields: list[str], country: Country, luck: random.Random) -> None:
    style = _Style(luck)
    year = luck.choice(("", "plain", "two", "column"))
    columns: list[tuple[str, Written]] = []
    for one in fields:
        heading, written = style.column(one, country)
        if year == "two":
            columns.append((f"{heading} 2023", lambda _: style.number(luck.randint(200, 9_999))))
        columns.append((heading + " 2024" * (year in ("plain", "two")), written))
    for _ in range(luck.choice((0, 0, 1, 2))):
        columns.insert(
            luck.randint(0, len(columns)),
            (luck.choice(BESIDE), lambda _: luck.choice(("", "x", "12", "Ola"))),
        )
    label = luck.choice(LABELS)
    rows = []
    for code, truth in country.truth.items():
        name = numbers().names[code]
        told = label.format(code=code, name=name.split(" (")[0], whole=name)
        rows.append([told, *(written(truth) for _, written in columns)])
    head = [luck.choice(KEYS), *(heading for heading, _ in columns)]
    if year == "column":
        head.insert(1, luck.choice(("år", "year", "År")))
        rows = [[row[0], when, *row[1:]] for when in ("2024", "2023") for row in rows]
    for told in luck.sample(OTHERS, luck.choice((0, 0, 1, 2))):
        large = [style.number(luck.randint(10**5, 10**6)) for _ in columns]
        rows.insert(luck.choice((0, len(rows))), [told, *(["2024"] * (year == "column")), *large])
    if luck.random() < 1 / 8:
        path.with_suffix(".xlsx").write_bytes(workbook({"Ark1": [[luck.choice(ABOVE)], head, *rows]}))
    else:
        path.with_suffix(luck.choice((".csv", ".CSV", ".txt", ".tsv"))).write_bytes(_text(head, rows, luck))


class _Style:
    """How the numbers of a file are written."""

    def __init__(self, luck: random.Random) -> None:
        self.luck = luck
        self.decimal = luck.choice(",,.")
        self.between = luck.choice(
            ("", "", " ", "\u00a0", "\u202f", "'", "." if self.decimal == "," else ",")
        )
        self.noughts = luck.choice((0, 0, 0, 1, 2))

    def number(self, value: float) -> str:
        """A number of at most three decimals."""
        whole, _, decimals = f"{value:.3f}".rstrip("0").partition(".")
        return f"{int(whole):,}".replace(",", self.between) + (
            self.decimal + (decimals or "0" * self.noughts) if decimals or self.noughts else ""
        )

    def column(self, name: str, country: Country) -> tuple[str, Written]:
        """Heading of a column, and how its cells are written."""
        luck, heading = self.luck, self.luck.choice(HEADINGS[name])
        written: Written = lambda truth: self.number(truth[name])  # noqa: E731 - one of several below
        match name:
            case "disability" | "education_high" if luck.random() < 2 / 3:
                sign = luck.choice(("", " %", "%"))
                heading += "" if sign else f" ({luck.choice(('prosent', '%', 'pst.'))})"
                written = lambda truth: self.number(round(truth[name] * 100, 1)) + sign  # noqa: E731
            case "free_income" if luck.random() < 1 / 3:
                heading += luck.choice((" (1 000 kr)", " (1000 kr)", " i 1000 kr"))
                written = lambda truth: self.number(truth[name] / 1_000)  # noqa: E731
            case "centrality":
                written = lambda truth: luck.choice(("{}", "Klasse {}", "0{}")).format(truth[name])  # noqa: E731
            case "robek":
                words = luck.choice(YES_NO)
                written = lambda truth: words[not truth[name]]  # noqa: E731
            case "pupils" if luck.random() < 1 / 4:
                code, sign = luck.choice(sorted(country.truth)), luck.choice(HIDDEN)
                country.hidden.add((code, name))
                written = lambda truth: sign if truth is country.truth[code] else self.number(truth[name])  # noqa: E731
        return heading, written


def _text(head: list[str], rows: list[list[str]], luck: random.Random) -> bytes:
    separator, text = luck.choice(";;,\t|"), io.StringIO()
    writer = csv.writer(
        text, delimiter=separator, lineterminator="\n",
        quoting=csv.QUOTE_ALL if luck.random() < 1 / 2 else csv.QUOTE_MINIMAL,
    )  # fmt: skip
    text.write(f"sep={separator}\n" * (luck.random() < 1 / 10))
    for line in luck.sample(ABOVE, luck.choice((0, 0, 1, 2))):
        text.write(line + "\n" * luck.choice((1, 2)))
    trail = [""] * (luck.random() < 1 / 6)
    writer.writerows(row + trail for row in (head, *rows))
    text.write(f"\n{luck.choice(BELOW)}\n" * (luck.random() < 1 / 3))
    raw = text.getvalue().replace("\n", luck.choice(("\n", "\r\n", "\r")))
    try:
        return raw.encode(luck.choice(("utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le")))
    except UnicodeEncodeError:
        return raw.encode()


def misread(country: Country, file: Path) -> list[str]:
    """What a register file says otherwise than it is."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = {int(row["kommunenummer"]): row for row in csv.DictReader(lines)}
    if rows.keys() != country.truth.keys():
        return [f"municipalities {sorted(rows)} in place of {sorted(country.truth)}"]
    classes = ("central", "central", "middle", "middle", "remote", "remote")
    found = []
    for code, truth in country.truth.items():
        for name in country.fields:
            got = rows[code].get(name, "")
            match name:
                case _ if (code, name) in country.hidden:
                    right = got == ""
                case "centrality":
                    right = got == classes[int(truth[name]) - 1]
                case "robek":
                    right = got == ("yes" if truth[name] else "no")
                case _:
                    right = got != "" and abs(float(got) - truth[name]) <= 1e-6 * truth[name]
            if not right:
                found.append(f"{name} of {code}: {got!r} in place of {truth[name]}")
    return found
