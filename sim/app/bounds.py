"""How much work and space visitors of the page may ask for."""

from __future__ import annotations

from dataclasses import dataclass

KILOBYTE = 1024
FIRST_ASKED = ("voluntary", "obligatory")  # the designs offered first


@dataclass(frozen=True)
class Bounds:
    """Limits that hold for all visitors together: the page serves one machine.

    Attributes
    ----------
    worlds : int
        In one run.
    waiting : int
        Runs in the queue; one is under way at a time.
    worlds_a_day : int
        In all runs begun within 24 hours.
    seconds : float
        That a run may take before it is stopped.
    results : int
        Runs of the page that are kept; further ones are refused until some are deleted from the folder. One of the
        whole country in the usual worlds takes some 250 MB.
    own_designs : int
        Changed and uploaded designs that are kept; the oldest make way.
    body : int
        Bytes of a request's body.
    upload : int
        Bytes of a scenario file.
    streams : int
        Progress pages open at once; further ones show how far it is and don't move.
    stream_seconds : float
        That a progress page stays open before it begins anew.
    """

    worlds: int = 100
    waiting: int = 10
    worlds_a_day: int = 10_000
    seconds: float = 3600.0
    results: int = 60
    own_designs: int = 500
    body: int = 320 * KILOBYTE
    upload: int = 256 * KILOBYTE
    streams: int = 16
    stream_seconds: float = 600.0


@dataclass(frozen=True)
class Usual:
    """What a run is made of unless the visitor says otherwise.

    Attributes
    ----------
    worlds : int
        Worlds offered first.
    scale : float
        Share of the country offered first.
    detail : int
        Worlds kept in detail, for the partnerships: each takes longer, and 15 million bytes of the whole country.
    workers : int or None
        Processes to work with; None is one for each core.
    """

    worlds: int = 20
    scale: float = 1.0
    start: int = 2017
    end: int = 2034
    seed: int = 2026
    detail: int = 1
    workers: int | None = None

    @property
    def scales(self) -> tuple[float, ...]:
        """Shares of the country to choose from, the usual one among them."""
        return tuple(sorted({0.1, 0.3, 1.0, self.scale}))
