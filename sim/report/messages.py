"""The report's words. Every sentence stands whole in `messages/<language>.yaml`, with named places for the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from sim.cached import read_yaml

LANGUAGES = ("nb", "en")
_FOLDER = Path(__file__).with_name("messages")


class Messages:
    """The texts of one language.

    Attributes
    ----------
    lang : str
        "nb" (bokmål) or "en".
    """

    def __init__(self, lang: str, texts: Mapping[str, str]) -> None:
        self.lang = lang
        self._texts = dict(texts)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def with_plugins(self, plugins: Iterable[Mapping[str, Any]]) -> Messages:
        """These messages and those that plug-ins brought, as a manifest has them; what is there stays, and braces are no
        places.
        """
        brought = [text for plugin in plugins for text in plugin["texts"].get(self.lang, {}).items()]
        own = {key: text.replace("{", "{{").replace("}", "}}") for key, text in brought}
        return Messages(self.lang, {**own, **self._texts}) if own else self

    def raw(self, key: str) -> str:
        """The sentence with its places unfilled."""
        return self._texts[key]

    def text(self, key: str, **values: Any) -> str:
        """The sentence as plain text.

        Raises
        ------
        KeyError
            If there is no such message or a place stays unfilled.
        """
        return self._texts[key].format(**values)

    def html(self, key: str, **values: Any) -> Markup:
        """The sentence as HTML: text and values are escaped, values that know their own HTML are put in as they are."""
        return escape(self._texts[key]).format(**values)

    def first(self, *keys: str) -> str | None:
        """The first of several messages that exists."""
        return next((self._texts[key] for key in keys if key in self._texts), None)

    def under(self, prefix: str) -> list[str]:
        """The parts of keys that follow `prefix.`, in the file's order, each once."""
        start = prefix + "."
        parts = (key[len(start) :].split(".")[0] for key in self._texts if key.startswith(start))
        return list(dict.fromkeys(parts))


@cache
def load(lang: str) -> Messages:
    """The messages of a language.

    Parameters
    ----------
    lang : str
        One of `LANGUAGES`.

    Raises
    ------
    ValueError
        For another language.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no texts in the language {lang!r}; there are: {', '.join(LANGUAGES)}")
    return Messages(lang, read_texts(_FOLDER / f"{lang}.yaml"))


def read_texts(file: Path) -> dict[str, str]:
    """The texts of one of the package's message files, by dotted key."""
    return dict(_flat(read_yaml(file)))


def _flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value).strip()
