"""What ``pullquote index`` and ``pullquote refresh`` tell of the documents that they looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import retrieval
from bot.cli.terminal import complain, say
from bot.safe_text import one_line
from retrieval import DEFAULT_COLLECTION, Library, SourceRecord
from retrieval.ingest.sample_article import needs_article

# Of more documents than this, only how many there were is told.
MOST_LINES = 20
# What a text was read as is told only where it had to be guessed, or might surprise.
USUAL_ENCODINGS = {"", "utf-8", "ascii"}


@contextmanager
def telling_of_article(library: Library, collection: str) -> Iterator[None]:
    """Say that the shipped article was added, if the block makes the collection ``default``."""
    seeding = collection == DEFAULT_COLLECTION and needs_article(library)
    yield
    if seeding and not needs_article(library):
        say("Added the article that comes with Pullquote; `pullquote sources remove` removes it.")


def tell_report(report: retrieval.IntakeReport, removed: Sequence[SourceRecord] = ()) -> None:
    """Say what happened to each document, or to how many; failures go to standard error."""
    told = (("Added", report.added), ("Replaced", report.replaced), ("Unchanged:", report.unchanged))
    taken_out = [retrieval.Taken.of(record) for record in removed]
    documents = sum(len(done) for _, done in told) + len(removed)
    if documents <= MOST_LINES:
        for verb, done in (*told, ("Removed", taken_out)):
            for document in done:
                encoding = f", read as {document.encoding}" if document.encoding not in USUAL_ENCODINGS else ""
                say(f"{verb} “{one_line(document.title)}” ({document.id}){encoding}.")
    for document in (*report.added, *report.replaced):
        for warning in document.warnings:
            complain(warning)
    for sentence in report.failed:
        complain(sentence)
    if documents + len(report.failed) > 1:
        counts = [(len(done), verb.lower().rstrip(":")) for verb, done in told]
        counts += [(len(removed), "removed"), (len(report.failed), "failed")]
        say(", ".join(f"{count:,} {verb}" for count, verb in counts if count) + ".")
