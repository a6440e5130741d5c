"""``pullquote index --check``: what would be stored of a document, for people to look at."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path, PurePath

import retrieval
from bot.cli.terminal import complain, say
from bot.safe_text import one_line
from retrieval import Inspection, Original, SourceError, StorageError, Waiting
from retrieval.types import PATH_SEPARATOR

# So many headings, and so many kinds of odd characters, are named; of the others, only how many there are is told.
MOST_NAMED = 8
BEGINNING_CHARACTERS = 300
# What no file system finds too long, with what comes after it.
LONGEST_STEM_BYTES = 180


def check_documents(files: Sequence[Waiting], page: int | None = None) -> int:
    """Read documents as for indexing and tell what would be stored.

    Args:
        files: The documents.
        page: The page of which a picture is wanted, in the working folder.

    Returns:
        How many of them cannot be read, or cannot be drawn.
    """
    failed = 0
    for number, file in enumerate(files):
        try:
            original = file.read()
            inspection = retrieval.inspect_document(original)
            picture = _save_picture(original, page) if page else None
        except SourceError as error:
            complain(str(error))
            failed += 1
            continue
        if number:
            say("")
        say(f"file: {one_line(file.name)}")
        for line in inspection_lines(inspection):
            say(line)
        if picture:
            say(f"picture: {one_line(str(picture))}")
    return failed


def _save_picture(original: Original, page: int) -> Path:
    """Draw a page into a new file in the working folder, and give its name; no file that is there is written over.

    Raises:
        SourceError: If it cannot be drawn.
        StorageError: If the file cannot be written.
    """
    picture = original.picture(page)
    stem = PurePath(original.name).stem.encode()[:LONGEST_STEM_BYTES].decode("utf-8", "ignore")
    for number in count(1):
        path = Path(f"{stem}-page-{page}{f'-{number}' if number > 1 else ''}.png")
        try:
            with path.open("xb") as file:
                file.write(picture)
        except FileExistsError:
            continue
        except OSError as error:
            raise StorageError(f"{path} cannot be written here; go to a folder of your own and try again.") from error
        return path
    raise AssertionError  # there is always one more number


def inspection_lines(inspection: Inspection) -> Iterator[str]:
    """What there is to tell of a document, a line each; nothing that would be told of it is empty."""
    source = inspection.source
    encoding = f", read as {source.encoding}" if source.encoding else ""
    yield f"title: {one_line(source.title)}"
    yield f"format: {source.format}{encoding}"
    yield f"language: {source.language}"
    if source.date:
        yield f"date: {one_line(source.date)}"
    if inspection.pages:
        labels = inspection.page_labels
        yield f"pages: {inspection.pages:,}" + (f", printed as {' to '.join(map(one_line, labels))}" if labels else "")
    yield f"headings: {_named([_innermost(heading) for heading in inspection.headings])}"
    yield f"tables: {inspection.tables:,}" + (f" with {inspection.rows:,} rows" if inspection.rows else "")
    yield f"words: {_words(inspection)}"
    yield f"odd characters: {_odd(inspection)}"
    yield f"chunks: {inspection.chunks:,}"
    for warning in source.warnings:
        yield f"warning: {one_line(warning)}"
    beginning = one_line(source.text[: 2 * BEGINNING_CHARACTERS])
    yield f"begins: {beginning[:BEGINNING_CHARACTERS]}{'…' if len(beginning) > BEGINNING_CHARACTERS else ''}"


def _innermost(heading: str) -> str:
    return one_line(heading.rpartition(PATH_SEPARATOR)[2])


def _named(names: Sequence[str]) -> str:
    if not names:
        return "0"
    more = ["…"] if len(names) > MOST_NAMED else []
    return f"{len(names):,} ({'; '.join([*names[:MOST_NAMED], *more])})"


def _words(inspection: Inspection) -> str:
    stored = f"{inspection.words_out:,} stored"
    if not inspection.words_in:
        return stored
    return f"{inspection.words_in:,} in the file, {stored} ({inspection.words_out / inspection.words_in:.0%})"


def _odd(inspection: Inspection) -> str:
    if not inspection.odd:
        return "none"
    named = [
        f"{count:,} × U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
        for character, count in inspection.odd.most_common(MOST_NAMED)
    ]
    return f"{inspection.odd_share:.2%} ({'; '.join(named)})"
