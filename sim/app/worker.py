"""The process that plays questions: started with the page, told by it what to play and when to stop, gone when the page is gone.

    python -m sim.app.worker RUNS DESIGNS RESULTS PRELIMINARY WORKERS

It gets ready first: a trifle is played from beginning to end, so that all is loaded when the first question comes. On standard
input the page names one run after the other, a line each; when that ends, so has the page, and so does this process, at once.
The processes that play worlds stand by too, and watch this one in the same way (`sim.experiments.workers`). On standard output
it says how far it is. Whatever goes wrong ends it; the page then starts another.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import Never

from sim.app.bounds import FIRST_ASKED, Bounds, Usual
from sim.app.job import Job, file_of, read_job
from sim.app.own_designs import OwnDesigns
from sim.app.questions import Question, asked, keep_scenarios
from sim.design import DECISION_YEAR
from sim.errors import InputError
from sim.experiments.collecting import look_seldom
from sim.experiments.instruments import national_model
from sim.experiments.workers import stand_by, stand_down

NICENESS = 5  # so that the page itself stays quick
REFUSED = 2


class StoppedError(BaseException):
    """The page asked for an end. No ordinary error, so that nothing on the way mistakes it for one."""


@dataclass(frozen=True)
class Places:
    """Where things lie: what is asked, visitors' designs, results, preliminary answers."""

    runs: Path
    designs: Path
    results: Path
    preliminary: Path


def play(key: str, places: Places, workers: int | None, say: Callable[[str], object]) -> None:
    """Play the question of a run and leave the results in their folder, whole or not at all: what `compare` makes of it."""
    from sim.app.preliminary import Gathering
    from sim.declared import REGISTRY
    from sim.experiments.conduct import conduct
    from sim.experiments.play import Played

    own = OwnDesigns(places.designs, REGISTRY, Bounds().own_designs)
    job = read_job(file_of(places.runs, key))
    assert job is not None
    study = job.question.study(own)
    gathering = Gathering(study, places.preliminary / key, lambda n: say(f"preliminary {n}"))

    def told(world: Played) -> None:
        n = gathering.take_in(world)
        say(f"world {n}")
        if n == study.worlds:
            say("writing")

    def further(folder: Path) -> None:
        keep_scenarios(folder, job.question, own)

    conduct(
        study, places.results / key, workers=workers, progress=False, further=further, told=told, csv=False
    )


def get_ready() -> None:
    """Load all that playing a world takes: the rules, and what comes with the first half-years of some municipalities."""
    from sim.declared import REGISTRY
    from sim.experiments.play import play_world
    from sim.rules.rule import RULES

    own = OwnDesigns(Path(os.devnull), REGISTRY, 0)
    play_world(_trifle().study(own).jobs()[0])
    for rule in RULES:
        rule.compile()


def rehearse(workers: int | None) -> None:
    """Play a trifle from beginning to end, and forget it."""
    with TemporaryDirectory() as folder:
        places = Places(*(Path(folder) / name for name in ("runs", "designs", "results", "preliminary")))
        places.runs.mkdir()
        Job("trifle", _trifle()).write(places.runs)
        play("trifle", places, workers, say=lambda _: None)


def _trifle() -> Question:
    """A question soon answered: a few municipalities, from shortly before the designs part until shortly after."""
    a, b = FIRST_ASKED
    usual = Usual(scale=0.02, start=DECISION_YEAR - 1, end=DECISION_YEAR + 1)
    return asked({"a": a, "b": b, "worlds": "2"}, usual, Bounds(), "nb")


def say(words: str) -> None:
    """A line to the page."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def listen(waiting: SimpleQueue[str]) -> None:
    """Take in what the page asks. At the end of standard input the page is gone, however it went: end too."""
    for line in iter(sys.stdin.readline, ""):
        waiting.put(line.strip())
    os._exit(1)


def stop(*_: object) -> None:
    """Asked to stop: what is half-written is taken away on the way out."""
    raise StoppedError


def work(places: Places, workers: int | None) -> Never:
    """Get ready, then play what is asked."""
    waiting: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=listen, args=(waiting,), daemon=True).start()
    national_model()  # declares the rules: what is not declared is not compiled beforehand
    stand_by(workers, get_ready)
    rehearse(workers)
    while True:
        play(waiting.get(), places, workers, say)
        say("done")


def main(arguments: list[str]) -> int:
    """Work, and say with the exit status why no longer."""
    look_seldom()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the page, which then ends this process
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    *places, workers = arguments
    try:
        work(Places(*map(Path, places)), int(workers) or None)
    except StoppedError:
        return 1
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    finally:
        stand_down()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
