from __future__ import annotations

from collections import Counter

import pytest

from retrieval.loaders.pdf.broken_words import BrokenWords
from retrieval.loaders.pdf.pages import extract
from tests.retrieval.loaders.documents import assert_tidy
from tests.retrieval.loaders.pdf import pdf_files

ENGLISH = "the fee of the club is to be paid by the members who have been there for a year and it was not much then"
GERMAN = "der Beitrag ist von den Mitgliedern zu zahlen und wird nicht mehr als einmal im Jahr von uns eingezogen"
FRENCH = "les membres du club sont dans le jardin avec des amis et il est pour nous une fois par mois au lac"


def joined(text: str, start: str, after: str) -> str:
    """The word as a document of that text has it, if it is broken there."""
    words = BrokenWords(Counter(text.lower().split()))
    return f"{start}-{after}" if words.has_own_hyphen(start, after) else f"{start}{after}"


@pytest.mark.parametrize(
    ("text", "start", "after", "word"),
    [
        (ENGLISH, "twenty", "five", "twenty-five"),
        (ENGLISH, "Twenty", "five", "Twenty-five"),
        (ENGLISH, "well", "known", "well-known"),
        (ENGLISH, "large", "scale-model", "large-scale-model"),
        (ENGLISH, "holi", "days", "holidays"),
        (ENGLISH, "work", "place", "workplace"),  # two words that make a third
        (ENGLISH, "neuro", "transmitters", "neurotransmitters"),  # in no dictionary, and neither is "neuro"
        (ENGLISH, "un", "wedged", "unwedged"),  # too short a part
        (FRENCH, "peut", "être", "peut-être"),
        (GERMAN, "Rathaus", "saal", "Rathaussaal"),
        ("qwrt zxcv", "twenty", "five", "twentyfive"),  # of no language that is known
        ("", "twenty", "five", "twentyfive"),
    ],
)
def test_a_dictionary_of_the_documents_language_decides(text: str, start: str, after: str, word: str) -> None:
    assert joined(text, start, after) == word


@pytest.mark.parametrize(
    ("elsewhere", "start", "after", "word"),
    [
        ("vice-chair", "vice", "chair", "vice-chair"),
        ("boxcar", "box", "car", "boxcar"),
        ("boxwool box-wool", "box", "wool", "boxwool"),
        ("twentyfive", "twenty", "five", "twentyfive"),
        ("work-place", "work", "place", "work-place"),
    ],
)
def test_the_document_itself_is_asked_first(elsewhere: str, start: str, after: str, word: str) -> None:
    assert joined(f"{ENGLISH} {elsewhere}", start, after) == word


def test_hyphens_that_are_certain_need_no_other_words() -> None:
    assert joined("", "Anglo", "Saxon") == "Anglo-Saxon"
    assert joined("", "state-of-the", "art") == "state-of-the-art"
    assert joined("", "covid", "19") == "covid-19"


def test_a_pdf_keeps_the_hyphens_of_its_words_and_loses_those_of_its_lines() -> None:
    rules = extract(
        pdf_files.typeset(
            [
                [
                    "Members pay a yearly fee of twenty-",
                    "five euros, and everybody who has a dog pays the trea-",
                    "surer two euros more for it.",
                ]
            ]
        )
    )
    assert rules.text == (
        "Members pay a yearly fee of twenty-five euros, and everybody who has a dog pays the treasurer two euros more "
        "for it."
    )
    assert_tidy(rules)
