"""Putting the questions to Pullquote with a chat model and without one, each to its document alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from time import perf_counter

from bot import Answer, AnswerChain, Question, Settings
from bot.chat.claims import read_claims
from bot.chat.draft import MAX_SENTENCES
from bot.evaluation.case import Case
from bot.evaluation.cases import QuestionSet, load_questions
from bot.types import EXTRACTIVE
from retrieval import Indexer, Library, Source
from tests.bot.chat_server import ChatServer, Request, numbered_sentences
from tests.chat_evaluation.replies import Replies, Reply

FOLDER = Path(__file__).parent
# A processor that has other work reads a prompt for minutes.
SECONDS_FOR_AN_ANSWER = 3600


@dataclass(frozen=True, slots=True)
class Written:
    """A statement that the chat model wrote: the sentences that it named, and why it is not shown, if it is not."""

    text: str
    cited: tuple[str, ...]
    keeps_form: bool
    reason: str | None

    @property
    def is_shown(self) -> bool:
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, the answers with the chat model and without, what the model wrote, and what all of it took."""

    case: Case
    source: Source
    answer: Answer
    alone: Answer
    written: tuple[Written, ...]
    seconds: float
    seconds_alone: float
    replies: tuple[Reply, ...]

    @property
    def was_asked(self) -> bool:
        """Whether the chat model was; what the answerer without one refuses never reaches it."""
        return bool(self.replies)

    @property
    def shows_statements(self) -> bool:
        """Whether what is shown was written by the chat model."""
        return self.answer.mode != EXTRACTIVE and bool(self.answer.statements)

    def cites(self, answer: Answer) -> bool:
        """Whether one of the quotes of an answer holds a place where the document answers."""
        spans = [citation.quote.span for citation in answer.citations]
        return any(span.start <= place.start and place.end <= span.end for span in spans for place in self.case.places)


def own_questions(most: int | None = None) -> QuestionSet:
    """The questions, or the first ``most`` about each document, and the documents."""
    questions = load_questions([FOLDER / "questions.jsonl"], FOLDER / "documents")
    cases = [[one for one in questions.cases if one.document == n][:most] for n in range(len(questions.documents))]
    return replace(questions, cases=tuple(chain.from_iterable(cases)))


def ask_all(questions: QuestionSet, settings: Settings, model: str, replies: Replies) -> Iterator[Outcome]:
    """Ask each question both ways.

    Args:
        questions: What is asked, about which documents.
        settings: The settings to measure; ``home`` is a folder for this evaluation alone.
        model: What the chat model is called.
        replies: What it says.

    Raises:
        EvaluationError: If the model cannot be started, or goes away.
    """
    library = Library(settings)
    for number, source in enumerate(questions.documents):
        Indexer(library).add([source], _collection(number))
    library.close()
    with ChatServer(replies.behaviour) as server:
        chat = {"chat_model": f"openai:{model}", "chat_base_url": server.url, "chat_api_key": None}
        limits = {"chat_timeout_seconds": SECONDS_FOR_AN_ANSWER, "chat_max_tokens_a_day": None}
        with_model = AnswerChain.from_settings(settings.model_copy(update=chat | limits))
        without = AnswerChain.from_settings(settings.model_copy(update={"chat_model": None}))
        try:
            for case in questions.cases:
                question = Question(case.question, collections=(_collection(case.document),))
                without.invoke(question)  # what has to be loaded counts for neither
                begun = perf_counter()
                alone = without.invoke(question)
                between = perf_counter()
                answer = with_model.invoke(question)
                ended = perf_counter()
                for request in server.requests:
                    request.done.wait()  # a client may have read enough before the model has written all
                said, lacking = replies.take()
                source = questions.documents[case.document]
                seconds = ended - between + lacking
                yield Outcome(
                    case, source, answer, alone, _written(answer, said), seconds, between - begun, tuple(said)
                )
        finally:
            with_model.close()
            without.close()


def _written(answer: Answer, replies: Sequence[Reply]) -> tuple[Written, ...]:
    """What the chat model wrote, with what it named; of the same words, those that were refused come first."""
    named: dict[str, list[tuple[str | None, ...]]] = {}
    for reply in replies:
        sentences = numbered_sentences(Request("", {}, {"messages": reply.messages}))
        for claim in read_claims([reply.text]):
            named.setdefault(claim.text, []).append(tuple(sentences.get(number) for number in claim.numbers))
    taken: list[tuple[str, str | None]] = [(one.text, one.verdict) for one in answer.left_out]
    if answer.mode != EXTRACTIVE:
        taken += [(one.text, None) for one in answer.statements]
    written: list[Written] = []
    for text, reason in taken:
        cited = named[text].pop(0) if named.get(text) else ()
        known = tuple(sentence for sentence in cited if sentence)
        keeps_form = len(known) == len(cited) and 0 < len(cited) <= MAX_SENTENCES
        written.append(Written(text, known, keeps_form, reason))
    return tuple(written)


def _collection(number: int) -> str:
    return f"document {number}"
