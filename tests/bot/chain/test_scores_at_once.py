"""What a question is answered does not depend, to the last bit, on what else is asked at the same time."""

from __future__ import annotations

import asyncio

from bot import AnswerChain
from bot.extractive.reader import open_reader
from tests.benchmarks.asked import ARTICLE

QUESTIONS = (*ARTICLE[:8], *ARTICLE[10:])  # ten, whose confidences all differ


async def test_ten_questions_at_once_are_answered_as_each_is_alone(chain: AnswerChain) -> None:
    open_reader().load_all()  # so that what is read alone is read by all processors, as in a bot
    alone = [await chain.ainvoke(question) for question in QUESTIONS]
    for _ in range(2):
        together = await asyncio.gather(*(chain.ainvoke(question) for question in QUESTIONS))
        assert together == alone
    assert len({answer.confidence for answer in alone}) == len(QUESTIONS)
