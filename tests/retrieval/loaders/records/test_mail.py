"""Mail: what its sender wrote is told from what they quote, and a citation names the message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import cite
from retrieval import SourceError, Span, load_bytes
from retrieval.loaders.formats import find_format
from retrieval.loaders.records.mail import MAX_MESSAGES, extract
from tests.retrieval.loaders.documents import assert_in_order, assert_tidy, assert_whole, labels_of, place_of
from tests.retrieval.loaders.records import mail_files
from tests.retrieval.strategies import PROPERTY, SLOW_PROPERTY, texts

FILES = {
    "answer": mail_files.answer(),
    "newsletter": mail_files.newsletter(),
    "forwarded": mail_files.forwarded(),
    "mailbox": mail_files.mailbox(),
    "western": mail_files.western(),
}
SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
ANNA = "Anna Stone, 2021-05-12 14:03"


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("name", "quote", "heading", "labels"),
    [
        ("answer", "bring your own oars.", ANNA, ["Anna Stone", "Re: Frühlingsrennen 🚣"]),
        ("answer", "To: Bob Miller <bob@club.example>", ANNA, []),
        (
            "answer",
            "When does the race start?",
            f"{ANNA} › quoted",
            ["On Tue, 11 May 2021 at 09:00, Bob Miller <bob@club.example> wrote:"],
        ),
        ("answer", "I hope that helps.", ANNA, ["Anna Stone", "Re: Frühlingsrennen 🚣"]),
        ("newsletter", "The race starts at noon.", ANNA, ["Spring race", "Anna Stone", "Spring race"]),
        ("newsletter", "12 euros", ANNA, ["Spring race", "Anna Stone", "Spring race", "Heron", "Fee"]),
        ("newsletter", "When does it start?", f"{ANNA} › quoted", []),
        (
            "forwarded",
            "The bridge is closed.",
            f"{ANNA} › The bridge › Bob Miller, 2021-05-11 14:03",
            ["Bob Miller", "The bridge"],
        ),
        ("forwarded", "Is it open?", f"{ANNA} › The bridge › Bob Miller, 2021-05-11 14:03 › quoted", []),
        (
            "mailbox",
            "From Monday on we have to know.",
            "The fee › Bob Miller, 2021-05-10 14:03",
            ["Bob Miller", "The fee"],
        ),
        ("mailbox", "It is 12 euros.", "Re: The fee › Anna Stone, 2021-05-11 14:03", ["Anna Stone", "Re: The fee"]),
        ("western", "Le tarif réduit coûte six euros.", "Zoë", ["Zoë", "Le tarif"]),
    ],
)
def test_a_citation_has_the_words_of_a_message_and_names_it(
    name: str, quote: str, heading: str, labels: list[str]
) -> None:
    source = load_bytes(FILES[name], name="a.eml", uri=f"test:{name}")
    assert source.format == "mail"
    start = source.text.index(quote)
    citation = cite(source, Span(start, start + len(quote)), 1)
    assert (citation.quote.text, citation.heading) == (quote, heading)
    assert [label.words.text for label in citation.labels] == labels


@pytest.mark.parametrize("name", FILES)
def test_the_text_is_tidy_and_its_parts_belong_together(name: str) -> None:
    extracted = extract(FILES[name])
    assert_tidy(extracted)
    extracted.check()


@pytest.mark.parametrize(
    ("name", "title", "date"),
    [
        ("answer", "Re: Frühlingsrennen 🚣", "2021-05-12"),
        ("forwarded", "Spring race", "2021-05-12"),
        ("mailbox", "", "2021-05-11"),
        ("western", "Le tarif", ""),
    ],
)
def test_the_title_is_the_subject_of_a_single_message_and_the_day_the_last(name: str, title: str, date: str) -> None:
    extracted = extract(FILES[name])
    assert (extracted.title, extracted.date) == (title, date)


def test_lines_that_flow_are_joined_and_signatures_are_left_out() -> None:
    extracted = extract(FILES["answer"])
    assert_whole(extracted, "the race starts at noon.", "Please bring your own oars.")
    assert "Rowing Club" not in extracted.text
    assert "Sent from" not in extracted.text
    assert_in_order(extracted, "From: ", "To: ", "Date: Wed, 12 May 2021", "Hi Bob,", "Clara said at ten.", "I hope")


@pytest.mark.usefixtures("programs")
def test_a_page_is_read_where_it_says_more_and_files_are_told() -> None:
    source = load_bytes(FILES["newsletter"], name="a.eml", uri="test:a")
    assert "This mail is a page." not in source.text
    assert "x()" not in source.text
    files = "Regeln für alle.pdf, oars.txt"
    said = f"The files attached in a.eml were not read ({files}); save them and index those that matter on their own."
    assert source.warnings == (said,)
    assert ("term", "Oars", "bring your own.") in labels_of(extract(FILES["newsletter"]))


def test_what_a_mailbox_holds_as_a_message_is_not_there_once_more_as_a_quotation() -> None:
    text = extract(FILES["mailbox"]).text
    assert text.count("the fee?") == 1
    assert text.count("And what else?") == 1


@pytest.mark.parametrize(
    ("text", "own", "quoted"),
    [
        ("Yes.\n\nVon: Bob\nGesendet: Dienstag\nAn: Anna\nBetreff: Rennen\n\nKommst du?", "Yes.", "Kommst du?"),
        ("Yes.\n\n---------- Forwarded message ---------\nCome at ten.", "Yes.", "Come at ten."),
        ("-- \nAnna\n\nOn Monday Bob wrote:\n> Come at ten.", None, "Come at ten."),
        ("Note: this.\nFrom: the pier.\nAll.", "Note: this.\nFrom: the pier.\nAll.", None),
        (
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nYes.\n-----BEGIN PGP SIGNATURE-----\nabc\n",
            "Yes.",
            None,
        ),
        ("Yes.\n\n" + "_" * 47 + "\nClub mailing list\nclub@lists.example", "Yes.", None),
    ],
)
def test_what_is_quoted_without_marks_is_quoted_too(text: str, own: str | None, quoted: str | None) -> None:
    extracted = extract(bytes(mail_files.mail(text=text)))
    for words, heading in ((own, ANNA), (quoted, f"{ANNA} › quoted")):
        if words:
            assert place_of(extracted, words).heading == heading
    for left_out in ("abc", "mailing list", "\n\nAnna\n", "SHA256"):
        assert left_out not in extracted.text


EARLIER_HEAD = "<b>From:</b> Bob<br><b>Sent:</b> Tuesday<br><b>To:</b> Anna<br><b>Subject:</b> Hall"


@pytest.mark.parametrize(
    ("page", "own", "quoted"),
    [
        (
            f"<p>It is free.</p><div><p>{EARLIER_HEAD}</p></div><p>Is the hall free?</p>",
            ["It is"],
            ["From: Bob", "Is the"],
        ),
        (
            f"<p>It is free.</p><div id='divRplyFwdMsg'>{EARLIER_HEAD}</div><p>Is the hall free?</p>",
            ["It is"],
            ["Is the"],
        ),
        ("<p>It is free.</p><p>-----Original Message-----</p><p>Is the hall free?</p>", ["It is"], ["Is the"]),
        (
            "<div>It is free.<br><br>--- On Tue, 5/11/21, Bob wrote:</div><blockquote>Is it free?</blockquote>",
            ["It is"],
            ["--- On", "Is it"],
        ),
        ("<p>The rule says:</p><blockquote>Boats come home at ten.</blockquote>", ["The rule"], ["Boats"]),
    ],
)
def test_what_stands_below_the_head_of_an_earlier_mail_in_a_page_is_quoted(
    page: str, own: list[str], quoted: list[str]
) -> None:
    message = mail_files.mail()
    message.set_content(page, subtype="html")
    extracted = extract(bytes(message))
    for words in own:
        assert place_of(extracted, words).heading == ANNA
    for words in quoted:
        assert place_of(extracted, words).heading == f"{ANNA} › quoted"


def test_the_line_above_the_head_of_an_earlier_mail_is_not_the_senders() -> None:
    text = "It is free.\n\n--- On Tue, 5/11/21, Bob wrote:\n\nFrom: Bob\nSubject: Hall\nTo: Anna\n\nIs it free?"
    extracted = extract(bytes(mail_files.mail(text=text)))
    assert place_of(extracted, "--- On").heading == f"{ANNA} › quoted"
    assert place_of(extracted, "It is free").heading == ANNA


def test_what_an_archive_puts_in_place_of_files_is_left_out() -> None:
    scrubbed = "An HTML attachment was scrubbed...\nURL: <http://lists.example/a.html>\n"
    text = f"It is free.\n-------------- next part --------------\n{scrubbed}"
    assert extract(bytes(mail_files.mail(text=text))).text.endswith("\n\nIt is free.")


def test_an_attachment_of_a_mail_saved_by_apple_mail_is_told_and_its_list_of_properties_is_not_read() -> None:
    data = FILES["answer"]
    extracted = extract(b"%d\n" % len(data) + data + b"<?xml version='1.0'?><plist>flags</plist>")
    assert extracted.text == extract(data).text


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.txt", FILES["newsletter"], "mail"),
        ("inbox", FILES["mailbox"], "mail"),
        ("page.mht", b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>Words.", "mail"),
        ("a.mbox", FILES["mailbox"], "mail"),
        ("a.txt", b"From: Anna\nTo: Bob\n\nDear Bob, Message-ID: is no word.\n", "text"),
        ("a.txt", b"From here it is far.\nMIME-Version: 1.0\n", "text"),
    ],
)
def test_mail_is_told_by_its_head(name: str, data: bytes, found: str) -> None:
    assert load_bytes(data, name=name, uri="test:a").format == found


@pytest.mark.usefixtures("programs")
def test_a_part_without_borders_is_told() -> None:
    source = load_bytes(FILES["forwarded"].replace(b"boundary=", b"border="), name="a.eml", uri="test:a")
    said = "A part of a.eml is damaged and was not read; open it in your mail program and save its text."
    assert source.warnings == (said,)


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (mail_files.encrypted(), "is encrypted; open it in your mail program"),
        (b"Some words.\n", "is damaged or not really a mail inside"),
        (b"", "is damaged or not really a mail inside"),
        (b"From x\nFrom: a\n\nb\n\n" * (MAX_MESSAGES + 1), "unfolds into more than"),
        (b"From: a\nContent-Type: multipart/mixed; boundary=1\n\n" + b"--1\n\nx\n" * 10_001, "unfolds into more than"),
        (b"From: a\nContent-Type: message/rfc822\n\n" * 5_000 + b"From: a\n\nx", "unfolds into more than"),
    ],
)
def test_what_is_broken_or_locked_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(SourceError, match=rf"^a\.eml {sentence}"):
        load_bytes(data, name="a.eml", uri="test:a")


@pytest.mark.parametrize("name", ["a.msg", "a.pst", "A.OST"])
def test_mail_of_outlook_is_refused_by_name(name: str) -> None:
    with pytest.raises(SourceError, match=r"is mail of Outlook; save the messages as \.eml"):
        find_format(name)


@PROPERTY
@given(texts(10))
def test_any_words_are_read(words: str) -> None:
    extracted = extract(bytes(mail_files.mail(text=f"Here {words.replace('--', '')}\n\nthere.")))
    assert_tidy(extracted)
    extracted.check()
    assert "Here" in extracted.text


LINES = st.sampled_from((
    "Content-Type: text/html", "Content-Type: multipart/mixed; boundary=b", "--b", "--b--", "", "From x", "Date: 1",
    "Content-Transfer-Encoding: base64", "Subject: =?utf-8?q?=ff?=", "> x", "-- ", "From: a@b", "wrote:", "<p>x",
    "Content-Type: message/rfc822", "Content-Disposition: attachment; filename*=x''%ff", "Content-Type: a/b; charset=x",
))  # fmt: skip


@SLOW_PROPERTY
@given(st.lists(LINES))
def test_any_lines_are_read_or_refused(lines: list[str]) -> None:
    extracted = extract("\n".join(["To: Bob", *lines]).encode())
    assert_tidy(extracted)
    extracted.check()
    assert extracted.text.startswith(("To: Bob", "From: "))
