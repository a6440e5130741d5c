"""The page in a real browser: quotes are lit where they stand, everything has a name, and nothing runs but the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.types import EXTRACTIVE, Answer, Certainty, Status
from bot.web_page import answer_page
from retrieval import Place, Source
from tests.bot.fakes import make_source, place, quoting
from tests.bot.web_page.chromium import BrowserPage, find_browser, open_browser

pytestmark = [
    pytest.mark.usefixtures("programs"),
    pytest.mark.skipif(find_browser() is None, reason="There is no Chromium: apt-get install chromium"),
]
TEXT = """# Harbour 🚢 rules

The 🛶 fee is 12 euros 👩‍🚀 a night.\r\nIt is paid at the office.

הספרייה פתוחה 📚 בימי ראשון. בשבת היא סגורה.

図書館は午前9時に開館します。

<img src=x onerror="alert(1)"> </script><script>alert(2)</script> says the \u202evault\u202c.
"""
QUOTES = (
    ("The 🛶 fee is 12 euros 👩‍🚀 a night.\r\nIt is paid at the office.", "12 euros"),
    ("הספרייה פתוחה 📚 בימי ראשון.", "בימי ראשון"),
    ("図書館は午前9時に開館します。", "午前9時"),
    ('<img src=x onerror="alert(1)"> </script><script>alert(2)</script> says the \u202evault\u202c.', "says"),
)
# The lowest contrast of any text that is seen with what lies behind it (WCAG 2.2, 1.4.3).
CONTRAST = """(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const linear = (c) => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => [r, g, b].map((c) => linear(c / 255))
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const seen = [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility({visibilityProperty: true})
    && e.clientHeight !== 1 && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
  return Math.min(...seen.map((e) => {
    const above = [];
    for (let one = e; one; one = one.parentElement) above.unshift(getComputedStyle(one).backgroundColor);
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of above) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    const behind = light(canvas.getImageData(0, 0, 1, 1).data);
    canvas.fillStyle = getComputedStyle(e).color; canvas.fillRect(0, 0, 1, 1);
    const words = light(canvas.getImageData(0, 0, 1, 1).data);
    return (Math.max(words, behind) + .05) / (Math.min(words, behind) + .05);
  }));
})()"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserPage]:
    with open_browser(tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture
def shown(browser: BrowserPage, tmp_path: Path) -> BrowserPage:
    """A browser that shows the answer about the hostile harbour."""
    browser.look()
    browser.open(saved(tmp_path, *answered()))
    return browser


def answered() -> tuple[Answer, Source]:
    source = replace(
        make_source(TEXT, "</title><b>harbour"),
        uri="javascript:alert(3)",
        places=(Place(0, heading="Harbour 🚢 rules"), Place(TEXT.index("図"), page=2)),
    )
    answer = quoting("<img src=x onerror=alert(4)>?", source, *(place(source, quote) for quote, _ in QUOTES))
    cited = tuple(
        replace(one, quote=replace(one.quote, highlight=place(source, words)), link="javascript:alert(5)")
        for one, (_, words) in zip(answer.citations, QUOTES, strict=True)
    )
    return replace(answer, citations=cited, certainty=Certainty.UNSURE), source


def saved(folder: Path, answer: Answer, *sources: Source) -> str:
    """The address of a file with the answer."""
    file = folder / "answer.html"
    file.write_bytes(answer_page(answer, [(source, "default") for source in sources]).encode("utf-8"))
    return file.as_uri()


def lit(page: BrowserPage, number: int, kind: str = "mark") -> str:
    return "".join(page.texts(f'#body {kind}[data-quotes="0-{number}"]'))


def as_seen(text: str) -> str:
    return text.replace("\r\n", "").replace("\u202e", r"\u{202e}").replace("\u202c", r"\u{202c}")


def test_quotes_are_lit_at_their_words_whatever_stands_before_them(shown: BrowserPage) -> None:
    for number, (quote, words) in enumerate(QUOTES):
        assert lit(shown, number) == as_seen(quote)
        assert lit(shown, number, "mark.answer") == words
    assert shown.texts("blockquote strong") == [words for _, words in QUOTES]
    assert shown.texts(".heading") == ["# Harbour 🚢 rules"]
    assert shown.run("document.querySelector('.heading').innerText") == "Harbour 🚢 rules"
    assert shown.texts(".page") == ["page 2"]
    assert shown.run("getComputedStyle(document.querySelector('mark[data-quotes=\"0-1\"]')).direction") == "rtl"


def test_what_documents_and_questions_say_is_text_and_nothing_leaves_the_file(shown: BrowserPage) -> None:
    assert shown.run("document.querySelectorAll('img, b:not(#count), script, a').length") == 2  # the page's own scripts
    assert shown.texts(".question") == ["<img src=x onerror=alert(4)>?"]
    assert shown.texts("#title") == ["</title><b>harbour"]
    shown.click(".copy")
    shown.wait_for("document.querySelector('.copy').textContent === 'Copied'")
    assert shown.complaints() == []
    assert [address.partition(":")[0] for address in shown.requests()] == ["file"]
    assert shown.run(r"say('the \u202evault'), at('status').textContent") == r"the \u{202e}vault"


def test_keys_and_clicks_lead_from_quote_to_quote_and_back(shown: BrowserPage) -> None:
    current = "document.querySelector('.card[aria-current]').dataset.quotes"
    assert (shown.run(current), shown.texts("#count")) == ("0-0", ["1 of 4"])
    for key, number in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)):
        shown.press(key)
        shown.wait_for(f"document.activeElement.matches('mark[data-quotes=\"0-{number}\"]')")
        assert shown.run(current) == f"0-{number}"
    shown.press("Escape")
    assert shown.run("document.activeElement.closest('.card').dataset.quotes") == "0-1"
    shown.click(".card:last-child blockquote")
    shown.wait_for("document.activeElement.matches('mark[data-quotes=\"0-3\"]')")
    shown.click('#body .number[data-quotes="0-2"]')
    assert shown.run("document.activeElement.closest('.card').dataset.quotes") == "0-2"


def test_a_file_proves_its_quotes_in_the_browser_and_says_when_it_was_altered(
    shown: BrowserPage, tmp_path: Path
) -> None:
    answer, source = answered()
    shown.wait_for("[...document.querySelectorAll('.proof p')].every((p) => p.textContent.endsWith('just now.'))")
    assert shown.texts("summary") == [f"verified {source.sha256[:8]}"] * 4
    altered = replace(source, text=source.text.replace("12 euros", "13 euros"))
    shown.open(saved(tmp_path, answer, altered))
    shown.wait_for("document.querySelectorAll('.broken').length === 4")
    assert shown.texts("summary") == [f"not verified {source.sha256[:8]}"] * 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read_and_fits_a_phone(shown: BrowserPage, scheme: str) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    shown.look(scheme=scheme)
    assert shown.run(background) == {"light": "rgb(247, 245, 240)", "dark": "rgb(19, 21, 23)"}[scheme]
    shown.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert shown.run(CONTRAST) >= 4.5
    shown.look(width=360, height=640, scheme=scheme)
    assert shown.run("document.documentElement.scrollWidth") == 360
    shown.click(".place")
    shown.wait_for("document.body.classList.contains('reading')")
    widths = "['documentElement', 'body'].map((n) => document[n].scrollWidth).concat(at('body').scrollWidth)"
    assert shown.run(widths) == [360, 360, 360]
    assert shown.run("document.activeElement.getBoundingClientRect().top < innerHeight")
    assert shown.run(CONTRAST) >= 4.5
    shown.click("#back")
    assert not shown.run("document.body.classList.contains('reading')")


def test_a_screen_reader_is_told_the_name_of_everything(shown: BrowserPage) -> None:
    told = shown.named()
    for role in ("banner", "main", "complementary", "region", "navigation", "status"):
        assert [one for one, _ in told].count(role) == 1, role
    needing = {"button", "link", "region", "main", "complementary", "navigation", "heading", "DisclosureTriangle"}
    assert [one for one in told if one[0] in needing and not one[1]] == []
    assert ("button", "Next quote") in told
    assert ("heading", "Harbour 🚢 rules") in told


def test_a_refusal_shows_no_document(browser: BrowserPage, tmp_path: Path) -> None:
    refused = Answer("Why?", Status.NOT_FOUND, 0.0, EXTRACTIVE)
    browser.open(saved(tmp_path, refused))
    browser.wait_for("document.querySelector('.turn p')")
    assert browser.texts(".turn p") == ["The document does not say."]
    assert browser.run("at('pane').hidden && at('ask').hidden")
    assert browser.complaints() == []
