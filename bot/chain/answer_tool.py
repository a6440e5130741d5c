"""The chain as a tool that agents call: the model reads the answer's text, the program gets the answer itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from langchain_core.runnables import Runnable
from langchain_core.tools import StructuredTool, ToolException
from pydantic import BaseModel, Field

from bot.chain.answer_text import text_of
from bot.chain.chain_input import OTHER_KEYS, ChainInput, QuestionInput
from bot.errors import QuestionError
from bot.types import Answer
from retrieval.collection_names import check_collections

TOOL_NAME = "ask_documents"
# What every provider of chat models takes.
NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
TOOL_DESCRIPTION = (
    "Answers a question from the user's documents, in exact quotes with the place where each stands. "
    "It says so where the documents do not tell. Use it for everything that the documents may say."
)


class ToolQuestion(BaseModel):
    """What a model calls the tool with."""

    question: str = Field(description="One whole question in plain words, which can be understood on its own.")


def make_answer_tool(
    chain: Runnable[ChainInput, Answer],
    *,
    name: str | None,
    description: str | None,
    args_schema: type[BaseModel] | None,
    collections: tuple[str, ...],
) -> StructuredTool:
    """A tool whose content is the answer's text and whose artifact is the ``Answer``.

    A question that cannot be asked is told to the model, which can ask another one; every other error is raised.

    Raises:
        CollectionError: If no collection is named.
        ValueError: If no model could call it by its name, or its arguments are no keys of a question.
    """
    check_collections(collections)
    name, args_schema = name or TOOL_NAME, args_schema or ToolQuestion
    if not NAME.fullmatch(name):
        raise ValueError(f"A tool cannot be called “{name}”; use 1 to 64 letters of ASCII, digits, “_” and “-”.")
    keys = args_schema.model_fields.keys()
    if "question" not in keys or not keys <= QuestionInput.model_fields.keys():
        raise ValueError(f"The arguments of a tool are “question” and, where they are wanted, {OTHER_KEYS}.")

    def asked(said: tuple[str, ...], given: dict[str, Any]) -> dict[str, Any]:
        # LangChain hands on a text, which any tool of one argument takes, without the argument's name.
        named = {"question": said[0]} if said else given
        return {"collections": list(collections), **named}

    def ask(*said: str, **given: Any) -> tuple[str, Answer]:
        with _told_to_the_model():
            return _content_and_artifact(chain.invoke(asked(said, given)))

    async def ask_async(*said: str, **given: Any) -> tuple[str, Answer]:
        with _told_to_the_model():
            return _content_and_artifact(await chain.ainvoke(asked(said, given)))

    return StructuredTool.from_function(
        func=ask,
        coroutine=ask_async,
        name=name,
        description=description or TOOL_DESCRIPTION,
        args_schema=args_schema,
        response_format="content_and_artifact",
        handle_tool_error=True,
    )


def _content_and_artifact(answer: Answer) -> tuple[str, Answer]:
    return text_of(answer), answer


@contextmanager
def _told_to_the_model() -> Iterator[None]:
    try:
        yield
    except QuestionError as error:
        raise ToolException(str(error)) from error
