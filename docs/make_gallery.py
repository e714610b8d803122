"""Plays a small study and shows its figures on the site's page `docs/gallery.md`, both left out of the repository."""

from __future__ import annotations

import shutil
from pathlib import Path

HERE = Path(__file__).parent
STUDY = HERE.parent / "results" / "gallery"
DESIGNS = ("voluntary", "obligatory", "obligatory_robek")
WORLDS, SCALE, SEED = 8, 0.3, 2026


def main() -> None:
    """Play the study and write the page anew."""
    import sim
    from sim.report.edition import Edition
    from sim.report.results import Results

    shutil.rmtree(STUDY, ignore_errors=True)
    sim.compare(DESIGNS, worlds=WORLDS, scale=SCALE, seed=SEED, lang="en", out=STUDY)
    edition = Edition(Results(STUDY), "en")
    pictures = HERE / "gallery"
    shutil.rmtree(pictures, ignore_errors=True)
    shutil.copytree(STUDY / "figures", pictures)
    lines = [
        "# Gallery",
        "",
        f"The figures of a small study, {', '.join(DESIGNS)}: {WORLDS} worlds of a {SCALE:.0%} sample of the country,"
        " played as the site was built. They show what figures there are, not what is true: too few worlds for that.",
    ]
    for figure in edition.figures.values():
        words = [" ".join(panel.label.split()) for panel in figure.panels]
        alt = (words[0] if words else figure.title).replace("[", "(").replace("]", ")")
        lines += ["", f"## {figure.title}", "", f"![{alt}](gallery/{figure.key}.png)"]
    (HERE / "gallery.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
