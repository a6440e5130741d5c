"""A citation proven anew against the stored source, and shown inside its paragraph; pure, knows no Discord."""

from __future__ import annotations

from functools import partial
from typing import Any

from bot.citations import Quote
from bot.discord.formatting.passage_page import PassagePage, changed_page, passage_page, removed_page
from bot.discord.library.collections import Audience, Scope
from bot.discord.records.answers import StoredCitation
from bot.discord.texts import Texts
from bot.places import page_number, short_heading
from bot.quotes import is_verified
from retrieval import Library, Span, UnknownSourceError, code_within


def prove(
    library: Library, citation: StoredCitation, audience: Audience, index: int, count: int, texts: Texts
) -> PassagePage:
    """Look whether the words still stand where they were quoted from, now, and show them only if they do.

    Args:
        library: Where the source is stored.
        citation: What was quoted.
        audience: Who looks; what they may not see is as good as removed.
        index: The number of the page, counted from 1.
        count: How many pages there are.
        texts: The words, in the person's language.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    place: dict[str, Any] = {
        "title": citation.title,
        "line": citation.line,
        "page": citation.page,
        "index": index,
        "count": count,
        "texts": texts,
    }
    # It may have gone to another collection since, for other readers.
    scope = Scope.of(library, audience).narrowed(library, citation.source_id)
    if not scope.collections:
        return removed_page(index, count, texts)
    try:
        record = library.find(citation.source_id, scope.collections[0])
    except UnknownSourceError:  # it was removed in this moment
        return removed_page(index, count, texts)
    if record.sha256 != citation.sha256:
        return changed_page(**place)
    source = library.source(record)
    where = source.place(citation.start)
    if where.page is not None:
        place["page"] = page_number(where.page, where.page_label, texts.page_number)
    elif short_heading(where.heading, citation.title) and not source.has_lines_of_file(citation.start):
        place["line"] = None
    span = Span(citation.start, citation.end)
    text = library.texts.read(citation.sha256)
    words, highlight = text[span.start : span.end], _highlight(citation)
    quote = Quote(citation.source_id, citation.sha256, span, words, highlight)
    if not is_verified(quote, library.texts.read):
        return changed_page(**place)
    code = partial(code_within, source)
    return passage_page(text, quote, heading=where.heading, code=code, link=where.link, **place)


def _highlight(citation: StoredCitation) -> Span | None:
    """The words that answer, if any were kept; none where what was kept is no part of the quote."""
    start, end = citation.highlight_start, citation.highlight_end
    if start is None or end is None or not citation.start <= start < end <= citation.end:
        return None
    return Span(start, end)
