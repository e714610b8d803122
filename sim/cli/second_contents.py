"""What commands that read a store say of the names in it that stand for two contents."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import typer

NAME_ONE = "name one with its letters to have it answered"


def tell_of_others(store: Path, how: str = NAME_ONE, designs: Collection[str] | None = None) -> None:
    """Say on standard error that there is a second content, and how to choose.

    Parameters
    ----------
    designs : collection of str, optional
        Those that the answer is about; by default all.
    """
    from sim.sweeps.contents import told_of_others
    from sim.sweeps.store import Store

    if told := told_of_others(Store(store), designs):
        typer.echo(f"note: {told}; {how}", err=True)
