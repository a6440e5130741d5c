"""Which questions want a few words, and which words are an answer by themselves."""

from __future__ import annotations

import pytest

from bot import Question
from bot.extractive.answerer import ExtractiveAnswerer
from bot.extractive.selection import Choice, QuestionAnalysis, find_candidates
from bot.extractive.short_answer import is_short_answer, pointed_words, wants_short_answer
from tests.bot.fakes import even_weights, make_passages, make_source, place, shipped_selector

PLANES = make_source("They took possession of five small planes at the airport, one of which was foreign.")
(SENTENCE,) = find_candidates(make_passages(PLANES))


@pytest.mark.parametrize(
    "question",
    [
        "How many planes did they take?",
        "how old is the mill",
        "When was the mill built?",
        "Who built the mill?",
        "Where do the sheep graze?",
        "Which agency reported the demolition?",
        "What triggered the protests?",
        "What is the deadline for members?",
        "What is your phone number?",
        "In what year did it burn?",
    ],
)
def test_these_questions_want_a_short_answer(question: str) -> None:
    assert wants_short_answer(QuestionAnalysis.of(question))


@pytest.mark.parametrize(
    "question",
    [
        "Why did the mill burn?",
        "How do I change my password?",
        "Is the mill open on Sundays?",
        "can i bring a dog",
        "Don't members pay?",
        "What is a quorum?",
        "What's LPG?",
        "What are cookies?",
        "What does LPG mean?",
        "Who is Ada Thorne?",
        "What happened in Almaty?",
        "what about the airport?",
        "Tell me about the mill.",
        "Wie alt ist die Mühle?",
    ],
)
def test_these_questions_want_whole_sentences(question: str) -> None:
    assert not wants_short_answer(QuestionAnalysis.of(question))


def pointing(words: str, share: float = 0.9, *, answers: bool = True) -> Choice:
    """The reader's choice of the sentence about planes, with these words."""
    return Choice(SENTENCE, 1.0, place(PLANES, words), answers, share)


def is_short(question: str, choice: Choice) -> bool:
    analysis = QuestionAnalysis.of(question)
    return is_short_answer(analysis, choice, pointed_words(analysis, choice))


def test_words_are_a_short_answer_where_they_are_likelier_than_all_others_of_the_sentence() -> None:
    assert is_short("How many planes?", pointing("five"))
    assert not is_short("How many planes?", pointing("five", 0.5))
    assert not is_short("How many planes?", pointing("five", answers=False))


def test_what_only_repeats_the_question_is_no_short_answer() -> None:
    assert not is_short("Which airport?", pointing("the airport"))


def test_a_number_is_asked_for_and_no_number_given() -> None:
    assert not is_short("How many planes?", pointing("possession"))


def test_a_price_is_no_length_of_time() -> None:
    source = make_source("Members vote after a month or one year, and a ticket is 2 euros a month or free.")
    (sentence,) = find_candidates(make_passages(source))
    choices = [Choice(sentence, 1.0, place(source, words), True, 0.9) for words in ("one year", "2 euros a month")]
    for question, expected in (("How much is it?", [False, True]), ("How long is it?", [True, True])):
        analysis = QuestionAnalysis.of(question)
        assert [is_short_answer(analysis, choice, choice.highlight) for choice in choices] == expected


def test_who_and_where_are_answered_by_no_time() -> None:
    source = make_source("The first protests started on Sunday in Almaty, and then spread through the country.")
    (sentence,) = find_candidates(make_passages(source))
    started = [Choice(sentence, 1.0, place(source, words), answers=True, share=0.9) for words in ("Sunday", "Almaty")]
    analysis = QuestionAnalysis.of("Where did the protests start?")
    assert [is_short_answer(analysis, choice, choice.highlight) for choice in started] == [False, True]


def test_most_of_a_sentence_is_no_short_answer() -> None:
    assert not is_short("What did they do?", pointing("took possession of five small planes at the airport, one of"))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many planes?", "five small planes"),
        ("How many small planes did they take?", "five small planes"),
        ("How many pilots?", "five"),
        ("How many of the planes?", "five"),
        ("Which planes?", "five"),
    ],
)
def test_a_number_takes_along_what_it_counts_where_that_is_asked_for(question: str, words: str) -> None:
    pointed = pointed_words(QuestionAnalysis.of(question), pointing("five"))
    assert pointed is not None
    assert PLANES.slice(pointed) == words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the *Sentinel", "the *Sentinel*"),
        ("Sentinel", "Sentinel"),
        ("the *Sentinel* and the", "the *Sentinel* and the"),
    ],
)
def test_a_mark_that_is_opened_is_closed(words: str, expected: str) -> None:
    source = make_source("Of three boats the *Sentinel* and the *Weed* ran aground.")
    (sentence,) = find_candidates(make_passages(source))
    pointed = pointed_words(
        QuestionAnalysis.of("Which boats ran aground?"), Choice(sentence, 1.0, place(source, words), True, 0.9)
    )
    assert pointed is not None
    assert source.slice(pointed) == expected


@pytest.mark.parametrize(("sure", "has_short"), [(0.0, True), (1.0, False)])
def test_a_sure_answer_says_in_short_what_its_first_quote_highlights(sure: float, has_short: bool) -> None:
    source = make_source("Sheep graze on the meadow. The mill at the harbour was raised by Carla Neri in 1911.")
    answerer = ExtractiveAnswerer(shipped_selector(), even_weights, 0.0, sure)
    (answer,) = answerer.answer(Question("Who raised the mill at the harbour?"), make_passages(source))
    assert answer.has_short is has_short
    assert answer.citations[0].quote.highlighted == "Carla Neri"


PACK = make_source(
    "On Windows, double-click setup.exe; Starfall 2.4 runs on Windows 11 and the Starfall launcher starts it."
)
(PACK_SENTENCE,) = find_candidates(make_passages(PACK))


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("How do I install it on Windows?", "Windows", None),
        ("How do I install it on Windows?", "On Windows, double-click setup.exe", "double-click setup.exe"),
        ("How do I install it on Windows?", "Starfall 2.4 runs on Windows", "Starfall 2.4 runs"),
        ("Which setup.exe?", "setup.exe", None),
        ("What starts Starfall?", "the Starfall launcher", "launcher"),
        ("What starts Starfall?", "Starfall launcher", "launcher"),
        ("Which Windows does it need?", "Windows 11", "Windows 11"),  # the name goes on
        ("Which version of Starfall?", "Starfall 2.4", "Starfall 2.4"),
        ("What does it run on?", "Windows 11", "Windows 11"),
        ("Does it run on Linux?", "Windows 11", "Windows 11"),
    ],
)
def test_the_questions_own_names_are_no_words_that_answer(question: str, words: str, expected: str | None) -> None:
    choice = Choice(PACK_SENTENCE, 1.0, place(PACK, words), True, 0.9)
    pointed = pointed_words(QuestionAnalysis.of(question), choice)
    assert (PACK.slice(pointed) if pointed else None) == expected
