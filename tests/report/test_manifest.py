from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.report.manifest import read_manifest


def write(folder: Path, content: object) -> Path:
    (folder / "manifest.json").write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


def test_a_folder_without_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a results folder"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("content", ["{", [], {}, {"designs": []}])
def test_a_manifest_that_names_no_designs_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(InputError, match=r"names no designs|can't be read as JSON"):
        read_manifest(write(tmp_path, content))


def test_designs_alone_are_enough(tmp_path: Path) -> None:
    manifest = read_manifest(write(tmp_path, {"designs": [{"key": "voluntary"}]}))
    assert manifest.designs[0].key == "voluntary"
    assert manifest.n_worlds is None
    assert manifest.from_priors


def test_an_edited_checkout_is_known_by_its_sources(tmp_path: Path) -> None:
    code = {"version": "0.1.0", "commit": "c" * 40, "dirty": True, "sources_sha256": "5" * 64}
    manifest = read_manifest(write(tmp_path, {"designs": [{"key": "voluntary"}], "code": code}))
    assert manifest.code == "0.1.0 5555555555"


def test_an_obligation_is_seen_in_the_levers(tmp_path: Path) -> None:
    designs = [{"key": "x", "levers": {"follow_up.obligation": [[2005, "voluntary"], [2026, "compulsory"]]}}]
    assert read_manifest(write(tmp_path, {"designs": designs})).obliges


def test_assumptions_tell_too_what_part_of_the_model_designs_differ_in(tmp_path: Path) -> None:
    designs = [
        {"key": "a", "levers": {"follow_up.active": [[2020, True]]}},
        {
            "key": "b",
            "levers": {"follow_up.active": [[2020, True]]},
            "assumptions": {"decentralised.forum.leader_exit": 0.5},
        },
    ]
    assert read_manifest(write(tmp_path, {"designs": designs})).parts == {"decentralised"}
