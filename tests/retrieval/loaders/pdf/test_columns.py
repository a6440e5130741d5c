from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from retrieval.loaders.pdf.pages import extract
from tests.retrieval.loaders.documents import assert_in_order, assert_tidy, assert_whole
from tests.retrieval.loaders.pdf.page_layouts import LAYOUTS, Layout, Piece, line, news, page, text, two_columns


@pytest.mark.parametrize("row_by_row", [False, True], ids=["as it is read", "row by row"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_a_page_is_read_in_order_however_the_file_draws_it(name: str, row_by_row: bool) -> None:
    layout = LAYOUTS[name]()
    extracted = extract(page(layout, row_by_row=row_by_row))
    assert_tidy(extracted)
    assert_in_order(extracted, *layout.read)
    assert_whole(extracted, *(words for words in layout.read if words.endswith(".")))


@pytest.mark.parametrize("row_by_row", [False, True], ids=["as it is read", "row by row"])
def test_the_marks_of_items_are_no_column_of_their_own(row_by_row: bool) -> None:
    first, second, third = ([sentence] for sentence in news(1, 3))
    layout = line("1.1.", 60, 760) + line("Fees", 100, 760)
    layout += line("a.", 136, 740) + text(first * 2, 163, 740, 300)
    layout += line("i.", 170, 690) + text(second * 2, 192, 690, 270) + line("b.", 136, 640) + text(third, 163, 640, 300)
    layout += line("1.2.", 60, 600) + line("Dues", 100, 600) + line("1.2.1.", 95, 585) + text(first * 2, 134, 585, 330)
    found = extract(page(layout, row_by_row=row_by_row)).text.split("\n\n")
    twice = [f"{words[0]} {words[0]}" for words in (first, second)]
    assert found == [
        "1.1. Fees",
        f"a. {twice[0]}",
        f"i. {twice[1]}",
        f"b. {third[0]}",
        "1.2. Dues",
        f"1.2.1. {twice[0]}",
    ]


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
