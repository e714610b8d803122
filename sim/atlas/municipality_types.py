"""Types of municipality across all designs: what each does for them, and whether that is better or worse than for the country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sim.atlas.kept import FOLLOWED, OWN_PER_PUPIL, STATE_PER_PUPIL
from sim.atlas.telling import Cell, Kind, Telling, joined, kind_of, pair_of
from sim.atlas.themes import Theme
from sim.report.differences import Difference, Judged, Told
from sim.report.money import FELT_PER_PUPIL
from sim.report.names import in_order
from sim.report.number_format import number
from sim.report.quantity import Quantity, source
from sim.report.sentences import Sentence

SMALLEST = "smallest"
TYPES = (
    SMALLEST, "size.small", "economy.robek", "economy.low", "need", "centrality.remote", "region.north", "region.west",
    "region.east", "region.south", "size.medium", "size.large", "towns",
)  # fmt: skip
"""The groups of municipalities that have a page, in the order in which they are listed."""
MEASURES = (
    "needs_hit", "practice", "pupil_results", "owner_load", STATE_PER_PUPIL, OWN_PER_PUPIL, "teachers_reached", FOLLOWED,
)  # fmt: skip
"""What is told of each type."""
MOST_NAMED = 4


@dataclass(frozen=True)
class TypeRow:
    """One design and one type of municipality.

    Attributes
    ----------
    key, title : str
        Of the design, or of the type in a table of one design.
    cells : list of Cell or None
        In the order of `MEASURES`.
    better_than, worse_than : tuple of str
        Measures on which it does more for the type than for the country, and less, by as much as would matter.
    counted : tuple of Difference
        What it is better or worse by: kroner too only if they can be felt, as in the front verdict.
    """

    key: str
    title: str
    theme: Theme
    kind: Kind
    cells: list[Cell | None]
    better_than: tuple[str, ...]
    worse_than: tuple[str, ...]
    counted: tuple[Difference, ...]
    telling: Telling

    @property
    def beside_country(self) -> Sentence:
        """Whether it does more or less for the type than for the country."""
        return Sentence(self.telling.texts, f"types.beside.{_beside(self)}", self.named())

    @property
    def way(self) -> str:
        """better, worse, both or same."""
        return _beside(self)

    def on(self, judged: Judged) -> str:
        """The measures on which it is better than the baseline, or worse, as words."""
        texts = self.telling.texts
        some = [d for d in self.counted if d.judged is judged]
        return joined([texts.text(f"types.short.{d.row.outcome}") for d in some], texts)

    def named(self) -> dict[str, object]:
        """The measures on which it does more and less, as words."""
        names = {key: self.telling.texts.text(f"types.short.{key}") for key in MEASURES}
        return {
            "better": joined([names[key] for key in self.better_than], self.telling.texts),
            "worse": joined([names[key] for key in self.worse_than], self.telling.texts),
        }


def _beside(row: TypeRow) -> str:
    if row.better_than and row.worse_than:
        return "both"
    return "better" if row.better_than else "worse" if row.worse_than else "same"


@dataclass(frozen=True)
class TypePage:
    """All designs for one type of municipality, against the telling's baseline."""

    telling: Telling
    group: str

    @property
    def name(self) -> str:
        """The type as a heading."""
        return self.telling.texts.text(f"types.name.{self.group}")

    @property
    def inline(self) -> str:
        """The type inside a sentence."""
        return self.telling.names.group_inline(self.group)

    @cached_property
    def rows(self) -> list[TypeRow]:
        """The designs, those first that are better for the type on something and worse on nothing."""
        found = [_row(self.telling, b, self.group, self.telling.title(b)) for b in self.telling.views]
        order = {
            title: i for i, title in enumerate(in_order([row.title for row in found], self.telling.lang))
        }
        kinds = list(Kind)
        return sorted(found, key=lambda row: (kinds.index(row.kind), order[row.title]))

    @property
    def by_theme(self) -> list[tuple[Theme, list[TypeRow]]]:
        """The rows of each theme in which any design does anything here."""
        themes = ((theme, [row for row in self.rows if row.theme is theme]) for theme in Theme)
        return [(theme, some) for theme, some in themes if any(row.kind is not Kind.NOTHING for row in some)]

    @property
    def without(self) -> list[str]:
        """Titles of the themes that change nothing here."""
        told = {theme for theme, _ in self.by_theme}
        return [
            self.telling.texts.text(f"atlas.theme.{t}")
            for t in Theme
            if t not in told and any(r.theme is t for r in self.rows)
        ]

    @property
    def size(self) -> Sentence:
        """How many municipalities and pupils there are."""
        n, pupils = self.telling.kept.sizes[self.group]
        if not n:
            return Sentence(self.telling.texts, f"types.what.{self.group}")
        values = {
            "n": self._count(round(n), "municipalities"),
            "pupils": self._count(_about(pupils), "pupils"),
        }
        what = Sentence(self.telling.texts, f"types.what.{self.group}")
        return Sentence(self.telling.texts, "types.size", {"what": what, **values})

    def _count(self, n: float, unit: str) -> Quantity:
        return Quantity(
            float(n), source("worlds.npz", column=unit, group=self.group), self.telling.texts, unit
        )

    def lead(self) -> list[Sentence]:
        """The page in words: how many designs are better and worse, which most, and which part the type from the country."""
        telling = self.telling
        values = {"a": telling.a_inline, "group": self.inline}
        found = [
            Sentence(
                telling.texts, "types.lead", {**telling.counted([row.kind for row in self.rows]), **values}
            )
        ]
        for kind, judged in ((Kind.BETTER, Judged.BETTER), (Kind.WORSE, Judged.WORSE)):
            some = {row.title: row.on(judged) for row in self.rows if row.kind is kind}
            if some:
                found.append(
                    Sentence(telling.texts, f"types.only.{kind}", {"designs": _listed(some, telling)})
                )
        if len(found) > 1:
            felt = number(FELT_PER_PUPIL, telling.lang)
            found.append(Sentence(telling.texts, "types.only.measured", {"felt": felt}))
        for way in ("worse", "better"):
            some = {row.title: "" for row in self.rows if row.way == way}
            key = f"types.than_country.{way}" if some else f"types.than_country.no_{way}"
            found.append(
                Sentence(telling.texts, key, {"group": self.inline, "designs": _listed(some, telling)})
            )
        return found


def _about(value: float) -> float:
    """A count to two digits."""
    return float(f"{value:.2g}")


def _listed(titles: Mapping[str, str], telling: Telling) -> str:
    """Titles as one list in quotation marks, in alphabetical order, each with what stands behind it, if anything does.

    After the first few only how many more there are.
    """
    texts = telling.texts
    quoted = {one: texts.text("design.quoted", title=one) for one in in_order(titles, telling.lang)}
    ordered = [
        texts.text("types.only.one", design=quoted[one], what=titles[one]) if titles[one] else quoted[one]
        for one in quoted
    ]
    if len(ordered) <= MOST_NAMED + 1:
        return joined(ordered, telling.texts)
    more = len(ordered) - MOST_NAMED
    return telling.texts.text("types.and_more", first=", ".join(ordered[:MOST_NAMED]), more=str(more))


def _row(telling: Telling, b: str, group: str, title: str) -> TypeRow:
    known = [telling.difference(b, measure, group) for measure in MEASURES]
    cells = [telling.cell(d) if d else None for d in known]
    moved = [d for d in known if d and d.moved]
    state = telling.difference(b, STATE_PER_PUPIL, group)
    counted = tuple(d for d in moved if d.judged is not Judged.NEITHER and not _follows(d, state))
    kind = kind_of(
        any(d.judged is Judged.BETTER for d in counted), any(d.judged is Judged.WORSE for d in counted), bool(moved),
        any(d is not None and d.told in (Told.OPEN, Told.NONE) for d in known),
    )  # fmt: skip
    view = telling.views[b]
    beyond = pair_of(view).beyond_country(group)
    apart = [Difference(beyond[m], view.messages) for m in MEASURES if m in beyond and beyond[m].better]
    better, worse = (
        tuple(d.row.outcome for d in apart if d.moved and d.judged is judged)
        for judged in (Judged.BETTER, Judged.WORSE)
    )
    return TypeRow(b, title, telling.kept.theme(b), kind, cells, better, worse, counted, telling)


def _follows(d: Difference, state: Difference | None) -> bool:
    """Whether it is what the type's own municipalities pay, and goes with as much of the state's money or more: an own
    contribution is a part of what is given, so who gets less pays less, and is not better off by it.
    """
    if d.row.outcome != OWN_PER_PUPIL or state is None:
        return False
    own, given = d.row.difference, state.row.difference
    return own * given > 0 and abs(given) >= abs(own)


def of_design(telling: Telling, b: str) -> list[TypeRow]:
    """What one design does for each type, in the order of `TYPES`; the key is the type's."""
    rows = [_row(telling, b, group, telling.texts.text(f"types.name.{group}")) for group in TYPES]
    return [TypeRow(**{**vars(row), "key": group}) for row, group in zip(rows, TYPES, strict=True)]


def for_the_smallest(telling: Telling, b: str, *, verdict: bool = False) -> Sentence:
    """Whether a design is better or worse for the smallest municipalities than for the country, and on what.

    Parameters
    ----------
    verdict : bool
        Whether it is told first if it is better for them than the baseline.
    """
    row = _row(telling, b, SMALLEST, "")
    names = telling.views[b].names
    values = {**row.named(), "b": names.design_inline(b), "a": names.design_inline(telling.a)}
    if not verdict:
        return Sentence(telling.texts, f"types.smallest.{row.way}", values)
    judged = {str(way): row.on(way) for way in (Judged.BETTER, Judged.WORSE)}
    return Sentence(telling.texts, f"types.verdict.{row.kind}", {**values, **judged})


def size_for_the_smallest(telling: Telling, b: str) -> Sentence | None:
    """What a design does most for the better and most for the worse for the smallest municipalities, each with its interval.

    What they pay themselves comes last, as kroner do in every answer. None where nothing of it moves.
    """
    ways = leading_for(telling, b, SMALLEST)
    values: dict[str, object] = {}
    for name, cell in ways.items():
        what = telling.texts.text(f"types.short.{cell.d.row.outcome}")
        values |= {
            name: what, f"{name}_size": cell.shown, f"{name}_low": cell.low, f"{name}_high": cell.high,
        }  # fmt: skip
    there = "_and_".join(ways)
    return Sentence(telling.texts, f"types.size_for.{there}", values) if ways else None


def leading_for(telling: Telling, b: str, group: str) -> dict[str, Cell]:
    """What a design does most for the better (`best`) and for the worse (`worst`) for a type, kroner last."""
    row = _row(telling, b, group, "")
    cells = [cell for cell in row.cells if cell and cell.d in row.counted]
    cells.sort(key=lambda cell: (cell.d.row.outcome in (STATE_PER_PUPIL, OWN_PER_PUPIL), -cell.d.times))
    ways = {"best": Judged.BETTER, "worst": Judged.WORSE}
    found = {name: [cell for cell in cells if cell.d.judged is judged] for name, judged in ways.items()}
    return {name: some[0] for name, some in found.items() if some}
