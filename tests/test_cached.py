"""What is kept on this machine: where, and that an edited text counts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sim import cached

CHECKOUT = Path(__file__).parents[1]


def test_a_checkout_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cached.SETTING, raising=False)
    assert cached.cache_home() == CHECKOUT / ".cache"


def test_an_installed_package_uses_the_user_s_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(cached.SETTING, raising=False)
    monkeypatch.setattr(cached, "HOME", tmp_path / "site-packages" / "sim")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cached.cache_home() == tmp_path / "kompetansesim"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert cached.cache_home() == tmp_path / "local" / "kompetansesim"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cached.cache_home().parts[-3:] == ("Library", "Caches", "kompetansesim")


def test_a_text_is_taken_apart_once_and_an_edited_one_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(cached.SETTING, str(tmp_path / "cache"))
    file = tmp_path / "words.yaml"
    file.write_text("a: {b: 1, c: [yes, 2.5]}\n", encoding="utf-8")
    assert cached.read_yaml(file) == {"a": {"b": 1, "c": ["yes", 2.5]}}
    (kept,) = (tmp_path / "cache" / "texts").iterdir()
    kept.write_text('{"from": "the kept one"}', encoding="utf-8")
    assert cached.read_yaml(file) == {"from": "the kept one"}
    kept.write_text("torn {", encoding="utf-8")
    assert cached.read_yaml(file) == {"a": {"b": 1, "c": ["yes", 2.5]}}
    file.write_text("a: edited\n", encoding="utf-8")
    assert cached.read_yaml(file) == {"a": "edited"}


def test_a_text_that_json_cannot_say_is_not_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(cached.SETTING, str(tmp_path / "cache"))
    file = tmp_path / "years.yaml"
    file.write_text("2026: first\n", encoding="utf-8")
    assert cached.read_yaml(file) == {2026: "first"}
    assert not (tmp_path / "cache" / "texts").exists()


def test_where_nothing_can_be_kept_texts_are_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    monkeypatch.setenv(cached.SETTING, str(in_the_way))
    file = tmp_path / "words.yaml"
    file.write_text("a: b\n", encoding="utf-8")
    assert cached.read_yaml(file) == {"a": "b"}
