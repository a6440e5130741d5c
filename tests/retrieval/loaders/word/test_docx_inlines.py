"""What stands in a paragraph of Word: signs, fields, form fields, changes, pictures; no word sticks to another."""

from __future__ import annotations

import pytest

from retrieval.loaders.word.docx import extract
from tests.retrieval.loaders.word.word_archives import control, field, paragraph, run, word


def text_of(content: str, footnotes: str = "") -> str:
    """The text of a document with one paragraph."""
    return extract(word(paragraph(content), footnotes=footnotes)).text


def between(element: str) -> str:
    """The text of a paragraph in which the element stands between two words."""
    return text_of(f"<w:r><w:t>left</w:t>{element}<w:t>right</w:t></w:r>")


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        ("<w:tab/>", "left right"),
        ('<w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/>', "left right"),
        ("<w:br/>", "left\nright"),
        ('<w:br w:type="textWrapping"/>', "left\nright"),
        ('<w:br w:type="page"/>', "left right"),
        ("<w:cr/>", "left\nright"),
        ("<w:noBreakHyphen/>", "left-right"),
        ("<w:softHyphen/>", "leftright"),
        ('<w:sym w:font="Symbol" w:char="F061"/>', "leftαright"),
        ('<w:sym w:font="Wingdings" w:char="00FC"/>', "left✓right"),
        ('<w:sym w:font="Wingdings" w:char="nonsense"/>', "leftright"),
        ('<w:sym w:font="Comic Sans MS" w:char="0041"/>', "leftright"),
        ("<w:lastRenderedPageBreak/>", "leftright"),
        (
            "<w:ruby><w:rt><w:r><w:t>small</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby>",
            "leftbaseright",
        ),
    ],
)
def test_what_stands_between_two_words(element: str, shown: str) -> None:
    assert between(element) == shown


def test_words_in_a_font_of_signs_are_the_signs() -> None:
    symbols = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
    assert text_of(run("The angle ") + run("\uf061", symbols) + run(" is right.")) == "The angle α is right."


@pytest.mark.parametrize("wrapper", ["ins", "moveTo", "smartTag", "customXml", "hyperlink", "dir", "bdo"])
def test_words_stay_whatever_is_wrapped_around_them(wrapper: str) -> None:
    assert text_of(run("one ") + f"<w:{wrapper}>{run('two')}</w:{wrapper}>" + run(" three")) == "one two three"


@pytest.mark.parametrize("wrapper", ["del", "moveFrom"])
def test_words_that_were_deleted_or_moved_away_are_gone(wrapper: str) -> None:
    gone = "<w:r><w:delText>two</w:delText><w:t>two</w:t></w:r>"
    assert text_of(run("one ") + f"<w:{wrapper}>{gone}</w:{wrapper}>" + run("three")) == "one three"


def test_paragraphs_whose_end_was_deleted_are_one() -> None:
    lost = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
    body = paragraph("Members pay ", properties=lost) + paragraph("ten euros.") + paragraph("No more.", properties=lost)
    assert extract(word(body)).text == "Members pay ten euros.\n\nNo more."


def test_a_large_first_letter_belongs_to_its_word() -> None:
    assert (
        extract(word(paragraph("O", properties='<w:framePr w:dropCap="drop" w:lines="3"/>') + paragraph("nce."))).text
        == "Once."
    )


def test_hidden_words_are_left_out_by_their_own_property_and_by_their_style() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="C"><w:name w:val="C"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="P"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        paragraph(run("seen") + run(" hidden", "<w:vanish/>") + run(" hidden", '<w:rStyle w:val="C"/>'))
        + paragraph(run("hidden") + run("shown", '<w:vanish w:val="0"/>'), style="P")
        + paragraph("hidden", style="P")
    )
    assert extract(word(body, styles=styles)).text == "seen\n\nshown"


def test_the_result_of_a_field_is_text_and_its_instruction_is_not() -> None:
    simple = f'<w:fldSimple w:instr=" REF fee \\h ">{run("4.2")}</w:fldSimple>'
    content = run("See ") + field("REF club \\h", run("rule 3")) + run(" and ") + simple + run(".")
    assert text_of(content) == "See rule 3 and 4.2."
    nested = field("IF a = b", run("inner"))
    assert text_of(run("a ") + field("PAGEREF x", nested) + run(" b")) == "a inner b"


@pytest.mark.parametrize(
    "instruction", ["TOC \\o 1-3", "INDEX \\c 2", 'XE "boat"', "MACROBUTTON NoMacro click here", "toc"]
)
def test_contents_indexes_and_prompts_are_no_text(instruction: str) -> None:
    content = run("before ") + field(instruction, run("Fees 12")) + run("after")
    assert text_of(content) == "before after"
    simple = f'<w:fldSimple w:instr="{instruction.replace(chr(34), "")}">{run("Fees 12")}</w:fldSimple>'
    assert text_of(run("before ") + simple + run("after")) == "before after"


def test_a_table_of_contents_over_many_paragraphs_is_left_out() -> None:
    begin, end = field("TOC \\o", "§").split("§")
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    contents = paragraph(begin + run("Fees 2")) + paragraph("Boats 3") + paragraph(end)
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    body = (
        contents + control(paragraph("Contents"), gallery) + paragraph("Fees 2", style="T") + paragraph("Fees are low.")
    )
    assert extract(word(body, styles=styles)).text == "Fees are low."


def test_a_field_without_an_end_hides_nothing() -> None:
    begin, _ = field("TOC \\o", "§").split("§")
    body = paragraph(begin + run("Fees 2")) + paragraph("Fees are low.")
    assert extract(word(body)).text == "Fees 2\n\nFees are low."
    around = paragraph(begin + field("PAGEREF fee", run("2"))) + paragraph("Fees are low.")
    assert extract(word(around)).text == "2\n\nFees are low."


@pytest.mark.parametrize(
    ("form", "box"),
    [
        ("<w:checked/>", "☒"),
        ('<w:checked w:val="0"/>', "☐"),
        ('<w:default w:val="1"/>', "☒"),
        ('<w:default w:val="1"/><w:checked w:val="false"/>', "☐"),
        ("", "☐"),
    ],
)
def test_a_box_of_a_form_says_whether_it_is_checked(form: str, box: str) -> None:
    checkbox = f"<w:ffData><w:checkBox>{form}</w:checkBox></w:ffData>"
    assert text_of(field("FORMCHECKBOX", run("?"), form=checkbox) + run("Swimmer")) == f"{box} Swimmer"


def test_a_list_of_a_form_shows_what_is_chosen() -> None:
    entries = "".join(f'<w:listEntry w:val="{words}"/>' for words in ("red", "green"))
    for chosen, shown in (('<w:result w:val="1"/>', "green"), ("", "red"), ('<w:result w:val="9"/>', "")):
        form = f"<w:ffData><w:ddList>{chosen}{entries}</w:ddList></w:ffData>"
        assert text_of(run("Colour: ") + field("FORMDROPDOWN", "", form=form)) == f"Colour: {shown}".strip()


def test_a_text_of_a_form_is_text() -> None:
    assert text_of(run("Name: ") + field("FORMTEXT", run("Anna"))) == "Name: Anna"


@pytest.mark.parametrize(("checked", "box"), [("1", "☒"), ("0", "☐"), ("true", "☒"), ("false", "☐")])
def test_a_control_that_is_a_box_says_whether_it_is_checked(checked: str, box: str) -> None:
    properties = f'<w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox>'
    assert text_of(control(run("☐"), properties) + run("Swimmer")) == f"{box} Swimmer"


def test_a_control_shows_its_value_and_never_its_placeholder() -> None:
    chosen = control(run("green"), '<w:dropDownList><w:listItem w:value="green"/></w:dropDownList>')
    asked = control(run("Choose an item."), "<w:dropDownList/><w:showingPlcHdr/>")
    assert text_of(run("Colour: ") + chosen + run(", size: ") + asked + run(".")) == "Colour: green, size: ."
    body = paragraph("Name") + control(paragraph("Click here."), "<w:showingPlcHdr/>") + control(paragraph("Anna"))
    assert extract(word(body)).text == "Name\n\nAnna"


def picture(description: str) -> str:
    """A picture in the line."""
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{description}"/></wp:inline></w:drawing></w:r>'


def test_the_words_of_a_picture_stand_in_a_sentence_and_nowhere_else() -> None:
    assert text_of(run("Press ") + picture("the red button") + run(" twice.")) == "Press the red button twice."
    assert text_of(run("Press") + picture("OK") + run("twice.")) == "Press OK twice."
    assert text_of(picture("Our logo") + run("The club")) == "The club"
    assert text_of(run("The club") + picture("Our logo")) == "The club"
    for no_words in ("image1.png", "A cat. Description automatically generated", "1", "http://a.example", "x " * 90):
        assert text_of(run("Press ") + picture(no_words) + run(" twice.")) == "Press twice."


def test_the_mark_of_a_note_sticks_to_no_word() -> None:
    marks = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/>'
    note = '<w:footnote w:id="{id}"><w:p><w:r><w:footnoteRef/><w:t>{words}</w:t></w:r></w:p></w:footnote>'
    notes = note.format(id=1, words="Unused.") + note.format(id=3, words="Third.") + note.format(id=2, words="Second.")
    content = run("The fee") + marks + "<w:t>*</w:t></w:r>" + run(" is low.")
    assert text_of(content, footnotes=notes) == "The fee is low.\n\nSecond.\n\nThird."


def test_raised_and_lowered_words_do_not_stick_by_their_own_property_or_their_style() -> None:
    raised, style = '<w:vertAlign w:val="superscript"/>', '<w:rStyle w:val="C"/>'
    styles = f'<w:style w:type="character" w:styleId="C"><w:name w:val="C"/><w:rPr>{raised}</w:rPr></w:style>'
    for properties in (raised, style, f"{raised}<w:b/>"):
        body = paragraph(run("It has 10") + run("6", properties) + run(" seats."))
        assert extract(word(body, styles=styles)).text == "It has 10⁶ seats."
    undone = style + '<w:vertAlign w:val="baseline"/>'
    assert extract(word(paragraph(run("10") + run("6", undone)), styles=styles)).text == "106"
    assert text_of(run("CO") + run("2", '<w:vertAlign w:val="subscript"/>')) == "CO2"
    assert text_of(run("CO") + run("2 ", '<w:vertAlign w:val="subscript"/>') + run("gas")) == "CO2 gas"
    assert text_of(run("one") + run(" two ", raised) + run("three")) == "one two three"
