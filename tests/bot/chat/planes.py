"""A question about the article, what a good model answers, and what holds for whatever any model writes."""

from __future__ import annotations

from bot import Answer, AnswerChain
from bot.chat.verification.exact_rules import compare
from bot.quotes import is_verified
from bot.types import EXTRACTIVE, SUPPORTED
from tests.bot.chat_server import Good

PLANES = "How many planes did they take?"
POINTS = {
    PLANES: [
        ("They took five planes at Almaty airport.", "five planes"),
        ("One of the planes was foreign.", "five planes"),
    ]
}
GOOD = Good(POINTS)
LINE = "They took five planes at Almaty airport. [{number}]"


def holds_the_promise(answer: Answer, chain: AnswerChain) -> None:
    """Whatever the model wrote: all that is shown is quoted from the source, and its numbers and names with it."""
    cited = {citation.number: citation.quote for citation in answer.citations}
    assert all(is_verified(quote, chain.library.texts.read) for quote in cited.values())
    for statement in answer.statements:
        quotes = [cited[number].text for number in statement.numbers]
        assert quotes
        if answer.mode == EXTRACTIVE:
            assert all(statement.text in quote for quote in quotes)
        else:
            assert statement.verdict == SUPPORTED
            verdict = compare(statement.text, quotes, answer.question).verdict
            assert verdict is None or verdict.passed, verdict
