"""Kinds of documents -> questions to calibrate on and to judge on, as files that ``python -m bot.evaluation`` reads.

Of the sets that the reader learns from these are the documents that it never saw; the others it does not learn from at
all. Half of the documents of each kind calibrate, half judge.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.evaluation.case import can_be_asked
from bot.evaluation.scoring import folded
from bot.training.mixture import is_kept
from bot.training.question_sets import AnswerKind, Example, read_examples, read_lines
from bot.training.split import split_documents
from retrieval import Span, split_sentences

logger = logging.getLogger(__name__)

CALIBRATE, JUDGE = PARTS = ("calibrate", "judge")
# So that no kind outweighs the others, and all can be asked in minutes.
MOST_QUESTIONS, MOST_WORDS = 200, 6_000
# Of so many questions one loses its answer: the sentences that hold it are taken out of the document.
ANSWER_TAKEN_OF = 8
# A shorter answer, such as a number, stands elsewhere by chance.
TELLING = 4
BETWEEN_TEXTS = "\n\n"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document, and the set that stands for it.

    Attributes:
        name: What people call such documents.
        read: Reads the examples.
        learned: Whether the reader learns from the set, but for the documents that are kept.
        takes: Whether some questions lose their answer; not where the set has unanswerable ones of its own.
        documents: How many documents of a part are used at most.
    """

    name: str
    read: Callable[[Path], Iterable[Example]]
    learned: bool = False
    takes: bool = True
    documents: int = 40


def _lines(name: str, kind: AnswerKind = AnswerKind.WORDS) -> Callable[[Path], Iterable[Example]]:
    return lambda data: read_lines(data / "reader" / f"{name}.jsonl", kind)


def _squad(*names: str) -> Callable[[Path], Iterable[Example]]:
    return lambda data: (example for name in names for example in read_examples(data / name))


def _searched(data: Path) -> Iterable[Example]:
    """CLAPnq: a question that people searched for, and one passage in sentences."""
    for name in ("answerable", "unanswerable"):
        for line in (data / "clapnq" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            (passage,) = row["passages"]
            answers = tuple(sentence.strip() for sentence in row["output"][0]["selected_sentences"])
            held = tuple(answer for answer in answers if answer in passage["text"])
            if bool(held) == bool(answers):
                yield Example(f"clapnq/{row['id']}", row["input"], passage["text"], held, AnswerKind.SENTENCE)


KINDS = (
    Kind("rules", _lines("conditionalqa_evidence", AnswerKind.SENTENCE), learned=True),
    Kind("handbooks", _lines("doc2dial_val"), learned=True),
    Kind("health", _lines("medquad_sections", AnswerKind.SENTENCE), learned=True),
    Kind("policies", _squad("policyqa/dev.json", "policyqa/test.json")),
    Kind("papers", _squad("covid-qa/questions.json")),
    Kind("searches", _searched, takes=False, documents=200),
    Kind("stories", _lines("fairytaleqa"), learned=True),
    Kind("forum", _lines("squadshifts_reddit"), learned=True),
    Kind("reviews", _lines("squadshifts_amazon"), learned=True),
)
ENCYCLOPAEDIA = "encyclopaedia"
SQUAD = "squad2/questions.json"


def write_parts(data: Path, folder: Path, kinds: Sequence[Kind] = KINDS) -> None:
    """Write the questions of each part and kind, and their documents.

    Args:
        data: The folder that holds the question sets.
        folder: Gets a folder a part: ``KIND.jsonl``, the documents in ``KIND/``, and ``encyclopaedia.json``.
        kinds: The kinds beside the encyclopaedia.
    """
    for part in PARTS:
        (folder / part).mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        by_document: dict[str, list[Example]] = defaultdict(list)
        for example in kind.read(data):
            if not kind.learned or is_kept(example.document):
                by_document[example.document].append(example)
        for number, part in enumerate(PARTS):
            names = sorted((name for name in by_document if _hash(name) % len(PARTS) == number), key=_hash)
            rows: list[dict[str, Any]] = []
            place = folder / part / kind.name
            place.mkdir(exist_ok=True)
            for name in names[: kind.documents]:
                text, asked = joined_document(by_document[name], takes=kind.takes)
                if not text.strip():  # its only sentence was the answer
                    continue
                file = f"{kind.name}/{re.sub(r'[^A-Za-z0-9]+', '-', name.split('/', 1)[-1]).strip('-')}.txt"
                (folder / part / file).write_text(text, encoding="utf-8")
                rows += [{"document": file, "kind": kind.name, **row} for row in asked]
            rows = sorted(rows, key=lambda row: _hash(f"{row['document']} {row['question']}"))[:MOST_QUESTIONS]
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (folder / part / f"{kind.name}.jsonl").write_text(lines, encoding="utf-8")
            answered = sum(bool(row["answers"]) for row in rows)
            logger.info("%s, %s: %d answerable, %d not", part, kind.name, answered, len(rows) - answered)
    _write_encyclopaedia(data, folder)


def _write_encyclopaedia(data: Path, folder: Path) -> None:
    """The articles of SQuAD 2.0, which the reader learns from but for these."""
    articles = json.loads((data / SQUAD).read_text(encoding="utf-8"))["data"]
    _, *parts = split_documents({article["title"] for article in articles})
    for part, titles in zip(PARTS, parts, strict=True):
        chosen = [article for article in articles if article["title"] in titles]
        for entry in (entry for article in chosen for paragraph in article["paragraphs"] for entry in paragraph["qas"]):
            entry["kind"] = ENCYCLOPAEDIA
        written = json.dumps({"version": "v2.0", "data": chosen}, ensure_ascii=False)
        (folder / part / f"{ENCYCLOPAEDIA}.json").write_text(written, encoding="utf-8")


def joined_document(examples: Sequence[Example], *, takes: bool) -> tuple[str, list[dict[str, Any]]]:
    """The text of a document, and its questions as ``python -m bot.evaluation`` reads them.

    A question whose answer is gone from its place, but stands elsewhere in the text, is left out.
    """
    texts = list(dict.fromkeys(example.text for example in examples))
    gone: dict[str, list[Span]] = {text: [] for text in texts}
    asked = [example for example in dict.fromkeys(examples) if can_be_asked(example.question)]
    for example in asked:
        if takes and example.answers and _hash(example.question) % ANSWER_TAKEN_OF == 0:
            gone[example.text] += [s for s in split_sentences(example.text) if _holds(s, example)]
    kept: list[str] = []
    words = 0
    for text in texts:
        words += len(text.split())
        if kept and words > MOST_WORDS:
            break
        kept.append(_without(text, gone[text]))
    whole = BETWEEN_TEXTS.join(kept)
    rows: list[dict[str, Any]] = []
    for example in asked:
        if example.text not in texts[: len(kept)]:
            continue
        answers = [answer for answer in example.answers if folded(answer) in folded(whole)]
        stays = not any(_holds(span, example) for span in gone[example.text])
        if stays and (answers or not example.answers):
            rows.append({"question": example.question, "answers": answers})
        elif not stays and not any(len(answer) < TELLING for answer in example.answers) and not answers:
            rows.append({"question": example.question, "answers": []})
    return whole, rows


def _holds(sentence: Span, example: Example) -> bool:
    words = example.text[sentence.start : sentence.end]
    return any(sentence.overlaps(span) for span in example.spans) or any(answer in words for answer in example.answers)


def _without(text: str, gone: Sequence[Span]) -> str:
    for span in sorted(set(gone), key=lambda span: span.start, reverse=True):
        text = text[: span.start] + text[span.end :]
    return text


def _hash(name: str) -> int:
    """A number that the name alone decides, and not by the digits that ``is_kept`` looks at."""
    return int(hashlib.sha256(f"part of {name}".encode()).hexdigest(), 16)
