"""Notebooks: what is written, what is run and what comes out, each with the number of its cell."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import cite
from retrieval import SourceError, Span, load_bytes
from retrieval.loaders.records.notebook import extract
from retrieval.text.sentences import quotable_within
from tests.retrieval.loaders.documents import assert_in_order, assert_tidy, labels_of, place_of
from tests.retrieval.loaders.records import notebook_files
from tests.retrieval.loaders.records.notebook_files import code, notebook, prose
from tests.retrieval.strategies import PROPERTY, SLOW_PROPERTY, texts

FILES = {
    "lesson": notebook_files.lesson(),
    "outputs": notebook_files.outputs(),
    "unclosed": notebook_files.unclosed(),
    "old": notebook_files.old(),
    "plain": notebook_files.plain(),
}


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("name", "quote", "heading"),
    [
        ("lesson", "All figures are of 2021.", "Rowing data › cell 1"),
        ("lesson", "The fastest boat is found like this.", "Rowing data › Times › cell 2"),
        ("lesson", "```python\nboats = load()\n\nboats.fastest()\n```", "Rowing data › Times › cell 3"),
        ("lesson", "A boat costs 12 euros.", "Rowing data › Fees › cell 5"),
        ("lesson", "Pupils pay 6 euros.", "Rowing data › Fees › Reduced › cell 5"),
        ("outputs", "```\nKeyError: 'oar'\n```", "cell 2"),
        ("unclosed", "After all.", "Next › cell 5"),
        ("old", "Some words.", "Old times › cell 3"),
        ("plain", "Line ends.", "cell 3"),
    ],
)
def test_a_citation_has_the_words_of_a_cell_and_its_number(name: str, quote: str, heading: str) -> None:
    source = load_bytes(FILES[name], name="a.ipynb", uri=f"test:{name}")
    assert source.format == "notebook"
    start = source.text.index(quote)
    span = Span(start, start + len(quote))
    assert span in quotable_within(source, Span(0, len(source.text)))
    citation = cite(source, span, 1)
    assert (citation.quote.text, citation.heading, citation.is_line_of_file) == (quote, heading, False)


@pytest.mark.parametrize("name", FILES)
def test_the_text_is_tidy_and_its_parts_belong_together(name: str) -> None:
    extracted = extract(FILES[name])
    assert_tidy(extracted)
    extracted.check()


@pytest.mark.parametrize(
    ("name", "title"), [("lesson", "Rowing data"), ("plain", "A plain notebook"), ("outputs", ""), ("old", "")]
)
def test_the_title_is_the_first_heading_or_what_the_notebook_calls_itself(name: str, title: str) -> None:
    assert extract(FILES[name]).title == title


def test_the_sentence_before_a_cell_explains_its_code() -> None:
    fastest = "```python\nboats = load()\n\nboats.fastest()\n```"
    assert labels_of(extract(FILES["lesson"])) == [("code", "The fastest boat is found like this.", fastest)]
    told = extract(notebook(prose("Two steps.\n\nRun:"), code("a()"), code("b()"), prose("- a list."), code("c()")))
    assert labels_of(told) == [("code", "Run:", "```python\na()\n```")]


def test_pictures_and_what_only_draws_are_left_out() -> None:
    extracted = extract(FILES["lesson"])
    assert "iVBOR" not in extracted.text
    assert "Figure" not in extracted.text
    assert_in_order(extracted, "![a boat]()", "```python\nboats = load()", "```\nHeron\n```", "plot(boats)", "## Fees")
    assert place_of(extracted, "plot(boats)").heading == "Rowing data › Times › cell 4"
    assert extracted.words_in == 8 + 11 + 4 + 1 + 1 + 13


def test_outputs_are_what_the_screen_shows_in_the_end_and_long_ones_are_cut() -> None:
    text = extract(FILES["outputs"]).text
    assert "```\n100%|####|\nDone.\n```" in text
    assert "0%|    |" not in text
    assert "row 39\n…\n```" in text
    for left_out in ("A warning", "a line", "Hidden", "row 40"):
        assert left_out not in text


def test_what_a_cell_leaves_open_ends_with_it() -> None:
    extracted = extract(FILES["unclosed"])
    program = "````R\nprint('```')\n````\n\n````\n```\n````"
    assert extracted.text == f"Begin:\n\n~~~~py\nx = 1\n~~~~\n\n# Next\n<!-- a remark -->\n\n{program}\n\nAfter all."


def test_an_old_notebook_has_sheets_headings_and_inputs() -> None:
    assert extract(FILES["old"]).text == "## Old times\n\n```python\n1 + 1\n```\n\n```\n2\n```\n\nSome words."


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (FILES["lesson"][:-5], "is damaged or not really a notebook inside"),
        (b'{"nbformat": 4}', "is damaged or not really a notebook inside"),
        (b"Some words.", "is damaged or not really a notebook inside"),
        (notebook(), "is empty; there is nothing to index"),
        (notebook(code("", notebook_files.shown(image_png="x"))), "is empty; there is nothing to index"),
        (b'{"cells": ' + b"[" * 200_000, "unfolds into more than"),
    ],
)
def test_what_is_broken_or_says_nothing_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(SourceError, match=rf"^a\.ipynb {sentence}"):
        load_bytes(data, name="a.ipynb", uri="test:a")


KEYS = st.sampled_from(
    ("cell_type", "source", "outputs", "data", "text/plain", "output_type", "level", "metadata", "text")
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(("code", "markdown", "heading", "stream")) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner),
    max_leaves=8,
)


@PROPERTY
@given(st.lists(JSON, max_size=4), JSON)
def test_any_values_are_read_or_refused(cells: list[Any], metadata: Any) -> None:
    whole = {"cells": [*cells, prose("Some words.")], "metadata": metadata}
    extracted = extract(json.dumps(whole).encode())
    extracted.check()
    assert extracted.text.endswith("Some words.")


@SLOW_PROPERTY
@given(texts(10), texts(10))
def test_any_cells_are_read_whole(words: str, program: str) -> None:
    extracted = extract(notebook(prose(f"Here {words} there"), code(f"a {program} b"), prose("# End")))
    extracted.check()
    assert_in_order(extracted, "Here", "there", "```python\na", "b\n```", "# End")
    assert place_of(extracted, "# End").heading == "End › cell 3"
