"""The items of a list with numbers begin with them, as browsers show it."""

from __future__ import annotations

import pytest

from retrieval.loaders.markup.html import extract
from tests.retrieval.loaders.documents import assert_whole

LISTS = {
    "plain": ("<ol><li>Oar</li><li>Keel</li></ol>", ["1. Oar", "2. Keel"]),
    "start": ("<ol start=9><li>Oar<li>Keel</ol>", ["9. Oar", "10. Keel"]),
    "reversed": ("<ol reversed><li>Oar<li hidden>x<li>Keel</ol>", ["2. Oar", "1. Keel"]),
    "reversed from": ("<ol reversed start=-1><li>Oar<li>Keel</ol>", ["-1. Oar", "-2. Keel"]),
    "value": ("<ol><li value=4>Oar<li>Keel</ol>", ["4. Oar", "5. Keel"]),
    "letters": ("<ol type=a start=26><li>Oar<li>Keel</ol>", ["z. Oar", "aa. Keel"]),
    "roman": ("<ol type=I start=4><li>Oar<li type=i>Keel</ol>", ["IV. Oar", "v. Keel"]),
    "zero has no letter": ("<ol type=A start=0><li>Oar<li>Keel</ol>", ["0. Oar", "A. Keel"]),
    "a style": ("<ol style='list-style: upper-alpha inside'><li>Oar</ol>", ["A. Oar"]),
    "a class": ("<ol class='loweralpha simple'><li>Oar</ol>", ["a. Oar"]),
    "no numbers by style": ("<ol style='list-style-type:none'><li>Oar</ol>", ["Oar"]),
    "no numbers by class": ("<ol class=list-unstyled><li>Oar</ol>", ["Oar"]),
    "no bullets": ("<ul><li>Oar<li>Keel</ul>", ["Oar", "Keel"]),
    "a list in a list": (
        "<ol><li>Oar<ul><li>long</ul><ol type=a><li>wood</ol></li><li>Keel</ol>",
        ["1. Oar", "long", "a. wood", "2. Keel"],
    ),
    "a list and nothing before it": ("<ol><li><ol><li>Oar<li>Keel</ol></ol>", ["1. 1. Oar", "2. Keel"]),
    "a paragraph": ("<ol><li><p>Oar</p><p>It is long.</p></li></ol>", ["1. Oar", "It is long."]),
    "a heading": ("<ol><li><h2>Oar</h2><p>It is long.</p></li></ol>", ["1. Oar", "It is long."]),
    "an item without words": ("<ol><li></li><li>Keel</ol><p>Yes.</p>", ["2. Keel", "Yes."]),
    "a number of its own": ("<ol><li>(a) Oar<li>2. Keel<li>1.2 Mast<li>§ 4 Sail</ol>",
                            ["(a) Oar", "2. Keel", "1.2 Mast", "§ 4 Sail"]),
    "numbers that are none": ("<ol start=x><li value=''>Oar<li value=99999999999999>Keel</ol>", ["1. Oar", "2. Keel"]),
    "in a cell": ("<table><tr><th>Take<th>Why<tr><td><ol><li>Oar<li>Keel</ol><td>Row</table>",
                  ["Take | Why", "1. Oar 2. Keel | Row"]),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTS)
def test_items_begin_with_their_numbers(case: str) -> None:
    page, items = LISTS[case]
    assert extract(f"<body>{page}</body>".encode()).text.split("\n\n") == items


def test_the_number_and_the_item_are_one_sentence() -> None:
    rules = extract(b"<h1>Rules</h1><ol><li>Be kind.</li><li>Pay on time.</li><li>Do not post spoilers.</li></ol>")
    assert_whole(rules, "3. Do not post spoilers.")
