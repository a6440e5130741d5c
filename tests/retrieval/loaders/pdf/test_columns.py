from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from retrieval.loaders.pdf.pages import extract
from tests.retrieval.loaders.documents import assert_in_order, assert_tidy, assert_whole
from tests.retrieval.loaders.pdf.page_layouts import LAYOUTS, Layout, Piece, page, two_columns


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


def test_text_from_right_to_left_is_read_as_the_file_has_it() -> None:
    font = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    pdfmetrics.registerFont(TTFont("DejaVuSans", font))
    lines = [
        "הבריכה פתוחה משבע בבוקר עד תשע בערב וכל החברים רשאים להיכנס אליה",
        "בכל ימות השבוע",
        "בחורף סגורה הבריכה ואין כניסה אליה עד האביב אלא לחברי הוועד",
    ]
    pieces = []
    for at, words in enumerate(lines):
        width = pdfmetrics.stringWidth(words, "DejaVuSans", 10)
        pieces.append(Piece(500 - width, 700 - 13 * at, words[::-1], 10, "DejaVuSans"))
    assert extract(page(Layout(tuple(pieces), ()))).text == f"{lines[0]} {lines[1]}\n\n{lines[2]}"
