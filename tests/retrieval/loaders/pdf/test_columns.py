from __future__ import annotations

import pytest

from retrieval.loaders.pdf.pages import extract
from tests.retrieval.loaders.documents import assert_in_order, assert_tidy, assert_whole
from tests.retrieval.loaders.pdf.page_layouts import LAYOUTS, page, two_columns


@pytest.mark.parametrize("row_by_row", [False, True], ids=["as it is read", "row by row"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_a_page_is_read_in_order_however_the_file_draws_it(name: str, row_by_row: bool) -> None:
    layout = LAYOUTS[name]()
    extracted = extract(page(layout, row_by_row=row_by_row))
    assert_tidy(extracted)
    assert_in_order(extracted, *layout.read)
    assert_whole(extracted, *(words for words in layout.read if words.endswith(".")))


@pytest.mark.parametrize("row_by_row", [False, True], ids=["as it is read", "row by row"])
def test_a_turned_page_is_read_in_order(row_by_row: bool) -> None:
    layout = two_columns()
    assert_in_order(extract(page(layout, row_by_row=row_by_row, turned=True)), *layout.read)
