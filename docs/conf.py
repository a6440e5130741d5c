"""How the documentation becomes a site: `make docs`.

The pages stay plain Markdown, which any forge shows. ``index.md`` lists them in groups; from that list the site takes
its navigation, so that Sphinx warns of a page which the list forgets.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from sphinx.application import Sphinx

from retrieval.version import VERSION

ROOT = Path(__file__).parents[1]
GROUP = re.compile(r"^## (.+)\n((?:(?!^#).*\n?)*)", re.MULTILINE)
PAGE = re.compile(r"\]\(([\w-]+)\.md\)")

project = "Pullquote"
author = "the Pullquote contributors"
release = version = VERSION

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
# The sections that other pages link to, by the names that forges give them.
myst_heading_anchors = 4

# A name in a docstring or a signature leads somewhere, unless it is of another package or not promised.
nitpicky = True
nitpick_ignore_regex = [
    ("py:exc", r"\w+Error"),
    ("py:class", r"(bot|collections|enum|langchain_core|pathlib|pydantic|pydantic_settings|retrieval)\..+"),
    ("py:class", r"BaseModel|Embedder"),
]

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = f"Pullquote {VERSION}"
html_copy_source = False
# Furo follows the reader's system, and has a button for light and dark; its fonts are the system's.
html_theme_options = {"navigation_with_keys": True}
if address := tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pullquote"]["address"]:
    html_theme_options |= {"source_repository": address, "source_branch": "main", "source_directory": "docs/"}


def add_navigation(app: Sphinx, name: str, source: list[str]) -> None:
    """Makes a table of contents of each group that the index lists."""
    # It lies above the pages, and one of them includes it.
    source[0] = source[0].replace("](../SECURITY.md)", "](security.md)")
    if name == "index":
        for caption, pages in GROUP.findall(source[0]):
            listed = "\n".join(dict.fromkeys(PAGE.findall(pages)))
            source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{listed}\n```\n"


def setup(app: Sphinx) -> None:
    """What Sphinx calls."""
    app.connect("source-read", add_navigation)
