"""Making quotes and proving them; the one place that decides whether words may stand in quotation marks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial

from bot.citations import Citation, CitedLabel, Quote
from bot.types import EXTRACTIVE, SUPPORTED, Answer, Statement, Status
from retrieval import DamagedLibraryError, Library, Source, SourceRecord, Span, code_within, cut_ends

# Gives the stored text of a source by its hash, read anew.
TextReader = Callable[[str], str]


def cite(source: Source, span: Span, number: int | None, highlight: Span | None = None) -> Citation:
    """The words at ``span`` as a citation, with the labels that stand elsewhere; ``highlight`` tells which answer."""
    place = source.place(span.start)
    return Citation(
        number,
        _quote(source, span, highlight),
        source.title,
        source.uri,
        source.line(span.start),
        place.page,
        place.heading,
        tuple(
            CitedLabel(label.kind, _quote(source, label.words), label.span)
            for label in source.labels_of(span)
            if not (span.start <= label.words.start and label.words.end <= span.end)
        ),
        place.page_label,
        place.link,
        source.has_lines_of_file(span.start),
        cut_ends(source, span),
        code_within(source, span),
    )


def _quote(source: Source, span: Span, highlight: Span | None = None) -> Quote:
    return Quote(source.id, source.sha256, span, source.slice(span), highlight)


def is_verified(quote: Quote, read_text: TextReader) -> bool:
    """Whether the stored source, hashed anew, still has exactly these words at exactly this place.

    Raises:
        DamagedLibraryError: If the stored source is gone or is not the text that was indexed.
    """
    return _is_slice(quote, partial(_proven_text, read_text))


def _proven_text(read_text: TextReader, sha256: str) -> str:
    """The text of that hash; empty, so that nothing can be quoted from it, where another one is stored."""
    text = read_text(sha256)
    return text if hashlib.sha256(text.encode("utf-8")).hexdigest() == sha256 else ""


def _is_slice(quote: Quote, proven_text: TextReader) -> bool:
    span, text = quote.span, proven_text(quote.sha256)
    return len(span) > 0 and span.end <= len(text) and text[span.start : span.end] == quote.text


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of proving a quote anew: it stands if there is no ``reason``, one plain sentence, why it does not.

    ``text`` is what stands at ``span`` now; it is None where nothing does, or what is stored cannot be trusted.
    ``record`` and ``collection`` say where the source is; both are None where the library has none of that id.
    """

    span: Span
    reason: str | None
    text: str | None = None
    record: SourceRecord | None = None
    collection: str | None = None


def prove_quote(
    library: Library,
    source_id: str,
    span: Span,
    *,
    sha256: str | None = None,
    text: str | None = None,
    collection: str | None = None,
) -> Proof:
    """Read a source from disk, hash it anew, and look whether the quoted words stand where they are said to.

    Args:
        library: Where the source is stored.
        source_id: Which source it is.
        span: Where in it the words stand.
        sha256: The hash that its text had when it was quoted; any, if not given.
        text: The words that were quoted; any, if not given.
        collection: The collection to look in; all of them, if not given.

    Raises:
        DamagedLibraryError: If the manifest cannot be trusted.
        LibraryBusyError: If the library changes all the time.
    """
    return library.read_consistently(lambda: _prove(library, source_id, span, sha256, text, collection))


def _prove(
    library: Library, source_id: str, span: Span, sha256: str | None, text: str | None, collection: str | None
) -> Proof:
    manifest = library.manifest()
    held = [
        (record.sources[source_id], name)
        for name, record in (manifest.collections if manifest else {}).items()
        if source_id in record.sources and collection in (None, name)
    ]
    if not held:
        return Proof(span, "The library has no source of that id.")
    # Two collections may hold two versions of one document.
    record, name = min(held, key=lambda one: one[0].sha256 != sha256)
    try:
        stored = library.texts.read(record.sha256)
    except DamagedLibraryError as error:
        return Proof(span, str(error), None, record, name)
    words = stored[span.start : span.end] if span.start < span.end <= len(stored) else None
    reason = None
    if sha256 not in (None, record.sha256):
        reason = "The source has changed since it was quoted."
    elif words is None:
        reason = "The source has no words at that place."
    elif text not in (None, words):
        reason = "Other words stand at that place."
    return Proof(span, reason, words, record, name)


def verify_answer(answer: Answer, read_text: TextReader) -> Answer:
    """The answer with nothing in it but what is proven; every answer passes here before it is shown, in every mode.

    A citation whose quote fails is dropped, and with it every statement that rests on it, and the short answer that is
    a part of it; so is a label that fails. An extractive statement must moreover stand word for word in each quote that
    it cites, and one of a chat model must have passed its check. When nothing is left, the answer is not found. The
    reply to small talk quotes nothing and stays as it is.

    Raises:
        DamagedLibraryError: If a stored source is gone or is not the text that was indexed.
    """
    if answer.reply is not None:
        return answer
    proven_text = cache(partial(_proven_text, read_text))  # a source that is quoted twice is hashed once an answer
    proven = {
        citation.number: _with_proven_labels(citation, proven_text)
        for citation in answer.citations
        if _is_slice(citation.quote, proven_text)
    }
    statements = [statement for statement in answer.statements if _stands(statement, proven, answer.mode)]
    used = sorted({number for statement in statements for number in statement.numbers})
    renumbered = {old: new for new, old in enumerate(used, start=1)}
    closest = answer.closest
    if closest is not None:
        closest = _with_proven_labels(closest, proven_text) if _is_slice(closest.quote, proven_text) else None
    return replace(
        answer,
        status=Status.ANSWERED if statements else Status.NOT_FOUND,
        certainty=answer.certainty if statements else None,
        has_short=answer.has_short and used[:1] == [1],
        statements=tuple(
            replace(statement, numbers=tuple(renumbered[number] for number in statement.numbers))
            for statement in statements
        ),
        citations=tuple(replace(proven[old], number=new) for old, new in renumbered.items()),
        closest=closest,
    )


def _with_proven_labels(citation: Citation, proven_text: TextReader) -> Citation:
    return replace(citation, labels=tuple(label for label in citation.labels if _is_slice(label.words, proven_text)))


def _stands(statement: Statement, proven: dict[int | None, Citation], mode: str) -> bool:
    """Whether every citation of the statement is proven and holds its very words, or its check bore it out."""
    if not statement.text.strip() or not statement.numbers or not all(number in proven for number in statement.numbers):
        return False
    if mode != EXTRACTIVE:
        return statement.verdict == SUPPORTED
    return all(statement.text in proven[number].quote.text for number in statement.numbers)
