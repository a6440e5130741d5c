"""A question with slips is looked up as it was meant, and shown as it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot import Answer, AnswerChain, Question, Status
from retrieval import HybridRetriever, Library, Passage, add_article_once


class Recording:
    """Keeps what it was asked and answers nothing."""

    def __init__(self) -> None:
        self.asked: list[tuple[Question, Sequence[Passage]]] = []

    def answer(self, question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        self.asked.append((question, passages))
        yield Answer(question.text, Status.NOT_FOUND, 0.0, "recording")


def test_the_answerer_gets_both_wordings_and_the_answer_keeps_the_typed_one(library: Library) -> None:
    add_article_once(library)
    answerer = Recording()
    chain = AnswerChain(HybridRetriever(library=library), answerer)
    typed, meant = "wich agensy reportd teh demolition", "which agency reported the demolition"
    assert chain.invoke(typed).question == typed
    assert chain.invoke(meant).question == meant
    (mended, found), (clean, expected) = answerer.asked
    assert mended == Question(typed, wording=meant)
    assert clean == Question(meant)
    assert found == expected
    chain.close()
