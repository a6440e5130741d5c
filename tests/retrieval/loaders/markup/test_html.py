from __future__ import annotations

import pytest

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.markup import html
from retrieval.loaders.markup.html import extract
from tests.retrieval.loaders.documents import assert_in_order, assert_tidy, assert_whole, place_of
from tests.retrieval.loaders.markup import html_pages as pages


def paragraphs(page: str) -> list[str]:
    return extract(page.encode("utf-8")).text.split("\n\n")


def test_a_news_page_is_its_article_without_what_stands_around_it() -> None:
    news = extract(pages.NEWS.encode("utf-8"))
    assert_tidy(news)
    assert news.title == "Bridge reopens after two years"
    assert news.encoding == "utf-8"
    assert_in_order(
        news, "Bridge reopens", "Hundreds of people", "Why it was closed", "41 centimetres", "mended already"
    )
    for words in (
        "Sport",
        "cookies",
        "flights",
        "Ferry",
        "rights",
        "tracking",
        "script",
        "color",
        "praise",
        "not shown",
    ):
        assert words not in news.text
    assert_whole(
        news,
        "The Mill Bridge opened to traffic again on Monday morning after repairs that took two years and cost 14 "
        "million euros.",
        "The council closed the bridge the\u00a0same day.",
        "The longest crack measured 41 centimetres, the engineer said, “and that is a lot”.",
        "Cyclists have a lane of their own\non the northern side.",
    )


def test_every_passage_stands_on_its_path_of_headings() -> None:
    news = extract(pages.NEWS.encode("utf-8"))
    title = "Bridge reopens after two years"
    assert place_of(news, "Hundreds of people").heading == title
    assert place_of(news, "Inspectors found").heading == f"{title} › Why it was closed"
    assert place_of(news, "The longest crack").heading == f"{title} › Why it was closed › The cracks"
    assert place_of(news, "Cyclists have").heading == f"{title} › What changes"
    assert place_of(news, "Cyclists have").page is None
    assert place_of(news, "What changes").start == news.text.index("What changes")


def test_a_blog_post_keeps_lists_quotations_and_listings_and_loses_the_marks_of_notes() -> None:
    blog = extract(pages.BLOG.encode("utf-8"))
    assert_tidy(blog)
    assert blog.title == "My garden diary"
    assert_in_order(
        blog,
        "Tomatoes, at last\n\nI planted",
        "this year:\n\n1. watered in the morning only\n\n2. cut off the lower leaves\n\nNever water tomatoes",
        "row 1:  6 plants\nrow 2:  4 plants\n\n",
    )
    assert_whole(blog, "Next year I shall wait until June.", "A neighbour told me so.")
    assert "About me" not in blog.text
    assert place_of(blog, "I planted").heading == "Tomatoes, at last"


def test_a_table_is_a_paragraph_for_each_row() -> None:
    assert paragraphs(pages.TABLES)[2:] == [
        "Limits by kind of vehicle",
        "Vehicle | Day | Night",
        "Lorries | 30 km/h | 20 km/h",
        "Cars | 50\u00a0km/h",
        "Bicycles | no limit, but a bell | lamp",
        "Whoever drives faster pays a fine of at least 35 euros.",
    ]
    table = extract(pages.TABLES.encode("utf-8"))
    assert_whole(table, "Lorries | 30 km/h | 20 km/h")
    assert place_of(table, "Lorries").heading == "Speed limits in the town"


def test_a_table_that_lays_out_the_page_is_none() -> None:
    assert paragraphs(pages.LAYOUT) == [
        "Village choir",
        "The choir sings every Tuesday in the old school.",
        "New voices are welcome at any time.",
        "Voice | Leader",
        "Alto | Mrs. Berg",
    ]


def test_a_table_with_words_in_one_column_alone_lays_out_the_page() -> None:
    page = "<table><tr><td><img src=logo.png><td><p>Rowing Club<p>Rules of 2024</tr><tr><td><td><p>Bergen</tr></table>"
    assert extract(page.encode()).text.split("\n\n") == ["Rowing Club", "Rules of 2024", "Bergen"]


def test_a_table_in_a_cell_of_a_table_with_names_is_told_on_its_row() -> None:
    inner = "<table><tr><td>adults</td><td>40</td></tr><tr><td>pupils</td><td>20</td></tr></table>"
    page = f"<table><tr><th>Club<th>Fees</tr><tr><td>Rowing<td>{inner}</tr><tr><td>Chess<td>none</tr></table>"
    assert paragraphs(page) == ["Club | Fees", "Rowing | adults | 40 pupils | 20", "Chess | none"]


def test_rows_and_cells_that_nobody_sees_are_left_out() -> None:
    page = (
        "<table><tr><th>Item<th hidden>Secret<th>Price</tr><tr style='display:none'><td>Oar<td><td>4</tr>"
        "<tr><td>Keel<td hidden>x<td>9</tr></table>"
    )
    assert paragraphs(page) == ["Item | Price", "Keel | 9"]


def test_a_manual_keeps_its_headings_definitions_and_every_list_item() -> None:
    manual = extract(pages.MANUAL.encode("utf-8"))
    assert manual.text.split("\n\n") == [
        "The machine", "The menu", "Start", "Starts the machine.", "Stop", "Stops it after the present round.", "Care",
        "The filter must be cleaned once a month, with lukewarm water and nothing else.",
        "The belt is changed by our own people only, since it is under tension and may hurt whoever opens the case.",
        "If it squeaks", "Oil it.",
    ]  # fmt: skip
    assert place_of(manual, "Oil it.").heading == "The machine › Care › If it squeaks"


def test_a_fragment_is_read_whole() -> None:
    fragment = extract(pages.FRAGMENT.encode("utf-8"))
    assert fragment.text.split("\n\n") == [
        "Fees",
        "Members pay 20 euros a year.",
        "Guests pay 5 euros a day.",
        "cash only",
    ]
    assert place_of(fragment, "cash only").heading == "Fees"
    assert extract(b"Only words.").text == "Only words."


RUSSIAN_SENTENCE = "Мост открыли для движения в понедельник утром после ремонта, который длился два года."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (pages.RUSSIAN.encode("cp1251"), "cp1251"),
        (pages.RUSSIAN.replace("windows-1251", "KOI8-R").encode("koi8-r"), "koi8-r"),
        (b"\xef\xbb\xbf" + pages.RUSSIAN.encode("utf-8"), "utf-8"),
        (pages.RUSSIAN.encode("utf-16"), "utf-16"),
        (pages.RUSSIAN.encode("utf-16-be"), "utf-16-be"),
        (pages.RUSSIAN.replace("charset=windows-1251", "").encode("utf-8"), "utf-8"),
        (pages.RUSSIAN.replace("windows-1251", "made-up-8").encode("utf-8"), "utf-8"),
        (pages.RUSSIAN.replace("windows-1251", "base64").encode("utf-8"), "utf-8"),
    ],
)
def test_the_encoding_is_the_byte_order_marks_then_the_declared_one(data: bytes, encoding: str) -> None:
    page = extract(data)
    assert_whole(page, RUSSIAN_SENTENCE)
    assert page.title == "Мост снова открыт"
    assert page.encoding == encoding


def test_a_page_that_declares_western_letters_has_the_quotation_marks_that_browsers_show() -> None:
    data = '<meta charset="iso-8859-1"><p>“Façade”, he said – and left.</p>'.encode("cp1252")
    assert extract(data).text == "“Façade”, he said – and left."


SENTENCE = "La cotisation s’élève à quarante euros pour les élèves."


@pytest.mark.parametrize("filler", ["", "<p>Many words stand here.</p>" * 5_000])
@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1251", "gb2312", "shift_jis", "us-ascii"])
@pytest.mark.parametrize("declaration", ['<meta charset="{}">', '<?xml version="1.0" encoding="{}"?>'])
def test_a_page_in_utf_8_is_read_as_that_whatever_it_declares(declaration: str, charset: str, filler: str) -> None:
    page = extract(f"{declaration.format(charset)}<body>{filler}<p>{SENTENCE}</p></body>".encode())
    assert page.text.endswith(SENTENCE)
    assert page.encoding == "utf-8"


def test_one_broken_byte_does_not_turn_a_page_in_utf_8_into_another_encoding() -> None:
    data = f'<meta charset="iso-8859-1"><p>{SENTENCE * 30}</p><p>caf\xe9'.encode("cp1252", "xmlcharrefreplace")
    broken = f'<meta charset="iso-8859-1"><p>{SENTENCE * 30}</p><p>'.encode() + b"caf\xe9"
    assert extract(broken).text == f"{SENTENCE * 30}\n\ncaf\ufffd"
    assert extract(data).text == f"{SENTENCE * 30}\n\ncafé"


@pytest.mark.parametrize(
    ("text", "charset"),
    [("ボートは九時に出ます。", "iso-2022-jp"), ("模特", "gb2312"), ("ﾐｶ", "shift_jis"), ("Лодка", "windows-1251")],
)
def test_a_short_page_in_the_encoding_that_it_declares_stays_in_it(text: str, charset: str) -> None:
    assert extract(f'<meta charset="{charset}"><p>{text}</p>'.encode(charset)).text == text


def test_a_few_broken_characters_do_not_cost_the_page() -> None:
    data = ('<meta charset="utf-8"><p>' + "Many words stand here. " * 200).encode() + b"caf\xe9</p>"
    assert extract(data).text.endswith("caf\ufffd")


@pytest.mark.parametrize("data", [b"", b"  \n", b"<html><body></body></html>", b"<script>x()</script>", b"<!-- x -->"])
def test_a_page_without_words_is_empty(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        extract(data)
    assert str(caught.value) == "{name} is empty; there is nothing to index."
    assert caught.value.problem is SourceProblem.EMPTY


def test_ruby_soft_hyphens_and_forms_are_left_out_and_words_stay_together() -> None:
    page = "<p><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>を読む。</p><p>Donau&shy;dampf<wbr>schiff</p>"
    page += "<select><option>x</select>"
    assert paragraphs(page) == ["漢字を読む。", "Donaudampfschiff"]


def test_what_the_author_of_a_page_declares_inside_its_document_type_is_inert() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "yes">]><p>One &x; two &y; three.</p>'
    assert paragraphs(page) == ["One &x; two &y; three."]


def test_a_page_that_trafilatura_cannot_read_is_read_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("trafilatura.bare_extraction", stumble)
    assert "Ferry prices" in extract(pages.NEWS.encode("utf-8")).text


def test_a_page_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_BYTES", 100)
    with pytest.raises(SourceError, match="unfolds into more than") as caught:
        extract(b"<p>" + b"word " * 50)
    assert caught.value.problem is SourceProblem.TOO_COMPLEX
