"""Value for money: the schemes side by side, each with it and without it, and what the same money buys in other designs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial

from starlette.requests import Request
from starlette.responses import Response

from sim.app.desk import desk
from sim.app.pages.atlas import address, kept_atlas, outdated, telling
from sim.app.rendering import language, page
from sim.app.texts import texts
from sim.atlas.telling import NEAR, WITHOUT, Cell, Telling, joined
from sim.atlas.themes import Theme
from sim.report.differences import Difference, Told
from sim.report.felt import Felt
from sim.report.messages import Messages
from sim.report.money import PARTS, Purse, purse_of
from sim.report.money import worth as worth_of_work
from sim.report.names import in_order
from sim.report.number_format import number
from sim.report.quantity import Quantity
from sim.report.results import EVERYONE
from sim.report.sentences import Sentence
from sim.report.worth import SCHEMES, Estimate, Scheme, Worth, in_words, side_by_side, worths

SYSTEM = "system_2026"
PAIRS = {
    "follow_up": (WITHOUT[Theme.FOLLOW_UP], "voluntary"),
    "decentralised": (WITHOUT[Theme.FUNDING], "voluntary"),
    "vocational": (WITHOUT[Theme.VOCATIONAL], "voluntary"),
    SYSTEM: ("voluntary", SYSTEM),
}
"""Of each scheme the design without it and the one with it; the system from 2026 comes beside what there is today."""
OF_COUNTIES = ("upper_own_nok", "voc_own_nok")  # their own money, in no purse of the municipalities
FEW = 6  # designs for the same money that are shown at once


@dataclass(frozen=True)
class Side:
    """One scheme: what it costs and brings, and what the same money buys.

    Parameters
    ----------
    lang, key : str
        Language, and the scheme's key.
    """

    lang: str
    key: str

    @cached_property
    def scheme(self) -> Scheme:
        """What its value is reckoned from."""
        return next(one for one in SCHEMES if one.key == self.key)

    @cached_property
    def told(self) -> Telling:
        """The atlas against the design without it."""
        return telling(self.lang, PAIRS[self.key][0])

    @property
    def b(self) -> str:
        """The design with it."""
        return PAIRS[self.key][1]

    @property
    def words(self) -> Messages:
        """The page's texts."""
        return texts(self.lang)

    @property
    def name(self) -> str:
        """What it is called, as a heading."""
        return self.words.text(f"value.scheme.{self.key}.name")

    @property
    def inline(self) -> str:
        """The same inside a sentence."""
        return self.words.text(f"value.scheme.{self.key}.inline")

    @cached_property
    def worth(self) -> Worth | None:
        """What it costs and brings; None where the atlas doesn't tell."""
        return next((one for one in worths(self.told.views[self.b]) if one.design == self.b), None)

    @property
    def said(self) -> Sentence:
        """That in a sentence."""
        assert self.worth is not None
        return in_words(self.worth, self.gain.d if self.gain else None, self.words)

    @property
    def in_short(self) -> Sentence:
        """What each gain costs, or what is spent on nothing that matters: one number."""
        assert self.worth is not None
        kind = (
            "gain" if self.gains else "nothing" if self.gain and self.gain.d.told is Told.TRIFLE else "open"
        )
        values = {"name": self.name, "gain": self.worth.per_gain.value, "spent": self.worth.spent}
        return Sentence(self.words, f"value.short.{kind}.{self.scheme.unit}", values)

    @cached_property
    def gain(self) -> Cell | None:
        """What it brings, as a difference; in words where it is too small to matter."""
        d = self.told.difference(self.b, self.scheme.gain, self.scheme.group)
        return self.told.cell(d) if d else None

    @property
    def gains(self) -> bool:
        """Whether it brings more, by as much as matters; what does not has no price."""
        return self.gain is not None and self.gain.d.told is Told.HIGHER

    @property
    def without_inline(self) -> str:
        """The design without it, inside a sentence."""
        return self.told.views[self.b].names.design_inline(self.told.a)

    @property
    def with_inline(self) -> str:
        """The design with it."""
        return self.told.views[self.b].names.design_inline(self.b)

    @cached_property
    def purses(self) -> list[tuple[str, Purse]]:
        """The scheme's own money, the municipalities' and work, each with its name, without the scheme and with it."""
        view, scheme = self.told.views[self.b], self.scheme
        own = replace(PARTS["state"], outcomes=scheme.money, granted=scheme.granted)
        found = {
            self.words.text(
                f"worth.{self.key}.spent" if self.key != SYSTEM else "money.table.state"
            ): purse_of(view, self.b, "state", own),
            **{
                self.words.text(f"money.table.{key}"): purse_of(view, self.b, key, PARTS[key])
                for key in ("municipal", "work")
            },
        }
        purses = [(name, purse) for name, purse in found.items() if purse]
        work = next((purse for _, purse in purses if purse.key == "work"), None)
        return [*purses, *([(self.words.text("money.table.worth"), worth_of_work(work))] if work else [])]

    @cached_property
    def outcomes(self) -> list[tuple[str, Quantity, Quantity, Cell]]:
        """What counties pay themselves, those reached, and what it brings them: without it, with it, difference."""
        scheme = self.scheme
        wanted = [
            *((name, EVERYONE) for name in OF_COUNTIES),
            *([(scheme.reached, EVERYONE)] if scheme.reached != scheme.counted else []),
            (scheme.gain, scheme.group),
        ]
        found = [(each, d) for each in wanted if (d := self.told.difference(self.b, *each))]
        return [self._outcome(*each, d) for each, d in found if d.moved or each[0] not in OF_COUNTIES]

    def _outcome(self, outcome: str, group: str, d: Difference) -> tuple[str, Quantity, Quantity, Cell]:
        cell = self.told.cell(d)
        levels = Felt(d).level, Felt(d).level_with
        if outcome == self.scheme.reached:  # in the same words as beside the other schemes
            cell = replace(cell, shown=replace(cell.shown, unit=self.scheme.unit))
            levels = replace(levels[0], unit=self.scheme.unit), replace(levels[1], unit=self.scheme.unit)
        digits = max(cell.shown.decimals, 0)  # no more than the difference has
        without, with_it = (replace(one, decimals=min(one.decimals, digits)) for one in levels)
        name = self.told.name(outcome)
        if group != EVERYONE:
            name = self.words.text("value.of_group", name=name, group=self.told.names.group_inline(group))
        if outcome != self.scheme.gain:
            return name, without, with_it, cell
        named = self.words.text(
            "value.in_unit", name=name, unit=self.words.raw(f"unit.{cell.shown.unit}.name")
        )
        return named, without.bare, with_it.bare, replace(cell, shown=cell.shown.bare)

    @cached_property
    def others(self) -> list[Worth]:
        """Today's design and others for the same money, those first in which what they bring is cheapest."""
        first = kept_atlas().designs[0]
        against = telling(self.lang, first) if self.key == "follow_up" else self.told
        found = [
            one
            for b in self.told.near(self.b)
            if b in against.views
            for one in worths(against.views[b])
            if one.design == b and one.scheme == self.key
        ]
        order = in_order([self.told.title(one.design) for one in found], self.lang)

        def place(one: Worth) -> tuple[bool, float, int]:
            return (
                not one.per_gain.is_told,
                one.per_gain.value.value,
                order.index(self.told.title(one.design)),
            )

        return side_by_side([*([self.worth] if self.worth else []), *sorted(found, key=place)])

    def clearly(self) -> list[Sentence]:
        """In which designs for the same money those reached, and what they gain, surely cost less each than today; in words."""
        if not self.worth or len(self.others) < 2:  # noqa: PLR2004 - the first is the scheme as it is
            return [Sentence(self.words, "value.alike.none", {"scheme": self.inline})]
        own, *others = self.others
        return [self._cheaper(own, others, about) for about in ("per_head", "per_gain")]

    def _cheaper(self, own: Worth, others: Sequence[Worth], about: str) -> Sentence:
        def of(one: Worth) -> Estimate:
            found: Estimate = getattr(one, about)
            return found

        some = [one for one in others if of(one).is_told and of(one).high.value < of(own).low.value]
        titles = [self.told.title(one.design) for one in sorted(some, key=lambda one: of(one).value.value)]
        quoted = [self.words.text("design.quoted", title=title) for title in titles[:FEW]]
        more = len(titles) - len(quoted)
        if more:
            quoted.append(self.words.text("value.alike.more", n=number(more, self.lang)))
        kind = "cheaper" if titles else "no_cheaper"
        what = self.words.text(f"value.scheme.{self.key}.{about}")
        return Sentence(
            self.words, f"value.alike.{kind}", {"what": what, "designs": joined(quoted, self.words)}
        )


@lru_cache
def sides(lang: str) -> tuple[Side, ...]:
    """All schemes of which the atlas tells what they cost and bring."""
    there = set(kept_atlas().designs)
    found = (Side(lang, key) for key, pair in PAIRS.items() if there.issuperset(pair))
    return tuple(side for side in found if side.worth)


def verdict(some: Sequence[Side], words: Messages) -> list[Sentence]:
    """Where a hundredth of a standard deviation costs least for each pupil concerned, and whether that is sure; without digits,
    which the sentences on each scheme have.
    """
    of_pupils = [side for side in some if side.scheme.unit == "pupils" and side.gains]
    ranked = sorted(
        ((side.inline, side.worth.per_gain) for side in of_pupils if side.worth),
        key=lambda one: one[1].value.value,
    )
    if len(ranked) < 2:  # noqa: PLR2004 - nothing to compare
        return []
    (scheme, cheapest), (behind, next_one), *_ = ranked
    sure = "sure" if cheapest.high.value < next_one.low.value else "unsure"
    return [Sentence(words, f"value.verdict.{sure}", {"scheme": scheme, "next": behind})]


def show(request: Request) -> Response:
    """The schemes side by side."""
    lang = language(request)
    some, words = sides(lang), texts(lang)
    first = telling(lang, kept_atlas().designs[0])
    return page(
        request, "value.html.j2", sides=some, verdict=verdict(some, words), facts=first.facts,
        few=FEW, near=number(100 * NEAR, lang),
        old=outdated(first, desk(request).registry), dated=first.dated,
        to=[partial(address, side.told, "oversikt") for side in some],
    )  # fmt: skip
