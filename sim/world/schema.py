"""What a register file may hold: every file and every column declared once, for reading, checking and the docs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from sim.state.places import Centrality

_HIGHEST_NUMBER = 9999  # of kommunenummer: four digits
_FEWEST = 1  # inhabitants of anything that has some: shares are taken of them
_LEAST_FTE = 0.01  # of whoever has tasks: load is tasks by man-years
_HIGHEST_ID = 999  # of the running numbers of networks and UH units, which draws are keyed by


class Kind(StrEnum):
    """What stands in a cell, in the words of the docs and of error messages."""

    WHOLE = "whole number"
    NUMBER = "number"
    YES_NO = "yes or no"
    TEXT = "text"
    WHOLES = "whole numbers with spaces between them"
    CENTRALITY = "central, middle or remote"

    @property
    def dtype(self) -> npt.DTypeLike:
        """Type of a column of such cells."""
        return _DTYPES[self]


_DTYPES: Mapping[Kind, npt.DTypeLike] = {
    Kind.WHOLE: np.int64,
    Kind.NUMBER: np.float64,
    Kind.YES_NO: np.bool_,
    Kind.TEXT: object,
    Kind.WHOLES: object,
    Kind.CENTRALITY: np.int8,
}

CENTRALITY_WORDS = {member.name.lower(): member for member in Centrality}


@dataclass(frozen=True)
class Cell:
    """One column of a register file.

    Attributes
    ----------
    low, high : float or None
        Least and greatest number allowed (of each number, for a list).
    required : bool
        Without it, a missing column or an empty cell is drawn as in the synthetic country.
    """

    name: str
    kind: Kind
    unit: str
    meaning: str
    low: float | None = None
    high: float | None = None
    required: bool = False

    def allows(self, number: float) -> bool:
        """Whether a number lies between the bounds, if there are any."""
        return self.low is None or self.high is None or self.low <= number <= self.high

    def expected(self) -> str:
        """What a cell must hold, in words."""
        if self.low is None or self.high is None:
            return str(self.kind)
        return f"{self.kind} from {self.low:.15g} to {self.high:.15g}"


@dataclass(frozen=True)
class FileSchema:
    """One register file: its first column is its key, unique in the file."""

    name: str
    meaning: str
    cells: tuple[Cell, ...]

    @property
    def key(self) -> str:
        """Column that says which row this is."""
        return self.cells[0].name

    def find(self, name: str) -> Cell | None:
        """The column of that name."""
        return next((cell for cell in self.cells if cell.name == name), None)


def _kommunenummer(name: str, meaning: str) -> Cell:
    return Cell(name, Kind.WHOLE, "kommunenummer", meaning, 101, _HIGHEST_NUMBER, required=True)


def _share(name: str, meaning: str) -> Cell:
    return Cell(name, Kind.NUMBER, "share", meaning, 0, 1)


def _persons(name: str, meaning: str, low: int = _FEWEST, *, required: bool = False) -> Cell:
    return Cell(name, Kind.NUMBER, "persons", meaning, low, 2_000_000, required)


_COUNTY = Cell("county", Kind.WHOLE, "fylkesnummer", "county, by its number of 2024", 1, 99)

MUNICIPALITIES = FileSchema(
    "municipalities",
    "The municipalities (kommuner) that own schools, as they are from 2020 on; they hold for all years, with no "
    "merger and no split, unless `predecessors.csv` says what they were made of. Only those listed are modelled.",
    (
        _kommunenummer("kommunenummer", "the municipality"),
        _persons("population", "inhabitants", required=True),
        _COUNTY,
        Cell("name", Kind.TEXT, "name", "its name, which is shown where single municipalities are"),
        _persons("pupils", "pupils in grunnskole; without it, drawn from the number of inhabitants", 0),
        Cell("centrality", Kind.CENTRALITY, "class", "how central it lies (SSB's classes 1-2, 3-4, 5-6)"),
        _share("education_low", "aged 16 or more with only compulsory schooling"),
        _share("education_high", "aged 16 or more with higher education"),
        _share("disability", "aged 18-66 on disability benefit"),
        Cell("child_welfare", Kind.NUMBER, "per 1000", "children with child-welfare measures", 0, 1000),
        Cell(
            "free_income",
            Kind.NUMBER,
            "NOK per inhabitant",
            "free income (frie inntekter)",
            10_000,
            1_000_000,
        ),
        Cell("robek", Kind.YES_NO, "yes/no", "in ROBEK, the register of state-controlled economies"),
        Cell("special_case", Kind.YES_NO, "yes/no", "figures distorted, e.g. by a special school"),
        _share("unqualified", "teaching done by staff without teacher education"),
        Cell(
            "capacity_fte", Kind.NUMBER, "man-years", "owner's staff for school development", _LEAST_FTE, 200
        ),
        _share("competence", "owner's competence in analysing and leading school development, 0-1"),
        Cell("head_tenure", Kind.NUMBER, "years", "years the head of schools has been in post", 0, 50),
        Cell("network", Kind.WHOLE, "id", "regional network; needs `networks.csv`", 1, _HIGHEST_ID),
        Cell("uh_unit", Kind.WHOLE, "id", "UH partner", 1, _HIGHEST_ID),
    ),
)

SCHOOLS = FileSchema(
    "schools",
    "The schools (grunnskoler). Every municipality must have at least one. Without `municipalities.csv` the "
    "municipalities are those named here, and their numbers of inhabitants are reckoned from the pupils.",
    (
        Cell("orgnr", Kind.WHOLE, "orgnr", "the school", 100_000_000, 999_999_999, required=True),
        _kommunenummer("kommunenummer", "owner"),
        Cell("first_grade", Kind.WHOLE, "grade", "lowest grade taught", 1, 10, required=True),
        Cell("last_grade", Kind.WHOLE, "grade", "highest grade taught", 1, 10, required=True),
        Cell("pupils", Kind.WHOLE, "pupils", "pupils in all grades", 1, 5000, required=True),
        Cell("name", Kind.TEXT, "name", "its name, which is shown where single schools are"),
        Cell("teachers", Kind.WHOLE, "persons", "teaching posts", 1, 1000),
        Cell("intake", Kind.NUMBER, "scale points", "lasting level of results, as deviation from the nation", -30, 30),
        Cell(
            "kommunenummer_2019", Kind.WHOLE, "kommunenummer",
            "municipality it belonged to in 2019; needed where `predecessors.csv` lists several for its owner",
            101, _HIGHEST_NUMBER,
        ),
    ),
)  # fmt: skip

PREDECESSORS = FileSchema(
    "predecessors",
    "The municipalities of 2019 that became others on 1 January 2020; needs `municipalities.csv`. Those not listed "
    "were then what they are now. Runs that start before 2020 start with these.",
    (
        _kommunenummer("kommunenummer_2019", "the municipality of 2019"),
        _kommunenummer("kommunenummer", "the municipality it became or went into"),
        _persons("population", "inhabitants", required=True),
        Cell("name", Kind.TEXT, "name", "its name, which is shown where single municipalities are"),
    ),
)

NETWORKS = FileSchema(
    "networks",
    "The regional competence networks. Municipalities that name none are dealt out to their county's.",
    (
        Cell("network", Kind.WHOLE, "id", "the network", 1, _HIGHEST_ID, required=True),
        Cell("county", Kind.WHOLE, "fylkesnummer", "its county", 1, 99, required=True),
        Cell("uh_unit", Kind.WHOLE, "id", "its UH partner", 1, _HIGHEST_ID),
    ),
)

UH_UNITS = FileSchema(
    "uh_units",
    "The universities and university colleges that are partners of school owners.",
    (
        Cell("uh_unit", Kind.WHOLE, "id", "the institution", 1, _HIGHEST_ID, required=True),
        Cell("name", Kind.TEXT, "name", "name", required=True),
        Cell("counties", Kind.WHOLES, "fylkesnummer", "counties it is a partner in", 1, 99, required=True),
        Cell("weight", Kind.NUMBER, "ratio", "how often it is chosen, against the county's others", 0, 100),
        Cell("specialised", Kind.YES_NO, "yes/no", "has a specialised unit for school development"),
        _share("quality", "practice-near quality of its school development work, 0-1"),
        _share("tradition", "length of tradition in school development, 0-1"),
        Cell(
            "capacity_fte",
            Kind.NUMBER,
            "man-years",
            "staff for work with owners and schools",
            _LEAST_FTE,
            1000,
        ),
    ),
)

COUNTIES = FileSchema(
    "counties",
    "The counties (fylker) of 2024 and what the synthetic country is made from.",
    (
        Cell("county", Kind.WHOLE, "fylkesnummer", "the county", 1, 59, required=True),
        Cell("name", Kind.TEXT, "name", "name", required=True),
        Cell("name_2020", Kind.TEXT, "name", "county it was part of in 2020-2023", required=True),
        Cell("office", Kind.WHOLE, "id", "governor office", 1, 99, required=True),
        _persons("population", "inhabitants", required=True),
        Cell(
            "municipalities",
            Kind.WHOLE,
            "count",
            "municipalities in 2020-2023, in today's borders",
            1,
            60,
            required=True,
        ),
        _persons("median_population", "inhabitants of the municipality in the middle", required=True),
        _persons("lower_quartile_population", "inhabitants below which a quarter of them lie"),
        _persons("upper_quartile_population", "inhabitants above which a quarter of them lie"),
        Cell(
            "under_5000",
            Kind.WHOLE,
            "count",
            "municipalities under 5,000 inhabitants; only to check by",
            0,
            60,
        ),
        Cell("mergers_2020", Kind.WHOLES, "count", "how many units each merger of 2020 was made of", 2, 9),
        Cell("splits_2024", Kind.WHOLE, "count", "units split out of the first of those in 2024", 0, 1),
        Cell("far_north", Kind.YES_NO, "yes/no", "where qualified teachers are hardest to find"),
    ),
)

OFFICES = FileSchema(
    "offices",
    "The offices of the county governors (statsforvaltere).",
    (
        Cell("office", Kind.WHOLE, "id", "the office", 1, 99, required=True),
        Cell("name", Kind.TEXT, "name", "its area", required=True),
        Cell(
            "north",
            Kind.YES_NO,
            "yes/no",
            "counted as northern in the evaluation of the draws",
            required=True,
        ),
        _share("insight", "how well its judgement follows true need, as a correlation"),
        _share("owner_insight", "how well it follows what owners lack, as a correlation"),
        _share("closeness", "how close it stays in the triangle"),
    ),
)

FILES = {
    schema.name: schema
    for schema in (MUNICIPALITIES, SCHOOLS, PREDECESSORS, NETWORKS, UH_UNITS, COUNTIES, OFFICES)
}


def schema_markdown() -> str:
    """The register files as tables for the docs."""
    return "\n".join(part for schema in FILES.values() for part in _chapter(schema))


def _chapter(schema: FileSchema) -> list[str]:
    head = [f"## {schema.name}.csv", "", schema.meaning, ""]
    rows = ["| column | content | unit | must be there | meaning |", "|---|---|---|---|---|"]
    for cell in schema.cells:
        needed = "yes" if cell.required else "no"
        rows.append(f"| `{cell.name}` | {cell.expected()} | {cell.unit} | {needed} | {cell.meaning} |")
    return [*head, *rows, ""]
