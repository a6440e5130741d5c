"""Stand-ins with behaviour of their own: fast embeddings, scripted answerers, texts that can be damaged."""

from __future__ import annotations

import hashlib
import math
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from langchain_core.embeddings import Embeddings

from bot.citations import Citation, Quote
from bot.extractive.answerer import ExtractiveAnswerer
from bot.extractive.reader import open_reader
from bot.extractive.selection import Selector
from bot.quotes import cite
from bot.types import EXTRACTIVE, MAX_QUOTES, Answer, Certainty, Question, Statement, Status
from retrieval import Passage, Source, Span
from retrieval.errors import DamagedLibraryError
from retrieval.text.chunking import chunk_source

DIMENSION = 64


class HashedWords(Embeddings):
    """A bag of words, each hashed to one of 64 places: unit length, deterministic, close for texts that share words."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector = [0.0] * DIMENSION
        for word in re.findall(r"\w+", text.casefold()) or ["\0"]:
            vector[hashlib.sha256(word.encode()).digest()[0] % DIMENSION] += 1.0
        length = math.sqrt(sum(value * value for value in vector))
        return [value / length for value in vector]


class MemoryTexts:
    """Stored texts by hash; ``read`` proves them as the library on disk does, and ``damage`` breaks one."""

    def __init__(self, *sources: Source) -> None:
        self._texts = {source.sha256: source.text for source in sources}

    def damage(self, sha256: str, text: str) -> None:
        self._texts[sha256] = text

    def read(self, sha256: str) -> str:
        text = self._texts.get(sha256)
        if text is None or hashlib.sha256(text.encode("utf-8")).hexdigest() != sha256:
            raise DamagedLibraryError("The stored text is missing or damaged.")
        return text

    def read_blindly(self, sha256: str) -> str:
        """What a store that proves nothing would give."""
        return self._texts[sha256]


def make_source(text: str, name: str = "rules") -> Source:
    return Source.from_bytes(uri=f"file:///{name}.txt", title=name, data=text.encode("utf-8"), text=text)


def make_passages(*sources: Source) -> list[Passage]:
    """Every chunk of the sources as a passage, the first ones best."""
    chunks = [(source, chunk) for source in sources for chunk in chunk_source(source)]
    return [
        Passage(source, chunk.span, 1.0 - rank / len(chunks), 0.5, 1.0, "default")
        for rank, (source, chunk) in enumerate(chunks)
    ]


def even_weights(terms: Sequence[str], collections: Sequence[str]) -> dict[str, float]:
    """Every term is as rare as every other."""
    return dict.fromkeys(terms, 1.0)


@cache
def shipped_selector() -> Selector:
    """The selector as it ships, loaded once."""
    reader = open_reader()
    reader.read("Who?", ["Nobody."])  # so that no test waits for the weights
    return Selector(reader)


def answer_from(question: str, *sources: Source, threshold: float = 0.0, quotes: int = MAX_QUOTES) -> Answer:
    """What the extractive answerer says about the sources."""
    answerer = ExtractiveAnswerer(shipped_selector(), even_weights, threshold)
    *_, last = answerer.answer(Question(question, quotes=quotes), make_passages(*sources))
    return last


def place(source: Source, words: str) -> Span:
    """Where ``words`` first stand in the source."""
    start = source.text.index(words)
    return Span(start, start + len(words))


def quoting(question: str, source: Source, *places: Span, mode: str = EXTRACTIVE) -> Answer:
    """An honest answer: one quote and one statement a place."""
    return Answer(
        question,
        Status.ANSWERED,
        0.5,
        mode,
        statements=tuple(Statement(source.slice(span), (n,)) for n, span in enumerate(places, start=1)),
        citations=tuple(cite(source, span, n) for n, span in enumerate(places, start=1)),
        certainty=Certainty.SURE,
    )


def lying(question: str, source: Source, words: str) -> Answer:
    """An answer that puts ``words`` between quotation marks at a place where others stand."""
    quote = Quote(source.id, source.sha256, Span(0, len(words)), words)
    citation = Citation(1, quote, source.title, source.uri, 1)
    said = (Statement(words, (1,)),)
    return Answer(question, Status.ANSWERED, 0.9, EXTRACTIVE, said, (citation,), certainty=Certainty.SURE)


Script = Callable[[Question, Sequence[Passage]], Iterator[Answer]]


class ScriptedAnswerer:
    """Says what its script says, counting what was asked for, how many at once, and whether it was let finish."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._lock = threading.Lock()
        self._running = 0
        self.most_at_once = 0
        self.snapshots = 0
        self.began = threading.Event()
        self.ended = threading.Event()

    def answer(self, question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        with self._lock:
            self._running += 1
            self.most_at_once = max(self.most_at_once, self._running)
        try:
            for snapshot in self._script(question, passages):
                self.snapshots += 1
                self.began.set()
                yield snapshot
        finally:
            with self._lock:
                self._running -= 1
            self.ended.set()


def first_sentences(count: int, pause: float = 0.0) -> Script:
    """A script that quotes the best passage's first sentence, then the first two, and so on up to ``count``."""

    def script(question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        source = passages[0].source
        words = [match.span() for match in re.finditer(r"\S+", source.text)]
        for shown in range(1, count + 1):
            time.sleep(pause)
            yield quoting(question.text, source, *(Span(*word) for word in words[:shown]))

    return script


class NoisyAnswerer(ExtractiveAnswerer):
    """Prints while it works, as careless libraries do: to the file descriptor and through Python."""

    def answer(self, question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        os.write(1, b"compiled noise\n")
        print("python noise")  # noqa: T201
        yield from super().answer(question, passages)
        print("late noise", end="")  # noqa: T201


def write_file(path: Path, text: str) -> Path:
    """Write exactly these characters, with no newline translation."""
    path.write_bytes(text.encode("utf-8"))
    return path
