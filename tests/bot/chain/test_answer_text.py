"""The chain's text: what the program prints, whole or in pieces that make the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from langchain_core.prompts import ChatPromptTemplate

from bot import Answer, AnswerChain, Certainty, Question, Statement, Status
from bot.chain.answer_text import text_of, text_pieces
from bot.extractive.answerer import ExtractiveAnswerer
from bot.quotes import cite
from retrieval import Library, Passage, Span
from tests.bot.conftest import ChainOf
from tests.bot.fakes import ScriptedAnswerer, shipped_selector
from tests.conftest import Run

PLANES = "How many planes were taken?"


def writes(count: int) -> ScriptedAnswerer:
    """Says what a chat model might, a statement at a time; the last snapshot is not sure."""

    def script(question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        source = passages[0].source
        spans = [Span(*word.span()) for word in islice(re.finditer(r"\S+", source.text), count)]
        for shown in range(1, count + 1):
            yield Answer(
                question.text,
                Status.ANSWERED,
                0.5,
                "a chat model",
                tuple(Statement(f"It is so, {number}.", (number,), "supported") for number in range(1, shown + 1)),
                tuple(cite(source, span, number) for number, span in enumerate(spans[:shown], start=1)),
                certainty=Certainty.SURE if shown < count else Certainty.UNSURE,
            )

    return ScriptedAnswerer(script)


async def test_statements_come_as_they_are_written_and_the_quotes_last(chain_of: ChainOf) -> None:
    chain = chain_of(writes(3))
    whole = chain.as_text().invoke(PLANES)
    pieces = list(chain.as_text().stream(PLANES))
    assert pieces[:3] == ["It is so, 1. [1]", "\nIt is so, 2. [2]", "\nIt is so, 3. [3]"]
    assert len(pieces) == 4
    assert "".join(pieces) == whole
    assert [piece async for piece in chain.as_text().astream({"question": PLANES})] == pieces
    assert await chain.as_text().ainvoke(PLANES) == whole
    lines = whole.splitlines()
    assert lines[3] == "Not sure that this answers it."
    assert [line.startswith("“") and line.endswith(f"” [{n}]") for n, line in enumerate(lines[4::2], 1)] == [True] * 3
    assert all(line.startswith("Kazakhstan protests, January 2022") for line in lines[5::2])


def test_the_text_is_what_the_program_prints_where_it_is_piped(cli: Run, chain: AnswerChain) -> None:
    for question in ("How many planes?", "Who wrote Hamlet?", "hello", "What is this about?"):
        assert chain.as_text().invoke(question) + "\n" == cli("ask", question).out


def test_the_text_of_nothing_is_nothing_and_the_schemas_say_text(chain_of: ChainOf) -> None:
    assert list(text_pieces(iter(()))) == []
    chain = chain_of(writes(1)).as_text()
    assert chain.get_output_jsonschema()["type"] == "string"
    assert {"type": "string"} in chain.get_input_jsonschema()["anyOf"]


async def test_the_text_goes_into_a_prompt(fast_library: Library, chain_of: ChainOf) -> None:
    chain = chain_of(ExtractiveAnswerer(shipped_selector(), fast_library.term_weights, 0.1))
    prompt = ChatPromptTemplate([("human", "Say it kindly:\n{quotes}")])
    expected = f"Say it kindly:\n{text_of(chain.invoke(PLANES))}"
    composed = {"quotes": chain.as_text()} | prompt
    assert (await composed.ainvoke(PLANES)).to_messages()[0].text == composed.invoke(PLANES).to_messages()[0].text
    assert composed.invoke(PLANES).to_messages()[0].text == expected
