"""The automatic numbers of Word: each item has in front of its words what Word shows there."""

from __future__ import annotations

import pytest

from retrieval.loaders.word.docx import extract
from tests.retrieval.loaders.documents import labels_of, place_of
from tests.retrieval.loaders.word.word_archives import level, numbering, paragraph, word

NUM = '<w:num w:numId="{id}"><w:abstractNumId w:val="0"/>{more}</w:num>'
START = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def shown(*items: tuple[int, int], numbers: str, styles: str = "") -> list[str]:
    """What stands in front of each item, given by its numbering and level; every one says "x"."""
    body = "".join(paragraph("x", list_id=list_id, level=depth) for list_id, depth in items)
    text = extract(word(body, numbering=numbers, styles=styles)).text
    return [line.removesuffix("x").rstrip() for line in text.split("\n\n")]


def test_a_rule_has_its_number() -> None:
    rules = ("Be kind to everybody.", "Pay on time.", "Do not post spoilers.")
    body = "".join(paragraph(words, list_id=1) for words in rules)
    text = extract(word(paragraph("House rules") + body, numbering=numbering(level(0, "%1.")))).text
    assert text == "House rules\n\n1. Be kind to everybody.\n\n2. Pay on time.\n\n3. Do not post spoilers."


def test_the_levels_count_each_for_itself_and_begin_anew() -> None:
    numbers = numbering(level(0, "%1."), level(1, "(%2)", "lowerLetter"), level(2, "%1.%2.%3", "lowerRoman"))
    items = ((1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 0), (1, 1), (1, 2))
    assert shown(*items, numbers=numbers) == ["1.", "(a)", "(b)", "1.b.i", "1.b.ii", "2.", "(a)", "2.a.i"]


def test_a_level_may_go_on_or_wait_for_another() -> None:
    never = level(1, "%2)", more='<w:lvlRestart w:val="0"/>')
    assert shown((1, 0), (1, 1), (1, 0), (1, 1), numbers=numbering(level(0, "%1."), never)) == ["1.", "1)", "2.", "2)"]
    after_first = level(2, "%3)", more='<w:lvlRestart w:val="1"/>')
    numbers = numbering(level(0, "%1."), level(1, "%2."), after_first)
    items = ((1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2))
    assert shown(*items, numbers=numbers) == ["1.", "1.", "1)", "2.", "2)", "2.", "1)"]


def test_numberings_of_one_list_go_on_together_unless_one_starts_anew() -> None:
    numbers = numbering(
        level(0, "%1."), numberings=NUM.format(id=2, more="") + NUM.format(id=3, more=START.format(start=7))
    )
    items = ((1, 0), (1, 0), (2, 0), (3, 0), (3, 0), (1, 0))
    assert shown(*items, numbers=numbers) == ["1.", "2.", "3.", "7.", "8.", "9."]


def test_a_numbering_may_have_a_level_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "§ %1", start=5)}</w:lvlOverride>'
    numbers = numbering(level(0, "%1."), numberings=NUM.format(id=2, more=own))
    assert shown((2, 0), (2, 0), numbers=numbers) == ["§ 5", "§ 6"]


def test_a_level_that_was_passed_over_shows_where_it_starts() -> None:
    numbers = numbering(level(0, "%1."), level(1, "%1.%2."), level(2, "%1.%2.%3."))
    assert shown((1, 0), (1, 2), (1, 1), numbers=numbers) == ["1.", "1.1.1.", "1.1."]


def test_legal_numbering_writes_all_levels_as_decimal() -> None:
    numbers = numbering(level(0, "Article %1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"))
    assert shown((1, 0), (1, 0), (1, 1), numbers=numbers) == ["Article I.", "Article II.", "2.1"]


@pytest.mark.parametrize(
    "bullet",
    [
        level(0, "•", "bullet"),
        level(0, "-"),
        level(0, "\uf0b7", "bullet"),
        level(0, "%1", "none"),
        level(0, "%1.", more='<w:lvlPicBulletId w:val="0"/>'),
        level(0, "%1.", more="<w:rPr><w:vanish/></w:rPr>"),
        level(0, "9" * 101),
    ],
    ids=["bullet", "dash", "symbol", "none", "picture", "hidden", "longer than a number"],
)
def test_bullets_stay_out(bullet: str) -> None:
    assert shown((1, 0), (1, 0), numbers=numbering(bullet)) == ["", ""]


def test_a_bullet_that_is_a_box_says_what_is_done() -> None:
    assert shown((1, 0), (1, 1), numbers=numbering(level(0, "☐", "bullet"), level(1, "☒", "bullet"))) == ["☐", "☒"]


def test_zeros_in_front_may_be_described() -> None:
    three = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    numbers = numbering(f'<w:lvl w:ilvl="0"><w:start w:val="9"/>{three}<w:lvlText w:val="R%1"/></w:lvl>')
    assert shown((1, 0), (1, 0), numbers=numbers) == ["R009", "R010"]


def test_a_number_that_nothing_parts_from_the_words_does_not_stick_to_them() -> None:
    apart, touching = (level(0, text, more='<w:suff w:val="nothing"/>') for text in ("%1", "%1—"))
    assert extract(word(paragraph("x", list_id=1), numbering=numbering(apart))).text == "1 x"
    assert extract(word(paragraph("x", list_id=1), numbering=numbering(touching))).text == "1—x"


def test_headings_are_numbered_by_their_styles_and_so_is_their_path() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{number}"><w:name w:val="heading {number}"/><w:pPr><w:numPr>'
        f'<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for number in (1, 2)
    )
    numbers = numbering(level(0, "%1", more='<w:pStyle w:val="H1"/>'), level(1, "%1.%2", more='<w:pStyle w:val="H2"/>'))
    body = "".join(
        paragraph(words, style=style)
        for words, style in (("General", "H1"), ("Aims", "H2"), ("Scope", "H2"), ("All boats.", ""), ("Fees", "H1"))
    )
    extracted = extract(word(body, styles=styles, numbering=numbers))
    assert extracted.text == "1 General\n\n1.1 Aims\n\n1.2 Scope\n\nAll boats.\n\n2 Fees"
    assert place_of(extracted, "All boats.").heading == "1 General › 1.2 Scope"


def test_a_style_gives_a_number_and_a_paragraph_may_refuse_it() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Clause"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Own">'
        '<w:name w:val="Own"/><w:basedOn w:val="Base"/></w:style>'
    )
    none = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    body = paragraph("x", style="Own") + paragraph("x", style="Own", properties=none) + paragraph("x", style="Base")
    numbers = numbering(level(0, "%1."), level(1, "(%2)"))
    assert extract(word(body, styles=styles, numbering=numbers)).text == "(1) x\n\nx\n\n(2) x"


def test_a_list_may_be_defined_by_a_style_of_lists() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    linked = (
        '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="2"><w:abstractNumId w:val="9"/></w:num>'
    )
    numbers = numbering(level(0, "%1)"), more='<w:styleLink w:val="L"/>', numberings=linked)
    assert shown((2, 0), (2, 0), numbers=numbers, styles=styles) == ["1)", "2)"]


def test_links_in_a_circle_and_numbers_out_of_reach_cost_the_number_only() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:basedOn w:val="L"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    circle = numbering(more='<w:numStyleLink w:val="L"/>')
    assert shown((1, 0), numbers=circle, styles=styles) == [""]
    assert shown((1, 8), (1, 99), (5, 0), numbers=numbering(level(0, "%1."))) == ["", "", ""]
    huge = level(0, "%1.", "lowerRoman").replace('w:val="1"', 'w:val="999999999"')
    assert shown((1, 0), numbers=numbering(huge)) == ["999999999."]


def test_deleted_hidden_and_empty_items() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    body = (
        paragraph("one", list_id=1)
        + paragraph("<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", list_id=1, properties=gone)
        + paragraph("two", list_id=1)
        + paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", list_id=1, properties=hidden)
        + paragraph("", list_id=1)
        + paragraph("four", list_id=1)
    )
    assert extract(word(body, numbering=numbering(level(0, "%1.")))).text == "1. one\n\n2. two\n\n4. four"


def test_items_stay_a_list_that_its_sentence_leads_to_and_a_bold_name_stays_a_name() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>Finesse.</w:t></w:r><w:r><w:t xml:space='preserve'> You hit.</w:t></w:r>"
    body = paragraph("The rules are:") + paragraph(bold, list_id=1) + paragraph("Pay.", list_id=1)
    assert labels_of(extract(word(body, numbering=numbering(level(0, "%1."))))) == [
        ("lead_in", "The rules are:", "1. Finesse. You hit."),
        ("term", "1. Finesse", "You hit."),
        ("lead_in", "The rules are:", "2. Pay."),
    ]


def test_a_paragraph_that_goes_on_below_an_item_belongs_to_its_list() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="List Paragraph"/></w:style>'
    body = paragraph("Bring:") + paragraph("boots", list_id=1) + paragraph("Rubber ones.", style="P")
    extracted = extract(
        word(body + paragraph("a coat", list_id=1), styles=styles, numbering=numbering(level(0, "%1.")))
    )
    assert [label[2] for label in labels_of(extracted)] == ["1. boots", "Rubber ones.", "2. a coat"]
