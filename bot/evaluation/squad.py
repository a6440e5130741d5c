"""SQuAD's JSON, versions 1 and 2: each article is one document, its paragraphs joined by blank lines.

Source of the format: Rajpurkar et al., SQuAD (2016) and SQuAD 2.0 (2018).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.evaluation.case import Case, can_be_asked
from bot.evaluation.errors import EvaluationError
from retrieval import Source, SourceError, Span, load_bytes

BETWEEN_PARAGRAPHS = "\n\n"
PLAIN_TEXT = "its text.txt"


def read_squad(data: bytes, path: Path) -> tuple[list[Case], list[Source], int]:
    """The cases, the articles they are about, and how many questions are left out.

    A question is left out when none of its answers stands in its paragraph, or when it is nothing that can be asked.
    A wrong offset is corrected to the first place in the paragraph that has the answer.

    Raises:
        EvaluationError: If the file is not of this format.
    """
    try:
        articles = list(json.loads(data)["data"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise EvaluationError(
            f"{path} is not SQuAD's JSON (an object with a list under “data”); correct it, or name a .jsonl file."
        ) from None
    cases: list[Case] = []
    documents: list[Source] = []
    left_out = 0
    for number, article in enumerate(articles, start=1):
        try:
            title, text, starts = _article(article, number)
            for paragraph, start in zip(article["paragraphs"], starts, strict=True):
                for entry in paragraph["qas"]:
                    case = _case(entry, paragraph["context"], start, len(documents))
                    if case is None:
                        left_out += 1
                    else:
                        cases.append(case)
            uri = f"{path.resolve().as_uri()}#{number}"
            documents.append(replace(load_bytes(text.encode(), name=PLAIN_TEXT, uri=uri), title=title))
        except (KeyError, TypeError, AttributeError, ValueError, SourceError) as error:
            raise EvaluationError(
                f"{path}: article {number} is not as SQuAD writes it ({_reason(error)}); correct or remove it."
            ) from None
    return cases, documents, left_out


def _article(article: Mapping[str, Any], number: int) -> tuple[str, str, list[int]]:
    """The title, the whole text, and where each paragraph starts in it."""
    name = article.get("title") or article["paragraphs"][0].get("document_id") or f"document {number}"
    starts: list[int] = []
    end = 0
    for paragraph in article["paragraphs"]:
        starts.append(end)
        end += len(paragraph["context"]) + len(BETWEEN_PARAGRAPHS)
    text = BETWEEN_PARAGRAPHS.join(paragraph["context"] for paragraph in article["paragraphs"])
    return str(name).replace("_", " "), text, starts


def _case(entry: Mapping[str, Any], context: str, start: int, document: int) -> Case | None:
    question = entry["question"]
    if not isinstance(question, str):
        raise TypeError("a question is not text")
    if not can_be_asked(question):
        return None
    case_id, kind = str(entry.get("id", "")), str(entry.get("kind", ""))
    given = entry.get("answers") or []
    if entry.get("is_impossible") or not given:
        return Case(case_id, document, question, kind=kind)
    found = {(text, at): None for text, at in (_place(answer, context) for answer in given) if at is not None}
    if not found:
        return None
    answers = tuple(dict.fromkeys(text for text, _ in found))
    places = tuple(dict.fromkeys(Span(start + at, start + at + len(text)) for text, at in found))
    return Case(case_id, document, question, answers, places, kind)


def _place(answer: Mapping[str, Any], context: str) -> tuple[str, int | None]:
    """The answer without white space around it, and where it stands in its paragraph; None when it does not."""
    text = answer["text"].strip()
    at = answer.get("answer_start", -1) + len(answer["text"]) - len(answer["text"].lstrip())
    if text and at >= 0 and context.startswith(text, at):
        return text, at
    first = context.find(text) if text else -1
    return text, None if first < 0 else first


def _reason(error: Exception) -> str:
    return f"there is no {error}" if isinstance(error, KeyError) else str(error).rstrip(".")
