"""What all finished results have in common: a folder, how they were made, sentences and pictures."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.experiments.folder import MANIFEST
from sim.in_place import check_recorded

if TYPE_CHECKING:
    import pandas as pd

    from sim.report import Picture


def read_manifest(folder: Path) -> dict[str, Any]:
    """How the results in a folder were made, as they say themselves."""
    content: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return content


class Finished:
    """Finished results, read from their folder when they are asked for."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Where the results come from: code, designs, parameters, seed, worlds, years."""
        return read_manifest(self.folder)

    def headline(self, lang: str | None = None) -> list[str]:
        """The main findings in a few sentences, in the results' language or another ("nb", "en")."""
        from sim.report import headline

        return headline(self.folder, lang or self.manifest["lang"])

    def picture(self, name: str, lang: str | None = None) -> Picture:
        """A figure of the page by name (as the files in `figures/` are called), which notebooks show; `.save(file)` keeps it.

        Raises
        ------
        InputError
            If the results have no such figure.
        """
        from sim.report import picture

        return picture(self.folder, name, lang or self.manifest["lang"])

    def _read(self, name: str) -> pd.DataFrame:
        """A table that is there; `InputError` if it has been damaged since it was written."""
        import pandas as pd

        path = self.folder / f"{name}.parquet"
        check_recorded(path, (self.manifest.get("tables") or {}).get(name, {}).get("parquet_sha256"))
        return pd.read_parquet(path)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.folder)!r})"
