"""The process that plays one question: started by the page, told to stop by it, and gone when the page is gone.

    python -m sim.app.worker JOB.json DESIGNS RESULTS

Its standard input is held open by the page and never written to: when it ends, so has the page, and so does this
process, at once. The processes that play worlds watch this one in the same way (`sim.experiments.workers`). On standard
output it says how far it is, a line for each world.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path

from sim.app.bounds import Bounds
from sim.app.own_designs import OwnDesigns
from sim.app.questions import Question, keep_scenarios
from sim.errors import InputError

NICENESS = 5  # so that the page itself stays quick
REFUSED = 2


class StoppedError(BaseException):
    """The page asked for an end. No ordinary error, so that nothing on the way mistakes it for one."""


def play(job: Path, designs: Path, results: Path, workers: int | None) -> None:
    """Play the question of a job file and leave the results in the folder, whole or not at all."""
    from sim.declared import REGISTRY
    from sim.experiments.conduct import conduct
    from sim.studies.telling import tell

    own = OwnDesigns(designs, REGISTRY, Bounds().own_designs)
    question = Question.read(json.loads(job.read_text(encoding="utf-8"))["question"])

    conduct(
        question.study(own),
        results,
        workers=workers,
        progress=False,
        further=lambda folder: keep_scenarios(folder, question, own),
        told=lambda world: say(f"world {world.world + 1}"),
    )
    say("writing")
    tell(results)


def say(words: str) -> None:
    """A line to the page."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def watch_the_page() -> None:
    """Wait for the end of standard input, and end too: the page is gone, however it went."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def stop(*_: object) -> None:
    """Asked to stop: what is half-written is taken away on the way out."""
    raise StoppedError


def main(arguments: list[str]) -> int:
    """Play, and say with the exit status how it went."""
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the page, which then ends this process
    threading.Thread(target=watch_the_page, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    job, designs, results, workers = arguments
    try:
        play(Path(job), Path(designs), Path(results), int(workers) or None)
    except StoppedError:
        return 1
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
