"""What an answer that is kept was made with, and what of it has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.experiments.posterior import FILE, calibration_folder
from sim.experiments.provenance import file_digest, model_digest
from sim.parameters.registry import Registry
from sim.scenario_files import library, load_design


def outdated(manifest: Mapping[str, Any], registry: Registry) -> list[str]:
    """What has changed since: `designs`, `posterior`, `model`; empty if nothing has. Designs that are gone are not told.

    Parameters
    ----------
    manifest : mapping
        With `designs` (key and digest of each), `parameters` and `model_sha256`.
    """
    known, used = set(library.names()), manifest["parameters"].get("posterior_sha256")
    posterior = calibration_folder() / FILE
    found = {
        "designs": any(
            load_design(one["key"], registry).digest() != one["digest"]
            for one in manifest["designs"]
            if one["key"] in known
        ),
        "posterior": used is not None and posterior.is_file() and file_digest(posterior) != used,
        "model": manifest["model_sha256"] != model_digest(),
    }
    return [key for key, is_so in found.items() if is_so]
