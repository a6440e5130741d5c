"""What stands around the text of a web page goes, and the text stays."""

from __future__ import annotations

import time

import pytest

from retrieval.loaders.markup.furniture import is_button, is_notice
from retrieval.loaders.markup.html import extract
from retrieval.loaders.markup.walk import count_words, parse_markup

TEXT = (
    "<p>The Mill Bridge opened to traffic again on Monday morning after repairs that took two years.</p>"
    "<p>Inspectors had found cracks in two of the pillars in February, and the council closed it the same day.</p>"
)
STORY = [
    "The bridge",
    "The Mill Bridge opened to traffic again on Monday morning after repairs that took two years.",
    "Inspectors had found cracks in two of the pillars in February, and the council closed it the same day.",
]


def blocks(markup: str, *, before: str = "", header: str = "<h1>The bridge</h1>") -> list[str]:
    """What is read of a page with an article, and this behind it."""
    page = f"<body><div id=page>{before}<div class=story>{header}{TEXT}{markup}</div></div></body>"
    return extract(page.encode()).text.split("\n\n")


LINKS = "<ul><li><a href=a>Ferries</a></li><li><a href=b>Ice on the river</a></li></ul>"
AROUND = {
    "a picture slider": "<div><p>1 / 5</p><p>« Previous</p><p>Next »</p></div>",
    "a slider by its class": "<div class='swiper'><p>The mayor at the bridge with a pair of scissors</p></div>",
    "a request to rate": "<p>Rate this image</p><p>Was this page helpful?</p>",
    "a row of networks": "<p>Facebook | Twitter | WhatsApp | E-Mail</p><div>Share on Facebook Tweet this Pin it</div>",
    "a share box": "<div class='article-share'><p>Tell your friends about what you have read here</p></div>",
    "cookies": "<p>We use cookies to improve this page. Accept them all.</p>",
    "a newsletter": "<p>Sign up for our weekly newsletter and never miss a bridge!</p>",
    "a form": "<form><p>Leave your address and we shall write to you.</p><input type=email><button>Go</button></form>",
    "read more": "<p>Read more…</p><p>Advertisement</p><div>Weiterlesen</div>",
    "a dialog": "<div role=dialog><p>Please log in before you go on reading about bridges.</p></div>",
    "a heading above nothing but links": f"<h2>Most read</h2>{LINKS}",
    "headings above what goes": f"<h2>More</h2><h3>From the harbour</h3>{LINKS}",
    "a line that leads to links": f"<p>More about bridges:</p>{LINKS}",
    "comments": "<article class='comment'><p>Anna: I have never seen so many people on it.</p></article>",
    "related posts": "<div class=jp-relatedposts><h3>Related</h3><p>Ferries are late again.</p></div>",
}


@pytest.mark.parametrize("case", AROUND)
def test_furniture_of_a_page_goes(case: str) -> None:
    assert blocks(AROUND[case]) == STORY


KEPT = {
    "a heading with text": ("<h2>Fees</h2><p>Crossing it costs nothing.</p>", ["Fees", "Crossing it costs nothing."]),
    "a line that leads to a list behind an advertisement": (
        "<p>You need:</p><p><a href=a>Cheap flights</a></p><ul><li>a boat</li></ul>",
        ["You need:", "a boat"],
    ),
    "buttons in a list": ("<ul><li>Next</li><li>Previous</li></ul>", ["Next", "Previous"]),
    "buttons in a table": ("<table><tr><th>Key<th>Does<tr><td>Next<td>1 / 5</table>", ["Key | Does", "Next | 1 / 5"]),
    "links that define words": (
        "<dl><dt>Builder<dd><ul><li><a href=a>Ann Dahl</a></ul><dt>Owner<dd><a href=b>Bergen</a><dt>Lanes<dd>4</dl>",
        ["Builder", "Ann Dahl", "Owner", "Bergen", "Lanes", "4"],
    ),
    "a heading above parts of its own": (
        "<h2>Part one</h2><h3>Fees</h3><p>Crossing it costs nothing.</p>",
        ["Part one", "Fees", "Crossing it costs nothing."],
    ),
    "a form around the page": (
        f"<form><input type=text name=q>{'<p>Cars pay nothing, and lorries pay ten euros.</p>' * 20}</form>",
        ["Cars pay nothing, and lorries pay ten euros."] * 20,
    ),
}


@pytest.mark.parametrize("case", KEPT)
def test_text_that_looks_like_furniture_stays(case: str) -> None:
    markup, more = KEPT[case]
    assert blocks(markup) == STORY + more


@pytest.mark.parametrize(
    "header", ["<header><h2>The bridge</h2></header>", "<div class=banner><h2>The bridge</h2></div>"]
)
def test_the_title_in_the_header_or_banner_of_a_text_stays(header: str) -> None:
    assert blocks("", header=header) == STORY


def test_the_header_of_the_page_goes() -> None:
    header = "<header><h2>The Gazette</h2><ul><li><a href=a>News</a></ul></header>"
    assert blocks("", before=header) == STORY


@pytest.mark.parametrize(
    "text", ["The next image shows the mill.", "Share this with nobody.", "Mail", "5 of the boats", "x"]
)
def test_sentences_are_no_buttons(text: str) -> None:
    assert not is_button(text)
    assert not is_notice(text)


def test_a_page_about_cookies_keeps_what_it_says_of_them() -> None:
    policy = "<p>This site uses cookies to remember which language you have chosen, for at most one year.</p>"
    page = f"<body><article><h1>Cookies</h1>{policy}{TEXT}</article></body>"
    assert "This site uses cookies" in extract(page.encode()).text


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2024-05-06T08:00:00+02:00">', "2024-05-06"),
        ('<meta name="date" content="2020-01-01"><meta name="DC.date.issued" content="2019-12-31">', "2019-12-31"),
        ('<meta name="citation_publication_date" content="2019/12/31">', "2019-12-31"),
        (
            '<script type="application/ld+json">{"@type": "X", "datePublished": "2024-05-06T00:00"}</script>',
            "2024-05-06",
        ),
        ('<time itemprop="datePublished" datetime="2024-05-06">yesterday</time>', "2024-05-06"),
        ('<meta name="date" content="yesterday"><time datetime="2024-05-06">', ""),
        ('<meta property="article:modified_time" content="2024-05-06">', ""),
    ],
)
def test_the_date_of_a_page_is_its_day_of_publication(head: str, day: str) -> None:
    assert extract(f"<html><head>{head}</head><body><p>Ten euros.</p></body></html>".encode()).date == day


def test_the_words_of_a_page_are_counted_before_any_is_left_out() -> None:
    page = extract(f"<body>{TEXT}<p>Read more</p><script>let x = 1</script></body>".encode())
    assert page.words_in == len(page.text.split()) + 2


def test_the_words_of_a_page_with_many_parts_are_counted_in_a_moment() -> None:
    root = parse_markup(f"<body>{'<p>Row <b>on</b>.</p>' * 60_000}</body>")
    assert root is not None
    begun = time.process_time()
    assert count_words(root) == 120_000
    assert time.process_time() - begun < 8  # counted with XPath, it took the square of the parts


SAID = (
    "<div class=comment><a href=ann>Ann</a><p>Take the ferry at nine, since the later one is full of lorries.</p></div>"
)


def test_the_comments_are_the_text_of_a_page_with_a_question_and_little_else() -> None:
    question = f"<h1>Which ferry?</h1><p>I want to cross the fjord with two bicycles and a dog on Monday.</p>{SAID * 9}"
    read = extract(f"<body><div id=page>{question}</div></body>".encode()).text
    assert read.count("full of lorries") == 9
    assert blocks(SAID) == STORY
