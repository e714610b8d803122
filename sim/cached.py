"""What can be made anew at any time and is kept on this machine: where it lies, and the package's own data files, taken apart."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from sim.in_place import put_in_place

SETTING = "NUMBA_CACHE_DIR"
HOME = Path(__file__).parent  # the package


def cache_home() -> Path:
    """The folder where programs of this user keep what they can make anew."""
    if setting := os.environ.get(SETTING):
        return Path(setting)
    if (
        HOME.parent / "pyproject.toml"
    ).exists():  # a checkout keeps its own, for `make` and for the activated command
        return HOME.parent / ".cache"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "kompetansesim"


def read_yaml(file: Path) -> Any:
    """What one of the package's own YAML files says.

    YAML takes long to take apart (the report's words a second), so it is kept as JSON, named by a digest of the text.
    """
    text = file.read_bytes()
    digest = hashlib.blake2b(text, digest_size=10).hexdigest()
    try:
        kept = cache_home() / "texts" / f"{file.stem}-{digest}.json"
        return json.loads(kept.read_bytes())
    except (OSError, RuntimeError, ValueError):  # not there yet, no home, or torn
        return _taken_apart(text.decode("utf-8"), file.stem, digest)


def _taken_apart(text: str, stem: str, digest: str) -> Any:
    from ruamel.yaml import YAML

    tree = YAML(typ="safe").load(text)
    said = json.dumps(tree, default=str)
    if json.loads(said) == tree:  # JSON has fewer kinds of keys and values
        with suppress(OSError, RuntimeError):  # a run can do without
            put_in_place(cache_home() / "texts" / f"{stem}-{digest}.json", said.encode())
    return tree
