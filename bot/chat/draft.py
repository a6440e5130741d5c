"""Claims of a chat model -> checked statements with quotes: the model points, the program quotes and checks."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.claims import Claim
from bot.chat.injection_filter import is_injection
from bot.chat.verification import StatementChecker
from bot.citations import Citation
from bot.extractive.selection import Candidate, QuoteSpan, ReadText, join, with_context
from bot.quotes import cite
from bot.types import SUPPORTED, LeftOut, Statement
from retrieval import Source, Span

# What rests on more than this rests on nothing in particular.
MAX_SENTENCES = 5
NO_NUMBERS = "It names no sentence that it rests on."
INJECTED = "Its quotes give orders to machines."
TOO_MANY = f"It names more than {MAX_SENTENCES} sentences."


class Draft:
    """An answer while it is written: what passed, with its quotes, and what did not, with the reason.

    Args:
        question: What was asked.
        sentences: The sentences that the chat model was given; its number 1 is the first.
        checker: Decides whether they bear a statement out.
    """

    def __init__(self, question: str, sentences: Sequence[Candidate], checker: StatementChecker) -> None:
        self.statements: list[Statement] = []
        self.citations: list[Citation] = []
        self.left_out: list[LeftOut] = []
        self._question = question
        self._sentences = sentences
        self._checker = checker

    def add(self, claim: Claim) -> bool:
        """Take the claim in if it passes, and say whether it was."""
        if any(claim.text == statement.text for statement in self.statements):
            return False
        places: list[QuoteSpan] = []
        reason = self._wrong_numbers(claim)
        if not reason:
            sentences = [self._sentences[number - 1] for number in claim.numbers]
            places = join([with_context(QuoteSpan(one.source, one.span), set()) for one in sentences])
            # What explains them belongs to what they say: "You must not bring" to "dogs".
            quotes = [ReadText.of(place.source, place.span, headings=False).text for place in places]
            titles = ". ".join(dict.fromkeys(place.source.title for place in places))
            verdict = self._checker.check(claim.text, quotes, self._question, titles)
            # A sentence may bring along one before it that the chat model was not given.
            injected = INJECTED if any(is_injection(quote) for quote in quotes) else ""
            reason = injected or ("" if verdict.passed else verdict.reason)
        if reason:
            self.left_out.append(LeftOut(claim.text, reason))
            return False
        numbers = sorted({self._cite(place.source, place.span) for place in places})
        self.statements.append(Statement(claim.text, tuple(numbers), SUPPORTED))
        return True

    def _wrong_numbers(self, claim: Claim) -> str:
        if not claim.numbers:
            return NO_NUMBERS
        if len(claim.numbers) > MAX_SENTENCES:
            return TOO_MANY
        unknown = [number for number in claim.numbers if not 1 <= number <= len(self._sentences)]
        return f"There is no sentence [{unknown[0]}]." if unknown else ""

    def _cite(self, source: Source, span: Span) -> int:
        """The number of the citation that shows these words; a new one unless another shows them already."""
        for number, held in enumerate(self.citations, start=1):
            same = (held.quote.source_id, held.quote.sha256) == (source.id, source.sha256)
            if same and held.quote.span.start <= span.start and span.end <= held.quote.span.end:
                return number
        self.citations.append(cite(source, span, len(self.citations) + 1))
        return len(self.citations)
