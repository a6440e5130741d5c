"""HTML and Word tell which of their words explain others, as Markdown does."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from retrieval.loaders.markup.html import extract
from retrieval.loaders.word import docx as word
from retrieval.types import LabelKind
from tests.retrieval.loaders.documents import labels_of

Labels = list[tuple[str, str, str]]
CASES: dict[str, tuple[str, Labels]] = {
    "a list and one in it": (
        "<p>Bring a boat. You must not bring:</p><ul><li>dogs</li><li>cats<ol><li>lions</li></ol></li></ul><p>Yes.</p>",
        [
            ("lead_in", "You must not bring:", "dogs"),
            ("lead_in", "You must not bring:", "cats"),
            ("lead_in", "You must not bring:", "1. lions"),
            ("lead_in", "cats", "1. lions"),
        ],
    ),
    "a list after a list": ("<p>Boats.</p><ul><li>dogs</li></ul><ul><li>cats</li></ul>", []),
    "definitions": (
        ("<dl><dt>Bow</dt><dd>The front. It is sharp.</dd>"
        "<dt>Stern</dt><dt>Rear</dt><dd>The back.</dd><dd>Not the front.</dd></dl>"),
        [
            ("term", "Bow", "The front. It is sharp."),
            ("term", "Stern", "The back."),
            ("term", "Rear", "The back."),
            ("term", "Stern", "Not the front."),
            ("term", "Rear", "Not the front."),
        ],
    ),
    "run-in headings": (
        ("<p><strong><em>Finesse.</em></strong> You use your dexterity.</p><ul><li><b>Heavy:</b> Too heavy.</li></ul>"
        "<p><b>Never</b> go out alone.</p>"),
        [("term", "Finesse", "You use your dexterity."), ("term", "Heavy", "Too heavy.")],
    ),
    "a line in bold": ("<p><b>Opening hours</b></p><p>From eight.</p>", [("term", "Opening hours", "\n\nFrom eight.")]),
    "code": ("<p>Run this:</p><pre># install\nmake</pre>", [("code", "Run this:", "# install\nmake")]),
    "a table without names that tell themselves": (
        "<table><tr><td>Oar</td><td>long</td></tr><tr><td>Keel</td><td>short</td></tr></table>",
        [
        ("row", "Oar", "long"), ("row", "Keel", "short")],
    ),
    "a table whose first row tells by the data below it": (
        "<table><tr><td>Item</td><td>Price</td></tr><tr><td>Oar</td><td>4.50</td></tr></table>",
        [("column", "Item", "Oar"), ("row", "Oar", "4.50"), ("column", "Price", "4.50")],
    ),
    "a caption, two rows of names, a row that parts the others, and names of several rows": (
        ("<p>The races are:</p><table><caption>Races</caption>"
        "<thead><tr><th rowspan=2>Year</th><th colspan=2>Men</th></tr><tr><th>won</th><th>lost</th></tr></thead>"
        "<tr><td colspan=3>At home</td></tr><tr><th rowspan=2>2001</th><td>3</td><td>4</td></tr>"
        "<tr><td></td><td>9</td></tr></table>"),
        [
            *[("lead_in", "The races are:", row) for row in ("Races", "Year | Men", "won | lost", "At home")],
            ("lead_in", "The races are:", "2001 | 3 | 4"),
            ("lead_in", "Races", "2001 | 3 | 4"),
            ("lead_in", "At home", "2001 | 3 | 4"),
            ("column", "Year", "2001"),
            ("row", "2001", "3 | 4"),
            ("column", "Men", "3"),
            ("column", "won", "3"),
            ("column", "Men", "4"),
            ("column", "lost", "4"),
            ("lead_in", "The races are:", "9"),
            ("lead_in", "Races", "9"),
            ("lead_in", "At home", "9"),
            ("row", "2001", "9"),
            ("column", "Men", "9"),
            ("column", "lost", "9"),
        ],
    ),
    "names with a number before them": (
        "<ol><li><b>Heavy:</b> Too heavy.</li></ol>",
        [("term", "Heavy", "Too heavy.")],
    ),
    "an empty corner, two rows of bold names, and a cell over two columns": (
        ("<table><tr><td></td><td colspan=2><b>Fees</b></td></tr><tr><td></td><td><b>adults</b></td>"
        "<td><b>pupils</b></td></tr><tr><td>Rowing</td><td>40</td><td>20</td></tr></table>"),
        [("row", "Rowing", "40 | 20"), ("column", "Fees", "40"), ("column", "adults", "40"), ("column", "Fees", "20"),
        ("column", "pupils", "20")],
    ),
    "other names further down, and a title over all columns": (
        ("<table><tr><th colspan=2>Boats</th></tr><tr><th>Name</th><th>Year</th></tr><tr><td>Ann</td><td>1921</td></tr>"
        "<tr><th>Oar</th><th>Price</th></tr><tr><td>Long</td><td>40</td></tr></table>"),
        [("lead_in", "Boats", "Ann | 1921"), ("column", "Name", "Ann"), ("row", "Ann", "1921"),
        ("column", "Year", "1921"),
        ("lead_in", "Boats", "Long | 40"), ("column", "Oar", "Long"), ("row", "Long", "40"), ("column", "Price", "40")],
    ),
    "two names of a row, and a cell that reaches into the next row": (
        ("<table><thead><tr><th>Day<th>Hour<th>Hall<th>Class</thead><tr><th rowspan=2 scope=rowgroup>Monday"
        "<th scope=row>9<td rowspan=2>A<td>Yoga</tr><tr><th scope=row>10<td>Judo</table>"),
        [
            ("column", "Day", "Monday"),
            ("column", "Hour", "9"),
            ("row", "Monday", "A | Yoga"),
            ("row", "9", "A | Yoga"),
            ("column", "Hall", "A"),
            ("column", "Class", "Yoga"),
            ("column", "Hour", "10"),
            ("row", "Monday", "Judo"),
            ("row", "A", "Judo"),
            ("row", "10", "Judo"),
            ("column", "Class", "Judo"),
        ],
    ),
    "a group of rows, and a value that is not known": (
        ("<table><tr><th>Item<th>Price<th>Size</tr><tr><td><b>Boats</b><td><td></tr><tr><td>Skiff<td>900<td>5</tr>"
        "</table><table><tr><th>Born<td></tr><tr><th>Died<td>1944</tr></table>"),
        [("lead_in", "Boats", "Skiff | 900 | 5"), ("column", "Item", "Skiff"), ("row", "Skiff", "900 | 5"),
        ("column", "Price", "900"), ("column", "Size", "5"), ("row", "Died", "1944")],
    ),
    "what is folded": (
        ("<details><summary>When do we row?</summary><p>At noon.</p><details><summary>And in winter</summary>"
        "<ul><li>Never.</li></ul></details></details><p>Yes.</p>"),
        [
            ("term", "When do we row?", "At noon."),
            ("term", "When do we row?", "And in winter"),
            ("term", "When do we row?", "Never."),
            ("lead_in", "And in winter", "Never."),
            ("term", "And in winter", "Never."),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_words_that_explain_others(case: str) -> None:
    page, labels = CASES[case]
    assert labels_of(extract(f"<body>{page}</body>".encode())) == labels


@pytest.mark.parametrize("reach", ["0", "-1", "x", "999999999999999999999", "99999999"])
def test_cells_that_claim_to_reach_far_cost_nothing(reach: str) -> None:
    cell = f"<td colspan={reach} rowspan={reach}>x</td>"
    extracted = extract(f"<table>{f'<tr>{cell * 3}</tr>' * 50}</table>".encode())
    extracted.check()
    assert extracted.text.count("x | x | x") == 50


def test_headings_explain_what_stands_below_them() -> None:
    extracted = extract(b"<h1>Club</h1><p>Founded.</p><h2>Fees</h2><p>Ten euros.</p><h1>Boats</h1><p>Two.</p>")
    text = extracted.text
    found = [
        (text[label.words.start : label.words.end], text[label.span.start : label.span.end].strip())
        for label in extracted.labels
        if label.kind is LabelKind.HEADING
    ]
    assert found == [("Club", "Founded.\n\nFees\n\nTen euros."), ("Fees", "Ten euros."), ("Boats", "Two.")]


def test_word_documents_tell_the_same() -> None:
    document = docx.Document()
    document.add_paragraph("You must not bring:")
    document.add_paragraph("dogs", style="List Bullet")
    document.add_paragraph().add_run("Finesse.").bold = True
    document.paragraphs[-1].add_run(" You use your dexterity.")
    table = document.add_table(rows=0, cols=2)
    for row in (("Item", "Price"), ("Oar", "4.50")):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    file = BytesIO()
    document.save(file)
    assert labels_of(word.extract(file.getvalue())) == [
        ("lead_in", "You must not bring:", "dogs"),
        ("term", "Finesse", "You use your dexterity."),
        ("column", "Item", "Oar"),
        ("row", "Oar", "4.50"),
        ("column", "Price", "4.50"),
    ]
