"""Question sets in other languages -> documents and questions to calibrate on, and others to judge on."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from bot.evaluation.case import Case
from bot.evaluation.cases import QuestionSet
from bot.training.kinds import joined_document
from bot.training.question_sets import AnswerKind, Example, read_lines
from retrieval import Source
from retrieval.text.languages import detect_language

FOLDER = "languages"
# Of each set, the titles of one hash in so many are kept for judging.
KEPT_OF = 3
# Texts are joined into documents of at least so many characters: of several sizes to calibrate on, of one to judge on.
CALIBRATED_SIZES, JUDGED_SIZES = (8_000, 2_500, 16_000, 5_000), (8_000,)
# So that all can be asked in minutes.
MOST_DOCUMENTS, MOST_ANSWERABLE, MOST_OTHERS = 24, 200, 200
SEED = 7


@dataclass(frozen=True, slots=True)
class LanguageSet:
    """A set of questions in one language.

    Attributes:
        name: Its file, without the ending.
        language: The language as people call it.
        kind: What its answers are.
        takes: Whether some questions lose their answer; not where the set has unanswerable ones of its own.
    """

    name: str
    language: str
    kind: AnswerKind = AnswerKind.WORDS
    takes: bool = True


SETS = (
    LanguageSet("omosqa_de", "German", AnswerKind.SENTENCE, takes=False),
    LanguageSet("omosqa_fr", "French", AnswerKind.SENTENCE, takes=False),
    LanguageSet("afriqa_fr", "French"),
    LanguageSet("tquad2_tr", "Turkish"),
    LanguageSet("omosqa_ar", "Arabic", AnswerKind.SENTENCE, takes=False),
    LanguageSet("arcd_ar", "Arabic"),
    LanguageSet("tydiqa_dev_ar", "Arabic"),
    LanguageSet("omosqa_uk", "Ukrainian", AnswerKind.SENTENCE, takes=False),
    LanguageSet("heq_he", "Hebrew", takes=False),
    LanguageSet("drcd_zh", "Chinese"),
    LanguageSet("jsquad_ja", "Japanese"),
)


def calibration_questions(data: Path, sets: Sequence[LanguageSet] = SETS) -> dict[str, QuestionSet]:
    """The questions of each set that calibrate, by its name.

    Args:
        data: The folder that holds the question sets.
        sets: Which of them.

    Raises:
        OSError: If a file cannot be read.
        ValueError: If it is no such set.
    """
    return {each.name: _questions(data, each, judged=False) for each in sets}


def judging_questions(data: Path, sets: Sequence[LanguageSet] = SETS) -> dict[str, QuestionSet]:
    """The questions of each set that judge, whose titles nothing was fitted to; see ``calibration_questions``."""
    return {each.name: _questions(data, each, judged=True) for each in sets}


def is_judged(title: str) -> bool:
    """Whether the texts of a title are kept for judging; the title alone decides, whatever the language."""
    return _hash(title) % KEPT_OF == 0


def _questions(data: Path, chosen: LanguageSet, *, judged: bool) -> QuestionSet:
    by_title: dict[str, list[Example]] = defaultdict(list)
    for example in read_lines(data / FOLDER / f"{chosen.name}.jsonl", chosen.kind):
        title = example.document.partition("/")[2]
        if is_judged(title) == judged:
            by_title[title].append(example)
    documents: list[Source] = []
    cases: list[Case] = []
    joined = list(_joined(by_title, JUDGED_SIZES if judged else CALIBRATED_SIZES))
    for examples in sorted(joined, key=lambda examples: _hash(examples[0].text))[:MOST_DOCUMENTS]:
        text, rows = joined_document(examples, takes=chosen.takes and not judged)
        title = f"{chosen.name} {len(documents)}"
        source = Source.from_bytes(uri=title, title=title, data=text.encode(), language=detect_language(text))
        cases += [
            Case(f"{len(documents)}/{number}", len(documents), row["question"], tuple(row["answers"]))
            for number, row in enumerate(rows)
        ]
        documents.append(source)
    return QuestionSet(tuple(documents), tuple(_drawn(cases)), ())


def _joined(by_title: dict[str, list[Example]], sizes: Sequence[int]) -> Iterator[list[Example]]:
    """The examples of each document; the texts of one title stay together."""
    size, wanted = 0, cycle(sizes)
    least = next(wanted)
    group: list[Example] = []
    for title in sorted(by_title, key=_hash):
        group += by_title[title]
        size = sum(len(text) for text in {example.text for example in group})
        if size >= least:
            yield group
            group, least = [], next(wanted)
    if group:
        yield group


def _drawn(cases: Sequence[Case]) -> list[Case]:
    """No more of the cases than can be asked in minutes, in their order."""
    rng = random.Random(SEED)  # noqa: S311 (draws must be repeatable, not secret)
    answerable = [case for case in cases if case.is_answerable]
    others = [case for case in cases if not case.is_answerable]
    kept = {case.id for case in rng.sample(answerable, min(MOST_ANSWERABLE, len(answerable)))}
    kept |= {case.id for case in rng.sample(others, min(MOST_OTHERS, len(others)))}
    return [case for case in cases if case.id in kept]


def _hash(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)
