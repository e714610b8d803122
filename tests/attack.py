"""What happens to programs from outside: odd command lines, damaged results, odd requests, kills, full disks.

Nothing that is finished may be lost, nothing damaged may pass for a result, and whoever is at the keyboard is told in words.

    python -m tests.attack --seconds 600                  all kinds in turn
    python -m tests.attack --only kills --first 40 --number 1     one attack again
    python -m tests.attack --only calibrations --number 20        what takes minutes each, never made unasked
    python -m tests.attack --only "calibration kills" --number 20     of these, kills at a step at which it writes

Attack number n is the same wherever and whenever it is made. Each is made in a process of its own, which has everything loaded.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import random
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click
import pandas as pd
import typer

from sim.cli.program import app
from sim.declared import REGISTRY
from sim.errors import InputError
from sim.experiments.parameter_draws import uncertain
from sim.one_world import World
from sim.scenario_files import folders
from sim.state.table import LARGEST
from tests import fuzz
from tests.fuzz import LONGEST_SECONDS, ODD, SHEETS, HangError, Result, mutilated, options

FAST = ("--scale", "0.02", "--workers", "1", "--quiet")
YEARS = ("--start", "2025", "--end", "2026")
EXPERIMENT = """title: T
designs: [voluntary, obligatory]
worlds: 4
scale: 0.02
start: 2025
end: 2026
levers: {follow_up.openness: [0.2, 0.8]}
outcomes: [practice, hours]
at: [end]
contrast: {outcome: practice, design: obligatory, versus: voluntary}
"""
LONG_SECONDS = 60  # that a study may take, here where others are at work too
LONGEST_STUDY_SECONDS = 600  # that a calibration may


class FellError(Exception):
    """An attack came through: a traceback, a hang, something lost, or something damaged that passed for a result."""


@dataclass(frozen=True)
class Ended:
    """How a process ended: its status (negative if it was killed), and what it said."""

    status: int
    out: str
    err: str

    def check(self) -> None:
        """`FellError` unless it ended well, or with an error in words: an `InputError` then."""
        if "Traceback (most recent call last)" in self.err or self.status < 0:
            raise FellError(f"status {self.status}\n{self.err[-4000:]}")
        if self.status not in (0, 1, 2) or (self.status and not self.err.strip()):
            raise FellError(f"status {self.status} without a word: {self.out[-300:]}")
        if self.status:
            raise InputError(self.err)


def told(
    words: Sequence[str], before: Callable[[], object] = lambda: None, seconds: float = LONG_SECONDS
) -> Ended:
    """What the command line says, in a process of its own, in which `before` is called first."""

    def work() -> None:
        before()
        app(list(words), prog_name="kompetansesim")

    return inside(work, seconds, words)


def inside(work: Callable[[], object], seconds: float, what: object) -> Ended:
    """What comes of some work in a process of its own; `HangError` if it takes longer."""
    (out, out_end), (err, err_end) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        _be(work, out_end, err_end)
    os.close(out_end)
    os.close(err_end)
    end, said = time.monotonic() + seconds, {out: b"", err: b""}
    still = [out, err]
    while still:
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise HangError(f"took more than {seconds} s: {what}")
        for one in select.select(still, [], [], 0.1)[0]:
            piece = os.read(one, 1 << 16)
            said[one] += piece
            if not piece:
                still.remove(one)
                os.close(one)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Ended(status, *(text.decode("utf-8", "replace") for text in said.values()))


def _be(work: Callable[[], object], out: int, err: int) -> None:
    """Do the work, say what it says, and end."""
    status = 70
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
        try:
            work()
            status = 0
        except SystemExit as ending:
            status = int(ending.code or 0)
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 - nothing may come back into the parent's code
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


# --- what is attacked ---

STUDIES: dict[str, tuple[str, ...]] = {
    "compare": ("compare", "voluntary", "obligatory", "--worlds", "2", *FAST, *YEARS, "--no-structures", "--parameters", "prior"),
    "run": ("run", "voluntary", "--worlds", "2", *FAST, *YEARS, "--tables-only", "--parameters", "prior"),
    "sweep": ("sweep", "mine.yaml", "--workers", "1", "--quiet"),
    "sensitivity": (
        "sensitivity", "run", "voluntary", "obligatory", "--worlds", "1", *FAST, *YEARS, "-n", "2", "--outcome", "practice",
        "--parameter", "classroom.half_life", "--parameter", "follow_up.acceptance.autonomy_cost",
    ),
    "theory": ("theory", "voluntary", "--worlds", "1", *FAST, *YEARS, "--tables-only", "--parameters", "prior"),
    "atlas": ("atlas", "voluntary", "obligatory", "--worlds", "2", *FAST, *YEARS, "--parameters", "prior"),
    "calibrate": ("calibrate", "--quick", "--points", "60", *FAST),
}  # fmt: skip
"""Small ones of each kind; where they are to be put is added."""
QUICK = tuple(sorted(set(STUDIES) - {"calibrate"}))
"""Those that take seconds."""


def asked(kind: str, out: Path) -> list[str]:
    """The words of a study."""
    (out.parent / "mine.yaml").write_text(EXPERIMENT, encoding="utf-8")
    words = [str(out.parent / word) if word.endswith(".yaml") else word for word in STUDIES[kind]]
    return [*words, "--out", str(out)]


@cache
def ground(kind: str) -> Path:
    """The folder of a finished study of a kind; made in this process, so that those made of it have all loaded."""
    out = Path(tempfile.mkdtemp(prefix="attacked-")) / kind
    atexit.register(shutil.rmtree, out.parent, ignore_errors=True)
    with suppress(SystemExit):
        app(asked(kind, out), prog_name="kompetansesim")
    return out


def digest(folder: Path) -> dict[str, str]:
    """What lies in a folder of results: the tables, which are the same whenever they are made."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.suffix in {".csv", ".parquet"}
        and not file.name.startswith((".", "runs-", "draws-", "designs-"))
    }


# --- the kinds of attack ---


def commands(place: Path, luck: random.Random) -> None:
    """An odd command line."""
    words = command_line(place, luck)
    told(words, lambda: os.chdir(place)).check()


NEVER = {("page",), ("schema",), ("docs-tables",), ("calibrate", "accept"), ("calibrate",), ("sensitivity", "accept"),
         ("sensitivity", "check"), ("sensitivity", "total"), ("check", "draw"), ("check", "claims"), ("conditions",),
         ("calibrate", "check"), ("calibrate", "replay"), ("search",), ("evaluate",), ("voi",)}  # fmt: skip
"""Commands that serve, write into the checkout, or take long however small."""
SMALL = {
    "worlds": "1", "scale": "0.02", "workers": "1", "start": "2026", "end": "2026", "n": "2", "at_most": "2",
}  # fmt: skip
"""Values of what costs time, where a sensible one is wanted."""
ALWAYS = {*SMALL, "out", "parameter"}
"""Options that are never left out: without a parameter, all are screened in hundreds of worlds, which takes minutes."""


@cache
def known_commands() -> dict[tuple[str, ...], click.Command]:
    """All commands but those that take long, by their words."""
    found: dict[tuple[str, ...], click.Command] = {}

    def look(command: Any, words: tuple[str, ...]) -> None:
        for name, below in getattr(command, "commands", {}).items():
            look(below, (*words, name))
        if not getattr(command, "commands", None):
            found[words] = command

    look(typer.main.get_command(app), ())
    return {words: command for words, command in found.items() if words not in NEVER}


def command_line(place: Path, luck: random.Random) -> list[str]:
    """A command with some of its options, of which some are odd."""
    words = luck.choice(sorted(known_commands()))
    command = known_commands()[words]
    odd = luck.random() < 3 / 4
    line = list(words)
    for one in command.params:
        if isinstance(one, click.Argument) or getattr(one, "param_type_name", "") == "argument":
            n = luck.randint(0, 3) if odd or one.nargs == -1 else 1
            line += [_argument(one.name or "", place, luck) for _ in range(n)]
        elif one.name in ALWAYS or luck.random() < 1 / 4:
            line += _option(one, place, luck, odd=odd)
    if odd and luck.random() < 1 / 4:
        line.insert(luck.randrange(len(line) + 1), _word(luck))
    return [word.replace("\x00", "0") for word in line]


def _option(one: Any, place: Path, luck: random.Random, *, odd: bool) -> list[str]:
    name = luck.choice(list(one.opts))
    if one.is_flag:
        return [name]
    word = _word(luck)
    if odd and luck.random() < 1 / 4 and not (one.name in SMALL and word.strip().isdecimal()):
        return [name, word]
    if one.name in SMALL:
        return [name, SMALL[one.name]]
    if one.name == "out":
        return [name, str(place / luck.choice(("out", "there", "a/b/c")))]
    if one.name in {"levers", "assumptions", "lever", "parameter"}:
        return [name, _declared(one.name, luck)]
    return [
        name,
        luck.choice(
            (_argument(one.name, place, luck), "1", "0.5", "practice@end", "en", "prior", "posterior")
        ),
    ]


def _declared(option: str, luck: random.Random) -> str:
    """A declared value, set to something, or the name of one that can be screened."""
    if option == "parameter":
        return luck.choice(uncertain(REGISTRY)).name
    name = luck.choice(sorted(REGISTRY.by_name))
    return f"{name}{luck.choice(('', '@2026', '@x'))}={luck.choice(('0.5', '1', _word(luck)))}"


def _argument(name: str, place: Path, luck: random.Random) -> str:
    """What could stand there: a design, a folder, a file, an odd word."""
    if name in {"store", "folder", "sources"}:
        return (
            str(ground(luck.choice(("compare", "sweep", "sensitivity"))))
            if luck.random() < 1 / 2
            else str(place)
        )
    file = place / luck.choice(("mine.yaml", "municipalities.csv"))
    if luck.random() < 1 / 3:
        begun = EXPERIMENT if file.suffix == ".yaml" else SHEETS["municipalities"]
        file.write_bytes(mutilated(begun.encode(), luck))
    return luck.choice((
        "voluntary", "obligatory", "a_first_try", str(file), str(place), _word(luck), "/dev/null", "select 1", "practice@end",
    ))  # fmt: skip


def _word(luck: random.Random) -> str:
    return luck.choice(ODD).encode("utf-8", "replace").decode()[:2_000]


READERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "compare": (("report", "{}"), ("report", "{}", "--lang", "en")),
    "sweep": (
        ("query", "{}", "select * from sweep order by run"), ("export", "{}", "{}/../out"), ("report", "{}"),
        ("discover", "{}", "--out", "{}/../out", "--quiet"), ("replay", "{}", "RUN"),
        ("sensitivity", "given", "{}", "--out", "{}/../out", "--quiet"), ("sweep", "{}/../mine.yaml", "--out", "{}", "--quiet"),
    ),
    "sensitivity": (("report", "{}"),),
    "atlas": (("report", "{}"),),
    "theory": (("report", "{}"),),
}  # fmt: skip
"""Commands that read finished results."""


def damage(place: Path, luck: random.Random) -> None:
    """A file of finished results is damaged: whoever reads them says so, or says what was said before."""
    kind = luck.choice(sorted(READERS))
    whole, mine = ground(kind), place / kind
    words = luck.choice(READERS[kind])
    shutil.copytree(whole, mine)
    (place / "mine.yaml").write_text(EXPERIMENT, encoding="utf-8")
    files = [
        file
        for file in sorted(mine.rglob("*"))
        if file.is_file() and file.suffix not in {".html", ".md", ".csv"}
    ]
    file = luck.choice(files)
    file.write_bytes(damaged(file.read_bytes(), luck))
    done = told(_at(words, mine), seconds=LONG_SECONDS)
    done.check()
    if file.suffix == ".parquet":
        fresh = place / "fresh" / kind
        shutil.copytree(whole, fresh)
        (place / "fresh" / "mine.yaml").write_text(EXPERIMENT, encoding="utf-8")
        again = told(_at(words, fresh))
        if _left(done, mine) != _left(again, fresh):
            raise FellError(f"{file.name} is damaged, and {words} says something else without a word")


def _at(words: Sequence[str], folder: Path) -> list[str]:
    run = _first_run(folder) if "RUN" in words else ""
    return [run if word == "RUN" else word.replace("{}", str(folder)) for word in words]


@cache
def _first_run(_: Path) -> str:
    return str(pd.read_parquet(ground("sweep") / "table.parquet")["run"].iloc[0])


def _left(done: Ended, folder: Path) -> object:
    """What a command said and left, without the places and times in it."""
    written = {
        file.relative_to(folder.parent).as_posix(): file.read_bytes()
        for file in sorted((folder.parent / "out").rglob("*"))
        if file.suffix in {".csv", ".parquet", ".json"} and file.name != "manifest.json"
    }
    page = folder / "report.html"
    told_there = page.read_bytes() if page.is_file() else b""
    return (
        done.out.replace(str(folder.parent), ""),
        written,
        told_there.replace(str(folder.parent).encode(), b""),
    )


def damaged(raw: bytes, luck: random.Random) -> bytes:
    """Some bits flipped, an end missing, a block of noughts, or nothing left."""
    match luck.randrange(5):
        case 0:
            return raw[: luck.randrange(len(raw) + 1)]
        case 1:
            return b""
        case 2:
            at, n = luck.randrange(len(raw) + 1), luck.choice((1, 16, 512))
            return raw[:at] + bytes(n) + raw[at + n :]
        case _:
            found = bytearray(raw)
            for _ in range(luck.choice((1, 1, 3, 20))):
                if found:
                    found[luck.randrange(len(found))] ^= 1 << luck.randrange(8)
            return bytes(found)


# --- requests ---

SENT = 25  # requests of one attack
NAMES = {
    "name": ("voluntary-vs-obligatory", "hurt"), "key": ("voluntary", "obligatory", "legitimacy", "openness"),
    "lang": ("nb", "en"), "kind": ("csv", "xlsx", "png", "svg", "annex"), "code": ("3101", "0301"),
    "group": ("size.small", "all"), "file": ("style.css",),
}  # fmt: skip
"""What can stand in an address that is meant."""
FIELDS = (
    "a", "b", "mot", "av", "vis", "sok", "worlds", "seed", "scale", "more", "from", "title", "ny", "file",
)  # fmt: skip


def requests(place: Path, luck: random.Random) -> None:
    """Odd requests to the page, over results of which some are damaged."""
    results = place / "results"
    for name in NAMES["name"]:
        shutil.copytree(ground("compare"), results / name)
    files = [file for file in sorted((results / "hurt").iterdir()) if file.is_file()]
    file = luck.choice(files)
    file.write_bytes(damaged(file.read_bytes(), luck))
    inside(lambda: _send(results, luck), SENT * LONGEST_SECONDS, f"{file.name} is damaged").check()


def _send(results: Path, luck: random.Random) -> None:
    import warnings

    from starlette.testclient import TestClient

    from sim.app.application import make_app

    warnings.simplefilter("error")
    host = "127.0.0.1:8017"
    page, site = make_app(results), f"http://{host}"
    addresses = sorted({str(getattr(route, "path", "/")) for route in page.routes})
    with TestClient(page, base_url=site, headers={"origin": site}, follow_redirects=False) as client:
        for _ in range(SENT):
            path = luck.choice(addresses)
            for name, known in NAMES.items():
                path = path.replace(
                    f"{{{name}}}", quote(luck.choice(known) if luck.random() < 3 / 4 else _word(luck)[:300])
                )
            values = {
                field: luck.choice(("voluntary", "obligatory", "1", "0.02", _word(luck)))
                for field in luck.sample(FIELDS, 3)
            }
            how: dict[str, Any] = {"method": "GET", "params": values}
            if luck.random() < 1 / 3:
                how = {"method": "POST", "data": {**values, "worlds": luck.choice(ODD)[:2_000]}}
            if luck.random() < 1 / 10:
                begun = next(folders()[0].glob("*.yaml")).read_bytes()
                how = {"method": "POST", "files": {"file": ("mine.yaml", mutilated(begun, luck))}}
            begun_at = time.monotonic()
            answer = client.request(url=path, **how)
            if answer.status_code >= 500 or time.monotonic() - begun_at > LONGEST_SECONDS:
                raise FellError(
                    f"{how} {path}: {answer.status_code} after {time.monotonic() - begun_at:.1f} s"
                )


# --- kills and full disks ---


WRITING = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "shutil.move"}
"""Events that Python tells of, at which something on the disk may change."""


class Steps:
    """Counts the steps at which something is written, and ends the process at one of them.

    Parameters
    ----------
    last : int
        Step at which the process is killed; never if 0.
    torn : bool
        Whether half of what is to be written there gets through, if something is.
    """

    def __init__(self, under: Path, last: int, *, torn: bool = False) -> None:
        self.under, self.last, self.torn, self.n = str(under), last, torn, 0

    def watch(self) -> None:
        """Begin to count, in this process."""
        sys.addaudithook(self.seen)
        for name in ("write", "fsync", "ftruncate"):
            setattr(os, name, self.counted(getattr(os, name)))

    def counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """A call of the system that counts as a step."""

        def count(handle: int, *rest: Any) -> Any:
            if self.step():
                if rest and self.torn and isinstance(rest[0], bytes):
                    call(handle, rest[0][: len(rest[0]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return call(handle, *rest)

        return count

    def seen(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An event that Python tells of."""
        if event in WRITING and self.under in str(arguments[0]) and self.step():
            os.kill(os.getpid(), signal.SIGKILL)

    def step(self) -> bool:
        """One more; whether it is the last."""
        self.n += 1
        return self.n == self.last


@cache
def steps_of(kind: str) -> int:
    """At how many steps a study of a kind writes."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / kind
        noted = Path(place) / "steps"

        def watch() -> None:
            steps = Steps(out.parent, 0)
            steps.watch()
            ending = os._exit

            def end(status: int) -> None:
                noted.write_text(str(steps.n), encoding="utf-8")
                ending(status)

            os._exit = end  # type: ignore[assignment]  # it never comes back, as the other

        told(asked(kind, out), watch, LONGEST_STUDY_SECONDS)
        return int(noted.read_text(encoding="utf-8"))


@cache
def seconds_of(kind: str) -> float:
    """How long a study of a kind takes."""
    with tempfile.TemporaryDirectory() as place:
        begun = time.monotonic()
        told(asked(kind, Path(place) / kind), seconds=LONGEST_STUDY_SECONDS)
        return time.monotonic() - begun


def kills(place: Path, luck: random.Random, kinds: Sequence[str] = QUICK) -> None:
    """A study is killed at one of the steps at which it writes; the same again leaves what it would have left."""
    kind = luck.choice(kinds)
    steps = Steps(place, luck.randint(1, steps_of(kind)), torn=luck.random() < 1 / 3)
    _broken_off(kind, place, luck, steps.watch)


def late_kills(place: Path, luck: random.Random, kinds: Sequence[str] = QUICK) -> None:
    """The same at any time."""
    kind = luck.choice(kinds)
    after = luck.uniform(0.01, seconds_of(kind))

    def watch() -> None:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, after)

    _broken_off(kind, place, luck, watch)


def limits(place: Path, luck: random.Random, kinds: Sequence[str] = QUICK) -> None:
    """No file may become larger than so many bytes."""
    most = luck.choice((0, 100, 1_000, 5_000, 20_000, 100_000, 400_000))

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    _broken_off(luck.choice(kinds), place, luck, limit, killed=False)


def memory_limits(place: Path, luck: random.Random, kinds: Sequence[str] = QUICK) -> None:
    """No more than so many bytes of memory may be taken, beyond what is loaded."""
    more = luck.choice((1, 5, 20, 50, 100, 200)) << 20

    def limit() -> None:
        most = (
            int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
            + more
        )
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    _broken_off(luck.choice(kinds), place, luck, limit, killed=False)


def full_disks(place: Path, luck: random.Random, kinds: Sequence[str] = QUICK) -> None:
    """The disk is full after so many bytes; where one can be made (that takes an administrator)."""
    kind = luck.choice(kinds)
    disk = place / "disk"
    disk.mkdir()
    with small_disk(disk, luck.randint(1, 60) * 16) as grow:
        _broken_off(kind, disk, luck, lambda: None, killed=False, then=grow)


def twins(place: Path, luck: random.Random) -> None:
    """A study is begun twice in one place: both end well or in words, and what one of them would have left lies there."""
    kind = luck.choice(QUICK)
    out, later = place / kind, luck.uniform(0, seconds_of(kind))

    def another() -> None:
        if os.fork() == 0:  # writes where the first writes, so both are waited for
            time.sleep(later)

    words = asked(kind, out)
    with suppress(InputError):
        told(words, another).check()
    for at in ("at once", "afterwards"):
        if digest(out) != digest(ground(kind)):
            raise FellError(f"{kind} twice, {at}: {_apart(digest(out), digest(ground(kind)))}")
        told(words).check()
    if left := [one.name for one in place.rglob(".*partial*")]:
        raise FellError(f"{kind} twice: left lying: {left}")


def _gone_folder() -> None:
    gone = tempfile.mkdtemp()
    os.chdir(gone)
    Path(gone).rmdir()


def _as_nobody() -> None:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.setgid(65_534)
        os.setuid(65_534)


def _in_zone(name: str) -> None:
    os.environ["TZ"] = name
    time.tzset()


SURROUNDINGS: dict[str, Callable[[], object]] = {
    **{f"zone {name[:9]}": partial(_in_zone, name) for name in ("Pacific/Kiritimati", "garbage", "", "UTC+99:99", "A" * 10_000)},
    "years ago": lambda: setattr(time, "time", lambda: 0.0),
    "nothing is open": lambda: os.close(0),
    "no folder": _gone_folder,
    "nobody": _as_nobody,
    "masked": lambda: os.umask(0o777),
    "few files": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20)),
    "nowhere": lambda: os.environ.update(TMPDIR="/nowhere", HOME="/nowhere", PATH="", XDG_CACHE_HOME="/dev/null"),
    "another tongue": lambda: os.environ.update(LC_ALL="C", LANG="xx_YY", LANGUAGE="tr", COLUMNS="0"),
}  # fmt: skip
PLACES = (
    "Mine resultater æøå 2026 (ny)", "a\nb", "a[*?]b", "a%20\"'$HOME;b", "x" * 240, "x" * 255, "æ" * 120, "y/" * 100, ".x",
    "a/../b", "real/link/x", "loop/x", "nowhere/x", "a\udce6b", "mine.yaml/x", "pipe", "pipe/x", ".", "", "-x", "real",
)  # fmt: skip


def surroundings(place: Path, luck: random.Random) -> None:
    """A study is played in odd surroundings and put in odd places: the same tables, or words."""
    kind, name = luck.choice(QUICK), luck.choice(PLACES)
    (place / "real").mkdir()
    (place / "real" / "link").symlink_to(place / "real")
    (place / "loop").symlink_to(place / "loop")
    (place / "nowhere").symlink_to(place / "not there")
    os.mkfifo(place / "pipe")
    words = [*asked(kind, place / kind)[:-1], name if luck.random() < 1 / 2 else str(place / name)]
    odd = [SURROUNDINGS[one] for one in luck.sample(sorted(SURROUNDINGS), luck.choice((0, 1, 2)))]

    def before() -> None:
        os.chdir(place)
        for one in odd:
            one()

    told(words, before).check()
    if digest(place / name) != digest(ground(kind)):
        raise FellError(f"{kind} in {name!r}, {odd}: {_apart(digest(place / name), digest(ground(kind)))}")


FAILING = (
    "1 / 0", "raise SystemExit(0)", "raise KeyboardInterrupt", "raise StopIteration", "pupils_per_post(state, p)", "return None",
    "return 'x'", "return np.zeros(3)", "return np.full(len(state[Municipalities]), np.inf)", "return np.array([object()])",
    "state[Schools].practice[:] = np.nan", "state[Schools].n_teachers[:] = -1", "del state[Schools].practice",
    "raise type('E', (Exception,), {'__str__': lambda _: 1 / 0})", "raise ValueError('\\ud800\\x1b[31m' * 100_000)",
    "raise ValueError(lambda: 1)", "np.zeros(10**14)", "import os; os.close(0)", "state.tables.clear()", "p[1]",
)  # fmt: skip


ENDING = ("import os; os._exit(9)", "import os; os._exit(0)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
          "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "import os; os.abort()")  # fmt: skip
"""What ends the process of whoever runs it."""
PUTTING = """for table in state:
        for name, declared in table.columns().items():
            values = getattr(table, name)
            if name == {name!r} and values.dtype.kind in "if":
                values[...] = {value}
    return"""
NUMBERS = ("1e300", "-1e300", "1e13", "float('nan')", "2**62", "-2**62", "2**31", "-5")


def plugins(place: Path, luck: random.Random) -> None:
    """A plug-in that fails, when it is loaded or when it is played, or is cut or mutilated."""
    whole = _example("pupils_per_post")
    begun = luck.choice(("    schools, n", "PLUGIN =", "def pupils"))
    indented = "    " * (begun[0] == " ")
    raw = whole.replace(begun, f"{indented}{luck.choice(FAILING)}\n{begun}", 1).encode("utf-8", "replace")
    done = _played_with(mutilated(raw, luck) if luck.random() < 1 / 2 else raw, place, luck)
    if done.status != 130:
        done.check()


def odd_worlds(place: Path, luck: random.Random) -> None:
    """A plug-in's process puts a number that cannot be in every row of a column: no result, and no crash of compiled rules."""
    name, value = luck.choice(columns()), luck.choice(NUMBERS)
    done = _played_with(_summer(PUTTING.format(name=name, value=value)), place, luck)
    done.check()
    worst = pd.read_parquet(place / "out" / "outcomes.parquet")["value"].abs().max()
    if worst > LARGEST:
        raise FellError(f"{name} = {value} passed for a result, with {worst}")


@cache
def columns() -> list[str]:
    """Names of all columns of a world that hold numbers, but for identities."""
    tables = World("voluntary", rng=1, scale=0.02).state
    names = {name for table in tables for name, values in table.arrays().items() if values.dtype.kind in "if"}
    return sorted(names - {"id"})


def ended_workers(place: Path, luck: random.Random) -> None:
    """A plug-in ends the workers that play it: told in words, and within the time that two starts of workers take."""
    raw = luck.choice((_summer, _outcome))(luck.choice(ENDING))
    done = _played_with(raw, place, luck, workers="2")
    done.check()
    raise FellError(f"it passed for a result: {done.out}")


def _example(name: str) -> str:
    return (Path(__file__).parents[1] / f"docs/how-to/examples/{name}.py").read_text(encoding="utf-8")


def _summer(line: str) -> bytes:
    return _example("summer_forgetting").replace("    if p[S", f"    {line}\n    if p[S", 1).encode()


def _outcome(line: str) -> bytes:
    return _example("pupils_per_post").replace("    schools, n", f"    {line}\n    schools, n", 1).encode()


def _played_with(raw: bytes, place: Path, luck: random.Random, workers: str = "1") -> Ended:
    """What a study says that is played with a plug-in."""
    file = place / "mine.py"
    file.write_bytes(raw)
    words = list(STUDIES[luck.choice(("run", "compare"))])
    words[words.index("--workers") + 1] = workers
    return told([*words, "--plugin", str(file), "--out", str(place / "out")])


def calibrations(place: Path, luck: random.Random) -> None:
    """One of these, made to a calibration."""
    luck.choice((kills, late_kills, limits, full_disks))(place, luck, ("calibrate",))


def calibration_kills(place: Path, luck: random.Random) -> None:
    """A calibration is killed at one of the steps at which it writes."""
    kills(place, luck, ("calibrate",))


@contextmanager
def small_disk(at: Path, kilobytes: int) -> Iterator[Callable[[], object]]:
    """A disk of a size, and what makes it larger."""
    mount = ["mount", "-t", "tmpfs", "-o"]
    if subprocess.run(
        [*mount, f"size={kilobytes}k", "tmpfs", str(at)], check=False, capture_output=True
    ).returncode:
        raise InputError("no disk can be made here")
    try:
        yield lambda: subprocess.run(
            [*mount, "remount,size=1g", "tmpfs", str(at)], check=True, capture_output=True
        )
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True, capture_output=True)


def _broken_off(
    kind: str,
    place: Path,
    luck: random.Random,
    before: Callable[[], object],
    *,
    killed: bool = True,
    then: Callable[[], object] = lambda: None,
) -> None:
    """A study is broken off, with finished results in its place or without; those stay, and the same again is as ever."""
    out = place / kind
    there = luck.random() < 1 / 3
    try:
        words = asked(kind, out)
        if there:
            shutil.copytree(ground(kind), out)
    except OSError:  # a disk too small for what lies there
        there = False
        then()
        shutil.rmtree(out, ignore_errors=True)
        words = asked(kind, out)
    seconds = LONG_SECONDS if kind in QUICK else LONGEST_STUDY_SECONDS
    done = told(words, before, seconds)
    if not killed:
        with suppress(InputError):
            done.check()
    elif done.status not in (0, -signal.SIGKILL):
        raise FellError(f"status {done.status}\n{done.err[-3000:]}")
    wanted = digest(ground(kind))
    kept = (
        out if out.exists() else next(place.glob(f".{kind}.older-*"), out)
    )  # between two moves; they come back below
    if (there or done.status == 0) and digest(kept) != wanted:
        raise FellError(f"{kind}: finished results were lost or changed: {_apart(digest(kept), wanted)}")
    then()
    again = told(words, seconds=seconds)
    if again.status:
        raise FellError(f"{kind}: the same again ended with {again.status}: {again.err[-2000:]}")
    if digest(out) != wanted:
        raise FellError(f"{kind}: the same again left other tables: {_apart(digest(out), wanted)}")
    if left := [one.name for one in place.rglob(".*partial*")]:
        raise FellError(f"{kind}: left lying: {left}")


def _apart(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


KINDS: dict[str, Callable[[Path, random.Random], None]] = {
    "commands": commands, "damage": damage, "requests": requests, "kills": kills, "late kills": late_kills,
    "size limits": limits, "memory limits": memory_limits, "full disks": full_disks, "twins": twins,
    "surroundings": surroundings, "plug-ins": plugins, "odd worlds": odd_worlds,
    "ended workers": ended_workers, "calibrations": calibrations, "calibration kills": calibration_kills,
}  # fmt: skip
ON_REQUEST = ("calibrations", "calibration kills")
"""Kinds that take minutes each."""


def attack(
    kinds: Sequence[str], first: int = 0, number: int | None = None, seconds: float = float("inf")
) -> Result:
    """Attack, from the first number on, until there were enough of them or the time is over."""
    for kind in ("calibrate",) if set(kinds) <= set(ON_REQUEST) else QUICK:
        ground(kind)
    found = Result(Counter(), Counter(), Counter())
    end, n = time.monotonic() + seconds, first
    while time.monotonic() < end and (number is None or n < first + number):
        kind = kinds[n % len(kinds)]
        found.tried[kind] += 1
        with tempfile.TemporaryDirectory() as place:
            try:
                KINDS[kind](Path(place), random.Random(f"{kind} {n}"))
            except InputError:
                found.refused[kind] += 1
            except (FellError, HangError) as error:
                found.failed[kind] += 1
                sys.stderr.write(f"{kind}, number {n}: {error}\n\n")
            except KeyboardInterrupt:  # told what was found so far; this one is not among it
                found.tried[kind] -= 1
                break
            except Exception:  # noqa: BLE001 - a fault of the attack itself
                found.failed[kind] += 1
                sys.stderr.write(f"{kind}, number {n}: {traceback.format_exc()}\n\n")
        n += 1
    return found


def main() -> None:
    """Attack as the command line says; exit status 1 if anything fell."""
    given = options(__doc__, KINDS).parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    kinds = [given.only] if given.only else [kind for kind in KINDS if kind not in ON_REQUEST]
    found = attack(kinds, given.first, given.number, fuzz.seconds_of(given))
    sys.stdout.write(f"{found}\n")
    sys.exit(bool(found.failed.total()))


if __name__ == "__main__":
    main()
