"""Two processes on one library: one writer, readers that never stumble and always see what is in force."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import Answer, AnswerChain, Settings
from bot.extractive.answerer import ExtractiveAnswerer
from retrieval import HybridRetriever, Library
from retrieval.storage.write_lock import library_lock
from tests.bot.fakes import shipped_selector
from tests.faults.client import Client
from tests.faults.conftest import (
    LIGHTHOUSE,
    LIGHTHOUSE_ANSWER,
    OFFICERS,
    OFFICERS_ANSWER,
    WINDMILL,
    answers,
    assert_one_sentence,
    copied,
    write_guide,
)
from tests.faults.homes import orphans, snapshot
from tests.faults.server import WordEmbeddings

SECONDS = 30


@pytest.fixture
def reader(few: int, home: Path, indexed: Path) -> Iterator[AnswerChain]:
    """A chain that stays open over a copy of the library while other processes change it."""
    copied(indexed, home)
    chain = open_chain()
    yield chain
    chain.close()


def open_chain() -> AnswerChain:
    library = Library(Settings.load(), WordEmbeddings())
    answerer = ExtractiveAnswerer(shipped_selector(), library.term_weights, 0.15)
    return AnswerChain(HybridRetriever(library=library), answerer)


def quote(answer: Answer) -> str:
    return answer.citations[0].quote.text if answer.citations else ""


def in_year(year: int) -> str:
    return LIGHTHOUSE_ANSWER.replace("1853", str(year))


def test_second_writer_is_told_at_once_that_the_library_is_busy(
    client: Client, home: Path, papers: Path, indexed: Path
) -> None:
    copied(indexed, home)
    guide = client.run("sources", "list", home=home).out.split("\t")[0]
    with library_lock(home):
        before = snapshot(home)
        for argv in (("index", str(papers / "mill.md")), ("sources", "remove", guide), ("reindex",)):
            began = time.monotonic()
            told = client.run(*argv, home=home)
            assert_one_sentence(told, f"Another pullquote (process {os.getpid()}, since ", ") is changing the library")
            assert time.monotonic() - began < SECONDS
        assert snapshot(home) == before
        asked = client.run("ask", "--json", LIGHTHOUSE, home=home)
        assert answers(asked)[LIGHTHOUSE] == LIGHTHOUSE_ANSWER
    assert client.run("index", str(papers / "mill.md"), home=home).code == 0


def test_first_questions_at_the_same_moment_are_all_answered(client: Client, home: Path) -> None:
    started = [client.start("ask", "--json", OFFICERS, home=home) for _ in range(3)]
    for program in started:
        assert OFFICERS_ANSWER in answers(program.wait())[OFFICERS]
    assert orphans(home) == []
    listed = client.run("sources", "list", home=home)
    assert len(listed.out.splitlines()) == 1


def test_reader_sees_each_change_of_another_process_on_its_next_question(
    client: Client, home: Path, reader: AnswerChain, papers: Path
) -> None:
    failures: list[BaseException] = []
    seen: set[str] = set()
    done = threading.Event()

    def ask_on_and_on() -> None:
        while not done.is_set():
            try:
                seen.add(quote(reader.invoke(LIGHTHOUSE)))
            except Exception as error:  # noqa: BLE001 (whatever it is, it is what must not happen)
                failures.append(error)

    thread = threading.Thread(target=ask_on_and_on)
    thread.start()
    try:
        for year in (1854, 1855, 1856):
            assert client.run("index", write_guide(papers, year), home=home).code == 0
            assert quote(reader.invoke(LIGHTHOUSE)) == in_year(year)
            assert client.run("reindex", home=home).code == 0
            assert quote(reader.invoke(LIGHTHOUSE)) == in_year(year)
        assert client.run("index", str(papers / "mill.md"), home=home).code == 0
        assert "monks" in quote(reader.invoke(WINDMILL))
    finally:
        done.set()
        thread.join()
    assert failures == []
    assert seen <= {in_year(year) for year in (1853, 1854, 1855, 1856)}


@pytest.mark.parametrize("change", ["replace", "reindex"])
@pytest.mark.parametrize("moment", ["open_collections", "index"])
def test_change_in_the_middle_of_retrieval_does_not_trip_a_question(
    client: Client,
    home: Path,
    reader: AnswerChain,
    papers: Path,
    moment: str,
    change: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other process finishes right after this one has read the manifest, or the keyword index too."""
    argv = ("index", write_guide(papers, 1856)) if change == "replace" else ("reindex",)
    wrapped: Callable[..., Any] = getattr(Library, moment)
    changes: list[int | None] = []

    def call_then_change(*arguments: Any) -> Any:
        result = wrapped(*arguments)
        if not changes:
            changes.append(client.run(*argv, home=home).code)
        return result

    monkeypatch.setattr(Library, moment, call_then_change)
    assert quote(reader.invoke(LIGHTHOUSE)) in (in_year(1853), in_year(1856))
    assert changes == [0]


def test_change_between_retrieval_and_proof_does_not_trip_a_question(
    client: Client, home: Path, reader: AnswerChain, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process replaces a text right after a sentence of it was chosen, before it is proven."""
    path = write_guide(papers, 1856)
    weigh = reader.library.term_weights
    changes: list[int | None] = []

    def weigh_then_change(terms: Any, collections: Any) -> dict[str, float]:
        weights = weigh(terms, collections)
        if not changes:
            changes.append(client.run("index", path, home=home).code)
        return weights

    monkeypatch.setattr(reader._pipeline.answerer, "_term_weights", weigh_then_change)
    assert quote(reader.invoke(LIGHTHOUSE)) in (in_year(1853), in_year(1856))
    assert changes == [0]
    assert quote(reader.invoke(LIGHTHOUSE)) == in_year(1856)


def test_two_readers_find_what_another_process_added_in_bulk(
    client: Client, home: Path, reader: AnswerChain, tmp_path: Path
) -> None:
    """More than a thousand chunks: Chroma then moves vectors from its log into files, under two open readers."""
    second = HybridRetriever(library=Library(reader.library.settings, reader.library.embeddings))
    assert second.passages(LIGHTHOUSE)
    assert quote(reader.invoke(LIGHTHOUSE)) == in_year(1853)
    filler = " ".join(f"word{number % 50}" for number in range(148))
    rooms = (f"The code of room {room} is K{room * 37 % 9973}. {filler}." for room in range(1010))
    (tmp_path / "rooms.txt").write_text("\n\n".join(rooms))
    added = client.run("index", str(tmp_path / "rooms.txt"), home=home)
    assert added.code == 0, added
    for room in (3, 700, 1009):
        question, words = f"What is the code of room {room}?", f"The code of room {room} is K"
        assert quote(reader.invoke(question)).startswith(words)
        assert any(words in passage.text for passage in second.passages(question))
    assert quote(reader.invoke(LIGHTHOUSE)) == in_year(1853)
    listed = client.run("sources", "list", "--json", home=home).out
    large = next(record for record in map(json.loads, listed.splitlines()) if record["chunks"] > 1000)
    assert client.run("sources", "remove", large["id"], home=home).code == 0
    assert quote(reader.invoke(LIGHTHOUSE)) == in_year(1853)
    assert not quote(reader.invoke("What is the code of room 700?"))
    assert all("The code of room 700 " not in passage.text for passage in second.passages("Which code has room 700?"))
    second.library.close()
