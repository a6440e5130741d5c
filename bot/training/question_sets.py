"""Public question sets in SQuAD's format -> examples."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the text it is asked of.

    Attributes:
        document: The title of the document that the text is a part of.
        question: The question.
        text: A paragraph, or the whole document.
        answers: What answers, in the text's own words; none when it does not answer.
    """

    document: str
    question: str
    text: str
    answers: tuple[str, ...]


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
