from __future__ import annotations

import pytest

from bot.extractive.selection.question_analysis import AnswerType
from bot.extractive.words.question_words import asked_kind, silent_terms
from bot.extractive.words.word_tables import FOLDER, phrases_in, words_of
from retrieval import extract_terms

LANGUAGES = sorted(path.stem for path in FOLDER.iterdir())


@pytest.mark.parametrize(
    ("language", "question", "kind"),
    [
        ("de", "Wie viele Mitglieder gibt es?", AnswerType.NUMBER),
        ("de", "Wie melde ich mich an?", AnswerType.MANNER),
        ("de", "In welchem Jahr wurde sie gebaut?", AnswerType.TIME),
        ("fr", "Où puis-je acheter des billets ?", AnswerType.PLACE),
        ("fr", "Quel est l'homme qui a signé ?", AnswerType.OTHER),
        ("it", "perche il socio viene escluso", AnswerType.REASON),
        ("it", "Entro quando si paga la quota?", AnswerType.TIME),
        ("es", "cuando nacio", AnswerType.TIME),
        ("pt", "Quantos sócios há?", AnswerType.NUMBER),
        ("tr", "25 yaşında kim tahta geçmiştir?", AnswerType.NAME),
        ("ar", "أين تقع المدينة؟", AnswerType.PLACE),
        ("ar", "في أي عام خرج من المدينة؟", AnswerType.TIME),
        ("uk", "Скільки це коштує?", AnswerType.NUMBER),
        ("ru", "Почему закрыта библиотека?", AnswerType.REASON),
        ("he", "מתי נולד?", AnswerType.TIME),
        ("zh", "這座橋在哪一年完成？", AnswerType.TIME),
        ("ja", "ラオスの首都はどこ？", AnswerType.PLACE),
        ("de", "How many members are there?", AnswerType.NUMBER),
        ("nl", "Hoeveel leden zijn er?", AnswerType.OTHER),
    ],
)
def test_what_a_question_asks_for(language: str, question: str, kind: AnswerType) -> None:
    assert asked_kind(question, [language]) is kind


def test_the_first_of_several_question_words_counts() -> None:
    assert asked_kind("Wann ging, wer die Schule leitete?", ["de"]) is AnswerType.TIME


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_asks_for_every_kind_by_phrases_of_its_own(language: str) -> None:
    words = words_of(language)
    kinds = {kind for kind in AnswerType if kind is not AnswerType.OTHER}
    assert set(words.asks) == set(words.holds) == kinds
    asking = [phrase for row in words.asks.values() for phrase in phrases_in(row)]
    assert len(set(asking)) == len(asking)
    assert all(asking)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_only_ask_are_silent_and_nouns_in_a_phrase_are_not(language: str) -> None:
    assert set(extract_terms(words_of(language).fillers, language)) <= silent_terms(language)
    assert not {"jahr", "stadt", "paes", "citt"} & silent_terms(language)
