"""Somebody's own questions, of any format, with the documents that they name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bot.evaluation.cases import PLAIN_SUFFIX, load_questions, question_files, read_questions
from bot.evaluation.errors import EvaluationError
from bot.evaluation.goals import Goal
from bot.evaluation.plain_questions import UNANSWERED, read_plain
from bot.evaluation.written_questions import find_words
from retrieval import Source


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question, the words of which any should be quoted (none: the documents do not say), and where it is written.

    ``source`` is the document that it is put to; where it names none, it is put to all.
    """

    where: str
    text: str
    answers: tuple[str, ...]
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class OwnQuestions:
    """The questions of some files, and the goals that these set."""

    files: tuple[Path, ...]
    questions: tuple[OwnQuestion, ...]
    goals: tuple[Goal, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that are named, each once."""
        named = {one.source.id: one.source for one in self.questions if one.source}
        return tuple(named.values())

    @property
    def of_all(self) -> tuple[OwnQuestion, ...]:
        """The questions that name no document."""
        return tuple(one for one in self.questions if one.source is None)


def load_own_questions(paths: Sequence[Path], folder: Path | None = None) -> OwnQuestions:
    """Read questions; the documents that they name lie in ``folder``, or beside each file.

    Raises:
        EvaluationError: If a file or a document cannot be used, or there is no question.
    """
    questions: list[OwnQuestion] = []
    goals: list[Goal] = []
    files = tuple(chain.from_iterable(map(question_files, paths)))
    for path in files:
        if path.suffix.lower() != PLAIN_SUFFIX:
            asked = load_questions([path], folder)
            questions += [
                OwnQuestion(f"{path}, question {case.id}", case.question, case.answers, asked.documents[case.document])
                for case in asked.cases
            ]
            continue
        plain = read_plain(read_questions(path), path)
        goals += plain.goals
        sources: dict[str, Source] = {}
        for one in plain.questions:
            if one.document and one.document not in sources:
                sources[one.document] = one.load(folder or path.parent)
            source = sources.get(one.document)
            if source:
                one.places(source.text)
            questions.append(OwnQuestion(one.where, one.question, one.answers, source))
    if not questions:
        raise EvaluationError("There is no question in what you named; check what the files hold.")
    return OwnQuestions(files, tuple(questions), tuple(goals))


def check_words(questions: Sequence[OwnQuestion], texts: Iterable[str]) -> None:
    """Refuse questions whose words stand in none of the texts: no answer to them could be right.

    Raises:
        EvaluationError: If there is one.
    """
    missing = [one for one in questions if one.answers]
    for text in texts:
        missing = [one for one in missing if not any(find_words(answer, text) for answer in one.answers)]
        if not missing:
            return
    if missing:
        raise EvaluationError(
            f"{missing[0].where}: the words below the question are in no document that is asked; "
            f"copy them from one, or write “{UNANSWERED}”."
        )
