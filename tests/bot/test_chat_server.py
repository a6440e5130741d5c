"""The scripted chat model, seen through the client that the program uses."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import Request as Post
from urllib.request import urlopen

import openai
import pytest
from langchain.chat_models import init_chat_model
from langchain_core import exceptions as langchain
from openai import OpenAI

from tests.bot.chat_server import (
    NOTHING_FOUND,
    Behaviour,
    ChatServer,
    Cut,
    Empty,
    NeverStop,
    Request,
    Say,
    Silent,
    Slow,
    Stall,
    Usage,
)
from tests.bot.chat_server.client import TIMEOUT, ask, begun, chat

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
either = pytest.mark.parametrize("streams", [True, False], ids=["stream", "whole"])

TEXT = "The bridge was finished in 1912. [1]\nIt replaced a ferry. [2]"
BEGUN = TEXT[:24]  # two pieces


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer() as server:
        yield server


@either
def test_it_says_its_text_and_what_that_took(server: ChatServer, streams: bool) -> None:
    message, text = ask(server, Say(TEXT, usage=Usage(7, 5)), streams=streams)
    assert text == TEXT
    assert message.usage_metadata is not None
    assert [message.usage_metadata[name] for name in ("input_tokens", "output_tokens", "total_tokens")] == [7, 5, 12]
    assert message.response_metadata["finish_reason"] == "stop"


def test_only_a_whole_stream_ends_with_the_word_for_it(server: ChatServer) -> None:
    server.script = [Say(TEXT), Cut(TEXT)]
    asking = Post(f"{server.url}/chat/completions", b'{"stream": true}', {"Content-Type": "application/json"})
    bodies = []
    for _ in range(2):
        with urlopen(asking) as answer:
            bodies.append(answer.read())
    assert [body.endswith(b"data: [DONE]\n\n") for body in bodies] == [True, False]
    assert all(body.startswith(b"data: {") for body in bodies)


@either
@pytest.mark.parametrize("reason", ["length", "content_filter", None])
def test_it_ends_as_it_is_told_to(server: ChatServer, reason: str | None, streams: bool) -> None:
    message, text = ask(server, Say(TEXT, finish_reason=reason), streams=streams)
    assert (text, message.response_metadata.get("finish_reason")) == (TEXT, reason)


@either
def test_it_may_say_nothing_and_tell_no_usage(server: ChatServer, streams: bool) -> None:
    assert ask(server, Empty(), streams=streams)[1] == ""
    assert ask(server, Say(TEXT, usage=None), streams=streams)[0].usage_metadata is None


def test_a_refusal_comes_in_a_field_of_its_own(server: ChatServer) -> None:
    refusal = Say("", refusal="I cannot help with that.")
    assert ask(server, refusal, streams=False)[0].additional_kwargs["refusal"] == "I cannot help with that."
    assert ask(server, refusal)[1] == ""
    with OpenAI(base_url=server.url, api_key="sk", max_retries=0) as client:
        stream = client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Hi"}], stream=True)
        assert "".join(chunk.choices[0].delta.refusal or "" for chunk in stream) == "I cannot help with that."


def test_it_records_prompt_key_and_time(server: ChatServer) -> None:
    before = time.monotonic()
    chat(server).invoke([("system", "Be brief."), ("user", "First"), ("assistant", "Yes?"), ("user", "Second")])
    (request,) = server.requests
    assert (request.texts("system"), request.texts("user")) == (["Be brief."], ["First", "Second"])
    assert (request.key, request.headers["authorization"]) == ("sk-of-the-test", "Bearer sk-of-the-test")
    assert (request.model, request.streams) == ("scripted", False)
    assert before < request.at < time.monotonic()


def test_a_script_runs_in_order_and_its_end_repeats(server: ChatServer) -> None:
    server.script = [Say("one"), Say("two")]
    model = chat(server)
    assert [model.invoke("x").text for _ in range(3)] == ["one", "two", "two"]
    server.script = [Say("three"), Say("four")]
    assert model.invoke("x").text == "three"
    server.script = lambda request: Say(f"You said {request.texts('user')[-1]}")
    assert model.invoke("x").text == "You said x"


def test_it_lists_its_models_and_knows_no_other_place(server: ChatServer) -> None:
    with OpenAI(base_url=server.url, api_key="sk", max_retries=0) as client:
        assert [model.id for model in client.models.list()] == ["scripted"]
        with pytest.raises(openai.NotFoundError):
            client.completions.create(model="scripted", prompt="x")
    with pytest.raises(HTTPError, match="404") as caught:
        urlopen(f"{server.url}/nowhere")
    caught.value.close()
    assert [request.path for request in server.lookups] == ["/v1/models", "/v1/completions", "/v1/nowhere"]
    assert server.requests == []


def test_any_langchain_client_can_be_pointed_at_it(server: ChatServer) -> None:
    model = init_chat_model("scripted", model_provider="openai", base_url=server.url, api_key="sk")
    assert model.invoke("x").text == NOTHING_FOUND


def test_it_answers_many_at_once(server: ChatServer) -> None:
    server.script = [Slow(0.2, Say("now"))]
    model, start = chat(server, timeout=5), time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        assert [message.text for message in pool.map(model.invoke, "x" * 8)] == ["now"] * 8
    assert time.monotonic() - start < 8 * 0.2


@either
def test_silence_is_a_timeout_and_the_server_sees_the_client_go(server: ChatServer, streams: bool) -> None:
    for behaviour in (Silent(), Slow(5, Say(TEXT)), Stall(TEXT, after=2)):
        start = time.monotonic()
        with pytest.raises(langchain.ModelTimeoutError) as caught:
            ask(server, behaviour, streams=streams)
        assert isinstance(caught.value, openai.APITimeoutError)
        assert TIMEOUT <= time.monotonic() - start < 2
        assert server.requests[-1].left.wait(2)
    assert begun(server, Stall(TEXT, after=2), fault=langchain.ModelTimeoutError) == BEGUN


def test_the_clients_timeout_is_for_each_read_and_not_for_the_whole(server: ChatServer) -> None:
    start = time.monotonic()
    assert ask(server, Say(TEXT, pace=TIMEOUT * 0.6, piece=20))[1] == TEXT
    assert time.monotonic() - start > TIMEOUT


def test_what_never_stops_goes_on_until_the_stream_is_closed(server: ChatServer) -> None:
    server.script = [NeverStop(("again\n",))]
    start = time.monotonic()
    stream = chat(server).stream("x")
    while time.monotonic() - start < 2 * TIMEOUT:
        next(stream)
    assert not server.requests[0].left.is_set()
    stream.close()  # type: ignore[attr-defined]  # (it is a generator)
    assert server.requests[0].left.wait(2)


def test_an_answer_in_one_that_never_stops_has_no_timeout_at_all() -> None:
    with ThreadPoolExecutor(1) as pool:
        with ChatServer([NeverStop()]) as server:
            message = pool.submit(chat(server).invoke, "x")
            server.wait_for(1)
            time.sleep(3 * TIMEOUT)
            assert not message.done()
        assert isinstance(message.exception(2), langchain.ModelConnectionError)


def test_stopping_is_quick_and_leaves_nothing(server: ChatServer) -> None:
    before = set(threading.enumerate())
    with ThreadPoolExecutor(4) as pool:
        with ChatServer() as stopped:
            stopped.script = [Silent(), Stall(TEXT), NeverStop(pace=0), Slow(60, Say(TEXT))]
            answers = [pool.submit(chat(stopped, timeout=30).invoke, "x") for _ in range(4)]
            stopped.wait_for(4)
            start = time.monotonic()
        assert time.monotonic() - start < 1
        assert all(isinstance(answer.exception(2), openai.APIConnectionError) for answer in answers)
    assert set(threading.enumerate()) <= before
    with pytest.raises(openai.APIConnectionError):
        chat(stopped).invoke("x")


def test_stopping_does_not_wait_for_a_client_that_does_not_read() -> None:
    with ChatServer([NeverStop(pace=0)]) as server, socket.socket() as connection:
        connection.connect(("127.0.0.1", int(server.url.split(":")[2].split("/")[0])))
        connection.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")
        server.wait_for(1)
        time.sleep(0.2)
        start = time.monotonic()
        server.__exit__(None, None, None)
        assert time.monotonic() - start < 1


def test_a_script_that_fails_fails_the_test() -> None:
    def fail(request: Request) -> Behaviour:
        raise LookupError("no such answer")

    server = ChatServer(fail)
    with pytest.raises(LookupError, match="no such answer"), server, pytest.raises(langchain.ModelAPIError):
        chat(server).invoke("x")


def test_waiting_for_requests_that_do_not_come_says_so(server: ChatServer) -> None:
    with pytest.raises(TimeoutError, match="0 of 1"):
        server.wait_for(1, seconds=0.01)
