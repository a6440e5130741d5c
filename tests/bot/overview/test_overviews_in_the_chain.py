"""An overview goes the way of every answer: searched, quoted, verified, and told as what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from bot import Answer, AnswerChain, Certainty, Question, Status, Turn
from bot.extractive.answerer import ExtractiveAnswerer
from bot.types import ResolvedQuestion
from retrieval import HybridRetriever, HybridSearch, Passage
from tests.bot.fakes import ScriptedAnswerer, lying, shipped_selector
from tests.bot.overview.test_overview_search import FEE, KITCHEN, LEAD, RAISED


@pytest.fixture
def chain(search: HybridSearch) -> Iterator[AnswerChain]:
    def read_as(text: str, history: Sequence[Turn]) -> ResolvedQuestion:
        return ResolvedQuestion(text.replace("she", "Carla Neri"))

    answerer = ExtractiveAnswerer(shipped_selector(), search.library.term_weights)
    chain = AnswerChain(HybridRetriever(library=search.library), answerer, read_as)
    yield chain
    chain.close()


def quotes(answer: Answer) -> list[str]:
    return [citation.quote.text for citation in answer.citations]


def test_an_overview_is_made_of_quotes_and_says_that_it_is_one(chain: AnswerChain) -> None:
    answer = chain.invoke(Question("Hi! What is this about?", collections=("harbour",)))
    assert (answer.status, answer.certainty, answer.overview, answer.documents) == (
        Status.ANSWERED, Certainty.SURE, True, ()
    )  # fmt: skip
    assert quotes(answer)[0].startswith(LEAD)
    assert 1 < len(answer.citations) <= 3
    starts = [citation.quote.span.start for citation in answer.citations]
    assert starts == sorted(starts)
    one = chain.invoke(Question("What is this about?", collections=("harbour",), quotes=1))
    assert quotes(one) == [LEAD]


def test_several_documents_are_named_in_the_answer(chain: AnswerChain) -> None:
    answer = chain.invoke(Question("What documents do you have?", collections=("all",)))
    assert answer.documents == ("Menu", "Rules of the rowing club", "The mill at the harbour")
    assert quotes(answer) == [KITCHEN, FEE, LEAD]


def test_whom_a_question_is_about_may_stand_in_the_conversation(chain: AnswerChain) -> None:
    turns = (Turn("Who raised the mill?", RAISED),)
    answer = chain.invoke(Question("Who is she?", turns, ("all",)))
    assert (answer.read_as, answer.overview) == ("Who is Carla Neri?", True)
    assert RAISED in quotes(answer)[0]
    # What is asked about the whole is not read in the light of it.
    whole = chain.invoke(Question("What is this about?", turns, ("all",)))
    assert (whole.read_as, whole.overview) == (None, True)


def test_a_plain_question_and_an_unknown_name_are_no_overview(chain: AnswerChain) -> None:
    plain = chain.invoke(Question("When does the mill open?", collections=("all",)))
    assert (plain.status, plain.overview, plain.documents) == (Status.ANSWERED, False, ())
    unknown = chain.invoke(Question("Who is Ada Lovelace?", collections=("all",)))
    assert (unknown.status, unknown.overview, unknown.closest) == (Status.NOT_FOUND, False, None)


def test_the_quotes_of_an_overview_are_verified_like_all_others(search: HybridSearch) -> None:
    def lies(question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        assert question.overview is Certainty.SURE
        yield lying(question.text, passages[0].source, "The mill burnt down.")

    chain = AnswerChain(HybridRetriever(library=search.library), ScriptedAnswerer(lies))
    answer = chain.invoke(Question("tl;dr", collections=("all",)))
    assert (answer.status, answer.overview, answer.documents, answer.citations) == (Status.NOT_FOUND, False, (), ())
    chain.close()
