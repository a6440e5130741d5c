"""Plain text in the encodings that are met in practice; what cannot be told is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import cite
from retrieval import SourceError, SourceProblem, Span, load_bytes
from retrieval.loaders.plain import ENCODINGS, decode
from tests.retrieval.strategies import PROPERTY

MINUTES = """Protokoll der Mitgliederversammlung vom 3. März

Anwesend waren zwölf Mitglieder. Die Kassenprüfer fanden „keine Mängel“ – die Bücher sind in Ordnung.
Der Beitrag beträgt künftig 35 € im Jahr; für Schüler und Studenten bleibt er bei 20 €.
"""
LETTER = """Madame, Monsieur,

L’assemblée générale se tiendra à la mairie, où nous fêterons aussi les vingt ans de l’association.
Répondez avant le 1er août, s’il vous plaît ; le cœur de la fête sera le dîner.
"""
RULES = """Regulamin świetlicy

Świetlica jest otwarta od poniedziałku do piątku. Klucze oddaje się woźnemu.
Za zgubioną książkę płaci się dziesięć złotych, a za zniszczone krzesło – sześćdziesiąt.
"""
NOTICE = """Объявление

Собрание жильцов состоится в среду, в семь часов вечера, на первом этаже.
Вопросы: ремонт крыши, новый замок, уборка подъезда.
"""
GREEK = """Ανακοίνωση

Η βιβλιοθήκη θα μείνει κλειστή την Παρασκευή. Τα βιβλία επιστρέφονται τη Δευτέρα το πρωί.
"""
TURKISH = """Duyuru

Kütüphane cuma günü kapalı olacaktır. Kitaplar pazartesi sabahı geri verilmelidir; aksi hâlde ücret alınır.
"""
JAPANESE = """お知らせ

図書館は金曜日に休みます。本は月曜日の朝までに返してください。遅れると一日十円かかります。
"""
CHINESE = """通知

图书馆星期五不开门。请在星期一早上以前还书,迟到一天罚款一元。
"""
KOREAN = """알림

도서관은 금요일에 문을 닫습니다. 책은 월요일 아침까지 돌려주세요. 늦으면 하루에 백 원을 냅니다.
"""
FILES = [
    (MINUTES, "cp1252", "windows-1252"),
    (MINUTES, "utf-8-sig", "utf-8"),
    (MINUTES, "utf-16", "utf-16"),
    (MINUTES, "utf-32", "utf-32"),
    (LETTER, "cp1252", "windows-1252"),
    (RULES, "cp1250", "windows-1250"),
    (RULES.replace("–", "-"), "iso8859-2", "iso-8859-2"),
    (NOTICE, "cp1251", "windows-1251"),
    (NOTICE, "koi8-r", "koi8-r"),
    (NOTICE, "cp866", "ibm866"),
    (GREEK, "cp1253", "windows-1253"),
    (TURKISH, "cp1254", "windows-1254"),
    (JAPANESE, "cp932", "shift_jis"),
    (JAPANESE, "euc_jp", "euc-jp"),
    (CHINESE, "gb18030", "gb18030"),
    (KOREAN, "cp949", "euc-kr"),
]


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(("text", "codec", "encoding"), FILES)
def test_a_file_is_read_in_its_encoding_and_the_encoding_is_told(text: str, codec: str, encoding: str) -> None:
    source = load_bytes(text.encode(codec), name="a.txt", uri="test:a")
    assert source.text == text
    assert (source.format, source.encoding, source.places) == ("text", encoding, ())


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("text", "codec", "quote", "line"),
    [
        (MINUTES, "cp1252", "Der Beitrag", 4),
        (MINUTES, "utf-16", "Anwesend waren zwölf Mitglieder.", 3),
        (LETTER, "cp1252", "Répondez avant le 1er août", 4),
        (RULES, "cp1250", "Za zgubioną książkę", 4),
        (NOTICE, "koi8-r", "в семь часов вечера", 3),
        (GREEK, "cp1253", "Ανακοίνωση", 1),
        (TURKISH, "cp1254", "ücret alınır.", 3),
        (JAPANESE, "cp932", "本は月曜日の朝までに返してください。", 3),
        (KOREAN, "cp949", "늦으면 하루에 백 원을 냅니다.", 3),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_citation_has_the_words_and_their_line_and_no_page_or_heading(
    text: str, codec: str, quote: str, line: int, ends: str
) -> None:
    source = load_bytes(text.replace("\n", ends).encode(codec), name="notes.txt", uri="test:notes")
    start = source.text.index(quote)
    citation = cite(source, Span(start, start + len(quote)), 1)
    assert (citation.title, citation.quote.text, citation.line) == ("notes", quote, line)
    assert (citation.page, citation.heading) == (None, None)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["cp1252", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_line_ends_stay_as_they_are(codec: str, ends: str) -> None:
    text = MINUTES.replace("\n", ends)
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    marks |= {"utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE}
    assert decode(marks.get(codec, b"") + text.encode(codec))[0] == text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32", "gb18030"])
def test_a_byte_order_mark_is_no_text_and_the_same_character_elsewhere_is(codec: str) -> None:
    text = f"{CHINESE}\ufeff{CHINESE}\ufeff"
    mark = "\ufeff" if codec == "gb18030" else ""
    assert decode((mark + text).encode(codec))[0] == text
    assert decode(("\ufeff" + mark + text).encode(codec))[0] == "\ufeff" + text


def test_a_byte_order_mark_of_utf_8_before_something_else_is_refused() -> None:
    with pytest.raises(SourceError, match="not UTF-8 text"):
        decode(codecs.BOM_UTF8 + MINUTES.encode("cp1252"))


@pytest.mark.parametrize("word", ["café", "Zoë", "naïve", "“well”", "it’s", "£5", "20 °C", "José", "Größe", "5 €"])
@pytest.mark.parametrize("filler", ["All are invited. ", "The committee meets every Wednesday at six. " * 5])
def test_a_single_western_word_is_read_as_one(word: str, filler: str) -> None:
    text = f"{filler}{word} {filler}"
    assert decode(text.encode("cp1252"))[0] == text


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("data", "place"),
    [
        (MINUTES.encode().replace("ü".encode(), b"\xfc", 1), "byte 0xfc at position"),
        (("Größe, Maße, Gäste. " * 3).encode() + b"\x93quoted\x94", "byte 0x93 at position 72"),
        ("Müller".encode() + b" and M\xfcller", "byte 0xfc at position 13"),
        ("The end is cut: €".encode()[:-1], "byte 0xe2 at position 16"),
        (("A family: 👨‍👩‍👧 and " * 2).encode()[:-12] + b"\xf0\x9f", "byte 0xf0 at position"),
    ],
)
def test_utf8_with_damage_is_not_taken_for_another_encoding(data: bytes, place: str) -> None:
    with pytest.raises(SourceError) as caught:
        load_bytes(data, name="a.txt", uri="test:a")
    assert str(caught.value).startswith(f"a.txt is not UTF-8 text ({place}")
    assert str(caught.value).endswith("); save it as UTF-8.")
    assert caught.value.problem is SourceProblem.NOT_UTF8


@pytest.mark.parametrize(
    "data",
    [
        bytes((37 * i * i + 11 * i) % 96 + 160 for i in range(400)),  # letters without any language
        b"\xff\xfeA",  # half a character of UTF-16
        b"\xff\xfe\x00\xd8A\x00",  # half a surrogate pair
    ],
)
def test_what_cannot_be_told_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"not clear in which encoding it was saved; save it as UTF-8\.") as caught:
        decode(data)
    assert caught.value.problem is SourceProblem.NOT_UTF8


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\xfea\0\0\0", b"\x01\x02\xff" * 50])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"\{name\} is a binary file, not text") as caught:
        decode(data)
    assert caught.value.problem is SourceProblem.BINARY


@PROPERTY
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), st.sampled_from(["utf-16", "utf-32"])
)
def test_any_text_with_a_byte_order_mark_is_read_exactly(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == (text, codec)


@PROPERTY
@given(st.binary(max_size=300))
def test_whatever_is_read_is_what_the_bytes_say_in_that_encoding(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except SourceError:
        return
    codec = next((codec for codec, name in ENCODINGS.items() if name == encoding), encoding)
    assert data.decode(codec).removeprefix("\ufeff") == text  # a mark at the beginning is none of the words
