"""How the documentation site is built: `make docs` reads the repository's Markdown as it stands and writes `site/`."""

import re
from importlib.metadata import version as installed
from posixpath import normpath
from typing import Any

project = "kompetansesim"
author = "the kompetansesim developers"
copyright = author  # noqa: A001 - Sphinx's own name
version = release = installed("kompetansesim")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
root_doc = "docs/index"
# The root of the repository is the source, so that links between pages are the same here and in the repository.
include_patterns = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/**"]
exclude_patterns = ["docs/index.html"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
language = "en"

myst_heading_anchors = 4
myst_enable_extensions = ["dollarmath", "deflist"]
suppress_warnings = ["myst.header"]  # generated pages begin with a comment

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": True}
napoleon_google_docstring = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = "kompetansesim"
html_copy_source = False
html_show_sphinx = False
html_extra_path = ["index.html"]
pygments_style = "friendly"


def setup(app: Any) -> None:
    """Sphinx's entry: the index page's own sections and links become the site's navigation."""
    app.connect("source-read", _add_contents)


def _add_contents(_app: Any, page: str, source: list[str]) -> None:
    """A page that the index does not link to is in no table of contents, which Sphinx warns of: so none is forgotten."""
    if page != root_doc:
        return
    _, *sections = re.split(r"^## (.+)$", source[0], flags=re.MULTILINE)
    for heading, body in zip(sections[::2], sections[1::2], strict=True):
        pages = [normpath(f"docs/{link}") for link in re.findall(r"\]\(([^)#]+\.(?:md|rst))\)", body)]
        if heading == "Start":
            pages.append("docs/gallery.md")  # made with the site, so the repository's index can't link to it
        entries = "\n".join(f"/{re.sub(r'[.](md|rst)$', '', each)}" for each in pages)
        source[0] += f"\n\n```{{toctree}}\n:hidden:\n:caption: {heading}\n\n{entries}\n```\n"
