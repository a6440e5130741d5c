"""The chain as a tool: what a model is told of it, what it reads, and what the program gets, also in an agent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain.agents import create_agent
from langchain_core.messages import BaseMessage, ToolMessage
from langchain_core.utils.function_calling import convert_to_openai_tool
from langgraph.checkpoint.memory import InMemorySaver
from pydantic import BaseModel, TypeAdapter

from bot import Answer, AnswerChain, Question, is_verified
from bot.chain.answer_text import text_of
from bot.extractive.answerer import ExtractiveAnswerer
from retrieval import CollectionError, Library
from tests.bot.chain.agent_model import ScriptedAgentModel
from tests.bot.chain.test_traces import Trace
from tests.bot.conftest import ChainOf
from tests.bot.fakes import shipped_selector

QUESTION = "How many planes did the terrorists take?"


@pytest.fixture
def chain(fast_library: Library, chain_of: ChainOf) -> AnswerChain:
    return chain_of(ExtractiveAnswerer(shipped_selector(), fast_library.term_weights, 0.1))


async def test_a_tool_needs_no_arguments_and_tells_a_model_what_it_does(chain: AnswerChain) -> None:
    tool = chain.as_tool()
    told = convert_to_openai_tool(tool)["function"]
    assert told["name"] == "ask_documents"
    assert "exact quotes" in told["description"]
    (argument,) = told["parameters"]["properties"].items()
    assert (argument[0], argument[1]["type"], told["parameters"]["required"]) == ("question", "string", ["question"])
    expected = chain.invoke(QUESTION)
    assert tool.invoke({"question": QUESTION}) == await tool.ainvoke({"question": QUESTION}) == text_of(expected)
    call = {"type": "tool_call", "id": "1", "name": told["name"], "args": {"question": QUESTION}}
    message = tool.invoke(call)
    assert (message.artifact, message.text, message.status) == (expected, text_of(expected), "success")


def test_a_tool_can_be_given_another_name_other_arguments_and_other_collections(chain: AnswerChain) -> None:
    class Asked(BaseModel):
        """Asks with fewer quotes."""

        question: str
        quotes: int = 1

    tool = chain.as_tool(Asked, name="rules", description="Knows the rules.", collections=("rules",))
    assert (tool.name, tool.description, tool.args_schema) == ("rules", "Knows the rules.", Asked)
    with pytest.raises(CollectionError, match="no collection “rules”"):  # which no model can do anything about
        tool.invoke({"question": QUESTION})
    message = chain.as_tool(Asked).invoke({"type": "tool_call", "id": "1", "name": "x", "args": {"question": QUESTION}})
    assert message.artifact == chain.invoke(Question(QUESTION, quotes=1))
    assert "quotes" in chain.as_tool(arg_types={"question": str, "quotes": int}).args


async def test_a_tool_takes_a_text_as_any_tool_of_one_argument(chain: AnswerChain) -> None:
    tool = chain.as_tool()
    expected = text_of(chain.invoke(QUESTION))
    assert tool.invoke(QUESTION) == tool.run(QUESTION) == await tool.ainvoke(QUESTION) == expected


def test_a_tool_that_could_never_be_called_is_refused_at_once(chain: AnswerChain) -> None:
    class Wordless(BaseModel):
        topic: str

    class TooMuch(BaseModel):
        question: str
        k: int = 3

    for schema in (Wordless, TooMuch):
        with pytest.raises(ValueError, match=r"are “question” and, where they are wanted, history, collections and"):
            chain.as_tool(schema)
    with pytest.raises(ValueError, match=r"^The arguments of a tool"):
        chain.as_tool(arg_types={"topic": str})
    for name in ("ask docs", "frag_mürrisch", "x" * 65):
        with pytest.raises(ValueError, match=r"^A tool cannot be called .*; use 1 to 64 letters"):
            chain.as_tool(name=name)
    for collections in ((), "rules"):
        with pytest.raises(CollectionError, match=r"^No collection is named|^`collections` is a text"):
            chain.as_tool(collections=collections)  # type: ignore[arg-type]


async def asked_by(agent: Any, ask: str, config: Any) -> list[BaseMessage]:
    given = {"messages": [("user", "How many planes?")]}
    state = agent.invoke(given, config) if ask == "invoke" else await agent.ainvoke(given, config)
    messages: list[BaseMessage] = state["messages"]
    return messages


@pytest.mark.parametrize("ask", ["invoke", "ainvoke"])
async def test_the_quotes_stay_proven_whatever_an_agent_makes_of_them(chain: AnswerChain, ask: str) -> None:
    trace = Trace()
    model = ScriptedAgentModel(questions=[" \n", QUESTION])
    agent: Any = create_agent(model, [chain.as_tool()], checkpointer=InMemorySaver())
    config = {"callbacks": [trace], "configurable": {"thread_id": "1"}}
    *_, refused, _, answered, last = await asked_by(agent, ask, config)
    assert isinstance(refused, ToolMessage)
    assert (refused.status, refused.artifact) == ("error", None)
    assert refused.text == "The question is empty; write what you want to know."
    assert last.text == f"As far as I can tell: {answered.text[:40]}"
    expected = chain.invoke(QUESTION)
    assert isinstance(answered, ToolMessage)
    assert answered.artifact == expected
    assert all(is_verified(one.quote, chain.library.texts.read) for one in expected.citations)
    # A checkpoint keeps the artifact as plain values, of which the answer can be made again.
    kept = agent.get_state(config).values["messages"][-2].artifact
    assert not isinstance(kept, Answer)
    assert TypeAdapter(Answer).validate_python(kept) == expected
    assert trace.queries == [QUESTION]


def test_what_a_tool_gives_can_be_sent_on_as_json(chain: AnswerChain) -> None:
    message = chain.as_tool().invoke({"type": "tool_call", "id": "1", "name": "x", "args": {"question": QUESTION}})
    assert json.loads(message.model_dump_json())["artifact"]["citations"][0]["quote"]["sha256"]
