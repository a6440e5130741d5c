"""A cell's value is read as its number format shows it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.loaders.office.cell_formats import Value, shown
from tests.retrieval.strategies import PROPERTY

ACCOUNT = '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)'
DAY = datetime.fromisoformat("2026-03-04")


@pytest.mark.parametrize(
    ("value", "number_format", "words"),
    [
        (None, "0.00", ""),
        ("Anna", "0.00", "Anna"),
        (True, "0.00", "TRUE"),
        (12, "General", "12"),
        (12, None, "12"),
        (0.1 + 0.2, "General", "0.3"),
        (1e21, "0.00", "1e+21"),
        (1234.5, "#,##0.00", "1,234.50"),
        (2.5, "0", "3"),
        (-0.001, "0.00", "0.00"),
        (7, "000", "007"),
        (0, "#", ""),
        (0.5, "#.##", ".5"),
        (3, "0.##", "3"),
        (0.125, "0%", "13%"),
        (0.125, "0.0%", "12.5%"),
        (12.5, '#,##0.00\\ "€"', "12.50 €"),
        (12.5, "[$€-407]#,##0.00", "€12.50"),
        (-12.5, "#,##0.00;[Red]-#,##0.00", "-12.50"),
        (1234, ACCOUNT, "$1,234.00"),
        (-1234, ACCOUNT, "$(1,234.00)"),
        (0, ACCOUNT, "$-"),
        (1234567, '#,##0,"k"', "1,235k"),
        (1234567.0, "0.00E+00", "1.23E+06"),
        (5, '0 "pcs"', "5 pcs"),
        (5, '"Room "0', "Room 5"),
        (123456789, "000-00-0000", "123-45-6789"),
        (491701234567, "+## ### #######", "+49 170 1234567"),
        (1, ";;;", ""),
        (0.5, "# ?/?", "0.5"),
        (DAY, "mm-dd-yy", "2026-03-04"),
        (datetime.fromisoformat("2026-03-04 09:05"), "m/d/yy h:mm", "2026-03-04 09:05"),
        (DAY, "dd.mm.yyyy", "04.03.2026"),
        (DAY, "dddd, mmmm dd, yyyy", "Wednesday, March 04, 2026"),
        (DAY, "[$-409]d\\-mmm\\-yy;@", "4-Mar-26"),
        (DAY, "[$-407]d. mmmm yyyy", "2026-03-04"),
        (DAY, "General", "2026-03-04"),
        (datetime.fromisoformat("2026-03-04 15:05"), "d mmm yyyy h:mm AM/PM", "4 Mar 2026 3:05 PM"),
        (time(9, 5), "h:mm", "9:05"),
        (time(9, 5, 7), "mm:ss", "05:07"),
        (time(0, 0), "dd.mm.yyyy", ""),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
    ],
)
def test_a_value_is_shown_as_people_see_it(value: Value, number_format: str | None, words: str) -> None:
    assert shown(value, number_format) == words


@PROPERTY
@given(
    st.one_of(st.integers(), st.floats(), st.datetimes(), st.times(), st.timedeltas()),
    st.text(st.sampled_from('#0?.,%;[]"\\_*hmsyd$€-@/ E+AMPG'), max_size=12),
)
def test_any_format_shows_something_on_one_line(value: Value, number_format: str) -> None:
    assert "\n" not in shown(value, number_format)
