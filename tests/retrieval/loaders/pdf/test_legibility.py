from __future__ import annotations

from collections.abc import Callable

import pytest

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.pdf.legibility import Legibility
from retrieval.loaders.pdf.pages import extract
from tests.retrieval.loaders.documents import assert_tidy, assert_whole
from tests.retrieval.loaders.pdf import garbled_files, pdf_files
from tests.retrieval.loaders.pdf.garbled_files import UNTOLD, by_glyph

SOUND = [
    "The club was founded in 1921 and has had two boathouses since then.",
    "Every member pays forty euros a year, and children pay nothing at all.",
]
GARBLED = [UNTOLD + line for line in SOUND]
# As Chinese and Japanese fonts number their glyphs: signs of many scripts, unassigned ones among them.
BY_COLLECTION = {letter: 0x0530 + 89 * place for place, letter in enumerate("etaoinshrdlucmfwypvbgkjqxz ,.T1E29")}
WORDS = (
    "rowing club member boathouse harbour newsletter president secretary treasurer committee election yearly fee "
    "children nothing payment account locker winter summer river race champion medal training Monday evening "
    "morning weather storm bridge repair council budget report meeting minutes agenda vote majority absence apology "
    "letter address telephone emergency contact insurance accident doctor ambulance hospital road station parking "
    "bicycle visitor guest kitchen supper breakfast"
)


def legible(text: str) -> str:
    return Legibility().legible(text, 1).strip()


@pytest.mark.parametrize(
    "code_of",
    [
        by_glyph,
        lambda letter: BY_COLLECTION.get(letter, 0x0F00),
        lambda letter: 0xD000 + ord(letter),
        lambda letter: 0xE000 + ord(letter),
        lambda letter: 0x4E00 + ord(letter),
    ],
    ids=["glyphs", "many scripts", "Korean", "private", "ideographs"],
)
def test_a_file_whose_fonts_do_not_say_their_letters_is_refused_with_the_remedy(code_of: Callable[[str], int]) -> None:
    with pytest.raises(SourceError, match=r"its fonts do not say which letters they show; run OCR") as caught:
        extract(garbled_files.typeset([GARBLED, GARBLED], code_of))
    assert caught.value.problem is SourceProblem.NO_TEXT


def test_garbled_pages_are_left_out_and_named() -> None:
    found = extract(garbled_files.typeset([SOUND, GARBLED, SOUND, SOUND, GARBLED, GARBLED, SOUND]))
    assert_tidy(found)
    assert_whole(found, *SOUND)
    assert found.text.count("forty euros") == 4
    assert found.text.count("The club was founded") == 4
    assert len(found.text) < 4 * sum(map(len, SOUND)) + 40
    (warning,) = found.warnings
    assert warning.startswith("Text of {name} is left out (pages 2, 5–6): ")
    assert "OCR" in warning


def test_garbled_lines_are_left_out_of_a_page_that_has_others() -> None:
    found = extract(garbled_files.typeset([[*SOUND, GARBLED[0], *SOUND]]))
    assert found.text.split() == " ".join([*SOUND, *SOUND]).split()
    assert "(page 1)" in found.warnings[0]


def test_a_page_that_has_lost_hardly_anything_is_not_named() -> None:
    found = extract(garbled_files.typeset([SOUND, [UNTOLD + "Page 2"], SOUND]))
    assert found.warnings == ()
    assert "3DJH" not in found.text
    assert found.text.count("forty euros") == 2


def test_a_sound_document_has_nothing_to_warn_of() -> None:
    for data in (garbled_files.typeset([SOUND]), pdf_files.russian(), pdf_files.chinese(), pdf_files.handbook()):
        assert extract(data).warnings == ()


def test_a_few_odd_signs_on_a_page_stay_as_they_are() -> None:
    page = [*SOUND, *SOUND, UNTOLD + "x = y", *SOUND, *SOUND]
    found = extract(garbled_files.typeset([page]))
    assert found.warnings == ()
    assert found.text.count("forty euros") == 4


@pytest.mark.parametrize(
    "text",
    [
        "Прогноз на 2024 год: COVID-19 и SMS-рассылка",
        "大桥于二月关闭，GDP增长5%，α波とβ波、ПМТ",
        "コンパラブルな新聞記事からの固有表現の発見 OCR処理",
        "CEO가 회의에서 API를 설명했다",
        "ה-API של גוגל ו-PDFים",
        "ملف PDFجديد و Windowsالنظام",
        "ภาษาไทยABCและอังกฤษ",
        "la température de 20 °C, 5 μm, Δt = 3 s, naïve ﬁnal",
        "[ˈɪŋɡlɪʃ] is how the word is said; Ɛsɛ sɛ yɛkɔ",
        "\uf0b7 one\n\uf0b7 two\n\uf0fc three",
        "𝑎² + 𝑏² = 𝑐²".encode("utf-16", "surrogatepass").decode("utf-16"),
        "Hello " * 200,
        "3f7a9c 0xDEADBEEF BEGIN CERTIFICATE MIIFazCCA1OgAwIBAgIRAIIQz7DSQONZRGPgu2OCiwAw",
        "Unit: 15-173-\x15, room 201\x1a",
    ],
)
def test_what_people_write_is_legible(text: str) -> None:
    assert legible(text) == text.strip()


def test_pairs_of_surrogates_are_letters() -> None:
    text = "𝐴 = 𝐵 + 𝐶"
    halves = "".join(chr(unit) for letter in text for unit in units(letter))
    assert legible(halves) == halves


def units(letter: str) -> list[int]:
    data = letter.encode("utf-16-le")
    return [int.from_bytes(data[place : place + 2], "little") for place in range(0, len(data), 2)]


@pytest.mark.parametrize(
    "text",
    [
        "7KH\x03\\HDUO\\\x03IHH",
        "ϸЇΰÎ ķϙgʆ Ԕϣ",
        "ɍɝɥɨɜɚɹ ɦɚɲɢɧɚ",
        "\ue054\ue068\ue065\ue06c",
        "(cid:12)(cid:3)(cid:45) (cid:7)",
        "��������",
        "䆀ឮᑽٱ ㈉ⰰẍو",
    ],
)
def test_what_nobody_writes_is_not(text: str) -> None:
    assert legible(text) == ""


def test_words_that_all_begin_with_a_rare_letter_are_legible() -> None:
    index = " ".join(f"k{second}{third}{last}" for second in "bdlmrs" for third in "aeiou" for last in "nrstmp")
    assert legible(index) == index


@pytest.mark.parametrize(
    "letters",
    [
        "qwxzjkvbpygdmflhcnusaroiet",
        "nrstnrstnrstnrstnrstnrstnr",
        "ubcdyfghujkmpyqvwxzluyvywk",
    ],
    ids=["another order", "no vowels", "rare letters"],
)
def test_letters_in_another_order_are_told_by_how_often_each_stands(letters: str) -> None:
    assert legible(WORDS) == WORDS
    assert legible(WORDS.translate(str.maketrans("abcdefghijklmnopqrstuvwxyz", letters))) == ""


def test_letters_beyond_16_bits_are_read() -> None:
    found = extract(garbled_files.typeset([[*SOUND, f"{UNTOLD}E=M"]], told={by_glyph("E"): "𝐸", by_glyph("M"): "𝑀"}))
    assert "𝐸" in found.text
    assert "𝑀" in found.text
    assert found.warnings == ()


def test_nothing_moves_where_something_is_left_out() -> None:
    garbled, sound = "7KH\x03\\HDUO\\\x03IHH", "The yearly fee is due."
    assert Legibility().legible(f"{garbled}\r\n{sound}", 1) == f"{' ' * len(garbled)}\r\n{sound}"
