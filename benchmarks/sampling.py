"""Where CPU time goes, found by looking now and then where the program stands: it slows nothing down that is measured.

Every few milliseconds of CPU time the stack is looked at, from the innermost call outwards, and the time since the last look
is booked on the first folder or module that has a name among the stages.
"""

from __future__ import annotations

import signal
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from types import FrameType

SECONDS_BETWEEN = 0.004
REST = "the rest"
IMPORTS = "imports"
_IMPORTING = "<frozen importlib"
_ROOT = Path(__file__).resolve().parents[1]


class Sampler:
    """Books the CPU time of this process on stages.

    Parameters
    ----------
    stages : mapping from place to stage
        Places are folders or modules below the repository, as `sim/theory/` or `sim/model.py`; the first that fits counts.
    """

    def __init__(self, stages: Mapping[str, str]) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._places = tuple((str(_ROOT / place), stage) for place, stage in stages.items())
        self._known: dict[str, str | None] = {}
        self._last = 0.0

    @contextmanager
    def sampling(self) -> Iterator[None]:
        """Book what is done meanwhile; in the main thread only."""
        before = signal.signal(signal.SIGPROF, self._look)
        self._last = process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS_BETWEEN, SECONDS_BETWEEN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
            self._book(REST)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        self._book(self._stage(frame))

    def _book(self, stage: str) -> None:
        now = process_time()
        self.seconds[stage] += now - self._last
        self._last = now

    def _stage(self, frame: FrameType | None) -> str:
        while frame is not None:
            file = frame.f_code.co_filename
            if file not in self._known:
                self._known[file] = self._of(file)
            stage = self._known[file]
            if stage is not None:
                return stage
            frame = frame.f_back
        return REST

    def _of(self, file: str) -> str | None:
        if file.startswith(_IMPORTING):
            return IMPORTS
        return next((stage for place, stage in self._places if file.startswith(place)), None)
