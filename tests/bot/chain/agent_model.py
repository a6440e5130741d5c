"""A chat model for agents that follows a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import Field


class ScriptedAgentModel(BaseChatModel):
    """Calls the one tool that it was given with each of its questions, then says in its own words what it read."""

    questions: list[Any]
    tool: dict[str, Any] = Field(default_factory=dict)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(
        self, tools: Sequence[Any], *, tool_choice: str | None = None, **kwargs: Any
    ) -> Runnable[Any, AIMessage]:
        (tool,) = map(convert_to_openai_tool, tools)
        return self.model_copy(update={"tool": tool["function"]})

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        read = [message for message in messages if isinstance(message, ToolMessage)]
        if self.tool and len(read) < len(self.questions):
            argument, *_ = self.tool["parameters"]["required"]
            call = {"name": self.tool["name"], "args": {argument: self.questions[len(read)]}, "id": str(len(read))}
            said = AIMessage("", tool_calls=[call])
        else:
            said = AIMessage(f"As far as I can tell: {messages[-1].text[:40]}")
        return ChatResult(generations=[ChatGeneration(message=said)])
