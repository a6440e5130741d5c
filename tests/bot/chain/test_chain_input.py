"""A chain takes all that LangChain hands from one step to the next, and says in a sentence what it cannot read."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    ChatMessage,
    HumanMessage,
    HumanMessageChunk,
    SystemMessage,
    ToolMessage,
)
from langchain_core.prompts import ChatPromptTemplate, PromptTemplate
from langchain_core.runnables import RunnableLambda
from pydantic import BaseModel

from bot import AnswerChain, Question, QuestionError, Turn
from bot.chain.chain_input import read_question
from bot.errors import QuestionProblem
from bot.extractive.answerer import ExtractiveAnswerer
from retrieval import Library
from tests.bot.chain.test_answer_chain import GROWING
from tests.bot.conftest import ChainOf
from tests.bot.fakes import ScriptedAnswerer, first_sentences, shipped_selector

WHO = "Who resigned in 2019?"
TALK = (Turn("Who is Tokayev?", "The president."),)
CALL = {"name": "ask_documents", "args": {"question": "Tokayev?"}, "id": "1"}
QUESTIONS: list[tuple[Any, Question]] = [
    (WHO, Question(WHO)),
    (Question(WHO, quotes=1), Question(WHO, quotes=1)),
    ({"question": WHO}, Question(WHO)),
    (
        {"question": WHO, "history": list(TALK), "collections": ("rules", "default"), "quotes": 2},
        Question(WHO, TALK, ("rules", "default"), quotes=2),
    ),
    ({"question": WHO, "history": [{"question": "Who is Tokayev?", "answer": "The president."}]}, Question(WHO, TALK)),
    ({"question": WHO, "history": [("human", "Who is Tokayev?"), AIMessage("The president.")]}, Question(WHO, TALK)),
    ({"messages": WHO}, Question(WHO)),
    ({"messages": HumanMessage(WHO)}, Question(WHO)),
    (
        {"messages": [("user", "Who is Tokayev?"), AIMessage("The president."), ("user", WHO)], "quotes": 2},
        Question(WHO, TALK, quotes=2),
    ),
    ({"messages": [HumanMessage(WHO)], "collections": ["rules"]}, Question(WHO, collections=("rules",))),
    (HumanMessage(WHO), Question(WHO)),
    (HumanMessageChunk(content=WHO), Question(WHO)),
    ([HumanMessage(WHO)], Question(WHO)),
    ([("user", WHO)], Question(WHO)),
    ([{"role": "user", "content": WHO}], Question(WHO)),
    ([ChatMessage(content=WHO, role="user")], Question(WHO)),
    (
        HumanMessage([{"type": "text", "text": "Who resigned"}, {"type": "text", "text": "in 2019?"}]),
        Question("Who resigned\nin 2019?"),
    ),
    (PromptTemplate.from_template("Who resigned in {year}?").invoke({"year": 2019}), Question(WHO)),
    (
        ChatPromptTemplate([("system", "Be kind."), ("human", "Who resigned in {year}?")]).invoke({"year": 2019}),
        Question(WHO),
    ),
    # An agent's messages: calls of tools, and what they gave, are no part of the conversation.
    (
        [
            SystemMessage("Be kind."),
            HumanMessage("Nobody has answered this."),
            HumanMessage("Who is Tokayev?"),
            AIMessage("Let me look.", tool_calls=[CALL]),
            ToolMessage("He is …", tool_call_id="1"),
            AIMessageChunk(content=[{"type": "text", "text": "The president."}]),
            HumanMessage(WHO),
            AIMessage("", tool_calls=[CALL]),
        ],
        Question(WHO, TALK),
    ),
]
IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
# Each with a part of the sentence that it is refused with.
UNREADABLE: list[tuple[Any, str]] = [
    (None, "of the type NoneType; give a text"),
    (2019, "of the type int; give a text"),
    (b"Who?", "of the type bytes; give a text"),
    ({}, r"“question” .*\(it is missing\); give"),
    ({"question": None}, "“question” .*valid string"),
    (
        {"question": WHO, "k": 3},
        r"^“k” is no .* keys are question, history, collections and quotes; .*`itemgetter\(\"question\"\) \| chain`",
    ),
    (
        {"messages": [("user", WHO)], "question": WHO},
        r"^“question” is no key .* keys are messages, collections and quotes; .*`itemgetter\(\"messages\"\) \| chain`",
    ),
    ({"messages": None}, "“messages” .*of the type NoneType; give a list of messages"),
    ({"messages": b"Who?"}, "“messages” .*of the type bytes; give a list of messages"),
    ({"messages": []}, "hold no question; add one by a person"),
    ({"messages": [("user", WHO)], "quotes": 0}, "“quotes” .*greater than or equal to 1"),
    ({"question": WHO, "quotes": 0}, "“quotes” .*greater than or equal to 1"),
    ({"question": WHO, "collections": "rules"}, "“collections” .*valid list"),
    ({"question": WHO, "history": [2019]}, "“history” .*neither a turn nor a message"),
    ({"question": WHO, "history": [{"question": "Who?", "answer": None}]}, "“history” .*neither a turn"),
    ([], "hold no question; add one by a person"),
    ([AIMessage("The president.")], "hold no question; add one by a person"),
    ([2019], "holds something that is no message"),
    (HumanMessage([{"type": "text", "text": WHO}, IMAGE]), "more than text .*“image_url”.*; ask in words alone"),
]


def test_everything_that_langchain_hands_on_is_read_as_the_same_question() -> None:
    assert [read_question(given) for given, _ in QUESTIONS] == [question for _, question in QUESTIONS]


def test_what_cannot_be_read_is_refused_in_a_sentence_that_says_what_can() -> None:
    for given, sentence in UNREADABLE:
        with pytest.raises(QuestionError, match=sentence) as caught:
            read_question(given)
        assert caught.value.problem is QuestionProblem.FORM
        assert "\n" not in str(caught.value)
        assert str(caught.value).endswith(".")


def test_the_schema_accepts_just_what_is_read_and_describes_it(chain_of: ChainOf) -> None:
    chain = chain_of(ScriptedAnswerer(first_sentences(1)))
    schema = chain.input_schema
    assert issubclass(schema, BaseModel)
    for given, _ in QUESTIONS:
        schema.model_validate(given)
    for given, _ in UNREADABLE:
        with pytest.raises(QuestionError):
            schema.model_validate(given)
    described = chain.get_input_jsonschema()
    assert {"type": "string"} in described["anyOf"]
    assert described["$defs"]["QuestionInput"]["required"] == ["question"]
    assert described["$defs"]["QuestionInput"]["additionalProperties"] is False
    answer = chain.get_output_jsonschema()["$defs"]["Answer"]
    assert {"status", "statements", "citations"} <= set(answer["properties"])
    assert "AnswerChain" in chain.get_graph().draw_mermaid()


async def test_every_call_and_every_pipe_takes_every_form(fast_library: Library, chain_of: ChainOf) -> None:
    chain = chain_of(ExtractiveAnswerer(shipped_selector(), fast_library.term_weights, 0.1))
    expected = chain.invoke(WHO)
    given: list[Any] = [{"question": WHO}, HumanMessage(WHO), [("user", WHO)]]
    assert chain.batch(given) == await chain.abatch(given) == [expected] * 3
    assert dict(chain.batch_as_completed(given)) == {0: expected, 1: expected, 2: expected}
    assert [list(chain.stream(one)) for one in given] == [[expected]] * 3
    assert [[snapshot async for snapshot in chain.astream(one)] for one in given] == [[expected]] * 3
    prompt = ChatPromptTemplate([("human", "Who resigned in {year}?")])
    assert (prompt | chain).invoke({"year": "2019"}) == expected
    assert await ({"question": RunnableLambda(str.strip)} | chain).ainvoke(f" {WHO} ") == expected
    ended = [event async for event in chain.astream_events([("user", WHO)]) if event["event"] == "on_chain_end"]
    assert ended[-1]["data"]["output"] == expected


class BusyError(Exception):
    """What goes away by itself."""


async def test_a_chain_can_be_configured_tried_again_and_replaced(chain_of: ChainOf) -> None:
    failures = [BusyError(), BusyError()]

    def fails_twice(question: Any, passages: Any) -> Any:
        if failures:
            raise failures.pop()
        return first_sentences(GROWING)(question, passages)

    chain = chain_of(ScriptedAnswerer(fails_twice))
    patient = chain.with_config(run_name="documents").with_retry(
        retry_if_exception_type=(BusyError,), wait_exponential_jitter=False
    )
    assert len((await patient.ainvoke(WHO)).citations) == GROWING
    failures[:] = [BusyError()]
    other: AnswerChain = chain_of(ScriptedAnswerer(first_sentences(1)))
    assert len(chain.with_fallbacks([other]).invoke({"question": WHO}).citations) == 1
