"""Walking a YAML tree and noting every fault with its place: what the readers of designs and of experiments share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sim.errors import MOST_FAULTS, InputError, TooManyFaultsError
from sim.legible import illegible
from sim.scenario_files.faults import PlacedError, nearest
from sim.scenario_files.values import year_in_words, year_of
from sim.scenario_files.yaml_tree import MapNode, Node, ScalarNode, as_python

LANGUAGES = ("en", "nb")
LONGEST_TEXT = 2000  # characters

T = TypeVar("T")


class TreeReader:
    """Reads pieces of a tree; what is wrong with them is added to `errors`.

    Parameters
    ----------
    file : str or None
        What is read, as faults name it; None if it is no file.
    """

    def __init__(self, file: str | None, errors: list[InputError]) -> None:
        self.file = file
        self.errors = errors

    def keys(self, tree: MapNode, known: tuple[str, ...], within: str = "") -> dict[str, Node]:
        """What stands behind the known keys of a mapping; other keys are faults."""
        found: dict[str, Node] = {}
        for key, node in tree.entries:
            if isinstance(key.value, str) and key.value in known:
                found[key.value] = node
            else:
                near = nearest(str(key.value), known)
                self.fault(key, f"{within}unknown key '{key.value}'{near}; known: {', '.join(known)}")
        return found

    def attempt(self, node: Node, read: Callable[[], T]) -> T | None:
        """What `read` gives; None, with the fault noted at the node, if it refuses."""
        try:
            return read()
        except TooManyFaultsError:
            raise
        except InputError as error:
            self.fault(node, error.message, error.field)
        except OSError as error:  # a name that the system takes for none, a file that nobody may read
            self.fault(node, f"can't be read: {error.strerror or error}")
        return None

    def year(self, node: Node) -> int | None:
        """A year within the model's; in quotation marks too, as keys of JSON are."""
        value = as_python(node)
        return self.attempt(node, lambda: year_in_words(value) if isinstance(value, str) else year_of(value))

    def entries(self, node: Node, name: str) -> list[tuple[ScalarNode, Node]]:
        """Keys and values of a mapping; a fault if it is none."""
        if isinstance(node, MapNode):
            return node.entries
        if as_python(node) is not None:  # nothing behind the colon is as good as no key
            self.fault(node, f"{name}: expected a mapping from parameter to value")
        return []

    def both_languages(self, node: Node) -> dict[str, str]:
        """A text in both languages, or one text for both."""
        if not isinstance(node, MapNode):
            return dict.fromkeys(LANGUAGES, self.text(node))
        texts = {}
        for key, value in node.entries:
            if key.value in LANGUAGES:
                texts[str(key.value)] = self.text(value)
            else:
                self.fault(key, f"unknown language '{key.value}'; expected {' and '.join(LANGUAGES)}")
        for language in LANGUAGES:
            if language not in texts:
                self.fault(node, f"the text in '{language}' is missing")
        return texts

    def text(self, node: Node) -> str:
        """A text, its white space tidied."""
        value = as_python(node)
        if isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_TEXT:
            sign = illegible(value)
            if sign is None:
                return " ".join(value.split())
            self.fault(node, f"the text holds a sign that can't be shown ({sign})")
            return ""
        self.fault(node, f"expected a text of at most {LONGEST_TEXT} characters")
        return ""

    def fault(self, node: Node, message: str, field: str | None = None) -> None:
        """Note what is wrong at a node.

        Raises
        ------
        TooManyFaultsError
            If there is no room for it: the reading ends.
        """
        if len(self.errors) >= MOST_FAULTS:
            raise TooManyFaultsError
        if self.file is None:
            self.errors.append(InputError(message, field=field))
            return
        error = PlacedError(message, file=self.file, line=node.line, column=node.column, field=field)
        self.errors.append(error)
