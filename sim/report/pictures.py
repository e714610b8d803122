"""One figure of the report by itself, as notebooks show it and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from sim.errors import InputError
from sim.in_place import put_in_place
from sim.report.figures.panel import Figure
from sim.report.figures.svg import key_svg, svg
from sim.report.messages import load
from sim.report.page import edition_in


@dataclass(frozen=True)
class Picture:
    """A figure with its title, legend and caption: the same that stands in the report."""

    figure: Figure

    def save(self, file: Path | str) -> Path:
        """Write it as PNG; the same figure gives the same bytes."""
        from sim.report.figures.png import png

        put_in_place(Path(file), png(self.figure))
        return Path(file)

    def _repr_html_(self) -> str:
        """What a notebook shows: drawings that ask for nothing from outside."""
        keys = Markup(" &nbsp; ").join(
            Markup("{} {}").format(key_svg(key.colour, key.marker, key.opacity), key.text)
            for key in self.figure.legend
        )
        panels = Markup("").join(
            Markup('<div style="flex: 1 1 320px; max-width: 560px">{}</div>').format(svg(panel))
            for panel in self.figure.panels
        )
        return str(
            Markup(
                '<figure style="font-family: sans-serif"><p><b>{}</b></p><p>{}</p>'
                '<div style="display: flex; flex-wrap: wrap; gap: 1rem">{}</div>'
                "<figcaption><small>{}</small></figcaption></figure>"
            ).format(self.figure.title, keys, panels, escape(str(self.figure.caption)))
        )


def pictures_of(folder: Path | str, lang: str = "en") -> dict[str, Picture]:
    """The figures of the report on a results folder, by name, as the files in `figures/` are called: `answer`, `gains`, ...

    Raises
    ------
    InputError
        If the folder holds no results.
    ValueError
        For a language without texts.
    """
    load(lang)
    return {name: Picture(figure) for name, figure in edition_in(Path(folder), lang).figures.items()}


def picture(folder: Path | str, name: str, lang: str = "en") -> Picture:
    """One of `pictures_of`; `InputError` if the results have no such figure, or are none."""
    found = pictures_of(folder, lang)
    if name not in found:
        known = f"there are: {', '.join(found)}" if found else "nor any other"
        raise InputError(f"the results have no figure '{name}'; {known}", file=str(folder))
    return found[name]
