"""A place in a document, in words: its page or its headings."""

from __future__ import annotations

from bot.safe_text import one_line
from retrieval.types import PATH_SEPARATOR

MAX_PAGE_LABEL_CHARACTERS = 20
MAX_HEADING_CHARACTERS = 80  # of a long path, the end tells most


def page_number(page: int, label: str | None, both: str) -> str:
    """The number of a page, and before it the one that the document prints where that is another.

    Args:
        page: Counted from 1.
        label: As the document prints it.
        both: How the two are told together, with ``{label}`` and ``{page}``.
    """
    if label in (None, str(page)):
        return str(page)
    return both.format(label=one_line(label or "")[:MAX_PAGE_LABEL_CHARACTERS], page=page)


def title_and_heading(title: str, heading: str | None) -> str:
    """A document's title and what is worth saying of a path of headings, on one line."""
    return PATH_SEPARATOR.join(filter(None, [one_line(title), short_heading(heading, title)]))


def short_heading(heading: str | None, title: str) -> str:
    """The innermost of a path of headings, as many as are short together; the document's title is none of them."""
    path = [one_line(part) for part in (heading or "").split(PATH_SEPARATOR)]
    if path[0] == one_line(title):
        path = path[1:]
    kept = path
    while len(kept) > 1 and len(PATH_SEPARATOR.join(kept)) > MAX_HEADING_CHARACTERS:
        kept = kept[1:]
    words = PATH_SEPARATOR.join(kept if kept == path else ["…", *kept])
    return words if len(words) <= MAX_HEADING_CHARACTERS else words[: MAX_HEADING_CHARACTERS - 1].rstrip() + "…"
