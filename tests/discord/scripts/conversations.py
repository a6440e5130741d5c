"""An answerer that notes what it was told of the conversation, and quotes as much as a test orders.

It says no more than a chat model could: the real retriever finds the passages, and the real chain proves every quote.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import bot.pipeline
import bot.readiness
from bot.discord.library import change_queue
from bot.discord.views import access_choice
from bot.extractive.answerer import ExtractiveAnswerer
from bot.pipeline import Answerer
from bot.quotes import cite
from bot.types import EXTRACTIVE, SUPPORTED, Answer, Certainty, Question, Statement, Status
from retrieval import (
    Indexer,
    Library,
    Passage,
    Source,
    Span,
    add_article_once,
    load_bytes,
)
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.text.sentences import split_sentences

NOTES = "CONVERSATION_NOTES"
CHAT = "scripted model"
SURE = 0.9
# Words of a document that takes its time to be indexed.
SLOW = "SLOWLY"
SLOW_SECONDS = 2.0
# How long a change of the library waits for another process.
PATIENCE_SECONDS = 20.0
MANY_DOCUMENTS = "MANY_DOCUMENTS"


def note_conversations() -> None:
    """Answer as ordered, and note what the chain is told; the launcher calls this before the program."""

    def scripted(*arguments: Any) -> Answerer:
        return Scripted(ExtractiveAnswerer(*arguments))

    setattr(bot.pipeline, "ExtractiveAnswerer", scripted)  # noqa: B010 (a plain assignment is no business of the type checker)


def index_slowly() -> None:
    """Make documents slow that say so, and let changes of the library wait for others for a short time only."""
    real = OnnxEmbedder.embed_documents

    def embed(self: OnnxEmbedder, texts: list[str]) -> list[list[float]]:
        if any(SLOW in text for text in texts):
            time.sleep(SLOW_SECONDS)
        return real(self, texts)

    OnnxEmbedder.embed_documents = embed  # type: ignore[method-assign]
    change_queue.WAIT_SECONDS = PATIENCE_SECONDS


def choose_in_haste() -> None:
    """Wait a moment only for the choice who may see a document."""
    access_choice.CHOICE_SECONDS = PATIENCE_SECONDS


def many_documents() -> None:
    """Add documents with titles as long as they come; the environment says to which collection, and how many."""

    def add(library: Library) -> None:
        add_article_once(library)
        collection, number = os.environ[MANY_DOCUMENTS].split()
        texts = (f"# {index:02} {'👩‍🌾*' * 60}\n\nOld.".encode() for index in range(int(number)))
        sources = [load_bytes(text, name=f"{index}.md", uri=f"many:{index}") for index, text in enumerate(texts)]
        Indexer(library).add(sources, collection)

    setattr(bot.readiness, "add_article_once", add)  # noqa: B010 (as above)


class Scripted:
    """Notes each question with its history, and answers as the first word of the question says.

    "Really": what the program answers by itself. "Quote": the first sentences of the best passage's document. "Cite":
    its first sentence that is no heading. "Point": the same, with its last word as the one that answers. "Spread": the
    first sentence of each document found. "Long": more than a message can hold. Otherwise, two sentences of a chat
    model.
    """

    def __init__(self, real: Answerer) -> None:
        self._real = real

    def answer(self, question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        """Yield one whole answer."""
        turns = [[turn.question, turn.answer] for turn in question.history]
        if NOTES in os.environ:
            with Path(os.environ[NOTES]).open("a", encoding="utf-8") as notes:
                notes.write(json.dumps({"question": question.text, "history": turns}) + "\n")
        best = passages[0].source
        match question.text.split()[0]:
            case "Really":
                yield from self._real.answer(question, passages)
            case "Quote":
                yield _quotes(question, [(best, span) for span in split_sentences(best.text)[:3]])
            case "Cite":
                sentences = (span for span in split_sentences(best.text) if best.slice(span).endswith("."))
                yield _quotes(question, [(best, next(sentences))])
            case "Point":
                sentence = next(span for span in split_sentences(best.text) if best.slice(span).endswith("."))
                word = Span(best.text.rindex(" ", 0, sentence.end) + 1, sentence.end - 1)
                cited = _quotes(question, [(best, sentence)])
                yield replace(cited, citations=(cite(best, sentence, 1, word),))
            case "Spread":
                sources = dict.fromkeys(passage.source for passage in passages)
                yield _quotes(question, [(source, split_sentences(source.text)[0]) for source in sources])
            case "Long":
                yield _chat(question, best, "word " * 1500)
            case _:
                yield _chat(question, best)


def _quotes(question: Question, places: Sequence[tuple[Source, Span]]) -> Answer:
    numbered = list(enumerate(places, start=1))
    return Answer(
        question.text,
        Status.ANSWERED,
        SURE,
        EXTRACTIVE,
        statements=tuple(Statement(source.slice(span), (number,)) for number, (source, span) in numbered),
        citations=tuple(cite(source, span, number) for number, (source, span) in numbered),
        certainty=Certainty.SURE,
    )


def _chat(question: Question, source: Source, said: str = "") -> Answer:
    """A chat model's two sentences, with signs that Discord would act upon, and a quote that proves them."""
    said = said or f"*After* {len(question.history)} turns, @everyone: see https://example.org/a_b_c."
    return Answer(
        question.text,
        Status.ANSWERED,
        SURE,
        CHAT,
        statements=(Statement(said, (1,), SUPPORTED), Statement("1. That is all.", (1,), SUPPORTED)),
        citations=(cite(source, split_sentences(source.text)[0], 1),),
        certainty=Certainty.SURE,
    )
