"""PDF -> text with pages, and with headings where the file has bookmarks.

Source of the method: PDFium for the text and where it stands (``characters.py``), pypdf for all that the file says
about itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.composer import Composer, TextBlock, clean, sensible_title
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.load_errors import MAX_CHARACTERS, empty, protected, refusing_damage, too_much
from retrieval.loaders.markup.block_labels import BlockLabels
from retrieval.loaders.pdf.annotations import Annotations
from retrieval.loaders.pdf.characters import page_texts
from retrieval.loaders.pdf.form_fields import check_form
from retrieval.loaders.pdf.legibility import Legibility, named
from retrieval.loaders.pdf.lines import Line, page_lines, without_running_lines
from retrieval.loaders.pdf.page_labels import page_labels
from retrieval.loaders.pdf.paragraphs import Paragraph, paragraphs
from retrieval.loaders.pdf.table_blocks import table_blocks
from retrieval.loaders.pdf.unfolding import Unfolding

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 20_000
MAX_BOOKMARKS = 10_000
MAX_BOOKMARK_DEPTH = 30
# Tighter than pypdf's own limits: a page of text has some thousand operators, the fullest map a few hundred thousand.
MAX_DECODED_BYTES = 50_000_000
MAX_OPERATORS = 1_000_000

# With fewer visible characters a page on average, what text there is has been stamped on pictures of the pages.
CHARACTERS_OF_A_PAGE_WITH_TEXT = 20

# In which a picture is looked for.
MAX_FORMS = 50

NO_TEXT = "{name} has no text layer (its pages are pictures); run OCR on it, then index it again."
PICTURES = (
    "{name} has pages without a text layer (%s); what their pictures say is not in the index; run OCR on it, then "
    "index it again."
)


def extract(data: bytes) -> Extracted:
    """Read a PDF.

    Raises:
        SourceError: If it is damaged, protected by a password, made of pictures only, empty, or made to take for ever.
    """
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import LimitReachedError

    limits = apply_configuration(
        zlib_maximum_output_length=MAX_DECODED_BYTES,
        lzw_maximum_output_length=MAX_DECODED_BYTES,
        run_length_maximum_output_length=MAX_DECODED_BYTES,
        array_based_stream_maximum_output_length=MAX_DECODED_BYTES,
        stream_parsing_work_maximum_count=MAX_OPERATORS,
        outline_maximum_entries=MAX_BOOKMARKS,
        outline_maximum_depth=MAX_BOOKMARK_DEPTH,
        page_tree_maximum_entries=2 * MAX_PAGES,
        jbig2dec_binary=None,
    )
    with refusing_damage("PDF"), limits:
        try:
            reader = PdfReader(BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise protected()
            return _read(reader, data)
        except LimitReachedError as error:
            raise too_much() from error


def _read(reader: PdfReader, data: bytes) -> Extracted:
    pages = list(reader.pages)
    if len(pages) > MAX_PAGES:
        raise too_much()
    unfolding = Unfolding()
    for page in pages:
        unfolding.check(page)
    check_form(reader)
    annotations = Annotations(pages)
    legibility = Legibility()
    found: list[list[Line]] = []
    silent: list[int] = []
    characters, words, all_characters = 0, annotations.count_words(), 0
    for number, text in enumerate(page_texts(data), start=1):
        words += len(text.text.split())
        if not text.text.strip() and _has_picture(pages[number - 1]):
            silent.append(number)
        text.text = legibility.legible(text.text, number)
        characters += sum(map(len, text.text.split()))
        found.append(page_lines(text, number, annotations.entries(number)))
        all_characters += sum(len(line.text) for line in found[-1])
        if all_characters > MAX_CHARACTERS:
            raise too_much()
    warnings = legibility.warnings()
    if silent:
        warnings += (PICTURES % named(silent),)
    # What is filled in on a picture of a page does not make it readable.
    if characters < CHARACTERS_OF_A_PAGE_WITH_TEXT * len(pages) and any(map(_has_picture, pages)):
        raise SourceError(NO_TEXT, SourceProblem.NO_TEXT)
    if not all_characters:
        raise SourceError(NO_TEXT, SourceProblem.NO_TEXT) if any(map(_has_content, pages)) else empty()
    # Where nothing but running lines is left, they are the text.
    own = without_running_lines(found)
    texts = paragraphs(own if any(own) else found)
    composer = Composer(page_labels(reader))
    headings = _headings(texts, _bookmarks(reader))
    labels = BlockLabels()
    comments = annotations.comments()
    for number, paragraph in enumerate(texts):
        comments.add_before(paragraph.page, composer)
        if number in headings:
            composer.set_path(headings[number])
        if paragraph.table:
            for block in table_blocks(paragraph.table, paragraph.page, labels):
                composer.add(block)
        else:
            block = TextBlock(paragraph.text, turns=tuple(paragraph.turns))
            labels.note(block)
            composer.add(block)
    comments.add_rest(composer)
    return composer.extracted(_title(reader), warnings=warnings, words_in=words)


def _has_picture(page: PageObject) -> bool:
    """Whether the page shows a picture, itself or in one of its forms."""
    queue: list[Any] = [page]
    for holder in queue:
        for shown in _entries(_entries(holder, "/Resources"), "/XObject").values():
            drawn = shown.get_object()
            if not isinstance(drawn, dict):
                continue
            if drawn.get("/Subtype") == "/Image":
                return True
            if len(queue) < MAX_FORMS:
                queue.append(drawn)
    return False


def _entries(holder: Any, name: str) -> dict[str, Any]:
    found = holder.get(name)
    entries = None if found is None else found.get_object()
    return entries if isinstance(entries, dict) else {}


def _has_content(page: PageObject) -> bool:
    """Whether the page draws anything, letters as outlines for instance."""
    content = page.get_contents()
    return content is not None and any(
        operator in content.get_data().split() for operator in (b"f", b"f*", b"S", b"BI")
    )


def _title(reader: PdfReader) -> str:
    with suppress(Exception):  # the text counts; metadata are often broken
        metadata = reader.metadata
        return sensible_title(metadata.title) if metadata else ""
    return ""


def _bookmarks(reader: PdfReader) -> list[tuple[int, str, int]]:
    """The bookmarks with their level and page, in order; none where the file's are broken."""
    with suppress(Exception):  # the text counts; bookmarks are often broken
        return [bookmark for bookmark in _flat(reader, reader.outline, 1) if bookmark[1]]
    return []


def _flat(reader: PdfReader, outline: Sequence[Any], level: int) -> Iterator[tuple[int, str, int]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(reader, entry, level + 1)
        elif (number := reader.get_destination_page_number(entry)) is not None:
            yield level, clean(str(entry.title)), number + 1


def _headings(texts: list[Paragraph], bookmarks: list[tuple[int, str, int]]) -> dict[int, tuple[str, ...]]:
    """From which paragraph on which path of headings holds.

    A bookmark names a page; if a paragraph there has its words, it begins with that paragraph, else with the page's
    first one.
    """
    starts = [paragraph.page for paragraph in texts]
    headings: dict[int, tuple[str, ...]] = {}
    path: list[tuple[int, str]] = []
    earliest = 0
    for level, title, page in bookmarks:
        first = max(earliest, bisect_left(starts, page))
        here = range(first, bisect_left(starts, page + 1, first))
        place = next((number for number in here if _is_heading(texts[number].text, title)), first)
        if place >= len(texts):
            break
        earliest = place
        path = [(above, name) for above, name in path if above < level] + [(level, title)]
        headings[place] = tuple(name for _, name in path)
    return headings


def _is_heading(text: str, title: str) -> bool:
    """Whether a paragraph is the heading that a bookmark names; either may have a number that the other has not."""
    if len(text) > 2 * len(title) + 20:
        return False
    words, wanted = _letters(text), _letters(title)
    return bool(wanted) and (words.endswith(wanted) or (wanted.endswith(words) and 2 * len(words) > len(wanted)))


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalpha())
