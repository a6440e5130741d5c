"""The chain as a tool that agents call: the model reads the answer's text, the program gets the answer itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from langchain_core.runnables import Runnable
from langchain_core.tools import StructuredTool, ToolException
from pydantic import BaseModel, Field

from bot.chain.answer_text import text_of
from bot.chain.chain_input import ChainInput
from bot.errors import QuestionError
from bot.types import Answer

TOOL_NAME = "ask_documents"
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
    """

    def ask(**given: Any) -> tuple[str, Answer]:
        with _told_to_the_model():
            return _content_and_artifact(chain.invoke({"collections": list(collections), **given}))

    async def ask_async(**given: Any) -> tuple[str, Answer]:
        with _told_to_the_model():
            return _content_and_artifact(await chain.ainvoke({"collections": list(collections), **given}))

    return StructuredTool.from_function(
        func=ask,
        coroutine=ask_async,
        name=name or TOOL_NAME,
        description=description or TOOL_DESCRIPTION,
        args_schema=args_schema or ToolQuestion,
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
