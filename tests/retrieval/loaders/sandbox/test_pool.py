"""Whatever a file does to what reads it, the program gets a text or a sentence, soon."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.formats import Format
from retrieval.loaders.load_errors import TOO_MUCH
from retrieval.loaders.sandbox import pool as sandbox_module
from retrieval.loaders.sandbox.pool import NO_PROCESS, Sandbox
from retrieval.loaders.sandbox.worker import BROKEN, TOO_DEEP, TOO_LARGE_INSIDE
from retrieval.loaders.sandbox.worker_answers import BROKEN_DOWN
from tests.retrieval.loaders.sandbox.misbehaving import FINE
from tests.retrieval.loaders.sandbox.test_pool_programs import is_gone

MISBEHAVING = Format("misbehaving", (), (), "tests.retrieval.loaders.sandbox.misbehaving", seconds=20)
SOON = 1.0


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


def extract(sandbox: Sandbox, behaviour: str, seconds: float = MISBEHAVING.seconds) -> Extracted:
    return sandbox.extract(replace(MISBEHAVING, seconds=seconds), behaviour.encode())


def refusal(sandbox: Sandbox, behaviour: str, seconds: float = MISBEHAVING.seconds) -> tuple[str, SourceProblem]:
    with pytest.raises(SourceError) as caught:
        extract(sandbox, behaviour, seconds)
    return str(caught.value), caught.value.problem


def worker_pid(sandbox: Sandbox) -> int:
    return int(extract(sandbox, "tell pid").text)


@pytest.mark.usefixtures("programs")
def test_text_title_places_and_encoding_come_back_as_they_are(sandbox: Sandbox) -> None:
    assert extract(sandbox, "fine") == FINE


@pytest.mark.usefixtures("programs")
def test_a_refusal_comes_back_with_its_reason(sandbox: Sandbox) -> None:
    assert refusal(sandbox, "refuse") == ("{name} is not to my taste; {name} it is not.", SourceProblem.EMPTY)


@pytest.mark.usefixtures("programs")
def test_a_picture_comes_back_and_nothing_that_is_none(sandbox: Sandbox) -> None:
    drawn = replace(MISBEHAVING, pictures=MISBEHAVING.module)
    assert sandbox.draw(drawn, b"fine", 3) == b"\x89PNG\r\n\x1a\n3"
    with pytest.raises(SourceError, match="not to my taste"):
        sandbox.draw(drawn, b"refuse", 3)
    with pytest.raises(SourceError, match="brought down what reads it"):
        sandbox.draw(drawn, b"#!/bin/sh", 3)


@pytest.mark.usefixtures("programs")
def test_one_process_reads_many_files_and_then_a_fresh_one_does(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox_module, "FILES_A_WORKER", 3)
    pids = [worker_pid(sandbox) for _ in range(7)]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("behaviour", ["loop", "sleep_in_c", "slowly 60"])
def test_what_takes_too_long_is_ended(sandbox: Sandbox, behaviour: str) -> None:
    pid = worker_pid(sandbox)
    start = time.monotonic()
    sentence, problem = refusal(sandbox, behaviour, seconds=SOON)
    assert time.monotonic() - start < SOON + 2
    assert sentence.startswith("{name} takes longer than 1 seconds to read; ")
    assert problem is SourceProblem.TOO_COMPLEX
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert extract(sandbox, "fine") == FINE


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("behaviour", "sentence"),
    [
        ("hoard", TOO_LARGE_INSIDE),
        ("hoard_at_once", TOO_LARGE_INSIDE),
        ("recurse", TOO_DEEP),
        ("segfault", BROKEN_DOWN),
        ("abort", BROKEN_DOWN),
        ("leave 0", BROKEN_DOWN),
        ("leave 1", BROKEN_DOWN),
        ("leave_politely", BROKEN_DOWN),
        ("interrupt", BROKEN_DOWN),
        ("stumble", BROKEN),
        ("surrogate", BROKEN),
        ("run_program", BROKEN),
        ("fork", BROKEN),
    ],
)
def test_a_breakdown_is_a_sentence_and_the_next_file_is_read(
    sandbox: Sandbox, behaviour: str, sentence: str, capfd: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        said, _ = refusal(sandbox, behaviour)
        assert said == sentence
        assert extract(sandbox, "fine") == FINE
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("programs")
def test_the_last_words_of_what_breaks_down_are_recorded(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    extract(sandbox, "chatter")
    refusal(sandbox, "segfault")
    (record,) = caplog.messages
    assert "Segmentation fault" in record
    assert "in segfault" in record, "or nobody knows where it was"
    assert len(record) < 5 * sandbox_module.LAST_WORDS_BYTES


@pytest.mark.usefixtures("programs")
def test_what_a_library_prints_goes_nowhere(sandbox: Sandbox, capfd: pytest.CaptureFixture[str]) -> None:
    assert extract(sandbox, "chatter") == FINE
    assert extract(sandbox, "chatter") == FINE
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("programs")
def test_a_library_that_reads_its_input_finds_nothing(sandbox: Sandbox) -> None:
    assert extract(sandbox, "read_input").text == "[]"
    assert extract(sandbox, "fine") == FINE


@pytest.mark.usefixtures("programs")
def test_no_file_is_written(sandbox: Sandbox, tmp_path: Path) -> None:
    assert refusal(sandbox, f"write_file {tmp_path / 'python'}")[0] == BROKEN
    assert not (tmp_path / "python").exists()
    assert extract(sandbox, f"open_in_c {tmp_path / 'c'}").text == "-1"
    assert not (tmp_path / "c").exists() or (tmp_path / "c").stat().st_size == 0  # it is there only on macOS


@pytest.mark.enable_socket
def test_no_connection_is_made(sandbox: Sandbox) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert refusal(sandbox, f"connect {listening.getsockname()[1]}")[0] == BROKEN
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.usefixtures("programs")
def test_no_key_of_the_environment_gets_there(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    names = extract(sandbox, "tell environment").text.split()
    ours = {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8", "ORT_DISABLE_TELEMETRY"}
    assert set(names) <= ours | {"LC_CTYPE", "LD_LIBRARY_PATH"}


@pytest.mark.usefixtures("programs")
def test_the_working_folder_decides_nothing(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('shadowed')")
    (tmp_path / "retrieval.py").write_text("raise SystemExit('shadowed')")
    monkeypatch.chdir(tmp_path)
    assert extract(sandbox, "fine") == FINE
    assert extract(sandbox, "tell folder").text == "/"


@pytest.mark.usefixtures("programs")
def test_large_files_and_answers_pass_through_the_pipes(sandbox: Sandbox) -> None:
    assert sandbox.extract(MISBEHAVING, b"fine " + b"x" * 60_000_000) == FINE
    assert extract(sandbox, "much 40000000").text == "x" * 40_000_000


@pytest.mark.usefixtures("programs")
def test_an_answer_beyond_all_bounds_is_refused(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_module, "MAX_CONTENT_BYTES", 1_000_000)
    assert len(extract(sandbox, "much 1000000").text) == 1_000_000
    assert refusal(sandbox, "much 1000001")[0] == TOO_MUCH
    assert extract(sandbox, "fine") == FINE


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    "wrong", ["backwards", "twice", "outside", "negative", "page", "link", "heading", "text", "surrogate"]
)
def test_places_that_do_not_belong_to_the_text_are_not_believed(sandbox: Sandbox, wrong: str) -> None:
    assert refusal(sandbox, f"places {wrong}")[0] == BROKEN_DOWN


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("wrong", ["outside", "empty", "elsewhere"])
def test_labels_that_do_not_belong_to_the_text_are_not_believed(sandbox: Sandbox, wrong: str) -> None:
    assert refusal(sandbox, f"labels {wrong}")[0] == BROKEN_DOWN


@pytest.mark.usefixtures("programs")
def test_a_worker_that_went_meanwhile_is_replaced(sandbox: Sandbox) -> None:
    pid = worker_pid(sandbox)
    os.kill(pid, signal.SIGTERM)
    assert is_gone(pid, 5)
    assert extract(sandbox, "fine") == FINE


@pytest.mark.usefixtures("programs")
def test_files_are_read_from_many_threads_at_once(sandbox: Sandbox) -> None:
    work = ["fine", "slowly 0.05", "much 100000", "stumble", "leave 1"] * 6

    def outcome(behaviour: str) -> object:
        try:
            return len(extract(sandbox, behaviour).text)
        except SourceError as error:
            return str(error)

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(outcome, work))
    assert outcomes == [5, 5, 100_000, BROKEN, BROKEN_DOWN] * 6


@pytest.mark.usefixtures("programs")
async def test_an_asynchronous_program_goes_on_meanwhile(sandbox: Sandbox) -> None:
    reading = asyncio.gather(*(asyncio.to_thread(extract, sandbox, "slowly 0.3") for _ in range(3)))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert await reading == [FINE] * 3
    assert turns > 10


@pytest.mark.usefixtures("programs")
def test_an_interrupted_reading_leaves_no_process(sandbox: Sandbox) -> None:
    pid = worker_pid(sandbox)
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        extract(sandbox, "loop")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert extract(sandbox, "fine") == FINE


@pytest.mark.usefixtures("programs")
def test_where_no_process_can_be_started_a_sentence_says_so(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    assert refusal(sandbox, "fine")[0] == NO_PROCESS
