from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from bot.quotes import cite
from retrieval import Span, load_bytes
from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.markup.epub import extract
from tests.retrieval.loaders.documents import assert_in_order, assert_tidy, assert_whole, place_of
from tests.retrieval.loaders.markup import epub_files


def test_a_novel_is_read_in_its_order_with_parts_and_chapters() -> None:
    novel = extract(epub_files.novel())
    assert_tidy(novel)
    assert novel.title == "The Ferry"
    assert_in_order(novel, "Part one", "The storm", "Nobody minded.", "The calm", "They left.", "Printed on old paper.")
    assert "Contents" not in novel.text
    assert_whole(
        novel,
        "The wind had been rising since noon, and by four o’clock the ferry no longer ran.",
        "“Stay,” said Ann\u00a0— and they stayed.",
    )
    assert place_of(novel, "Nobody minded").heading == "Part one › The storm"
    assert place_of(novel, "They left.").heading == "Part one › The calm"
    assert place_of(novel, "The calm").start == novel.text.index("The calm")
    assert place_of(novel, "Printed on").heading is None


def test_an_old_book_is_read_whatever_its_folders_names_and_letters() -> None:
    book = extract(epub_files.old_novel())
    assert book.title == "Les saisons"
    assert book.text == "Chapitre premier\n\nL'été fut long.\n\nChapitre deux\n\nL'hiver vint."
    assert place_of(book, "L'hiver").heading == "Chapitre deux"
    assert_whole(book, "L'été fut long.")


@pytest.mark.parametrize("name", ["été.xhtml", unicodedata.normalize("NFD", "été.xhtml")])
def test_names_of_parts_may_be_written_in_more_ways_than_one(name: str) -> None:
    placeholder = f"{'A' * (len(name.encode()) - 6)}.xhtml"  # written without a word on its encoding
    data = epub_files.book(
        {},
        extra={f"OEBPS/{placeholder}": epub_files.page("<p>The ferry leaves at nine.</p>")},
        more_items='<item id="one" href="%C3%A9t%C3%A9.xhtml" media-type="application/xhtml+xml"/>',
        more_spine='<itemref idref="one"/>',
    )
    book = extract(data.replace(placeholder.encode(), name.encode()))
    assert (book.text, book.warnings) == ("The ferry leaves at nine.", ())


def test_notes_tables_and_lists_are_read_and_the_marks_of_notes_are_not() -> None:
    book = extract(epub_files.textbook())
    assert book.title == "Tides & currents"
    assert book.text.split("\n\n") == [
        "Tides", "The sea rises twice a day on most coasts.", "Place | Range", "Port | 4.2 m", "1. Look at the moon.",
        "2. Look at the clock.", "A spring tide follows the full moon.", "Once in some.",
    ]  # fmt: skip
    assert place_of(book, "Port").heading == "Tides"


def test_ruby_is_left_out() -> None:
    book = extract(epub_files.japanese())
    assert book.title == "渡し船"
    assert_whole(book, "台風が来た。")
    assert place_of(book, "船は").heading == "第一章"


def test_a_travel_guide_is_read_with_its_verses_and_captions() -> None:
    guide = extract(epub_files.travel_guide())
    assert_tidy(guide)
    assert_in_order(guide, "Getting there", "By sea", "By rail", "On the island", "Haul away", "in 1904.", "Mrs. Dahl")
    assert_whole(guide, "There has been no train since 1962.", "Mrs. Dahl keeps the key of the church.")


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("made", "title", "quote", "heading"),
    [
        (epub_files.novel, "The Ferry", "Nobody minded.", "Part one › The storm"),
        (epub_files.novel, "The Ferry", "“Stay,” said Ann\u00a0— and they stayed.", "Part one › The storm"),
        (epub_files.novel, "The Ferry", "In the morning the sea lay still.", "Part one › The calm"),
        (epub_files.novel, "The Ferry", "Printed on old paper.", None),
        (epub_files.old_novel, "Les saisons", "L'été fut long.", "Chapitre premier"),
        (epub_files.old_novel, "Les saisons", "L'hiver vint.", "Chapitre deux"),
        (epub_files.textbook, "Tides & currents", "The sea rises twice a day on most coasts.", "Tides"),
        (epub_files.textbook, "Tides & currents", "Port | 4.2 m", "Tides"),
        (epub_files.japanese, "渡し船", "台風が来た。", "第一章"),
        (epub_files.travel_guide, "The Outer Islands", "leaves at 22.40 from pier 3", "1 Getting there › By sea"),
        (epub_files.travel_guide, "The Outer Islands", "no train since 1962", "1 Getting there › By rail"),
        (epub_files.travel_guide, "The Outer Islands", "morning is not breaking yet.", "2 On the island"),
        (epub_files.travel_guide, "The Outer Islands", "The old harbour in 1904.", "2 On the island"),
    ],
)
def test_a_citation_has_the_words_and_the_headings_above_them(
    made: Callable[[], bytes], title: str, quote: str, heading: str | None
) -> None:
    source = load_bytes(made(), name="a.epub", uri="test:a")
    assert source.text.count(quote) == 1
    start = source.text.index(quote)
    citation = cite(source, Span(start, start + len(quote)), 1)
    assert (citation.title, citation.quote.text, citation.heading, citation.page) == (title, quote, heading, None)
    assert citation.line == 1 + source.text[:start].count("\n")


@pytest.mark.parametrize("algorithm", ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"])
def test_scrambled_fonts_do_not_lock_a_book(algorithm: str) -> None:
    assert extract(epub_files.with_scrambled_fonts(algorithm)).text == "Open words."


def refusal(data: bytes) -> tuple[str, SourceProblem]:
    with pytest.raises(SourceError) as caught:
        extract(data)
    return str(caught.value), caught.value.problem


def test_a_locked_book_is_refused() -> None:
    locked = epub_files.with_scrambled_fonts("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    sentence = "{name} is locked by its seller (DRM), so its text cannot be read; index a copy without that."
    assert refusal(locked) == (sentence, SourceProblem.PROTECTED)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Some words.",
        epub_files.novel()[:800],
        epub_files.archive({}),
        epub_files.archive({"META-INF/container.xml": b"<container/>"}),
        epub_files.archive({"META-INF/container.xml": epub_files.CONTAINER.format(path="../../etc/passwd").encode()}),
        epub_files.book({}),
    ],
)
def test_what_is_no_book_is_damaged(data: bytes) -> None:
    assert refusal(data)[0].startswith("{name} is damaged or not really EPUB inside; ")


def test_a_book_of_pictures_is_empty() -> None:
    comic = epub_files.book({"one.xhtml": epub_files.page('<p><img src="1.png" alt=""/></p>')})
    assert refusal(comic) == ("{name} is empty; there is nothing to index.", SourceProblem.EMPTY)


def test_names_that_climb_out_are_only_names() -> None:
    chapters = {"../../../outside.xhtml": epub_files.page("<p>Outside.</p>"), "in.xhtml": epub_files.page("<p>In.</p>")}
    assert extract(epub_files.book(chapters)).text == "In."


def test_a_chapter_that_is_missing_or_named_twice_does_no_harm_and_is_named() -> None:
    chapters = {"one.xhtml": epub_files.page("<p>One.</p>")}
    lost = '<item id="lost" href="lost.xhtml" media-type="application/xhtml+xml"/>'
    spine = '<itemref idref="lost"/><itemref idref="c0"/><itemref idref="unknown"/>'
    book = extract(epub_files.book(chapters, more_items=lost, more_spine=spine))
    assert book.text == "One."
    assert book.warnings == (
        "{name} lacks parts that it lists (lost.xhtml), so their text cannot be quoted; index a complete copy.",
    )


GUIDE = '<guide><reference type="toc" title="Contents" href="one.xhtml#toc"/></guide>'
CONTENTS = "<h1>The club</h1><p><a href='one.xhtml#a'>Founding</a></p><p><a href='two.xhtml'>Fire</a></p>"


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (CONTENTS, "It burned down."),
        (CONTENTS + "<h2 id='a'>Founding</h2><p>Clara Stone founded it.</p>", "Clara Stone founded it."),
        ("<h1>The club</h1><p>Founding</p><p>Clara Stone founded it.</p>", "Clara Stone founded it."),
    ],
)
def test_a_page_that_is_called_the_contents_is_left_out_only_if_it_has_nothing_but_links(first: str, text: str) -> None:
    chapters = {"one.xhtml": epub_files.page(first), "two.xhtml": epub_files.page("<p>It burned down.</p>")}
    book = extract(epub_files.book(chapters, guide=GUIDE))
    assert text in book.text
    assert ("The club" in book.text) == ("Clara" in first)
    assert book.warnings == ()


def test_the_page_with_the_navigation_is_read_where_it_has_text_of_its_own() -> None:
    nav = '<h1>The club</h1><p>For all who row.</p><nav epub:type="toc"><ol><li><a href="b">Fire</a></li></ol></nav>'
    item = '<item id="nav" properties="nav" href="nav.xhtml" media-type="application/xhtml+xml"/>'
    book = extract(
        epub_files.book(
            {"two.xhtml": epub_files.page("<p>It burned down.</p>")},
            extra={"OEBPS/nav.xhtml": epub_files.page(nav)},
            more_items=item,
            more_spine='<itemref idref="nav" linear="no"/>',
        )
    )
    assert book.text == "The club\n\nFor all who row.\n\nIt burned down."


def test_parts_are_read_whatever_they_are_called_if_they_are_pages() -> None:
    items = (
        '<item id="a" href="Text/A.html" media-type="text/plain"/>'
        '<item id="b" href="b.oeb" media-type="text/x-oeb1-document"/>'
        '<item id="c" href="c.pdf" media-type="application/pdf" fallback="d"/>'
        '<item id="d" href="d" media-type="application/xhtml+xml"/>'
        '<item id="e" href="e.svg" media-type="image/svg+xml"/>'
        '<item id="f" href="tables/f.pdf" media-type="application/pdf" fallback="f"/>'
    )
    spine = "".join(f'<itemref idref="{one}"/>' for one in "abcdef")
    names = {"text/a.html": "A.", "b.oeb": "B.", "d": "D."}
    extra = {f"OEBPS/{name}": epub_files.page(f"<p>{words}</p>") for name, words in names.items()}
    book = extract(epub_files.book({}, more_items=items, more_spine=spine, extra=extra))
    assert book.text == "A.\n\nB.\n\nD."
    assert [warning.partition(";")[0] for warning in book.warnings] == [
        "{name} has parts in a format that is not read (f.pdf)"
    ]


def test_a_book_whose_words_are_not_all_read_says_so() -> None:
    chapter = epub_files.page(f"<p>{'Row on. ' * 100}</p><object>{'Sail on. ' * 60}</object><script>x y z</script>")
    cover = epub_files.page('<svg><image href="cover.jpg"/><title>The club</title></svg>')
    book = extract(epub_files.book({"cover.xhtml": cover, "one.xhtml": chapter}))
    assert book.words_in == 322
    assert book.warnings == (
        "{name} has 322 words, of which 200 could be read; look at its text before you rely on it.",
    )
    novel = extract(epub_files.novel())
    assert novel.warnings == ()
    assert novel.words_in == len(["Contents", *novel.text.split()])


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ("<dc:date>2021-05-04T10:00:00Z</dc:date>", "2021-05-04"),
        ('<dc:date opf:event="creation">2020-01-01</dc:date><dc:date opf:event="publication">1999-12-31</dc:date>',
         "1999-12-31"),
        ("<dc:date>1999</dc:date>", ""),
        ("<dc:date>0101-01-01T00:00:00+00:00</dc:date>", ""),
        ("<dc:date>2021-13-45</dc:date><dc:date/>", ""),
    ],
)  # fmt: skip
def test_the_date_of_a_book_is_its_day_of_publication(dates: str, day: str) -> None:
    assert extract(epub_files.book({"one.xhtml": epub_files.page("<p>One.</p>")}, metadata=dates)).date == day


def test_a_book_that_declares_another_encoding_than_it_has_is_read_as_utf_8() -> None:
    chapter = epub_files.page("<p>Élèves.</p>").replace(b'"utf-8"', b'"iso-8859-1"')
    book = epub_files.book({"one.xhtml": chapter}, title="Règlement", declaration="iso-8859-1")
    assert (extract(book).text, extract(book).title) == ("Élèves.", "Règlement")


def test_the_signs_of_formulas_are_no_words_that_are_lost() -> None:
    formula = f"<math>{'<mi>x</mi> ' * 300}</math>"
    book = extract(epub_files.book({"one.xhtml": epub_files.page(f"<p>We write {formula} in short.</p>")}))
    assert book.warnings == ()
