"""``pullquote ask``."""

from __future__ import annotations

from typing import Any

import typer

from bot.chain import AnswerChain
from bot.cli.exit_codes import NOT_FOUND
from bot.cli.json_mode import prepare_question, print_json
from bot.cli.options import AsJson, Collections, Quotes, Words, chosen
from bot.cli.terminal import show_blocks, waiting
from bot.contract import answer_to_json
from bot.render import render_answer
from bot.types import MAX_QUOTES, Answer, Question, Status


def ask(words: Words, collection: Collections = None, quotes: Quotes = MAX_QUOTES, as_json: AsJson = False) -> None:
    """Answer a question with quotes.

    The exit code is 0 when it is answered, 1 when the document does not say, and 2 when there is a problem.
    """
    text, collections = " ".join(words), chosen(collection)
    chain = AnswerChain.from_settings()

    def answer_line(question: str, question_id: Any) -> dict[str, Any]:
        return answer_to_json(chain.invoke(Question(question, collections=collections, quotes=quotes)), question_id)

    if as_json:
        result = print_json(text, chain.library, collections, answer_line)
        found = result is None or result["status"] == Status.ANSWERED
    else:
        prepare_question(text, chain.library, collections)
        with waiting("Looking for the words…"):
            answer = chain.invoke(Question(text, collections=collections, quotes=quotes))
        show_blocks(render_answer(answer), small_print(answer))
        found = answer.status is Status.ANSWERED
    if not found:
        raise typer.Exit(NOT_FOUND)


def small_print(answer: Answer) -> str:
    """What a terminal shows under an answer."""
    count = len(answer.citations)
    proof = f"{count} quote{'s' if count > 1 else ''}, checked against the source · " if count else ""
    return f"{proof}confidence {answer.confidence:.2f} · {answer.timings_ms.get('total', 0) / 1000:.1f} s"
