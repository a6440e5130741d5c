"""Only what stands between the marks of a named table is ever rewritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.docs_tables import rewrite_file, rewrite_tables
from bot.evaluation.errors import EvaluationError
from bot.evaluation.tables import Table
from tests.bot.json_checks import check_sentence

TABLE = Table("quality", "", ("a", "b"), (("one", "1"),)).to_markdown()
# Words, line ends and pieces of marks, so that near-marks come up often.
PIECES = st.sampled_from(
    ["a", "é", " ", "\n", "\r\n", "|", "<!-- table:", "quality", "time", " -->", "<!-- /table:", "--"]
)
PROSE = st.lists(PIECES, max_size=12).map("".join)
BODY = st.lists(st.sampled_from(["| x |", "|---|", "old words"]), max_size=3).map(
    lambda lines: "".join(f"{x}\n" for x in lines)
)


def marked(name: str, body: str) -> str:
    return f"<!-- table:{name} -->\n{body}<!-- /table:{name} -->"


@given(PROSE, BODY, PROSE)
def test_nothing_but_the_named_table_changes(before: str, body: str, after: str) -> None:
    before, after = (
        before.replace("<!-- table:quality -->", "") + "\n",
        "\n" + after.replace("<!-- /table:quality -->", ""),
    )
    if "<!-- table:quality -->" in before or "<!-- table:quality -->" in after:
        return
    text = rewrite_tables(before + marked("quality", body) + after, {"quality": TABLE})
    assert text == before + marked("quality", f"\n{TABLE}\n\n") + after
    assert rewrite_tables(text, {"quality": TABLE}) == text


@given(PROSE)
def test_a_text_without_whole_marks_stays_as_it_is(text: str) -> None:
    if "<!-- /table:quality -->" not in text:
        assert rewrite_tables(text, {"quality": TABLE}) == text


def test_tables_that_were_not_measured_and_line_ends_stay() -> None:
    text = marked("losers", "kept\n") + "\n" + marked("quality", "").replace("\n", "\r\n")
    rewritten = rewrite_tables(text, {"quality": "| a |\n|---|"})
    assert rewritten.startswith(marked("losers", "kept\n"))
    assert rewritten.endswith("<!-- table:quality -->\r\n\r\n| a |\r\n|---|\r\n\r\n<!-- /table:quality -->")


def test_words_of_documents_cannot_end_a_cell_a_table_or_a_mark() -> None:
    nasty = "a|b\\|\n<!-- /table:quality --> <b>"
    (row,) = Table("quality", "", ("x", "y"), ((nasty, "1"),)).to_markdown().splitlines()[2:]
    assert "<" not in row
    assert row.startswith("| a\\|b\\\\\\| &lt;!--")
    assert rewrite_tables(marked("quality", ""), {"quality": row}).count("table:quality -->") == 2


def test_a_file_without_marks_or_that_cannot_be_read_is_a_sentence_and_stays(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_bytes(b"# Nothing marked\r\n<!-- table:quality -->\r\n")
    for path in (page, tmp_path / "missing.md", tmp_path):
        with pytest.raises(EvaluationError) as caught:
            rewrite_file(path, {"quality": TABLE})
        check_sentence(str(caught.value))
        assert str(path) in str(caught.value)
    assert page.read_bytes() == b"# Nothing marked\r\n<!-- table:quality -->\r\n"
