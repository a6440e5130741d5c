"""What of a page is not of its text, as its author has labelled it: advertisements, menus, buttons to share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.loaders.markup.elements import local_name

if TYPE_CHECKING:
    from lxml import etree

# How authors label what is not the text, as a whole word of a class or id: "ad-box", "related", "cookie-banner". Only
# on elements without a meaning of their own: a <section id="menu"> may well be a chapter about menus.
LABELS = re.compile(
    r"(?:ads?|advert\w*|banner|breadcrumbs?|comments?|consent|cookies?|menu|nav|newsletter|promo\w*|related|share|sharing"
    r"|sidebar|social|sponsor\w*|subscribe)"
    r"(?:[_-](?:area|articles?|banner|bar|block|box|buttons?|container|content|links?|list|posts?|slot|unit|widget|wrapper"
    r"|\d+))*",
    re.IGNORECASE,
)
LABELLED = frozenset(("div", "ul", "ol", "p", "span", "td"))


def is_apart(element: etree._Element, *, in_section: bool) -> bool:
    """Whether it stands beside the text, or is labelled as nothing of it.

    Args:
        element: The element.
        in_section: Whether it stands in a section of the page; the header of a section is its own.
    """
    name = local_name(element)
    if name in ("aside", "footer") or (name == "header" and not in_section):
        return True
    return name in LABELLED and _is_labelled(element)


def _is_labelled(element: etree._Element) -> bool:
    words = f"{element.get('class', '')} {element.get('id', '')}".split()
    return any(LABELS.fullmatch(word) for word in words)
