from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from retrieval.errors import SourceError
from retrieval.loaders.pdf.page_picture import page_picture, reading_order
from tests.retrieval.loaders.pdf.page_layouts import page, two_columns


def red_pixels(picture: Image.Image) -> int:
    red, green, _ = np.moveaxis(np.asarray(picture.convert("RGB")), 2, 0)
    return int(((red > 150) & (green < 60)).sum())


def test_the_lines_of_a_page_have_boxes_in_the_order_of_reading() -> None:
    layout = two_columns()
    lines = reading_order(page(layout, row_by_row=True), 1)
    assert [line.number for line in lines] == list(range(1, len(layout.pieces) + 1))
    assert [line.text for line in lines] == [piece.words for piece in layout.pieces]
    for line, piece in zip(lines, layout.pieces, strict=True):
        left, bottom, _, top = line.box
        assert left == pytest.approx(piece.x, abs=1)
        assert bottom < piece.y < top
    assert reading_order(page(layout), 2) == []


def test_the_boxes_of_a_turned_page_lie_where_its_words_are() -> None:
    (first, *_) = reading_order(page(two_columns(), turned=True), 1)
    left, bottom, right, top = first.box
    assert (right - left) < (top - bottom)
    assert bottom == pytest.approx(60, abs=2)


def test_a_page_is_shown_with_a_box_around_each_line() -> None:
    data = page(two_columns())
    plain = Image.open(BytesIO(page_picture(data, 1)))
    framed = Image.open(BytesIO(page_picture(data, 1, reading_order(data, 1))))
    assert plain.size == framed.size
    assert max(plain.size) == 1_600
    assert red_pixels(framed) > 1_000
    assert red_pixels(plain) == 0


@pytest.mark.parametrize(("data", "number"), [(b"%PDF-1.7", 1), (page(two_columns()), 7)])
def test_a_page_that_cannot_be_shown_is_refused(data: bytes, number: int) -> None:
    with pytest.raises(SourceError):
        page_picture(data, number)
