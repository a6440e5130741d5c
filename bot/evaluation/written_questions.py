"""Questions that people wrote, with the words that they expect to be quoted, and where these stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import QuestionError
from bot.evaluation.case import Case
from bot.evaluation.errors import EvaluationError
from retrieval import Source, SourceError, Span, check_question, load_path


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question and the words of which any should be quoted; none where the document does not say.

    ``where`` is the place in the file of questions, for people. ``document`` is the file that answers, or empty where
    the question names none.
    """

    where: str
    question: str
    answers: tuple[str, ...]
    document: str = ""
    id: str = ""
    kind: str = ""

    def check(self) -> None:
        """Refuse what is no question.

        Raises:
            EvaluationError: If it cannot be asked.
        """
        try:
            check_question(self.question)
        except QuestionError as error:
            raise EvaluationError(f"{self.where}: {error}") from None

    def load(self, folder: Path) -> Source:
        """The document that it names.

        Raises:
            EvaluationError: If that cannot be read.
        """
        try:
            source = load_path(folder / self.document)
        except SourceError as error:
            raise EvaluationError(f"{self.where}: {error}") from None
        return source

    def places(self, text: str) -> tuple[Span, ...]:
        """Where the words stand in a document's text.

        Raises:
            EvaluationError: If there are words, and they stand nowhere.
        """
        places = tuple(place for answer in self.answers for place in find_words(answer, text))
        if self.answers and not places:
            raise EvaluationError(
                f"{self.where}: the words that should be quoted are not in {self.document}; copy them from there."
            )
        return places


def cases_of(written: Iterable[WrittenQuestion], folder: Path) -> tuple[list[Case], list[Source]]:
    """The questions as cases, and the documents in ``folder`` that they name.

    Raises:
        EvaluationError: If a question names no document, or one that cannot be read or has not the words.
    """
    documents: dict[str, tuple[int, Source]] = {}
    cases: list[Case] = []
    for one in written:
        if not one.document:
            raise EvaluationError(f"{one.where} names no document; write “document: FILE” in a line above it.")
        if one.document not in documents:
            documents[one.document] = (len(documents), one.load(folder))
        number, source = documents[one.document]
        cases.append(Case(one.id, number, one.question, one.answers, one.places(source.text), one.kind))
    return cases, [source for _, source in documents.values()]


def find_words(words: str, text: str) -> list[Span]:
    """Every place where the words stand in the text, whatever their case and the white space between them."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return [Span(*match.span()) for match in re.finditer(pattern, text, re.IGNORECASE)] if pattern else []
