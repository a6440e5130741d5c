"""The questions of the benchmark: of the article that ships with the package, and of any folder of texts."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

ARTICLE = (
    "What triggered the protests?",
    "How many planes did they take?",
    "How old is Nazarbayev?",
    "Who is the president of Kazakhstan?",
    "Which airport was taken?",
    "When did Kazakhstan become independent?",
    "What did the government do about fuel prices?",
    "Who asked the military alliance for help?",
    "Where did the protests begin?",
    "What happened to the internet?",
    "What is the capital of France?",
    "Why did the government resign?",
)
# Asked before the clock runs, of whatever documents: what is timed was never asked before.
WARM_UP = (
    "What was built first?",
    "How many people took part?",
    "Who was the leader?",
    "When did it end?",
    "Why was it famous?",
)
COUNT = 100
SEED = 11
SENTENCE = re.compile(r"[A-Z][^.!?\n]{40,200}[.]")
WORD = re.compile(r"[^\W\d_]{4,}")
SUBJECTS = 4


def corpus_questions(files: Sequence[Path], given: Path | None, count: int = COUNT) -> list[str]:
    """Questions about a folder of texts.

    Args:
        files: The texts.
        given: A folder of files in SQuAD's format; without it, questions are made of the texts' own words.
        count: How many at most.
    """
    questions = _of_squad(given) if given else _of_texts(files)
    return random.Random(SEED).sample(questions, min(count, len(questions)))


def _of_squad(folder: Path) -> list[str]:
    found: set[str] = set()
    for file in sorted(folder.glob("*.json")):
        for document in json.loads(file.read_text("utf-8"))["data"]:
            found.update(one["question"].strip() for part in document["paragraphs"] for one in part["qas"])
    return sorted(found)


def _of_texts(files: Sequence[Path]) -> list[str]:
    """One question a file, by the longest words of a sentence in the middle of it."""
    found = []
    for file in files:
        sentences = SENTENCE.findall(file.read_text("utf-8"))
        if sentences:
            # Not a set, whose order differs from process to process, and with it which of equally long words are taken.
            words = list(dict.fromkeys(WORD.findall(sentences[len(sentences) // 2])))
            longest = sorted(words, key=len)[-SUBJECTS:]
            found.append(f"What is said about {', '.join(word for word in words if word in longest)}?")
    return found
