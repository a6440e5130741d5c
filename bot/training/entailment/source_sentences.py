"""Real sentences with what stands around them, out of documents that may be learned from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.training.entailment.pairs import Pair
from bot.training.mixture import PARTS, is_kept
from bot.training.question_sets import Example, read_examples, read_lines
from bot.training.split import split_documents
from retrieval import split_sentences

WORDS = (5, 38)
# Signs of lists, tables and marks that were left in a text.
NO_PROSE = re.compile(r"[|\[\]{}:]| - |https?")
WHOLE = re.compile(r"[A-Z\"'(0-9][^\n]*[a-z0-9)%\"'][.]")
# Sets whose documents bear the name of what they are about.
TITLED = ("squad1", "squadshifts_newwiki", "selqa", "timeqa", "fairytaleqa", "conditionalqa", "medquad")


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence of a text.

    Attributes:
        text: Its words, up to the full stop.
        before: The sentence before it; empty where there is none.
        after: The one after it.
        title: What its document is called; empty where nobody knows.
        document: What tells its document from others.
    """

    text: str
    before: str = ""
    after: str = ""
    title: str = ""
    document: str = ""


def learned_examples(data: Path, split: str, always: Iterable[str], sets: str) -> list[Example]:
    """The questions and texts of all documents that the reader may learn from.

    Args:
        data: The folder with the sets of questions.
        split: The set of which only some documents are learned from.
        always: The sets of which all are.
        sets: The folder of the others, of which those that are kept for judging are left out.
    """
    examples = read_examples(data / split)
    learned, _, _ = split_documents({example.document for example in examples})
    examples = [example for example in examples if example.document in learned]
    for name in always:
        examples += read_examples(data / name)
    for part in PARTS:
        lines = read_lines(data / sets / f"{part.name}.jsonl", part.kind)
        examples += [example for example in lines if not is_kept(example.document)]
    return examples


def sentences_in(examples: Iterable[Example], nli: Iterable[Pair]) -> list[SourceSentence]:
    """The sentences of the texts of examples, and of the premises of public pairs."""
    texts = dict.fromkeys((example.text, example.document, _title(example)) for example in examples)
    texts |= dict.fromkeys((pair.premise, pair.premise, "") for pair in nli)
    found: dict[str, SourceSentence] = {}
    for text, document, title in texts:
        for sentence in sentences_of(text, document, title):
            found.setdefault(sentence.text, sentence)
    return list(found.values())


def sentences_of(text: str, document: str, title: str) -> list[SourceSentence]:
    """The whole sentences of a text that are neither very short nor very long."""
    spans = split_sentences(text)
    parts = ["", *(" ".join(text[span.start : span.end].split()) for span in spans), ""]
    return [
        SourceSentence(parts[i], parts[i - 1], parts[i + 1], title, document)
        for i in range(1, len(parts) - 1)
        if WORDS[0] <= len(parts[i].split()) <= WORDS[1] and WHOLE.fullmatch(parts[i]) and not NO_PROSE.search(parts[i])
    ]


def _title(example: Example) -> str:
    name, _, title = example.document.partition("/")
    if not title:  # an article of SQuAD 2.0
        return name.replace("_", " ")
    named = name.startswith(TITLED) and not title.isdigit()
    return title.replace("_", " ").replace("-", " ") if named else ""
