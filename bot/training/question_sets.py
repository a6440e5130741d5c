"""Public question sets -> examples: SQuAD's format, and JSON Lines with one text a line."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from retrieval import Span


class AnswerKind(StrEnum):
    """What is known of an answer: its words, the sentences that hold it, or only that the text settles it."""

    WORDS = "words"
    SENTENCE = "sentence"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the text it is asked of.

    Attributes:
        document: The title of the document that the text is a part of.
        question: The question.
        text: A paragraph, or the whole document.
        answers: What answers, in the text's own words; none when it does not answer.
        kind: What is known of the answer; the whole text is the one answer of those that it settles.
        spans: Where the answers stand, if the set says so.
    """

    document: str
    question: str
    text: str
    answers: tuple[str, ...]
    kind: AnswerKind = AnswerKind.WORDS
    spans: tuple[Span, ...] = ()


def read_examples(path: Path) -> list[Example]:
    """Read a set in SQuAD's format; answers that do not stand in their text are left out.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it is no such set.
    """
    articles = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(articles, dict):
        articles = articles["data"]
    examples: list[Example] = []
    for number, article in enumerate(articles):
        document = article.get("title") or f"{path.parent.name}/{path.stem}/{number}"
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            for entry in paragraph["qas"]:
                # The sets' offsets are not used: some are off, others always those of the first occurrence.
                given = (answer["text"].strip() for answer in entry.get("answers", []))
                answers = tuple(answer for answer in given if answer and answer in text)
                if bool(answers) != entry.get("is_impossible", False):
                    examples.append(Example(document, entry["question"].strip(), text, answers))
    return examples


def read_lines(path: Path, kind: AnswerKind) -> list[Example]:
    """Read a set in JSON Lines: ``{"title", "context", "qas": [{"question", "answers": [{"text", "start"}], …}]}``.

    Every answer is the slice of the text at its start. A question that needs a conversation (``standalone`` is false)
    is left out. Where all texts have one title, each is a document of its own.

    Args:
        path: The file.
        kind: What its answers are.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it is no such set, or an answer is not the slice at its start.
    """
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    one_title = len({line["title"] for line in lines}) == 1
    examples: list[Example] = []
    for number, line in enumerate(lines):
        document, text = f"{path.stem}/{number if one_title else line['title']}", line["context"]
        for entry in line["qas"]:
            if not entry.get("standalone", True):
                continue
            spans = _spans(text, entry["answers"], path)
            if entry["answerable"] and not spans:
                spans = (Span(0, len(text)),)
            answers = tuple(text[span.start : span.end] for span in spans)
            examples.append(Example(document, entry["question"].strip(), text, answers, kind, spans))
    return examples


def _spans(text: str, answers: list[dict[str, Any]], path: Path) -> tuple[Span, ...]:
    """Where the answers stand, without blanks around them; those that most people gave first."""
    found: Counter[Span] = Counter()
    for answer in answers:
        words, start = answer["text"], answer["start"]
        if text[start : start + len(words)] != words:
            raise ValueError(f"An answer of {path.name} does not stand where the set says.")
        if bare := words.strip():
            first = start + words.index(bare)
            found[Span(first, first + len(bare))] += 1
    return tuple(span for span, _ in found.most_common())
