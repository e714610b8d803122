"""The report on a results folder: the answer in words, figures and tables, in Norwegian and English.

It is made from the files alone; nothing is simulated. Libraries are imported when they are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.report.page import headline, write_report
    from sim.report.pdf import write_pdf
    from sim.report.pictures import Picture, picture, pictures_of

_HOMES = {
    "Picture": "pictures", "headline": "page", "picture": "pictures", "pictures_of": "pictures",
    "write_pdf": "pdf", "write_report": "page",
}  # fmt: skip
__all__ = ["Picture", "headline", "picture", "pictures_of", "write_pdf", "write_report"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(f"sim.report.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
