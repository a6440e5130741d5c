from __future__ import annotations

import pytest
from pypdf.constants import PageLabelStyle

from retrieval.loaders.pdf.pages import extract
from tests.retrieval.loaders.documents import assert_tidy, place_of
from tests.retrieval.loaders.pdf import pdf_files

NAMES = ("one", "two", "three", "four", "five", "six", "seven")
BOOK = pdf_files.typeset([[f"These are the words of page {name}."] for name in NAMES])
# The same with a tree of labels: the catalogue is object 1, the tree object 2.
PAGE = b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 5 0 R >> >> /Contents 6 0 R >>"
WORDS = pdf_files.stream(b"BT /F 12 Tf 72 700 Td (Some words.) Tj ET")


def labels(data: bytes) -> list[str | None]:
    book = extract(data)
    assert_tidy(book)
    return [place_of(book, f"page {name}.").page_label for name in NAMES]


def with_tree(tree: bytes, *others: bytes) -> bytes:
    catalogue, pages = (
        b"<< /Type /Catalog /Pages 3 0 R /PageLabels 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return pdf_files.from_objects([catalogue, tree, pages, PAGE, font, WORDS, *others])


def label_of(data: bytes) -> str | None:
    return place_of(extract(data), "Some words.").page_label


def test_pages_have_the_labels_that_the_document_prints() -> None:
    data = pdf_files.labelled(
        BOOK,
        (1, 2, PageLabelStyle.LOWERCASE_ROMAN, None, 1),
        (3, 4, PageLabelStyle.DECIMAL, None, 1),
        (5, 5, PageLabelStyle.UPPERCASE_LETTER, "App. ", 2),
        (6, 7, PageLabelStyle.DECIMAL, "A-", 3),
    )
    assert labels(data) == ["i", "ii", "1", "2", "App. B", "A-3", "A-4"]


def test_capital_and_small_letters_and_figures_are_told_apart() -> None:
    data = pdf_files.labelled(
        BOOK,
        (1, 2, PageLabelStyle.UPPERCASE_ROMAN, None, 4),
        (3, 5, PageLabelStyle.LOWERCASE_LETTER, None, 26),
        (6, 7, None, "Plate", 1),
    )
    assert labels(data) == ["IV", "V", "z", "aa", "bb", "Plate", "Plate"]


def test_labels_that_only_count_the_pages_are_none() -> None:
    assert labels(pdf_files.labelled(BOOK, (1, 7, PageLabelStyle.DECIMAL, None, 1))) == [None] * 7
    assert labels(BOOK) == [None] * 7


def test_a_page_that_prints_nothing_or_a_whole_sentence_has_no_label() -> None:
    data = pdf_files.labelled(
        BOOK, (1, 1, None, " ", 1), (2, 2, PageLabelStyle.DECIMAL, "A sentence that no page has for its number ", 1)
    )
    assert labels(data) == [None, None, "1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    "tree",
    [
        b"[0 1 2]",
        b"<< /Nums 7 >>",
        b"<< /Nums [0 << /S /r >> (a) << /S /r >>] >>",
        b"<< /Nums [0 << /S /r /St (four) >>] >>",
        b"<< /Nums [0 << /S /r /St 4000000000 >>] >>",
        b"<< /Nums [0 << /P 12 /S /D >>] >>",
        b"<< /Kids [2 0 R] /Limits [0 9] >>",
        b"<< /Kids [7 0 R] >>",
        b"<< /Nums [0 2 0 R] >>",
    ],
)
def test_broken_labels_cost_the_labels_and_not_the_text(tree: bytes) -> None:
    assert label_of(with_tree(tree)) is None


def test_labels_in_a_tree_of_several_levels_are_found() -> None:
    kid = b"<< /Limits [0 5] /Kids [8 0 R] >>"
    leaf = b"<< /Limits [0 5] /Nums [0 << /S /r /St 9 >>] >>"
    assert label_of(with_tree(b"<< /Kids [7 0 R] >>", kid, leaf)) == "ix"
