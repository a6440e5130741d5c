"""A document is split and stemmed by the rules of its own language, wherever it stands."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import (
    HybridRetriever,
    Indexer,
    Library,
    Source,
    StorageError,
    extract_terms,
    load_path,
    rebuild_index,
    sentences_within,
    split_sentences,
)
from retrieval.loaders.article import load_article
from retrieval.loaders.source_loader import load_bytes
from retrieval.text.languages import STEMMERS, UNSTEMMED, _identifier, detect_language
from retrieval.text.terms import extract_question_terms
from tests.retrieval.strategies import PROPERTY, texts

pytestmark = pytest.mark.both_places

ENGLISH_TEXT = (
    "The pool in the harbour opens on 5 May. Mr. Weber pays for the towels. Children swim for nothing on Mondays."
)
GERMAN = [
    "Das Schwimmbad am Hafen öffnet am 5. Januar um neun Uhr.",
    "Die Häuser in der Nachbarschaft wurden von Dr. Weber gekauft.",
    "Kinder zahlen montags keinen Eintritt.",
]
ITALIAN = [
    "La piscina del porto è stata aperta dal sig. Rossi nel mese di maggio.",
    "I ministri si sono dimessi il giorno dopo, e l'avv. Neri ha rinunciato all'incarico.",
    "I bambini entrano gratis il lunedì.",
]
RUSSIAN = [
    "Музей был открыт в г. Алматы после долгого ремонта.",
    "Протесты длились пять дней, и министры подали в отставку.",
    "Дети проходят бесплатно по понедельникам.",
]
CHINESE = ["市议会决定关闭港口的游泳池。", "它将在五月重新开放！", "孩子们星期一可以免费游泳。"]
# The language, its sentences, a question in an inflected form, and the sentence that it asks for.
DOCUMENTS = [
    ("de", GERMAN, "Wer hat das Haus gekauft?", 1),
    ("it", ITALIAN, "Quale ministro si è dimesso?", 1),
    ("ru", RUSSIAN, "Сколько длился протест?", 1),
    ("zh", CHINESE, "港口的哪个游泳池关闭？", 0),
]


def document(language: str, sentences: list[str], folder: Path) -> Source:
    path = folder / f"{language}.txt"
    path.write_text(("" if language == "zh" else " ").join(sentences), encoding="utf-8")
    return load_path(path)


@pytest.mark.parametrize(("language", "sentences", "question", "number"), DOCUMENTS)
def test_a_document_is_read_in_its_language(
    language: str, sentences: list[str], question: str, number: int, tmp_path: Path, library: Library
) -> None:
    source = document(language, sentences, tmp_path)
    assert source.language == language
    Indexer(library).add([source], "rules")
    [passage] = HybridRetriever(library=library, collections=("rules",)).passages(question)
    assert passage.source == source
    assert passage.keyword > 0
    found = sentences_within(source.text, passage.span, passage.source.language)
    assert [source.slice(span) for span in found] == sentences
    held = [len(set(extract_terms(question, language)) & set(extract_terms(text, language))) for text in sentences]
    assert max(range(len(held)), key=held.__getitem__) == number


@pytest.mark.parametrize("sentences", [GERMAN, ITALIAN, RUSSIAN])
def test_as_english_it_would_be_cut_in_the_wrong_places(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[span.start : span.end] for span in split_sentences(text)] != sentences


def test_documents_of_several_languages_are_found_in_one_collection(tmp_path: Path, library: Library) -> None:
    sources = {language: document(language, sentences, tmp_path) for language, sentences, _, _ in DOCUMENTS}
    english = document("en", [ENGLISH_TEXT], tmp_path)
    Indexer(library).add([*sources.values(), english], "mixed")
    retriever = HybridRetriever(library=library, collections=("mixed",))
    for language, _, question, _ in DOCUMENTS:
        best = max(retriever.passages(question), key=lambda passage: passage.keyword)
        assert best.source == sources[language]
    asked = retriever.passages("Who pays for a towel?")
    assert max(asked, key=lambda passage: passage.keyword).source == english
    manifest = library.manifest()
    assert manifest is not None
    assert library.languages(manifest, ["mixed"]) == ["de", "en", "it", "ru", "zh"]


def test_the_language_survives_a_rebuild_and_an_old_library_learns_it_there(tmp_path: Path, library: Library) -> None:
    source = document("de", GERMAN, tmp_path)
    told = replace(load_bytes(b"The pool opens at nine.", name="pool.txt", uri="test:pool"), language="fr")
    Indexer(library).add([source, told], "rules")

    def languages() -> dict[str, str]:
        return {record.id: library.source(record).language for record in library.records("rules")}

    rebuild_index(library)
    assert languages() == {source.id: "de", told.id: "fr"}
    manifest = library.storage.recover_manifest()
    assert manifest is not None
    held = manifest.collections["rules"]
    old = {source_id: record.model_copy(update={"language": ""}) for source_id, record in held.sources.items()}
    with library.storage.lock():
        library.storage.publish(manifest.with_collection("rules", held.model_copy(update={"sources": old})))
    assert languages() == {source.id: "en", told.id: "en"}
    rebuild_index(library)
    assert languages() == {source.id: "de", told.id: "en"}
    best = max(
        HybridRetriever(library=library, collections=("rules",)).passages("Haus"), key=lambda passage: passage.keyword
    )
    assert (best.source, best.keyword > 0) == (source, True)


@pytest.mark.parametrize(
    "text",
    ["", " ", "Ok", "hi", "FAQ", "The pool.", "Kassym-Jomart Tokayev", "1234 5678", "12.5 kg 3 l", "xxxxxx yyyyy",
     "Madrid, Lima, Bogotá", '{"a": 1}', "# Rules\n- no running\n- shoes off", "Python 3.11\ntorch==2.0", "👍" * 50],
)  # fmt: skip
def test_what_is_too_short_to_tell_is_english(text: str) -> None:
    assert detect_language(text) == "en"


@pytest.mark.parametrize("language", ["de", "it", "ru", "zh"])
def test_the_beginning_of_a_text_tells_its_language(language: str) -> None:
    sentences = next(sentences for found, sentences, _, _ in DOCUMENTS if found == language)
    assert detect_language(" ".join(sentences * 50) + " " + ENGLISH_TEXT * 500) == language


def test_the_article_is_english() -> None:
    article = load_article()
    assert article.language == detect_language(article.text) == "en"


@PROPERTY
@given(texts())
def test_any_text_has_a_language_that_can_be_indexed(text: str) -> None:
    assert detect_language(text) in {*STEMMERS, *UNSTEMMED}


@PROPERTY
@given(texts(10), st.sampled_from([*STEMMERS, *UNSTEMMED]))
def test_terms_in_any_language_are_never_empty(text: str, language: str) -> None:
    assert all(term and not any(character.isspace() for character in term) for term in extract_terms(text, language))


@PROPERTY
@given(texts(10), st.lists(st.sampled_from(["de", "en", "it", "ru", "zh"]), min_size=1, unique=True))
def test_a_question_has_the_terms_of_all_languages_asked_and_no_others(text: str, languages: list[str]) -> None:
    terms = extract_question_terms(text, languages)
    assert set(terms) == {term for language in languages for term in extract_terms(text, language)}
    assert extract_question_terms(text, languages[:1]) == extract_terms(text, languages[0])


def test_a_temporary_folder_that_cannot_be_written_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library unpacks its model there."""

    def full(*arguments: object, **named: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("py3langid.modelio.tempfile.TemporaryFile", full)
    _identifier.cache_clear()
    with pytest.raises(
        StorageError, match=r"temporary folder .* cannot be written; free some space there, or set TMPDIR"
    ):
        detect_language(ENGLISH_TEXT)
    monkeypatch.undo()
    assert detect_language(ENGLISH_TEXT) == "en"
