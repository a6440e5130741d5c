"""``pullquote serve`` as programs and browsers see it: the real program, over real sockets."""

from __future__ import annotations

import json
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from tests.bot.chat_server import ChatServer, Silent
from tests.bot.http_server.program import PATIENCE, serving
from tests.bot.web_page.chromium import BrowserPage, find_browser, open_browser
from tests.conftest import Outcome, Run

pytestmark = [pytest.mark.usefixtures("programs"), pytest.mark.enable_socket]
KEY = "a-key-of-the-test-0123456789"
QUESTION = "How many planes?"
JSON = {"content-type": "application/json"}
BROKEN_NAME = rb'{"question": "Who?", "collections": ["\ud800"]}'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with serving(tmp_path_factory.mktemp("served")) as (_, client):
        yield client


def answered(client: httpx.Client, **body: Any) -> dict[str, Any]:
    reply = client.post("/ask", json={"question": QUESTION, **body})
    assert reply.status_code == 200
    told: dict[str, Any] = reply.json()
    return told


def steady(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "timings_ms"}


def test_an_answer_is_that_of_the_command_line_and_its_quote_is_proven(client: httpx.Client, run: Run) -> None:
    answer = answered(client)
    assert steady(answer) == steady(json.loads(run("ask", "--json", QUESTION).out)) | {"id": None}
    (citation, *_) = answer["citations"]
    source = client.get(f"/sources/{citation['source']['id']}").json()
    assert source["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert [one["id"] for one in client.get("/sources").json()["sources"]] == [source["id"]]
    claim = {
        "source_id": source["id"],
        "sha256": source["sha256"],
        "start": citation["start"],
        "end": citation["end"],
        "text": citation["quote"],
    }
    assert client.post("/verify", json=claim).json()["verified"] is True
    for forged in ({"text": "six planes"}, {"end": 10**30}, {"start": 10**30, "end": 10**31}, {"sha256": "0" * 64}):
        told = client.post("/verify", json=claim | forged).json()
        assert told["verified"] is False
        assert told["reason"].endswith(".")
    (passage,) = client.post("/search", json={"question": QUESTION, "k": 1}).json()["passages"]
    assert source["text"][passage["start"] : passage["end"]] == passage["text"]


def test_a_streamed_answer_ends_with_the_whole_one(client: httpx.Client) -> None:
    with client.stream("POST", "/ask", json={"question": QUESTION, "stream": True}) as reply:
        assert reply.headers["content-type"].startswith("text/event-stream")
        events = [event.split("\n") for event in "".join(reply.iter_text()).split("\n\n") if event]
    assert [name for name, _ in events] == ["event: snapshot", "event: done"]
    assert steady(json.loads(events[-1][1].removeprefix("data: "))) == steady(answered(client))


def test_what_is_described_is_what_is_sent(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert described["paths"].keys() == {"/health", "/ask", "/search", "/sources", "/sources/{source_id}", "/verify"}
    source = client.get("/sources").json()["sources"][0]
    sent = {
        ("/ask", "post"): answered(client),
        ("/search", "post"): client.post("/search", json={"question": QUESTION}).json(),
        ("/sources", "get"): client.get("/sources").json(),
        ("/sources/{source_id}", "get"): client.get(f"/sources/{source['id']}").json(),
        ("/health", "get"): client.get("/health").json(),
    }
    for (path, method), body in sent.items():
        schema = described["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(body, {**schema, "components": described["components"]})


@pytest.mark.parametrize(
    ("method", "path", "request_", "status", "part"),
    [
        ("POST", "/ask", {"json": {"question": " "}}, 400, "The question is empty"),
        ("POST", "/ask", {"json": {"question": "a\u0007?"}}, 400, "control character U+0007"),
        ("POST", "/ask", {"json": {"question": "x" * 4001}}, 400, "at most 4,000"),
        ("POST", "/ask", {"json": {"question": QUESTION, "collections": ["no such"]}}, 404, "no collection “no such”"),
        ("POST", "/ask", {"json": {"questions": QUESTION}}, 422, "“question"),
        ("POST", "/ask", {"json": {"question": QUESTION, "quotes": 0}}, 422, "quotes"),
        ("POST", "/ask", {"content": b"{", "headers": JSON}, 400, "not JSON"),
        ("POST", "/ask", {"content": b"\xff", "headers": JSON}, 400, "not JSON"),
        ("POST", "/ask", {"data": {"question": QUESTION}}, 415, "must be JSON"),
        ("POST", "/ask", {"json": []}, 422, "not a JSON object"),
        ("POST", "/ask", {"content": rb'{"question": "\ud800"}', "headers": JSON}, 400, "not valid Unicode"),
        (
            "POST",
            "/ask",
            {"content": BROKEN_NAME, "headers": JSON},
            422,
            "at “collections.0”: it is not",
        ),
        ("POST", "/search", {"json": {"question": "Who?", "collections": ["\u202e"]}}, 404, "collection “\\u202e”"),
        ("POST", "/ask", {"json": {"question": "x" * 300_000}}, 413, "larger than"),
        ("POST", "/ask", {"json": {"question": "x" * 8_000_000}}, 413, "larger than"),
        ("GET", "/ask", {}, 405, "does not take that method"),
        ("GET", "/sources/..%2F..%2Fetc%2Fpasswd", {}, 404, "nothing at this address"),
        ("GET", "/sources/%00", {}, 404, "no source"),
        ("GET", "/sources?collection=none", {}, 404, "no collection “none”"),
        ("GET", "/", {"headers": {"host": "rebound.example"}}, 403, "at the address that it printed"),
        (
            "POST",
            "/ask",
            {"json": {"question": QUESTION}, "headers": {"host": "127.0.0.1.example"}},
            403,
            "at no other",
        ),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(
    client: httpx.Client, method: str, path: str, request_: dict[str, Any], status: int, part: str
) -> None:
    reply = client.request(method, path, **request_)
    assert reply.status_code == status, reply.text
    (sentence,) = reply.json().values()
    assert "\u202e" not in sentence
    assert part in sentence
    assert sentence.endswith(".")
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in reply.headers


def test_a_client_that_asks_first_is_told_before_it_sends_a_large_body(client: httpx.Client) -> None:
    length = "Content-Type: application/json\r\nContent-Length: 8000000\r\nExpect: 100-continue"
    head = f"POST /ask HTTP/1.1\r\nHost: {client.base_url.netloc.decode()}\r\n{length}\r\n\r\n"
    with socket.create_connection((client.base_url.host, client.base_url.port), PATIENCE) as connection:
        connection.sendall(head.encode())
        assert connection.recv(64).startswith(b"HTTP/1.1 413 ")


def test_many_ask_at_once_and_some_leave(client: httpx.Client) -> None:
    host, port = client.base_url.host, client.base_url.port or 0
    body = json.dumps({"question": QUESTION}).encode()
    head = (
        f"POST /ask HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    for sent in (head.encode() + body, head.encode() + body[:5]):  # they leave before the answer, or in their question
        for _ in range(5):
            with socket.create_connection((host, port)) as leaving:
                leaving.sendall(sent)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: steady(answered(client)), range(20)))
    assert all(answer == answers[0] for answer in answers)


def test_a_key_is_asked_for_where_there_is_one(home: Path) -> None:
    with serving(home, PULLQUOTE_SERVE_KEY=KEY) as (_, client):
        for given in ({}, {"authorization": "Bearer wrong"}, {"authorization": KEY}, {"authorization": f"Basic {KEY}"}):
            assert client.get("/sources", headers=given).status_code == 401
        assert client.get("/sources", headers={"authorization": f"Bearer {KEY}"}).status_code == 200
        assert {client.get(path).status_code for path in ("/", "/health", "/openapi.json")} == {200}


@pytest.mark.parametrize(
    ("arguments", "environment", "part"),
    [
        (["--host", "0.0.0.0"], {}, "set PULLQUOTE_SERVE_KEY"),
        ([], {"PULLQUOTE_SERVE_KEY": "short"}, "at least 16 characters"),
        (["--host", "no such host"], {}, "cannot listen"),
    ],
)
def test_it_does_not_serve_whom_it_should_not(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], environment: dict[str, str], part: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    outcome = run("serve", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert part in outcome.err
    assert "short" not in outcome.err


def test_a_port_that_is_taken_is_told(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = f"The server cannot listen at 127.0.0.1, port {port} (address already in use); choose another one.\n"
        assert run("serve", "--port", str(port)) == Outcome(2, "", sentence)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_told(home: Path, number: signal.Signals) -> None:
    with serving(home) as (server, client):
        assert client.get("/health").json() == {"status": "ok"}
        server.send_signal(number)
        began = time.monotonic()
        assert server.wait(PATIENCE) == 0
        assert time.monotonic() - began < PATIENCE / 2
        assert server.stderr is not None
        assert server.stderr.read() == ""


def test_a_question_that_is_open_when_it_is_stopped_is_refused_with_a_sentence(home: Path) -> None:
    with ChatServer((Silent(),)) as chat:
        setting = {"MODEL": "openai:scripted", "BASE_URL": chat.url, "API_KEY": "x"}
        environment = {f"PULLQUOTE_CHAT_{name}": value for name, value in setting.items()}
        with serving(home, **environment) as (server, client), ThreadPoolExecutor(1) as pool:
            asked = pool.submit(client.post, "/ask", json={"question": QUESTION})
            late = time.monotonic() + PATIENCE
            while not chat.requests and time.monotonic() < late:
                time.sleep(0.05)
            server.send_signal(signal.SIGTERM)
            reply = asked.result(PATIENCE)
            assert (reply.status_code, reply.json()["error"][:27]) == (503, "The server is being stopped")
            assert server.wait(PATIENCE) == 0
            assert server.stderr is not None
            assert server.stderr.read() == ""


@pytest.mark.skipif(find_browser() is None, reason="There is no Chromium: apt-get install chromium")
def test_the_page_asks_with_the_key_and_lights_the_quote(home: Path, tmp_path: Path) -> None:
    with serving(home, PULLQUOTE_SERVE_KEY=KEY) as (_, client), open_browser(tmp_path) as page:
        page.call("Page.navigate", url=str(client.base_url))
        for key in ("a wrong one", KEY):  # it asks again
            page.wait_for("document.querySelector('#key')?.open")
            page.run("document.querySelector('#secret').focus()")
            page.type(key)
            page.press("Enter")
        page.wait_for("!document.querySelector('#key').open && document.body.innerText.includes('Kazakhstan')")
        page.press("/")
        page.type(QUESTION)
        page.press("Enter")
        page.wait_for("document.querySelector('#pane mark')")
        assert "five planes" in "".join(page.texts("#pane mark"))
        assert [complaint for complaint in page.complaints() if "401" not in complaint] == []
        assert {httpx.URL(address).host for address in page.requests()} == {client.base_url.host}
        assert page.run("Object.keys(localStorage).length + document.cookie.length") == 0


@pytest.mark.skipif(find_browser() is None, reason="There is no Chromium: apt-get install chromium")
def test_keys_work_after_an_answer_and_a_refusal_shows_no_quote_of_the_one_before(
    client: httpx.Client, tmp_path: Path
) -> None:
    with open_browser(tmp_path) as page:
        page.look()
        page.open(str(client.base_url))
        ask(page, QUESTION)
        page.wait_for("document.activeElement.matches('#pane mark[aria-current]')")
        page.wait_for("document.querySelector('#status').textContent.startsWith('five planes')")
        page.press("Escape")
        assert page.run("document.activeElement.className") == "place"
        page.press("/")
        assert page.run("[document.activeElement.id, at('words').value]") == ["words", ""]
        ask(page, "What is the capital of France?")
        page.wait_for("document.querySelector('#status').textContent === 'The document does not say.'")
        assert page.texts("#title") == ["Documents"]
        assert page.texts("#pane mark, [aria-current]") == []
        assert page.texts("#pane li") == ["Kazakhstan protests, January 2022"]
        assert page.run("document.activeElement.id") == "words"
        ask(page, QUESTION)
        page.type("And when?")  # before the answer is there
        page.wait_for("document.querySelector('#pane mark[aria-current]') && !request")
        assert page.run("[document.activeElement.id, at('words').value]") == ["words", "And when?"]
        page.look(width=360, height=640)
        page.run("at('words').value = ''")
        ask(page, QUESTION)
        page.wait_for("document.activeElement.matches('.turn:last-child .card[aria-current] .place')")
        assert not page.run("document.body.classList.contains('reading')")
        assert page.complaints() == []


def ask(page: BrowserPage, question: str) -> None:
    page.run("at('words').focus()")
    page.type(question)
    page.press("Enter")
