"""Typos are corrected by the documents' own words, and nothing else is touched."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import HybridRetriever, Indexer, Library, add_article_once
from retrieval.errors import CollectionError
from retrieval.index.bm25 import KeywordIndex
from retrieval.index.spelling import MAX_UNKNOWN, Correction, Speller
from retrieval.loaders.article import load_article
from retrieval.text.chunking import chunk_source
from retrieval.text.dictionaries import Dictionary
from retrieval.text.terms import fold_words, is_spelled
from tests.retrieval.strategies import PROPERTY, make_source, texts

pytestmark = pytest.mark.both_places

ARTICLE = load_article()
CAFE = make_source(
    "Le café Solière opens at nine; the fiancée of Hervé keeps the bookings for the terrace.", uri="test:c"
)


def speller(text_of_document: str) -> Speller:
    source = make_source(text_of_document)
    pairs = [(chunk, source.slice(chunk.span)) for chunk in chunk_source(source)]
    return Speller([KeywordIndex.build([chunk for chunk, _ in pairs], [text for _, text in pairs])], ["en"])


SPELLER = speller(ARTICLE.text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wich agensy reportd teh demolition", "which agency reported the demolition"),
        ("Waht trigered the protets?", "What triggered the protests?"),
        ("hwo many plains did the terorists take?", "how many plains did the terrorists take?"),
        ("Who atacked the airprot?", "Who attacked the airport?"),
        ("Wich goverment building was atacked?", "Which government building was attacked?"),
        ("What did Nazarbaev do?", "What did Nazarbayev do?"),
        ("WHAT DID TOKAEV SAY?", "WHAT DID TOKAYEV SAY?"),
        ("whcih  stattue\nwas “demolisehd”, and hwen?!", "which  statue\nwas “demolished”, and when?!"),
    ],
)
def test_a_question_full_of_slips_is_mended(typed: str, meant: str) -> None:
    correction = SPELLER.correct(typed)
    assert correction.text == meant
    for before, after in correction.replaced:
        assert before in typed
        assert after in meant


@pytest.mark.parametrize(
    "question",
    [
        "What did Lukashenko say?",
        "what did lukashenko say",
        "Did Putin resign?",
        "When was Toqayevsk founded?",
        "Was NATO or the OSCE there?",
        "Did the BTA pay?",
        "OSCE sent whom?",
        "What did Tokarov say?",
        "Where is Falmaty?",
        "the zovernmnt",
        "Which salary does the minister have?",
        "Who designed the stadium, and which bolt broke?",
        "Is there wheelchair access to the terrace?",
        "dont they know whats wrong and whos there",
        "Where can I buy 2nd-hand mp3s and A4 paper for 5kg?",
        "Chi ha attaccato l'aeroporto?",
        "Welche Gebäude wurden angegriffen?",
        "Кто подал в отставку?",
        "谁辞职了？",
        "der die das und oder pre- des",
        "",
        "?!",
        "👍",
    ],
)
def test_what_is_no_slip_stays(question: str) -> None:
    assert SPELLER.correct(question) == Correction(question)


@PROPERTY
@given(st.lists(st.sampled_from(sorted({word for word in fold_words(ARTICLE.text) if is_spelled(word)})), max_size=12))
def test_the_documents_own_words_stay(words: list[str]) -> None:
    for text in (" ".join(words), " ".join(words).upper(), " ".join(words).title()):
        assert SPELLER.correct(text) == Correction(text)


@PROPERTY
@given(texts(10))
def test_only_words_are_replaced_and_twice_mends_no_more_than_once(text: str) -> None:
    correction = SPELLER.correct(text)
    assert SPELLER.correct(correction.text) == Correction(correction.text)
    if not correction.replaced:
        assert correction.text == text
    for typed, _ in correction.replaced:
        assert typed in text


SOME_WORDS = ("demolition", "protesters", "government", "airport", "headquarters", "resignation")


@PROPERTY
@given(st.sampled_from(SOME_WORDS), st.data())
def test_one_slip_inside_a_word_is_mended(word: str, data: st.DataObject) -> None:
    mended = speller(" ".join(SOME_WORDS))
    at = data.draw(st.integers(1, len(word) - 2))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    slip = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
    )
    corrected = mended.correct(f"where is the {slip} now").text
    # "reports" for "airports" and the like are words of the dictionary and stay.
    assert corrected in {f"where is the {word} now", f"where is the {slip} now"}
    if slip not in {word, *corrected.split()}:
        assert corrected.split()[3] == word


def test_an_index_keeps_its_words(tmp_path: Path) -> None:
    [index] = SPELLER.indexes
    index.save(tmp_path / "index")
    loaded = KeywordIndex.load(tmp_path / "index")
    assert loaded.words == index.words
    assert Speller([loaded], ["en"]).correct("the agensy").text == "the agency"


@pytest.mark.parametrize(
    ("held", "typed", "meant"),
    [
        ("Its license is free.", "Under what licence?", "Under what license?"),
        ("Its licence is free.", "WHICH LICENSES?", "WHICH LICENCES?"),
        ("The colour of the centre.", "what color is the center", "what colour is the centre"),
        ("The coat is grey.", "Colour? Who is Ms Gray?", "Colour? Who is Ms Gray?"),
        ("The club was organized by a program.", "who organised the programme", "who organized the program"),
        ("They travel in gray armor.", "Who travelled in grey armour?", "Who travelled in gray armor?"),
        ("A by-law is law.", "Is a bylaw one?", "Is a by-law one?"),
        ("Write an e-mail.", "Is email read by nonmembers?", "Is e-mail read by nonmembers?"),
        ("The law of this event.", "By whom is it emended, a colaw?", "By whom is it emended, a colaw?"),
        ("The license, not the licence.", "Which licence?", "Which licence?"),
        (
            "He rises and filed it, and could pray for her.",
            "Is rice filled cold by four?",
            "Is rice filled cold by four?",
        ),
    ],
)
def test_words_are_spelled_as_the_documents_spell_them(held: str, typed: str, meant: str) -> None:
    assert speller(held).correct(typed).text == meant


def test_accents_may_be_left_out() -> None:
    mended = speller(CAFE.text)
    assert mended.correct("Where is Soliere, and Herve's fiancee?").text == "Where is Solière, and Hervé's fiancée?"


def test_the_commoner_of_two_near_words_is_meant() -> None:
    mended = speller("The zorvit. " * 3 + "\n\n" + "word " * 200 + "The zorvat. The zorvit.")
    assert mended.correct("the zorvt").text == "the zorvit"


def test_a_text_with_many_unknown_words_is_left_alone() -> None:
    typed = "goverment " * MAX_UNKNOWN
    assert SPELLER.correct(typed).text == "government " * MAX_UNKNOWN
    assert SPELLER.correct(typed + "goverment").replaced == ()


def test_a_long_text_in_another_language_is_not_looked_up_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []

    class Counted(Dictionary):
        def frequency(self, word: str) -> int:
            looked_up.append(word)
            return super().frequency(word)

    monkeypatch.setattr("retrieval.index.spelling.dictionary", lambda language: Counted(b"{}"))
    typed = " ".join(f"zq{one}{other}w" for one in string.ascii_lowercase for other in string.ascii_lowercase)
    assert SPELLER.correct(typed) == Correction(typed)
    assert len(looked_up) == MAX_UNKNOWN + 1


def test_a_library_mends_by_the_collections_asked_and_by_what_they_hold_now(library: Library) -> None:
    pool = make_source("The swimming instructor teaches on Mondays.", uri="test:pool")
    books = make_source("The librarian lends the encyclopaedia.", uri="test:books")
    Indexer(library).add([pool], "pool")
    Indexer(library).add([books], "books")
    question = "does the instrutor lend the encyclopadia"
    assert library.correct(question, ["pool"]).replaced == (("instrutor", "instructor"),)
    assert library.correct(question, ["books"]).replaced == (("encyclopadia", "encyclopaedia"),)
    assert len(library.correct(question, ["books", "pool"]).replaced) == 2
    Indexer(library).add([books], "pool")
    assert len(library.correct(question, ["pool"]).replaced) == 2
    with pytest.raises(CollectionError):
        library.correct(question, ["nowhere"])


def test_passages_are_found_by_what_was_meant(library: Library) -> None:
    add_article_once(library)
    retriever = HybridRetriever(library=library)
    typed, meant = "wich agensy reportd teh demolition", "which agency reported the demolition"
    assert retriever.correct(typed).text == meant
    assert retriever.passages(typed) == retriever.passages(meant)
    assert retriever.passages(typed)[0].keyword > 0
