"""Passages -> an answer that a chat model writes, of which nothing is shown that a check did not let pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from bot.chat.chat_client import ChatClient, Meter
from bot.chat.claims import Claim, read_claims, says_nothing_found
from bot.chat.draft import Draft
from bot.chat.failures import NoAnswerError, is_too_long, trouble_of
from bot.chat.injection_filter import is_injection
from bot.chat.prompts import ANSWERING, PROMPT_VERSION, again_message, example, sentences_message
from bot.chat.token_budget import TokenBudget
from bot.chat.verification import StatementChecker
from bot.citations import Citation
from bot.errors import CheckerError
from bot.extractive.answerer import ExtractiveAnswerer
from bot.extractive.selection import Candidate, ReadText, find_candidates
from bot.notices import Trouble
from bot.types import Answer, Certainty, Question, Status
from retrieval import Passage

FEWEST_PASSAGES = 2  # that can be halved


class ChatAnswerer:
    """Has a chat model write statements about numbered sentences, and quotes and checks what it points to.

    The extractive answerer goes first: what it refuses is refused without a call, and what it answers is shown when
    the chat model gives nothing that can be.

    Args:
        client: Calls the chat model.
        name: The model's name, which is the answer's mode.
        extractive: Answers with no chat model.
        checker: Decides whether sentences bear a statement out.
        budget: How many tokens may be spent.
    """

    def __init__(
        self,
        client: ChatClient,
        name: str,
        extractive: ExtractiveAnswerer,
        checker: StatementChecker,
        budget: TokenBudget,
    ) -> None:
        self._client = client
        self._name = name
        self._extractive = extractive
        self._checker = checker
        self._budget = budget

    def answer(self, question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        """Yield a snapshot for each statement that passed its check, then the whole.

        Raises:
            ReaderError: If the reader's weights are missing or altered.
            CheckerError: If those of the checking model are.
        """
        *_, alone = self._extractive.answer(question, passages)
        if alone.status is Status.NOT_FOUND:
            yield alone
            return
        if self._budget.is_spent():
            yield replace(alone, trouble=Trouble.SPENT)
            return
        dialogue = _Dialogue(self._client, question, passages, self._checker)
        trouble = None
        try:
            for draft in dialogue.drafts():
                yield self._snapshot(alone, draft)
        except CheckerError:
            raise
        except Exception as error:  # noqa: BLE001 (each provider's client has its own; all of them end here)
            trouble = trouble_of(error)
        finally:
            usage = dialogue.meter.usage()
            self._budget.spend(usage)
        yield replace(
            self._last(alone, dialogue, trouble),
            left_out=tuple(dialogue.draft.left_out),
            usage=usage,
            prompt_version=PROMPT_VERSION,
        )

    def _snapshot(self, alone: Answer, draft: Draft, trouble: Trouble | None = None) -> Answer:
        return Answer(
            alone.question,
            Status.ANSWERED,
            alone.confidence,
            self._name,
            statements=tuple(draft.statements),
            citations=tuple(draft.citations),
            trouble=trouble,
            certainty=_certainty(alone, draft, trouble),
        )

    def _last(self, alone: Answer, dialogue: _Dialogue, trouble: Trouble | None) -> Answer:
        if dialogue.draft.statements:
            return self._snapshot(alone, dialogue.draft, trouble)
        if dialogue.found_nothing and trouble is None:
            closest = replace(alone.citations[0], number=None)
            nothing = Trouble.NOTHING_FOUND
            return Answer(
                alone.question,
                Status.NOT_FOUND,
                alone.confidence,
                self._name,
                closest=closest,
                trouble=nothing,
                on_topic=True,
            )
        return replace(alone, trouble=trouble or Trouble.UNPROVEN)


class _Dialogue:
    """The calls of one answer: a first one, and a second one about the statements that did not pass."""

    def __init__(
        self, client: ChatClient, question: Question, passages: Sequence[Passage], checker: StatementChecker
    ) -> None:
        self._client = client
        self._question = question.wording or question.text
        self._passages = passages
        self._checker = checker
        self.meter = Meter()
        self.found_nothing = False
        self.draft = Draft(self._question, [], checker)

    def drafts(self) -> Iterator[Draft]:
        """The draft after each statement that passed; fewer passages once, where they are too many for the model."""
        try:
            yield from self._drafts_from(self._passages)
        except Exception as error:
            if self.draft.statements or len(self._passages) < FEWEST_PASSAGES or not is_too_long(error):
                raise
            yield from self._drafts_from(self._passages[: len(self._passages) // 2])

    def _drafts_from(self, passages: Sequence[Passage]) -> Iterator[Draft]:
        sentences = _quotable(find_candidates(passages))
        self.draft = Draft(self._question, sentences, self._checker)
        if not sentences:
            raise NoAnswerError(Trouble.UNPROVEN)
        asked, answered = example()
        messages: list[BaseMessage] = [
            SystemMessage(ANSWERING),
            HumanMessage(asked),
            AIMessage(answered),
            HumanMessage(sentences_message([_explained(sentence) for sentence in sentences], self._question)),
        ]
        written: list[str] = []
        yield from self._take_in(messages, written)
        said = "".join(written)
        if not said.strip():
            raise NoAnswerError(Trouble.SILENT)
        self.found_nothing = says_nothing_found(said)
        if failed := [(one.text, one.verdict) for one in self.draft.left_out]:
            again = [*messages, AIMessage(said), HumanMessage(again_message(failed))]
            yield from self._take_in(again, [])

    def _take_in(self, messages: Sequence[BaseMessage], written: list[str]) -> Iterator[Draft]:
        """Read claims off the model's words, which are kept in ``written``."""

        def pieces() -> Iterator[str]:
            for piece in stream:
                written.append(piece)
                yield piece

        with closing(self._client.stream(messages, self.meter)) as stream:
            claims: Iterator[Claim] = read_claims(pieces())
            for claim in claims:
                if self.draft.add(claim):
                    yield self.draft


def _certainty(alone: Answer, draft: Draft, trouble: Trouble | None) -> Certainty:
    """How sure an answer of the chat model is: as its evidence.

    It is sure where the answer without a chat model is, where it rests on the quote that comes first there (it is this
    one that the confidence is about), and where everything that the chat model wrote passed its check.
    """
    rests_on_it = any(_overlap(citation, alone.citations[0]) for citation in draft.citations)
    whole = trouble is None and not draft.left_out
    return Certainty.SURE if alone.certainty is Certainty.SURE and rests_on_it and whole else Certainty.UNSURE


def _overlap(one: Citation, other: Citation) -> bool:
    a, b = one.quote, other.quote
    return (a.source_id, a.sha256) == (b.source_id, b.sha256) and a.span.overlaps(b.span)


def _quotable(sentences: Sequence[Candidate]) -> list[Candidate]:
    """The sentences without those that tell a machine what to do, which no answer can rest on."""
    return [sentence for sentence in sentences if not is_injection(_explained(sentence))]


def _explained(sentence: Candidate) -> str:
    """The sentence with what explains it in the document."""
    return ReadText.of(sentence.source, sentence.span, headings=False).text
