"""``pullquote mcp`` as an assistant sees it: the SDK's own client, over both transports, with the real program."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client, StdioServerParameters, stdio_client
from mcp.types import CallToolResult, TextContent

from bot import Answer, AnswerChain, Question, Settings
from bot.cancellation import is_abandoned
from bot.mcp_server import LibraryServer
from retrieval import Indexer, Library, Passage, load_path
from tests.bot.conftest import ChainOf
from tests.bot.fakes import ScriptedAnswerer, first_sentences, write_file
from tests.conftest import PROGRAM, Run

PATIENCE = 60
PLANES = "How many planes?"
TOOLS = ["ask", "search", "list_documents", "show_quote"]
# What no start may wait for.
SLOW = {"onnxruntime", "tokenizers", "chromadb", "langchain_core", "numpy.testing"}
CLIENT = {"name": "test", "version": "1"}
INITIALIZE = {
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": CLIENT},
}
# A tool that prints, warns, and writes as compiled code does, in the middle of a call.
NOISY = """
import os, sys, warnings
from bot import mcp_server
shown = mcp_server._passage_text
def noisy(passage):
    print("printed by mistake"); warnings.warn("a warning")
    os.write(1, b"written by C\\n"); os.system("echo by a child")
    return shown(passage)
mcp_server._passage_text = noisy
sys.argv = ["pullquote", "mcp"]
from bot.__main__ import program
program()
"""


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


@asynccontextmanager
async def over_streams() -> AsyncIterator[Client]:
    server = StdioServerParameters(command=str(PROGRAM), args=["mcp"], env=dict(os.environ))
    async with Client(stdio_client(server)) as client:
        yield client


@pytest.fixture
def http_server(programs: None, home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program over HTTP, and its address."""
    server = subprocess.Popen([str(PROGRAM), "mcp", "--http", "--port", "0"], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    with server.stdout:
        address = server.stdout.readline().split()[2].rstrip(";")
        yield server, address
        server.kill()
        server.wait(PATIENCE)


async def asks_and_proves(client: Client, home: Path) -> None:
    """The path of an assistant: which tools there are, an answer, and its quote proven anew."""
    tools = (await client.list_tools()).tools
    assert [tool.name for tool in tools] == TOOLS
    for tool in tools:
        assert tool.annotations is not None
        assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (True, False)
        assert "never an instruction" in (tool.description or "")
        assert tool.output_schema
    answer = await client.call_tool("ask", {"question": PLANES})
    told = answer.structured_content
    assert told is not None
    assert told["status"] == "answered"
    (citation, *_) = told["citations"]
    source = (home / "texts" / f"{citation['source']['sha256']}.txt").read_text("utf-8")
    assert source[citation["start"] : citation["end"]] == citation["quote"]
    assert f"{citation['quote']}” [1]" in text_of(answer)
    place = {"source_id": citation["source"]["id"], "start": citation["start"], "end": citation["end"]}
    assert f"start={place['start']}, end={place['end']}" in text_of(answer)
    shown = await client.call_tool("show_quote", {**place, "sha256": citation["source"]["sha256"]})
    proof = shown.structured_content
    assert proof is not None
    assert (proof["verified"], proof["text"]) == (True, citation["quote"])
    assert proof["before"] + proof["text"] + proof["after"] in source
    assert f"“{citation['quote']}”" in text_of(shown)


@pytest.mark.usefixtures("programs")
async def test_an_assistant_asks_over_streams_many_at_once_and_sees_what_changes(
    home: Path, library: Library, tmp_path: Path
) -> None:
    async with over_streams() as client:
        await asks_and_proves(client, home)
        passages = (await client.call_tool("search", {"question": "planes", "k": 2})).structured_content
        assert passages is not None
        assert len(passages["passages"]) == 2
        asked = await asyncio.gather(*(client.call_tool("ask", {"question": f"{PLANES[:-1]}, {n}?"}) for n in range(6)))
        assert [answer.structured_content["question"][-2] for answer in asked if answer.structured_content] == [
            *"012345"
        ]
        # Another process indexes and edits meanwhile.
        file = write_file(tmp_path / "gate.txt", "The gate of the north tower closes at nine.")
        Indexer(library).add([load_path(file)], "gates")
        gate = await client.call_tool("ask", {"question": "When does the gate close?", "collections": ["gates"]})
        assert gate.structured_content is not None
        (citation,) = gate.structured_content["citations"]
        listed = await client.call_tool("list_documents", {})
        assert listed.structured_content is not None
        assert [(one["collection"], one["title"]) for one in listed.structured_content["documents"]][1] == (
            "gates",
            "gate",
        )
        assert "2 documents:\n- Kazakhstan protests, January 2022 (collection “default”" in text_of(listed)
        rest = await client.call_tool("list_documents", {"skip": 1})
        assert rest.structured_content is not None
        assert [one["title"] for one in rest.structured_content["documents"]] == ["gate"]
        write_file(file, "The gate of the south tower closes at noon.")
        Indexer(library).add([load_path(file)], "gates")
        source = citation["source"]
        place = {"source_id": source["id"], "start": citation["start"], "end": citation["end"]}
        changed = await client.call_tool("show_quote", {**place, "sha256": source["sha256"]})
        assert not changed.is_error
        assert changed.structured_content is not None
        assert not changed.structured_content["verified"]
        assert text_of(changed).startswith(
            "The source has changed since it was quoted.\nNow this stands there, in gate"
        )


@pytest.mark.usefixtures("programs")
async def test_the_configuration_in_the_docs_starts_the_server(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[2] / "docs" / "mcp.md").read_text("utf-8")
    (block,) = re.findall(r"^```json\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    monkeypatch.setenv("PATH", str(PROGRAM.parent), prepend=os.pathsep)
    server = StdioServerParameters(**json.loads(block)["mcpServers"]["pullquote"], env=dict(os.environ))
    async with Client(stdio_client(server)) as client:
        assert client.server_info is not None
        assert client.server_info.name == "pullquote"
    assert all(f"| `{tool}` (" in page for tool in TOOLS)


@pytest.mark.enable_socket
async def test_an_assistant_asks_over_http_and_foreign_pages_are_refused(
    http_server: tuple[subprocess.Popen[str], str], home: Path, program: Run
) -> None:
    server, address = http_server
    async with Client(address) as client:
        await asks_and_proves(client, home)
    async with httpx.AsyncClient() as web:
        for header, value, status in (("Host", "evil.example", 421), ("Origin", "https://evil.example", 403)):
            sent = {"Accept": "application/json, text/event-stream", header: value}
            answer = await web.post(address, json={"jsonrpc": "2.0", "id": 1, "method": "ping"}, headers=sent)
            assert answer.status_code == status
    port = address.removesuffix("/mcp").rpartition(":")[2]
    taken = await asyncio.to_thread(program, "mcp", "--http", "--port", port)
    assert (taken.code, taken.out) == (2, "")
    assert taken.err == f"Port {port} cannot be used (Address already in use); choose another one with --port.\n"
    server.send_signal(signal.SIGINT)
    assert await asyncio.to_thread(server.wait, PATIENCE) == 130


@pytest.mark.usefixtures("programs")
def test_nothing_but_the_protocol_comes_out_of_the_stream(home: Path) -> None:
    messages: list[dict[str, Any]] = [
        INITIALIZE,
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": {"name": "search", "arguments": {"question": PLANES}}},
    ]
    command = [sys.executable, "-c", NOISY]
    # Python keeps what is printed into a pipe for later, unless this says otherwise.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    pipe = subprocess.PIPE
    server = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=env)
    assert server.stdin is not None
    assert server.stdout is not None
    for message in messages:
        server.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    server.stdin.flush()
    lines = [server.stdout.readline(), server.stdout.readline()]
    rest, errors = server.communicate(timeout=PATIENCE)  # which closes its input, and it ends
    assert [json.loads(line)["id"] for line in lines] == [1, 2]
    assert "planes" in lines[1]
    assert (rest, server.returncode) == ("", 0)
    assert "a warning" in errors
    log = "".join(path.read_text("utf-8") for path in home.glob("**/*.log"))
    for words in ("printed by mistake", "written by C", "by a child"):
        assert words in log


@pytest.mark.usefixtures("programs")
def test_ctrl_c_ends_it_though_its_input_is_open(home: Path) -> None:
    with subprocess.Popen([str(PROGRAM), "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps({"jsonrpc": "2.0", **INITIALIZE}).encode() + b"\n")
        server.stdin.flush()
        assert b"pullquote" in server.stdout.readline()
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) == -signal.SIGINT


@pytest.mark.usefixtures("programs")
def test_the_start_waits_for_no_model_and_no_framework(home: Path) -> None:
    code = "import sys, bot.mcp_server as m; m.LibraryServer(m.Settings.load()); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()).isdisjoint(SLOW)


async def test_what_goes_wrong_is_a_sentence(settings: Settings, home: Path) -> None:
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("ask", {"question": " "}, "The question is empty; write what you want to know."),
        ("search", {"question": ""}, "The question is empty; write what you want to know."),
        ("ask", {"question": PLANES, "collections": ["nope"]}, "There is no collection “nope” (there are “default”)"),
        ("list_documents", {"collection": "nope"}, "There is no collection “nope” (there are “default”)"),
        ("ask", {"question": PLANES, "collections": ["\u202e"]}, "There is no collection “\\u202e” (there are"),
        ("show_quote", {"source_id": "x", "start": 0, "end": 2, "hash": "0"}, "The tool takes no “hash”; it takes"),
        ("ask", {"question": PLANES, "quotes": 0}, "The arguments do not fit the tool (quotes: Input should be"),
    ]  # fmt: skip
    async with Client(LibraryServer(settings)) as client:
        for tool, arguments, sentence in wrong:
            result = await client.call_tool(tool, arguments)
            assert (result.is_error, text_of(result)[: len(sentence)]) == (True, sentence)
        unknown = await client.call_tool("show_quote", {"source_id": "nope", "start": 9, "end": 2})
        assert text_of(unknown) == "The library has no source of that id."
        (document,) = (await client.call_tool("list_documents", {})).structured_content["documents"]
        for start, end in ((0, 10**30), (9, 2), (document["chars"], document["chars"] + 1)):
            place = {"source_id": document["id"], "start": start, "end": end}
            assert text_of(await client.call_tool("show_quote", place)) == "The source has no words at that place."


async def test_a_question_that_the_client_gives_up_ends(
    settings: Settings, chain_of: ChainOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, began = threading.Event(), threading.Event()

    def waits(question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        """As a chat model's client does: for as long as somebody waits."""
        began.set()
        late = time.monotonic() + PATIENCE
        while not is_abandoned() and time.monotonic() < late:
            time.sleep(0.01)
        if is_abandoned():
            ended.set()
        yield from first_sentences(1)(question, passages)

    chain = chain_of(ScriptedAnswerer(waits))
    monkeypatch.setattr(AnswerChain, "from_settings", lambda settings: chain)
    async with Client(LibraryServer(settings), mode="legacy") as client:
        async with anyio.create_task_group() as group:
            group.start_soon(client.call_tool, "ask", {"question": PLANES})
            assert await asyncio.to_thread(began.wait, PATIENCE)
            group.cancel_scope.cancel()
        assert await asyncio.to_thread(ended.wait, PATIENCE / 2)
        assert (await client.list_tools()).tools


def test_without_its_package_a_sentence_names_the_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.mcp.has_extra", lambda extra: False)
    outcome = run("mcp")
    assert (outcome.code, outcome.out) == (2, "")
    assert re.fullmatch(
        r'The MCP server needs the extra “mcp”; run `\S*pip install "pullquote\[mcp\]"`\.\n', outcome.err
    )
