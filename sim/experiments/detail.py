"""Every municipality's and school's state in every half-year, for the worlds that are kept in detail.

All columns of the tables that describe them go in if they hold one value each; a scheme's columns get its name in
front (`follow_up_phase`). References become the other's identity, codes become words. School results are those measured
last; what else is kept as several values for each school (pupils by grade) is summed up or left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from sim.arrays import AnyArray, Floats
from sim.experiments import tables
from sim.half_year import HalfYear
from sim.outcomes.measures import pupils as pupils_of
from sim.outcomes.outcome import Gather, Outcome
from sim.outcomes.place_groups import OTHERS, place_groups
from sim.state import Column, State, Table
from sim.state.identity import CODE
from sim.state.measurements import Indicator, Measurements
from sim.state.places import Counties, Municipalities
from sim.state.schools import Schools, pupils_at
from sim.world.place_names import PlaceNames

Detail: TypeAlias = list[AnyArray]  # one half-year: the columns of one table, in order

_IDENTITY = {"municipalities": "municipality", "schools": "school"}
_SCHEMES = "sim.schemes."

BY_GROUP = "municipalities_by_group"
GROUP_COLUMNS = (
    ("county", "id", "county (2024 borders)"),
    (
        "size",
        f"small, medium, large or {OTHERS}",
        f"inhabitants; {OTHERS} are kinds that a county has few of",
    ),
    ("centrality", f"central, middle, remote or {OTHERS}", "how central they lie"),
    ("municipalities", "municipalities", "how many they are"),
    ("population", "persons", "inhabitants of all together"),
)
"""What a group of municipalities is: columns with unit and meaning."""


@dataclass(frozen=True)
class _Source:
    """One column of a detailed table: how it is read, and how it is said.

    Attributes
    ----------
    words : tuple of str
        For codes, the word of each code from `first_code` on.
    """

    name: str
    unit: str
    meaning: str
    read: Callable[[State], AnyArray]
    words: tuple[str, ...] = ()
    first_code: int = 0


class DetailReader:
    """Reads one entity's state.

    Parameters
    ----------
    state : State
        Any state of the world: it tells which tables there are.
    entity : str
        "municipalities" or "schools".
    outcomes : sequence of Outcome
        For municipalities, the outcomes measured; those that are one figure for the nation are left out.
    """

    def __init__(self, state: State, entity: str, outcomes: Sequence[Outcome] = ()) -> None:
        self.entity = entity
        self._sources = list(_state_sources(state, entity))
        if entity == "schools":
            self._sources += _result_sources(state)
        self._outcomes = [(i, o) for i, o in enumerate(outcomes) if o.gather is not Gather.NATION]

    def read(self, state: State, values: Floats) -> Detail:
        """The columns as they stand now (copies); `values` are the outcomes' values, shape (outcomes, municipalities)."""
        columns = [source.read(state) for source in self._sources]
        return [*columns, *(values[i].astype(np.float32) for i, _ in self._outcomes)]

    def table(
        self, details: Sequence[Detail], half_years: Sequence[HalfYear], places: PlaceNames
    ) -> pa.Table:
        """What was read in several half-years, as one table with the columns of time in front."""
        lengths = [len(detail[0]) for detail in details]
        when = tables.when_columns(half_years, np.repeat(np.arange(len(details)), lengths))
        arrays = [when[f.name] for f in tables.WHEN]
        fields = list(tables.WHEN)
        for k, source in enumerate(self._sources):
            values = np.concatenate([detail[k] for detail in details])
            arrays.append(_column(source, values, places))
            fields.append(tables.field(source.name, arrays[-1].type, source.unit, source.meaning))
            if places.real and source.name == _IDENTITY[self.entity]:
                beside = tables.real_place(values, places.names)
                arrays += beside.values()
                fields += beside
        for k, (_, outcome) in enumerate(self._outcomes, len(self._sources)):
            arrays.append(tables.array(np.concatenate([detail[k] for detail in details])))
            name = f"outcome_{outcome.key}"
            fields.append(tables.field(name, arrays[-1].type, outcome.unit, f"outcome: {outcome.meaning}"))
        return pa.table(arrays, schema=pa.schema(fields))


class GroupReader:
    """Reads the municipalities' state by groups of at least five of them (`sim.outcomes.place_groups`).

    Parameters
    ----------
    state : State
        Any state of the world: it tells which tables there are.
    outcomes : sequence of Outcome
        The outcomes measured; those that are one figure for the nation are left out.
    """

    def __init__(self, state: State, outcomes: Sequence[Outcome] = ()) -> None:
        sources = _state_sources(state, "municipalities")
        self._sources = [
            s for s in sources if not s.words and s.unit not in ("id", CODE) and s.name != "population"
        ]
        self._outcomes = [(i, o) for i, o in enumerate(outcomes) if o.gather is not Gather.NATION]

    def read(self, state: State, values: Floats) -> Detail:
        """The groups and their means as they stand now; `values` are the outcomes' values, shape (outcomes, municipalities)."""
        owners = state[Municipalities]
        groups = place_groups(state[Counties].id[owners.county], owners.population, owners.centrality)
        said = [groups.county, groups.size, groups.centrality, groups.n, groups.sum(owners.population)]
        means = [groups.mean(source.read(state)) for source in self._sources]
        people = pupils_of(state).total
        for i, outcome in self._outcomes:
            mean = groups.mean(values[i], people if outcome.gather is Gather.PUPILS else None)
            known = groups.sum(~np.isnan(values[i]))
            means.append(mean * known if outcome.gather is Gather.SUM else mean)
        return [*said, *(mean.astype(np.float32) for mean in means)]

    def table(self, details: Sequence[Detail], half_years: Sequence[HalfYear], _: PlaceNames) -> pa.Table:
        """What was read in several half-years, as one table with the columns of time in front."""
        lengths = [len(detail[0]) for detail in details]
        when = tables.when_columns(half_years, np.repeat(np.arange(len(details)), lengths))
        arrays = [when[f.name] for f in tables.WHEN]
        arrays += [tables.array(np.concatenate(columns)) for columns in zip(*details, strict=True)]
        sentences = [
            *GROUP_COLUMNS,
            *((s.name, s.unit, f"{s.meaning}; mean of the group") for s in self._sources),
            *((f"outcome_{o.key}", o.unit, f"outcome: {o.meaning}") for _, o in self._outcomes),
        ]
        own = zip(sentences, arrays[len(tables.WHEN) :], strict=True)
        fields = [tables.field(name, array.type, *said) for (name, *said), array in own]
        return pa.table(arrays, schema=pa.schema([*tables.WHEN, *fields]))


def _state_sources(state: State, entity: str) -> Iterator[_Source]:
    for table in state:
        if table.entity != entity:
            continue
        kind = type(table)
        prefix = f"{scheme_of(kind)}_" if table.aligned else ""
        for name, c in table.columns().items():
            if c.shape == ():
                yield _source(kind, name, c, prefix)


def scheme_of(kind: type[Table]) -> str:
    """The scheme whose folder a table is declared in, or the table's own name in small letters."""
    inside = kind.__module__.removeprefix(_SCHEMES)
    return inside.split(".")[0] if inside != kind.__module__ else kind.__name__.lower()


def _source(kind: type[Table], name: str, c: Column, prefix: str) -> _Source:
    if name == "id" and not prefix:
        return _Source(_IDENTITY[kind.entity], CODE, c.meaning, lambda state: state[kind].id.copy())  # type: ignore[attr-defined]  # every entity's own table has an id
    if c.refers is not None:
        shown = _IDENTITY.get(c.refers, prefix + name)
        entity = c.refers
        return _Source(
            shown,
            CODE if c.refers in _IDENTITY else "id",
            c.meaning,
            lambda state: _identities(state, entity, getattr(state[kind], name)),
        )
    if c.codes is not None:
        codes = {int(member): member.name.lower() for member in c.codes}
        said = tuple(codes.get(k, "") for k in range(min(codes), max(codes) + 1))
        return _Source(
            prefix + name,
            "word",
            c.meaning,
            lambda state: getattr(state[kind], name).copy(),
            said,
            min(codes),
        )
    if np.dtype(c.dtype).kind == "f":
        return _Source(
            prefix + name, c.unit, c.meaning, lambda state: getattr(state[kind], name).astype(np.float32)
        )
    return _Source(prefix + name, c.unit, c.meaning, lambda state: getattr(state[kind], name).copy())


def _identities(state: State, entity: str, rows: AnyArray) -> AnyArray:
    """Identities of the rows referred to, -1 where there is none."""
    ids: AnyArray = state.entity(entity).id  # type: ignore[attr-defined]  # every entity's own table has an id
    return np.where(rows >= 0, ids[rows], -1) if len(ids) else np.full(len(rows), -1)


def _result_sources(state: State) -> list[_Source]:
    """What is summed up of the values that a school has several of."""
    found = [_Source("n_pupils", "pupils", "pupils in all grades", lambda state: pupils_at(state[Schools]))]
    if Measurements in state:
        found += [_measured(indicator) for indicator in Indicator]
    return found


def _measured(indicator: Indicator) -> _Source:
    def read(state: State) -> AnyArray:
        m = state[Measurements]
        known = m.n_pupils[:, 0, indicator] > 0
        return np.where(known, m.value[:, 0, indicator], np.nan).astype(np.float32)

    unit = Measurements.columns()["value"].unit
    return _Source(
        f"measured_{indicator.name.lower()}", unit, "indicator as measured in the latest complete year", read
    )


def _column(source: _Source, values: AnyArray, places: PlaceNames) -> pa.Array:
    if source.unit == CODE:
        return tables.coded(values, places.codes)
    if source.words:
        return tables.words(source.words, values.astype(np.int16) - source.first_code)
    if source.unit == "id":
        return pa.array(values, mask=values < 0)
    return tables.array(values)
