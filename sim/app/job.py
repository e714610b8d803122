"""One run asked for on the page, and the file that remembers it."""

from __future__ import annotations

import json
import math
import time
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from sim.app.questions import Question
from sim.legible import illegible


class Phase(StrEnum):
    """How far a run has come."""

    WAITING = "waiting"
    PLAYING = "playing"
    WRITING = "writing"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"  # the page ended while it was waiting or under way

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self not in (Phase.WAITING, Phase.PLAYING, Phase.WRITING)


@dataclass
class Job:
    """One run.

    Attributes
    ----------
    key : str
        Name of its results, and part of its address.
    asked : float
        When it was asked for, in seconds of the system's clock.
    began : float or None
        When it was begun.
    worlds_done : int
        So far.
    first_done : float or None
        When the first world was done, in seconds of the system's clock: until then things are only being set up.
    preliminary : int
        Worlds that the latest preliminary answer is made from; 0 if there is none.
    """

    key: str
    question: Question
    phase: Phase = Phase.WAITING
    asked: float = field(default_factory=time.time)
    began: float | None = None
    worlds_done: int = 0
    message: str = ""
    first_done: float | None = None
    preliminary: int = 0

    @property
    def seconds_left(self) -> float | None:
        """How much longer it will take if it goes on like this; None before the second world is done."""
        if self.phase is not Phase.PLAYING or self.worlds_done <= 1 or self.first_done is None:
            return None
        each = (time.time() - self.first_done) / (self.worlds_done - 1)
        return each * (self.question.worlds - self.worlds_done)

    def write(self, folder: Path) -> None:
        """Remember it, in one step."""
        content = {
            "question": self.question.json, "phase": self.phase.value, "asked": self.asked, "began": self.began,
            "worlds_done": self.worlds_done, "message": self.message,
        }  # fmt: skip
        draft = folder / f".{self.key}.draft"
        draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        draft.replace(file_of(folder, self.key))


def file_of(folder: Path, key: str) -> Path:
    """Where a run is remembered."""
    return folder / f"{key}.json"


def read_job(file: Path) -> Job | None:
    """A job as it was left; None if its file is broken, or says what can't be shown."""
    try:
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        began = content["began"]
        job = Job(
            file.stem, Question.read(content["question"]), Phase(content["phase"]), float(content["asked"]),
            None if began is None else float(began), int(content["worlds_done"]), str(content["message"]),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return None
    shown = (job.key, job.question.a, job.question.b, job.question.more, job.message)
    return None if any(illegible(text) for text in shown) or not math.isfinite(job.asked) else job
