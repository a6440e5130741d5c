"""Question -> verified answer: search, answerer and verifier, one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from bot.extractive.answerer import ExtractiveAnswerer
from bot.extractive.calibration_file import weights_in_force
from bot.extractive.language_selector import LanguageSelector
from bot.extractive.reader import open_reader
from bot.extractive.refusal import refuse
from bot.overview import Overview, OverviewSearch, asks_for_whole, read_request
from bot.quotes import verify_answer
from bot.replies import Reply
from bot.settings import Settings
from bot.small_talk import find_small_talk, without_small_talk
from bot.types import EXTRACTIVE, Answer, Question, ResolvedQuestion, Status, Turn, Usage
from retrieval import ALL_SOURCES, Correction, HybridSearch, Library, Passage, SourceFilter, check_question


class Search(Protocol):
    """Finds passages: ``HybridSearch``, or LangChain's form of it."""

    @property
    def library(self) -> Library:
        """Where it looks."""

    def passages(
        self,
        question: str | Correction,
        *,
        k: int | None = None,
        collections: tuple[str, ...] | None = None,
        sources: SourceFilter = ALL_SOURCES,
    ) -> list[Passage]:
        """The best passages, best first."""

    def correct(self, question: str, *, collections: tuple[str, ...] | None = None) -> Correction:
        """The question without typos."""


class Answerer(Protocol):
    """Turns passages into an answer; each snapshot extends the one before, and the last is the whole answer."""

    def answer(self, question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        """Yield at least one snapshot."""
        ...


# A question that leans on the turns before it -> one that stands on its own.
FollowUpReader = Callable[[str, Sequence[Turn]], ResolvedQuestion]


def by_the_rules(text: str, history: Sequence[Turn]) -> ResolvedQuestion:
    """Read a follow-up without a chat model."""
    from bot.conversation import read_as

    return ResolvedQuestion(read_as(text, history))


class AnswerPipeline:
    """Answers questions about a library, one at a time; ``AnswerChain`` is the same for LangChain and for event loops.

    Whatever the answerer says, ``verify_answer`` has the last word on every snapshot. ``notice`` is what people should
    know of the weights that answers are chosen by, or None; ``quoting`` answers with quotes alone, as ``answerer``
    may not.

    Raises (from every call):
        QuestionError: If the question is blank, too long or holds control characters.
        RetrievalError: If the library or the model cannot be used.
    """

    def __init__(
        self,
        search: Search,
        answerer: Answerer,
        read_as: FollowUpReader = by_the_rules,
        notice: str | None = None,
        quoting: Answerer | None = None,
    ) -> None:
        self.search = search
        self.answerer = answerer
        self.quoting = quoting or answerer
        self.read_follow_up = read_as
        self.notice = notice
        self._overviews = OverviewSearch(search)

    @classmethod
    def from_settings(cls, settings: Settings | None = None) -> AnswerPipeline:
        """The pipeline that the environment and ``.env`` describe, or ``settings`` if given.

        Raises:
            SettingsError: If a setting does not fit.
            ReaderError: If the reader that is set cannot be loaded, or its weights are missing or altered.
            ChatModelError: If a chat model is set and cannot be opened.
        """
        settings = Settings.given(settings)
        search = HybridSearch(Library(settings), k=settings.passages)
        return cls(search, *open_answerers(settings, search.library))

    @property
    def library(self) -> Library:
        """The library that is asked."""
        return self.search.library

    def answer(self, question: Question | str) -> Answer:
        """Answer one question."""
        *_, last = self.snapshots(question)
        return last

    def snapshots(self, question: Question | str) -> Iterator[Answer]:
        """Yield snapshots of the answer, each extending the last; the last is the whole answer."""
        if isinstance(question, str):
            question = Question(question)
        check_question(question.text)
        if reply := find_small_talk(question.text):
            yield _replied(question, reply)
            return
        # Until something is shown, an answer from a library that changed in the middle of it can be begun anew.
        snapshots, first = self.library.read_consistently(partial(self._begin, question))
        yield first
        yield from snapshots

    def _begin(self, question: Question) -> tuple[Iterator[Answer], Answer]:
        snapshots = self._verified(question)
        return snapshots, next(snapshots)

    def _read(self, text: str, history: Sequence[Turn]) -> ResolvedQuestion:
        """What a question means after the turns before it; most have none, and need not wait for what reads them."""
        from bot.conversation import bound_history

        # "What else?" after "thanks" leans on the answer before it.
        asked = [turn for turn in history if not find_small_talk(turn.question)]
        held = bound_history([replace(turn, question=without_small_talk(turn.question)) for turn in asked])
        return self.read_follow_up(text, held) if held else ResolvedQuestion(None)

    def _passages(self, meant: Correction, question: Question) -> list[Passage]:
        return self.search.passages(meant, collections=question.collections, sources=question.sources)

    def _overview(self, text: str, question: Question) -> Overview | None:
        """What an overview is made of, where one is asked for."""
        request = read_request(text)
        return self._overviews.find(request, question) if request else None

    def _verified(self, question: Question) -> Iterator[Answer]:
        began = time.perf_counter()
        text = without_small_talk(question.text)
        whole = asks_for_whole(text)  # which needs no conversation to be understood
        reading = self._read(text, question.history) if question.history and not whole else ResolvedQuestion(None)
        if question.history:
            from bot.conversation import heard_before

            question = replace(question, heard=heard_before(text, question.history))
        meant = self.search.correct(reading.text or text, collections=question.collections)
        if meant.text != question.text:
            question = replace(question, wording=meant.text)
        overview = self._overview(text if whole else meant.text, question)
        question = replace(question, overview=overview.certainty if overview else None)
        passages = overview.passages if overview else self._passages(meant, question)
        retrieved = time.perf_counter()
        first_statement = 0.0
        # Where nobody is called by a name, there is nothing to answer from.
        for snapshot in self.answerer.answer(question, passages) if passages else [refuse(question)]:
            verified = verify_answer(snapshot, self.library.texts.read)
            now = time.perf_counter()
            timings = {"retrieve": retrieved - began, "answer": now - retrieved, "total": now - began}
            if verified.mode != EXTRACTIVE and verified.statements:
                first_statement = first_statement or now - began
                timings["first_statement"] = first_statement
            milliseconds = {part: round(1000 * seconds, 1) for part, seconds in timings.items()}
            yield replace(
                verified,
                timings_ms=milliseconds,
                read_as=question.wording if reading.text else None,
                overview=overview is not None and verified.status is Status.ANSWERED,
                documents=overview.titles if overview and verified.status is Status.ANSWERED else (),
                usage=_sum(reading.usage, verified.usage),
            )


def open_answerers(settings: Settings, library: Library) -> tuple[Answerer, FollowUpReader, str | None, Answerer]:
    """What settings describe beside the search, in the order in which ``AnswerPipeline`` takes it.

    Raises:
        ReaderError: If the reader that is set cannot be loaded, or its weights are missing or altered.
        ChatModelError: If a chat model is set and cannot be opened.
    """
    reader = open_reader(settings.reader_model)
    weights, notice = weights_in_force(settings.home, reader, library)
    extractive = ExtractiveAnswerer(
        LanguageSelector(reader, weights, library),
        library.term_weights,
        settings.answer_threshold,
        settings.sure_threshold,
    )
    if settings.chat_model is None:
        return extractive, by_the_rules, notice, extractive
    # A chat model's client takes a second to import, which nobody without one should wait for.
    from bot.chat import (
        ChatAnswerer,
        ChatClient,
        FollowupRewriter,
        StatementChecker,
        TokenBudget,
        open_chat_model,
        open_judge,
    )

    budget = TokenBudget(settings.home, settings.chat_max_tokens_a_day)
    client = ChatClient(open_chat_model(settings), settings.chat_timeout_seconds, settings.chat_concurrent_calls)
    checker = StatementChecker(open_judge(settings.checker_model), settings.checker_threshold)
    answerer = ChatAnswerer(client, settings.chat_model, extractive, checker, budget)
    return answerer, FollowupRewriter(client, budget), notice, extractive


def _replied(question: Question, reply: Reply) -> Answer:
    """The answer to small talk, which nothing is looked for."""
    timings = dict.fromkeys(("retrieve", "answer", "total"), 0.0)
    return Answer(question.text, Status.REPLY, 0.0, EXTRACTIVE, timings_ms=timings, reply=reply)


def _sum(one: Usage | None, other: Usage | None) -> Usage | None:
    return one + other if one and other else one or other
