"""The client that the program uses, and what it has of an answer at the end."""

from __future__ import annotations

import pytest
from langchain_core.messages import AIMessageChunk
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from tests.bot.chat_server.behaviour import Behaviour
from tests.bot.chat_server.server import ChatServer

TIMEOUT = 1.0


def chat(server: ChatServer, retries: int = 0, timeout: float = TIMEOUT) -> ChatOpenAI:
    """The client, pointed at the server."""
    key = SecretStr("sk-of-the-test")
    return ChatOpenAI(
        model="scripted", base_url=server.url, api_key=key, max_retries=retries, timeout=timeout, stream_usage=True
    )


def ask(server: ChatServer, *script: Behaviour, streams: bool = True, retries: int = 0) -> tuple[AIMessageChunk, str]:
    """What the client has at the end, and what of it had come when it raised; only one of them counts."""
    server.script = script
    model, came = chat(server, retries), list[AIMessageChunk]()
    if not streams:
        message = model.invoke("Hello")
        return AIMessageChunk(**message.model_dump(exclude={"type"})), message.text
    for piece in model.stream("Hello"):
        assert isinstance(piece, AIMessageChunk)
        came.append(piece)
    whole = came[0]
    for piece in came[1:]:
        whole += piece
    return whole, whole.text


def begun(server: ChatServer, *script: Behaviour, fault: type[Exception]) -> str:
    """The words that came before the client raised this."""
    server.script = script
    came: list[str] = []
    with pytest.raises(fault):
        came.extend(piece.text for piece in chat(server).stream("Hello"))
    return "".join(came)
