"""Files of questions -> documents and cases, ready to be asked."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np

from bot.evaluation.case import Case
from bot.evaluation.errors import EvaluationError
from bot.evaluation.intervals import SEED
from bot.evaluation.json_lines import read_json_lines
from bot.evaluation.plain_questions import read_plain
from bot.evaluation.squad import read_squad
from bot.evaluation.written_questions import cases_of
from retrieval import Source
from retrieval.files import open_regular

JSON_LINES_SUFFIX, PLAIN_SUFFIX = ".jsonl", ".txt"
# Of a folder, whose texts may be documents.
QUESTION_SUFFIXES = {".json", JSON_LINES_SUFFIX}
# Rows of this kind are about something else altogether; they count as questions that are off the document.
OFF_TOPIC = "off-topic"


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """A file that was read: its name, the hash of its bytes, and how many of its questions could not be used."""

    name: str
    sha256: str
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Documents, the questions about them (``case.document`` counts into ``documents``), and where they came from."""

    documents: tuple[Source, ...]
    cases: tuple[Case, ...]
    files: tuple[QuestionFile, ...]

    @property
    def answerable(self) -> tuple[Case, ...]:
        """The cases that their documents answer."""
        return tuple(case for case in self.cases if case.is_answerable)

    def without(self, titles: Collection[str]) -> QuestionSet:
        """The questions about other documents than these.

        Raises:
            EvaluationError: If there are none.
        """
        away = {title_key(title) for title in titles}
        kept = [number for number, source in enumerate(self.documents) if title_key(source.title) not in away]
        if not kept:
            raise EvaluationError("Every document was used in training; leave --unseen out to ask about them all.")
        return self._about(kept)

    def read_by(self, knows: Callable[[str], bool]) -> QuestionSet | None:
        """The questions about documents in a language that ``knows`` names; None where there are none."""
        kept = [number for number, source in enumerate(self.documents) if knows(source.language)]
        return self._about(kept) if kept else None

    def _about(self, kept: Sequence[int]) -> QuestionSet:
        """The questions about the documents with these numbers."""
        places = {number: place for place, number in enumerate(kept)}
        return replace(
            self,
            documents=tuple(self.documents[number] for number in kept),
            cases=tuple(
                replace(case, document=places[case.document]) for case in self.cases if case.document in places
            ),
        )

    def limited(self, per_document: int) -> QuestionSet:
        """At most ``per_document`` answerable questions a document and as many others, drawn with a fixed seed."""
        kept: set[int] = set()
        counts: Counter[tuple[int, bool]] = Counter()
        for i in np.random.default_rng(SEED).permutation(len(self.cases)).tolist():
            counts[self.cases[i].document, self.cases[i].is_answerable] += 1
            if counts[self.cases[i].document, self.cases[i].is_answerable] <= per_document:
                kept.add(i)
        return replace(self, cases=tuple(self.cases[i] for i in sorted(kept)))


def load_questions(paths: Sequence[Path], documents_folder: Path | None = None) -> QuestionSet:
    """Read plain questions (``.txt``), JSON Lines (``.jsonl``) and SQuAD files (``.json``).

    A folder stands for the last two in it.

    Args:
        paths: Files and folders.
        documents_folder: Where the documents that JSON Lines name lie; without it, beside each file.

    Raises:
        EvaluationError: If a file cannot be used; the sentence names the file, the place and the remedy.
    """
    documents: list[Source] = []
    cases: list[Case] = []
    files: list[QuestionFile] = []
    for path in chain.from_iterable(map(question_files, paths)):
        data = read_questions(path)
        if path.suffix.lower() == PLAIN_SUFFIX:
            (found, about), left_out = cases_of(read_plain(data, path).questions, documents_folder or path.parent), 0
        elif path.suffix.lower() == JSON_LINES_SUFFIX:
            found, about, left_out = read_json_lines(data, path, documents_folder or path.parent)
        else:
            found, about, left_out = read_squad(data, path)
        numbers = [_number(documents, source) for source in about]
        cases += [replace(case, document=numbers[case.document]) for case in found]
        files.append(QuestionFile(path.name, hashlib.sha256(data).hexdigest(), left_out))
    if not cases:
        names = ", ".join(str(path) for path in paths)
        raise EvaluationError(f"There is no question in {names} that can be asked; check what the files hold.")
    return QuestionSet(tuple(documents), tuple(cases), tuple(files))


def load_kinds(paths: Sequence[Path], documents_folder: Path | None = None) -> dict[str, QuestionSet]:
    """As ``load_questions``, with each file apart, by its name: its documents are taken for those of one kind."""
    files = list(chain.from_iterable(map(question_files, paths)))
    names = [path.stem if sum(path.stem == other.stem for other in files) == 1 else str(path) for path in files]
    return {name: load_questions([path], documents_folder) for name, path in zip(names, files, strict=True)}


def title_key(title: str) -> str:
    """A title as it is compared: two files of one article differ in case, accents and underscores."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", plain.casefold()).strip() or title


def question_files(path: Path) -> list[Path]:
    """The files that a path stands for.

    Raises:
        EvaluationError: If it is a folder that holds none.
    """
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if file.is_file() and file.suffix.lower() in QUESTION_SUFFIXES)
    if not files:
        raise EvaluationError(f"The folder {path} holds no .json or .jsonl file; name one that holds questions.")
    return files


def read_questions(path: Path) -> bytes:
    """The bytes of a file of questions.

    Raises:
        EvaluationError: If it cannot be read, or its ending is that of no such file.
    """
    if path.suffix.lower() not in {*QUESTION_SUFFIXES, PLAIN_SUFFIX}:
        raise EvaluationError(
            f"{path} is neither .txt (plain questions), .jsonl (JSON Lines) nor .json (SQuAD); rename or convert it."
        )
    try:
        with open_regular(path) as file:
            return file.read()
    except FileNotFoundError:
        raise EvaluationError(f"There is no file {path}; check the path.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "bad path"
        raise EvaluationError(
            f"{path} cannot be read ({reason.lower()}); check the path and its permissions."
        ) from None


def _number(documents: list[Source], source: Source) -> int:
    """The place of a document in the list: two files that are about the same text share it."""
    for number, held in enumerate(documents):
        if held.sha256 == source.sha256 and held.title == source.title:
            return number
    documents.append(source)
    return len(documents) - 1
