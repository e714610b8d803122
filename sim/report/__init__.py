"""The report on a results folder: the answer in words, figures and tables, in Norwegian and English.

It is made from the files alone; nothing is simulated. Libraries are imported when they are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.report.page import headline, write_report
    from sim.report.pdf import write_pdf

__all__ = ["headline", "write_pdf", "write_report"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from sim.report import page, pdf

        return getattr(pdf if name == "write_pdf" else page, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
