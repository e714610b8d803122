"""Files that users bring, mutilated at random, are read: each is taken or refused in words, and soon.

They are scenarios, experiments, register files, and exports that register files are made of; of these some are whole, and what
is read of them is held against what they say.

    python -m tests.fuzz --seconds 60            a minute, as in continuous integration
    python -m tests.fuzz --seconds 3600          an hour
    python -m tests.fuzz --only registers --first 4711 --number 1     one input again

Input number n is the same wherever and whenever it is made. What fails is told with its number and traceback, and its file is
kept. Register files that are taken are played for a year too: a world that goes out of what is declared is a failure.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sim.declared import OUTCOMES, REGISTRY
from sim.errors import InputError
from sim.experiments.soundness import check_sound
from sim.model import SchemeModel
from sim.registers.importing import import_registers
from sim.scenario_files import folders, load_design
from sim.sweeps.experiment_file import FOLDER, load_experiment
from sim.world.registers import Registers
from tests.registers.styles import misread, write

SECONDS = 60.0  # for which inputs are tried, unless told otherwise
LONGEST_SECONDS = 10  # that any input may take
MOST_MUTATIONS = 6
ODD = (
    "", " ", "null", "~", "nan", ".inf", "-1", "0", "1e400", "9" * 50, "9" * 4_400, "1" * 400 + ".5", "true", "[]", "{}",
    "[1, 2", "{a: b", '"\\uD800"', '"\\u202E"', "\x00", "\x1b[31m", "\u202e", "&a", "*a", "!!python/object:x", "<<", "---",
    ":", "?", "- ", "\t", ";", ",", '"', "'", "ø" * 3_000, "15.000", "1,5", "0301 Oslo", "2019", "99999", "@2026",
    "extends: history", "levers:", "from: 2026", "[" * 200, "{a: " * 50, "\r", "\r\n", "\ufeff", "#",
)  # fmt: skip
SHEETS = {
    "municipalities": "kommunenummer,population,pupils,centrality,education_high,robek,capacity_fte\n"
    "3101,30000,3300,middle,0.31,no,1.5\n3103,50000,5200,central,0.4,yes,2\n1804,5000,600,remote,,,0.5\n",
    "schools": "orgnr;kommunenummer;name;first_grade;last_grade;pupils;teachers;intake\n"
    "974000001;3101;Nordre skole;1;10;403;40;-1,25\n974000002;3103;Ås skole;1;7;210;;\n"
    "974000003;3103;Åsen ungdomsskole;8;10;150;18;2\n974000004;1804;Øya;1;10;25;5;\n",
    "predecessors": "kommunenummer_2019,kommunenummer,population\n101,3101,20000\n102,3101,10000\n",
}
"""Invented registers to begin with."""

EXPORTS = {
    "people.csv": '"07459: Befolkning"\n\n"region";"Personer 2023";"Personer 2024"\n"0 Hele landet";5;5\n'
    '"0301 Oslo";690000;700000\n"3001 Halden (2020-2023)";31000;0\n"3101 Halden";0;31000\n'
    '"1804 Bodø";53000;53.500\n\nKilde: SSB\n',
    "income.txt": "kommunenr\tkommune\tfrie inntekter (1 000 kr)\tuføre (prosent)\n"
    "0301\tOslo\t65,5\t5,5\n3001\tHalden\t66\t12,1\n",
    "schools.csv": "Orgnr,Navn,Kommunenr,Trinn,Elevtall,Eierform\n974000001,Nordre skole,0301,1-10,400,Kommunal\n"
    "974000002,Halden skole,3101,1.-7. trinn,210,Kommunal\n974000003,Friskolen,3101,8-10,*,Privat\n"
    "974000004,Bodø skole,1804,1-10,:,\n",
}
"""Invented exports to begin with."""

Reader = Callable[[Path, random.Random], None]


class HangError(Exception):
    """An input took too long."""


@dataclass(frozen=True)
class Result:
    """What came of some inputs: how many were taken, refused in words, and failed, by kind."""

    tried: Counter[str]
    refused: Counter[str]
    failed: Counter[str]

    def __str__(self) -> str:
        lines = ["| kind | tried | refused in words | taken | failed |", "|---|---|---|---|---|"]
        for kind, n in sorted(self.tried.items()):
            taken = n - self.refused[kind] - self.failed[kind]
            lines.append(f"| {kind} | {n} | {self.refused[kind]} | {taken} | {self.failed[kind]} |")
        return "\n".join(lines)


def scenario(place: Path, luck: random.Random) -> None:
    """Read a mutilated design."""
    begun = luck.choice([path for folder in folders() for path in sorted(folder.glob("*.yaml"))])
    file = place / "mine.yaml"
    file.write_bytes(mutilated(begun.read_bytes(), luck))
    load_design(file, REGISTRY)


def experiment(place: Path, luck: random.Random) -> None:
    """Read a mutilated experiment."""
    begun = luck.choice([path for folder in folders() for path in sorted((folder / FOLDER).glob("*.yaml"))])
    file = place / "mine.yaml"
    file.write_bytes(mutilated(begun.read_bytes(), luck))
    load_experiment(file, REGISTRY, OUTCOMES)


def registers(place: Path, luck: random.Random) -> None:
    """Read mutilated registers; play a year with them if they are taken."""
    for name in luck.sample(sorted(SHEETS), luck.randint(1, len(SHEETS))):
        raw = SHEETS[name].encode()
        (place / f"{name}.csv").write_bytes(mutilated(raw, luck) if luck.random() < 2 / 3 else raw)
    read = Registers.read(place)
    model = SchemeModel("voluntary", rng=1, start=luck.choice((2018, 2024)), registers=read)
    model.step()
    model.step()
    check_sound(model.state)


def exports(place: Path, luck: random.Random) -> None:
    """Import mutilated exports; what is taken can be read, and where something is wrong nothing is written."""
    encoding = luck.choice(("utf-8", "latin-1", "utf-16"))
    for name in luck.sample(sorted(EXPORTS), luck.randint(1, len(EXPORTS))):
        raw = EXPORTS[name].encode(encoding)
        (place / name).write_bytes(mutilated(raw, luck) if luck.random() < 1 / 2 else raw)
    out = place / "out"
    try:
        import_registers(
            place, out=out, year=luck.choice((None, 2023, 2024)), decimal=luck.choice((None, "comma", "point")),
            suppressed=luck.choice((None, 4)), leave_incomplete=luck.random() < 1 / 2,
        )  # fmt: skip
    except InputError:
        if out.exists():
            raise AssertionError("something was written though the import was refused") from None
        raise
    Registers.read(out)


def styles(place: Path, luck: random.Random) -> None:
    """Import a known country, written in one of many ways: it is read as it is, or something is asked in words."""
    (place / "in").mkdir()
    country = write(place / "in", luck)
    import_registers(place / "in", out=place / "out", year=2024)
    if wrong := misread(country, place / "out" / "municipalities.csv"):
        raise AssertionError(f"misread: {wrong[:5]}")


KINDS: dict[str, Reader] = {
    "scenario": scenario,
    "experiment": experiment,
    "registers": registers,
    "exports": exports,
    "styles": styles,
}


def mutilated(raw: bytes, luck: random.Random) -> bytes:
    """A file with some of its lines, words and bytes changed."""
    for _ in range(luck.randint(1, MOST_MUTATIONS)):
        raw = luck.choice(_MUTATIONS)(raw, luck)
    return raw


def _bytes(raw: bytes, luck: random.Random) -> bytes:
    place = luck.randrange(len(raw) + 1)
    return raw[:place] + luck.randbytes(luck.randint(0, 4)) + raw[place + luck.randint(0, 4) :]


def _cut(raw: bytes, luck: random.Random) -> bytes:
    return raw[: luck.randrange(len(raw) + 1)]


def _lines(raw: bytes, luck: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True) or [b""]
    one, other = luck.randrange(len(lines)), luck.randrange(len(lines))
    match luck.randrange(4):
        case 0:
            del lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case _:
            lines[one] = lines[one] * luck.choice((2, 200))
    return b"".join(lines)


def _word(raw: bytes, luck: random.Random) -> bytes:
    """An odd word in place of one between separators, or beside it."""
    ends = [-1, *(i for i, sign in enumerate(raw) if sign in b" ,;:\n{}[]"), len(raw)]
    which = luck.randrange(len(ends) - 1)
    word = luck.choice(ODD).encode("utf-8", "surrogatepass")
    return (
        raw[: ends[which] + 1] + word + raw[ends[which + luck.randint(0, 1)] :]
        if ends[which] >= 0
        else word + raw
    )


_MUTATIONS = (_bytes, _cut, _lines, _lines, _word, _word, _word)


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    """Break off what takes too long, where the system can."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def late(*_: object) -> None:
        raise HangError(f"took more than {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def fuzz(
    kinds: list[str],
    first: int = 0,
    number: int | None = None,
    seconds: float = float("inf"),
    keep: Path | None = None,
) -> Result:
    """Read inputs, from the first on, until there are enough of them or the time is over.

    Parameters
    ----------
    keep : Path, optional
        Folder for the files that failed.
    """
    found = Result(Counter(), Counter(), Counter())
    end, n = time.monotonic() + seconds, first
    while time.monotonic() < end and (number is None or n < first + number):
        kind = kinds[n % len(kinds)]
        luck = random.Random(f"{kind} {n}")
        found.tried[kind] += 1
        with tempfile.TemporaryDirectory() as place:
            try:
                with no_longer_than(LONGEST_SECONDS):
                    KINDS[kind](Path(place), luck)
            except InputError as error:
                str(error).encode()
                found.refused[kind] += 1
            except Exception:  # noqa: BLE001 - whatever else it is, it is a failure of the reader
                found.failed[kind] += 1
                sys.stderr.write(f"{kind}, number {n}:\n{traceback.format_exc()}\n")
                for file in Path(place).iterdir() if keep else ():
                    assert keep is not None
                    (keep / f"{kind}-{n}").mkdir(parents=True, exist_ok=True)
                    file.replace(keep / f"{kind}-{n}" / file.name)
        n += 1
    return found


def options(words: str | None, kinds: Iterable[str]) -> argparse.ArgumentParser:
    """The command line of what tries many inputs: for how long, from which on, how many, of which kind."""
    parser = argparse.ArgumentParser(description=words, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, help="by default 60, or with --number as long as it takes")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--number", type=int)
    parser.add_argument("--only", choices=sorted(kinds))
    return parser


def seconds_of(given: argparse.Namespace) -> float:
    """For how long inputs are tried."""
    if given.seconds is not None:
        return float(given.seconds)
    return SECONDS if given.number is None else float("inf")


def main() -> None:
    """Fuzz as the command line says; exit status 1 if anything failed."""
    parser = options(__doc__, KINDS)
    parser.add_argument("--keep", type=Path, default=Path("results/fuzz"))
    given = parser.parse_args()
    kinds = [given.only] if given.only else list(KINDS)
    found = fuzz(kinds, given.first, given.number, seconds_of(given), given.keep)
    sys.stdout.write(f"{found}\n")
    sys.exit(bool(found.failed.total()))


if __name__ == "__main__":
    main()
