from __future__ import annotations

from typing import Any

import pytest
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.pdf.pages import extract
from tests.retrieval.loaders.documents import assert_in_order, assert_tidy, assert_whole
from tests.retrieval.loaders.pdf import form_files, pdf_files


def paragraphs(data: bytes) -> list[str]:
    found = extract(data)
    assert_tidy(found)
    return found.text.split("\n\n")


def one_field(value: str, label: str = "", **others: Any) -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 780, "The form of the club.")
        canvas.drawString(72, 600, label)
        form_files.text_field(canvas, 300, 600, value, **others)

    return form_files.form(draw)


def test_what_is_filled_in_stands_beside_its_label() -> None:
    assert paragraphs(form_files.application()) == [
        "Membership form of the rowing club",
        "Name of the member: Clara Stone",
        "Yearly fee in euros: forty euros",
        "☒ Adult ☐ Child",
        "☒ Send me the newsletter",
        "Boathouse: Old harbour",
        "The club keeps this form for two years.",
    ]


def test_an_empty_form_has_nothing_but_its_labels() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 740, "Name of the member:")
        form_files.text_field(canvas, 220, 740, "")
        canvas.acroForm.checkbox(name="news", x=72, y=648, size=12)
        canvas.drawString(90, 650, "Send me the newsletter")

    assert paragraphs(form_files.form(draw)) == ["Name of the member:", "Send me the newsletter"]


def test_several_fields_of_a_line_each_follow_their_own_label() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Postcode:")
        canvas.drawString(300, 700, "Town:")
        form_files.text_field(canvas, 340, 700, "Newport", width=100)
        form_files.text_field(canvas, 130, 700, "12 345", width=60)

    assert paragraphs(form_files.form(draw)) == ["Postcode: 12 345 Town: Newport"]


def test_many_fields_in_a_row_of_labels_are_no_column_of_their_own() -> None:
    labels = ["Name", "Street", "Town", "Country", "Telephone", "Day of birth"]
    values = ["Clara Stone", "Mill Lane", "Newport", "Wales", "555 1234", "3 May 1990"]

    def draw(canvas: Canvas) -> None:
        for place, label in enumerate(labels):
            canvas.drawString(72, 700 - 24 * place, label)
        for place, value in enumerate(values):
            form_files.text_field(canvas, 200, 700 - 24 * place, value)

    text = " ".join(paragraphs(form_files.form(draw)))
    assert_in_order(
        extract(form_files.form(draw)), *(part for pair in zip(labels, values, strict=True) for part in pair)
    )
    assert "Town Newport" in text


def test_a_label_above_its_field_comes_before_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Remarks")
        form_files.text_field(canvas, 72, 664, "Needs a locker", width=300, height=30)
        canvas.drawString(72, 600, "Signed by the secretary of the club.")

    assert_in_order(extract(form_files.form(draw)), "Remarks", "Needs a locker", "Signed")


def test_the_lines_of_a_high_field_follow_each_other() -> None:
    value = "She needs a locker.\nHer brother comes on Mondays."
    data = one_field(value, "Remarks:", height=60, fieldFlags="multiline", maxlen=200)
    assert_in_order(extract(data), "Remarks:", "She needs a locker.", "Her brother comes on Mondays.")


def test_a_field_without_a_label_on_the_page_is_called_by_its_own_name() -> None:
    assert paragraphs(one_field("forty euros", tooltip="Yearly fee")) == [
        "The form of the club.",
        "Yearly fee: forty euros",
    ]
    assert "Fee: forty euros" in paragraphs(one_field("forty euros", "Fee:", tooltip="Yearly fee"))


def test_a_value_that_the_page_shows_already_stands_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Yearly fee: ")
        canvas.drawString(222, 700, "forty euros")
        form_files.text_field(canvas, 220, 700, "forty euros")

    assert paragraphs(form_files.form(draw)) == ["Yearly fee: forty euros"]


def test_the_line_to_write_on_goes_where_something_is_written() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Agreed on")
        canvas.drawString(142, 700, "________,")
        canvas.drawString(212, 700, "in Newport")
        form_files.text_field(canvas, 140, 700, "3 May", width=68)

    assert paragraphs(form_files.form(draw)) == ["Agreed on 3 May, in Newport"]


def test_secrets_hidden_fields_and_buttons_are_left_out() -> None:
    assert paragraphs(one_field("swordfish", "Word:", fieldFlags="password")) == ["The form of the club.", "Word:"]

    def hide(field: DictionaryObject) -> None:
        field[NameObject("/F")] = NumberObject(2)

    assert "forty" not in extract(form_files.edited(one_field("forty euros"), hide)).text


def test_a_button_to_press_is_no_box_to_check() -> None:
    def press(field: DictionaryObject) -> None:
        if field.get("/T") == "send":
            field[NameObject("/Ff")] = NumberObject(1 << 16)

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Fee:")
        form_files.text_field(canvas, 220, 700, "forty euros")
        canvas.acroForm.checkbox(name="send", checked=True, x=72, y=648, size=12)
        canvas.drawString(90, 650, "Send")

    assert paragraphs(form_files.form(draw, press)) == ["Fee: forty euros", "Send"]


def test_what_a_field_inherits_from_those_above_it_is_found() -> None:
    def move_up(field: DictionaryObject) -> None:
        above = DictionaryObject({NameObject(key): field.pop(key) for key in ("/FT", "/V") if key in field})
        field[NameObject("/Parent")] = DictionaryObject({NameObject("/Parent"): above})

    data = form_files.edited(one_field("forty euros", "Fee:"), move_up)
    assert "Fee: forty euros" in paragraphs(data)


def test_several_choices_are_shown_as_people_see_them() -> None:
    def choose(field: DictionaryObject) -> None:
        field[NameObject("/FT")] = NameObject("/Ch")
        field[NameObject("/V")] = ArrayObject([TextStringObject("1"), TextStringObject("3")])
        options = (("1", "Upper lock"), ("2", "Old harbour"), ("3", "Mill"))
        field[NameObject("/Opt")] = ArrayObject(ArrayObject(map(TextStringObject, option)) for option in options)

    assert "Houses: Upper lock, Mill" in paragraphs(form_files.edited(one_field("x", "Houses:"), choose))


def test_a_box_without_a_state_is_checked_where_its_value_is_one_of_its_looks() -> None:
    def draw(canvas: Canvas) -> None:
        for y, name in ((700, "first"), (660, "second")):
            canvas.acroForm.checkbox(name=name, checked=name == "first", x=72, y=y - 2, size=12)
            canvas.drawString(90, y, f"The {name} box")

    def forget(field: DictionaryObject) -> None:
        field.pop("/AS", None)

    assert paragraphs(form_files.form(draw, forget)) == ["☒ The first box", "☐ The second box"]


def test_a_page_on_its_side_has_its_fields_in_its_lines() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.drawString(72, -300, "Yearly fee in euros:")
        canvas.rotate(-90)
        canvas.acroForm.textfield(name="fee", value="forty euros", x=290, y=200, width=16, height=150)

    assert paragraphs(form_files.form(draw)) == ["Yearly fee in euros: forty euros"]


def test_a_form_that_is_in_no_page_is_refused_with_the_remedy() -> None:
    catalogue = (
        b"<< /Type /Catalog /Pages 2 0 R /NeedsRendering true /AcroForm << /Fields [] /XFA [(template) 4 0 R] >> >>"
    )
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>"
    data = pdf_files.from_objects([catalogue, pages, page, pdf_files.stream(b"<template/>")])
    with pytest.raises(SourceError, match=r"print it to a new PDF in Adobe Reader") as caught:
        extract(data)
    assert caught.value.problem is SourceProblem.FORMAT


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("/V", ArrayObject([BooleanObject(value=True)])),
        ("/V", NumberObject(12)),
        ("/Ff", TextStringObject("many")),
        ("/FT", ArrayObject()),
        ("/Rect", NumberObject(3)),
        ("/Rect", ArrayObject([NameObject("/a")] * 4)),
        ("/Rect", ArrayObject([NumberObject(5)] * 4)),
        ("/TU", NumberObject(3)),
        ("/Parent", NumberObject(3)),
        ("/F", NameObject("/x")),
        ("/Subtype", NumberObject(1)),
    ],
)
def test_a_broken_field_costs_only_itself(key: str, value: Any) -> None:
    def spoil(field: DictionaryObject) -> None:
        if field.get("/T") != "kept":
            field[NameObject(key)] = value

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Fee:")
        form_files.text_field(canvas, 220, 700, "forty euros", name="kept")
        form_files.text_field(canvas, 220, 600, "spoilt", name="other")

    assert_whole(extract(form_files.form(draw, spoil)), "Fee: forty euros")
