"""What a PDF prints as the numbers of its pages: "iv", "A-3". Source of the method: pypdf."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from retrieval.loaders.composer import clean

if TYPE_CHECKING:
    from pypdf import PdfReader

# A longer one is a file's name or a sentence, put there by a program, and would not fit beside a quote.
MAX_PAGE_LABEL_CHARACTERS = 30


def page_labels(reader: PdfReader) -> dict[int, str]:
    """The label of each page, the first being page 1; none at all where they only count the pages.

    A page without a label, or with one that nobody could look for, is left out. Broken labels are none.
    """
    with suppress(Exception):  # the text counts; labels are often broken
        labels = {number: clean(label) for number, label in enumerate(reader.page_labels, start=1)}
        if any(label != str(number) for number, label in labels.items()):
            return {number: label for number, label in labels.items() if 0 < len(label) <= MAX_PAGE_LABEL_CHARACTERS}
    return {}
