"""What of a page is a part of a line, what is a block, and what is neither."""

from __future__ import annotations

import pytest

from retrieval.loaders.markup.html import extract
from retrieval.loaders.markup.walk import markup_blocks, parse_markup
from tests.retrieval.loaders.documents import place_of

LINES = {
    "powers": ("10<sup>6</sup> m<sup>2</sup>, x<sup>n+1</sup>, 10<sup>-3</sup>", "10⁶ m², xⁿ⁺¹, 10⁻³"),
    "raised letters": ("x<sup>k</sup> and e<sup>2k</sup> and e<sup>a/b</sup>", "x^k and e^2k and e^(a/b)"),
    "raised by custom": (
        "1<sup>st</sup>, XVIII<sup>e</sup>, M<sup>me</sup> Dahl, brand<sup>®</sup>",
        "1st, XVIIIe, Mme Dahl, brand®",
    ),
    "lowered": ("H<sub>2</sub>O, CO<sub>2</sub>, 10<sub>2</sub>, x<sub>n+1</sub>", "H2O, CO2, 10₂, x_(n+1)"),
    "fractions": ("3<sup>1</sup>/<sub>2</sub> and <sup>1</sup>/<sub>2</sub> cups", "3¹/₂ and 1/2 cups"),
    "a note without a link": (
        "The fee<sup>1</sup> is low, the cost<sup>a</sup> not.",
        "The fee¹ is low, the cost^a not.",
    ),
    "marks of notes": (
        (
            'Ann<sup><a href="n.html">1</a>, <a href="#n2">[2]</a></sup> left<a href="#n3"><sup>iv</sup></a>'
            '<sup id="r"><span><a href="#n4">note 4</a></span></sup> at noon<a class="footnote-ref" href="#n5">5</a>.'
        ),
        "Ann left at noon.",
    ),
    "numbers of printed pages": (
        (
            'Ann <span epub:type="pagebreak" title="12">12</span>left on the fer<span class="pagenum">[Pg 13]</span>ry'
            '<a role="doc-pagebreak" id="p14">xiv</a>.<span class="pagenum">All 14 pages are here.</span>'
        ),
        "Ann left on the ferry.All 14 pages are here.",
    ),
    "numbers of lines": (
        'The sea is calm,<span class="lnum">10</span> <a class="linenum">11</a>the tide is full.',
        "The sea is calm, the tide is full.",
    ),
    "a link with a number": ('See page <a href="#p12">12</a> and <a href="b">2</a>.', "See page 12 and 2."),
    "a note that begins with its number": ("<sup>3</sup>Ann left.", "3 Ann left."),
    "a long remark": ("Ann left<sup>citation needed</sup>.", "Ann left citation needed."),
    "a picture in a sentence": ("The value is <img alt='x²' src=a>, not <img alt='y' src=b>", "The value is x², not y"),
    "a picture for the first letter": ("<img alt=T src=t>he house", "The house"),
    "a small picture": ("Well done. <img class=emoji alt='🎉' src=a>", "Well done. 🎉"),
    "pictures beside the text": (
        (
            "Ann left. <img alt='A bridge at night' src=a> <a href=b>Home <img alt='the club' src=c></a> "
            "<img alt='image of a cat' src=d><img alt=cat.jpg src=d>"
        ),
        "Ann left. Home",
    ),
    "elements of Word": (
        "In <st1:city>London</st1:city><o:p></o:p> it <v:shape>rains</v:shape>.",
        "In London it rains.",
    ),
    "elements that nobody knows": ("Well <g-emoji>done</g-emoji> and <cite-it>Ann</cite-it>.", "Well done and Ann."),
    "abbreviations": ("The <abbr title='World Wide Web'>WWW</abbr> is <time>old</time>.", "The WWW is old."),
}


@pytest.mark.parametrize("case", LINES)
def test_what_is_a_part_of_a_line(case: str) -> None:
    markup, line = LINES[case]
    assert extract(f"<body><p>{markup}</p></body>".encode()).text == line


BLOCKS = {
    "headings by their role": ("<div role=heading aria-level=3>Fees</div>Ten euros.", ["Fees", "Ten euros."]),
    "a heading within a line": ("<span role=heading>Fees</span>Ten euros.", ["Fees", "Ten euros."]),
    "shown as a block": ("<span style='display: block'>Fees</span>Ten euros.", ["Fees", "Ten euros."]),
    "parts of a page with names of their own": (
        "<app-root><app-part>Ten euros.</app-part><app-part>Guests pay five.</app-part></app-root>",
        ["Ten euros.", "Guests pay five."],
    ),
    "menus by their role": ("<div role=navigation>Home</div><ul role=menu><li>x</ul><p>Ten euros.</p>", ["Ten euros."]),
    "a dialog that is closed": ("<dialog><p>Accept?</p></dialog><p>Ten euros.</p>", ["Ten euros."]),
    "a heading in bold above its text": (
        "<p><b>Fees</b><br>Ten euros a year.<br>Guests pay five.</p><ul><li><b>Oar</b><br>long</li></ul>",
        ["Fees", "Ten euros a year.\nGuests pay five.", "Oar\nlong"],
    ),
    "an item with a figure beside it": (
        "<ol><li><div class=figure><p>Fig. 4</div><p>Lift the oar.</p><p>Row.</p></ol>",
        ["Fig. 4", "1. Lift the oar.", "Row."],
    ),
    "what wikis add": (
        (
            "<h2>Tides<span class='mw-editsection'>[<a href=e>edit</a>]</span></h2><p>High at noon.</p><ol><li>"
            "<span class=mw-cite-backlink>^ <a href='#a'><sup>a</sup></a></span> Ann Dahl.</ol>"
            "<table class=vertical-navbox><tr><th>Seas<tr><td>North</table>"
        ),
        ["Tides", "High at noon.", "1. Ann Dahl."],
    ),
    "items without words that are seen": ("<ol><li>\u00ad<li>Keel</ol>", ["2. Keel"]),
    "figures": (
        "<figure><img alt='A house' src=a><figcaption>The boathouse in 1904.</figcaption></figure><p>It burned.</p>",
        ["The boathouse in 1904.", "It burned."],
    ),
}


@pytest.mark.parametrize("case", BLOCKS)
def test_what_is_a_block(case: str) -> None:
    markup, blocks = BLOCKS[case]
    assert extract(f"<body>{markup}</body>".encode()).text.split("\n\n") == blocks


@pytest.mark.parametrize(
    ("level", "path"), [("2", "Club › Fees"), ("1", "Fees"), ("", "Club › Fees"), ("x", "Club › Fees")]
)
def test_headings_by_their_role_have_a_level(level: str, path: str) -> None:
    page = f"<h1>Club</h1><p>Founded.</p><div role=heading aria-level='{level}'>Fees</div><p>Ten euros.</p>"
    assert place_of(extract(page.encode()), "Ten euros.").heading == path


def test_what_stands_below_a_heading_in_its_group_is_a_part_of_its_path() -> None:
    page = "<h1>Sea</h1><hgroup><p>Part<h2>II</h2><p>The Storm</hgroup><p>It rained.</p><p>We left.</p>"
    read = extract(page.encode())
    assert read.text.split("\n\n") == ["Sea", "Part", "II", "The Storm", "It rained.", "We left."]
    assert place_of(read, "It rained.").heading == "Sea › II › The Storm"


def test_a_heading_that_leads_back_to_the_contents_is_no_link() -> None:
    root = parse_markup("<h2><a href='#contents'>Fees</a></h2><h2><a href='/boats'>Boats</a></h2>")
    assert root is not None
    assert [(block.text, block.links_only) for block in markup_blocks(root)] == [("Fees", False), ("Boats", True)]
