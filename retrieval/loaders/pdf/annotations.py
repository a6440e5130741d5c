"""What people have written over and beside the text of a PDF's pages: filled-in fields, typed text and comments.

Links, media and the like are no text. Source of the method: ISO 32000-1, 12.5.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

from retrieval.loaders.comments import comment_text
from retrieval.loaders.composer import Composer, TextBlock, clean
from retrieval.loaders.load_errors import too_much
from retrieval.loaders.pdf.form_fields import Box, Entry, form_entry, lines_of, text_of

if TYPE_CHECKING:
    from pypdf import PageObject

MAX_ANNOTATIONS = 200_000
MAX_AUTHOR_CHARACTERS = 100
TYPED = "/FreeText"
FIELD = "/Widget"
# What carries a comment; the window in which it opens ("Popup") has the same words, if any.
COMMENTED = frozenset(
    {
        "/Text",
        "/Highlight",
        "/Underline",
        "/Squiggly",
        "/StrikeOut",
        "/Caret",
        "/Square",
        "/Circle",
        "/Line",
        "/Polygon",
    }
    | {"/PolyLine", "/Ink", "/Stamp"}
)
HIDDEN = 1 << 1  # an annotation's flag (table 165)


class Annotations:
    """What stands over the pages of a document, and the comments on them, in the order of the file.

    Args:
        pages: The pages.

    Raises:
        SourceError: If there are more annotations than can be read.
    """

    def __init__(self, pages: Sequence[PageObject]) -> None:
        self._entries: defaultdict[int, list[Entry]] = defaultdict(list)
        self._comments: list[tuple[int, str]] = []
        for count, (number, annotation) in enumerate(_numbered(pages)):
            if count >= MAX_ANNOTATIONS:
                raise too_much()
            with _costing_only_itself():
                self._note(number, annotation.get_object())
        self._is_filled_in = any(not entry.is_empty_mark for entries in self._entries.values() for entry in entries)

    def _note(self, page: int, annotation: Any) -> None:
        if not isinstance(annotation, dict) or _is_hidden(annotation):
            return
        if entry := _entry(annotation):
            self._entries[page].append(entry)
        if comment := _comment(annotation):
            self._comments.append((page, comment))

    def entries(self, page: int) -> list[Entry]:
        """What stands over a page.

        A box that is not checked tells something only where a form is filled in: an empty form has none.
        """
        return self._entries.get(page, []) if self._is_filled_in else []

    def count_words(self) -> int:
        """How many words all of them hold."""
        entries = (line for held in self._entries.values() for entry in held for line in entry.lines)
        return sum(len(words.split()) for words in chain(entries, (comment for _, comment in self._comments)))

    def comments(self) -> Comments:
        """The comments on all pages."""
        return Comments(self._comments)


class Comments:
    """Puts comments, each with its page, into the text as paragraphs after those of their pages."""

    def __init__(self, comments: Iterable[tuple[int, str]]) -> None:
        self._waiting = deque(comments)

    def add_before(self, page: int, composer: Composer) -> None:
        """Add the comments on earlier pages than this one."""
        while self._waiting and self._waiting[0][0] < page:
            number, comment = self._waiting.popleft()
            composer.add(TextBlock(comment, turns=((0, number),)))

    def add_rest(self, composer: Composer) -> None:
        """Add those on the last pages."""
        if self._waiting:
            self.add_before(self._waiting[-1][0] + 1, composer)


def _numbered(pages: Sequence[PageObject]) -> Iterator[tuple[int, Any]]:
    """All annotations, or references to them, with the numbers of their pages."""
    for number, page in enumerate(pages, start=1):
        listed = None
        with _costing_only_itself():
            held = page.get("/Annots")
            listed = None if held is None else held.get_object()
        for annotation in listed if isinstance(listed, list) else ():
            yield number, annotation


@contextmanager
def _costing_only_itself() -> Iterator[None]:
    """Pass over what is broken, but not over what is made to take for ever."""
    from pypdf.errors import LimitReachedError, PyPdfError

    try:
        yield
    except LimitReachedError:
        raise
    except (PyPdfError, RecursionError, TypeError, ValueError, AttributeError, LookupError):
        return


def _is_hidden(annotation: dict[str, Any]) -> bool:
    flags = annotation.get("/F", 0)
    return isinstance(flags, int) and bool(flags & HIDDEN)


def _entry(annotation: dict[str, Any]) -> Entry | None:
    kind = annotation.get("/Subtype")
    if kind not in {FIELD, TYPED}:
        return None
    box = _box(annotation)
    if box is None:
        return None
    if kind == FIELD:
        return form_entry(annotation, box)
    lines = lines_of(text_of(annotation.get("/Contents")))
    return Entry(lines, box) if lines else None


def _box(annotation: dict[str, Any]) -> Box | None:
    """Where it stands; nothing stands in a box without width or height."""
    left, bottom, right, top = (float(corner.get_object()) for corner in annotation["/Rect"].get_object()[:4])
    left, right = sorted((left, right))
    bottom, top = sorted((bottom, top))
    return (left, bottom, right, top) if right > left and top > bottom else None


def _comment(annotation: dict[str, Any]) -> str:
    """A comment with its author's name; nothing where it only tells how others judge a comment ("Accepted")."""
    if annotation.get("/Subtype") not in COMMENTED or "/State" in annotation:
        return ""
    words = " ".join(lines_of(text_of(annotation.get("/Contents"))))
    author = clean(text_of(annotation.get("/T")))[:MAX_AUTHOR_CHARACTERS]
    return comment_text(words, author) if words else ""
