from __future__ import annotations

from pathlib import Path

from sim.experiments import provenance


def test_the_digest_follows_sources_and_data_and_nothing_else(tmp_path: Path) -> None:
    def digest() -> str:
        provenance._contents.cache_clear()
        return provenance.sources_digest(tmp_path)

    (tmp_path / "model.py").write_text("a = 1")
    first = digest()
    (tmp_path / "notes.txt").write_text("a thought")
    assert digest() == first
    (tmp_path / "data.csv").write_text("a,b")
    second = digest()
    assert second != first
    (tmp_path / "data.csv").rename(tmp_path / "other.csv")
    assert digest() not in {first, second}
    provenance._contents.cache_clear()


def test_register_files_are_told_apart_by_their_content(tmp_path: Path) -> None:
    (tmp_path / "schools.csv").write_text("a")
    one = provenance.files_digest(tmp_path)
    (tmp_path / "schools.csv").write_text("b")
    assert set(one) == {"schools.csv"}
    assert provenance.files_digest(tmp_path) != one


def test_the_code_is_named_by_version_commit_and_digest() -> None:
    assert set(provenance.code()) == {"version", "commit", "dirty", "sources_sha256"}
    assert provenance.software()["numpy"]
