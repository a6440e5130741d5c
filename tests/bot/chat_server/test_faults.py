"""What the client that the program uses makes of every fault of a server."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import openai
import pytest
from langchain_core import exceptions as langchain

from tests.bot.chat_server import (
    BROKEN_EVENTS,
    HTML,
    NO_JSON,
    OTHER_EVENTS,
    OTHER_JSON,
    Behaviour,
    ChatServer,
    Cut,
    ErrorInStream,
    InvalidUtf8,
    Reset,
    Say,
    broken,
    context_length_exceeded,
    no_such_model,
    overloaded,
    quota_exceeded,
    too_many_requests,
    wrong_key,
)
from tests.bot.chat_server.client import ask, begun

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
either = pytest.mark.parametrize("streams", [True, False], ids=["stream", "whole"])

TEXT = "The bridge was finished in 1912. [1]\nIt replaced a ferry. [2]"
BEGUN = TEXT[:24]  # two pieces


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer() as server:
        yield server


ERRORS = {
    "too long": (context_length_exceeded(), openai.BadRequestError, 400, "context_length_exceeded"),
    "key": (wrong_key(), langchain.ModelAuthenticationError, 401, "invalid_api_key"),
    "model": (no_such_model(), langchain.ModelNotFoundError, 404, "model_not_found"),
    "rate": (too_many_requests(1), langchain.ModelRateLimitError, 429, "rate_limit_exceeded"),
    "quota": (quota_exceeded(), langchain.ModelRateLimitError, 429, "insufficient_quota"),
    "broken": (broken(), langchain.ModelAPIError, 500, None),
    "overloaded": (overloaded(), langchain.ModelAPIError, 503, None),
}


@either
@pytest.mark.parametrize("name", ERRORS)
def test_errors_have_their_kind_status_and_code(server: ChatServer, name: str, streams: bool) -> None:
    behaviour, kind, status, code = ERRORS[name]
    with pytest.raises(kind) as caught:
        ask(server, behaviour, streams=streams)
    assert isinstance(caught.value, openai.APIStatusError)
    assert (caught.value.status_code, caught.value.code) == (status, code)


def test_an_error_in_a_stream_is_none_of_langchains(server: ChatServer) -> None:
    assert begun(server, ErrorInStream(TEXT, 2), fault=openai.APIError) == BEGUN
    with pytest.raises(openai.APIError) as caught:
        ask(server, ErrorInStream(TEXT, 2))
    assert not isinstance(caught.value, langchain.ModelError)
    with pytest.raises(langchain.ModelAPIError):
        ask(server, ErrorInStream(TEXT), streams=False)


@pytest.mark.parametrize(("told", "least", "most"), [(0.3, 0.3, 0.5), (1, 1, 1.4), (None, 0.3, 1)])
def test_a_second_attempt_waits_as_long_as_it_is_told(
    server: ChatServer, told: float | None, least: float, most: float
) -> None:
    assert ask(server, too_many_requests(told), Say(TEXT), retries=1)[1] == TEXT
    first, second = (request.at for request in server.requests)
    assert least <= second - first < most


def test_a_wait_of_more_than_two_minutes_is_not_waited_for(server: ChatServer) -> None:
    with pytest.raises(langchain.ModelRateLimitError):
        ask(server, too_many_requests(121), Say(TEXT), retries=1)
    assert len(server.requests) == 1


def test_a_stream_that_has_begun_is_not_tried_again(server: ChatServer) -> None:
    assert ask(server, Reset(), Say(TEXT), retries=1)[1] == TEXT
    with pytest.raises(langchain.ModelConnectionError):
        ask(server, Reset(TEXT, after=1), Say(TEXT), retries=1)


@either
@pytest.mark.parametrize("behaviour", [Reset(), Reset(TEXT, after=2), Cut(TEXT, after=2, announced=False)], ids=repr)
def test_a_connection_that_breaks_is_a_connection_error(
    server: ChatServer, behaviour: Behaviour, streams: bool
) -> None:
    with pytest.raises(langchain.ModelConnectionError) as caught:
        ask(server, behaviour, streams=streams)
    assert issubclass(caught.type, openai.APIConnectionError)
    assert "Timeout" not in caught.type.__name__


def test_what_came_before_a_break_stays(server: ChatServer) -> None:
    assert begun(server, Reset(TEXT, after=2), fault=langchain.ModelConnectionError) == BEGUN
    assert begun(server, Cut(TEXT, after=2, announced=False), fault=langchain.ModelConnectionError) == BEGUN


def test_a_reset_is_a_reset(server: ChatServer) -> None:
    server.script = [Reset()]
    with socket.create_connection(("127.0.0.1", int(server.url.split(":")[2].split("/")[0]))) as connection:
        connection.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")
        with pytest.raises(ConnectionResetError):
            connection.recv(1)


def test_a_stream_that_ends_too_early_raises_nothing(server: ChatServer) -> None:
    message, text = ask(server, Cut(TEXT, after=2))
    assert text == BEGUN
    assert "finish_reason" not in message.response_metadata  # which is how it can be told
    with pytest.raises(json.JSONDecodeError):
        ask(server, Cut(TEXT), streams=False)


UNREADABLE = {
    "no text": (InvalidUtf8(), UnicodeDecodeError, UnicodeDecodeError),
    "page": (HTML, ValueError, ValueError),
    "other JSON": (OTHER_JSON, ValueError, TypeError),
    "half JSON": (NO_JSON, ValueError, json.JSONDecodeError),
    "broken events": (BROKEN_EVENTS, json.JSONDecodeError, ValueError),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_raises_errors_of_python(server: ChatServer, name: str) -> None:
    behaviour, in_stream, in_one = UNREADABLE[name]
    for streams, kind in ((True, in_stream), (False, in_one)):
        with pytest.raises(kind) as caught:
            ask(server, behaviour, streams=streams)
        assert not isinstance(caught.value, openai.OpenAIError | langchain.LangChainException)


def test_events_of_another_shape_are_an_empty_answer(server: ChatServer) -> None:
    message, text = ask(server, OTHER_EVENTS)
    assert (text, message.response_metadata.get("finish_reason")) == ("", None)
