"""What the reader learns from: which sets, how much of each, and what their answers are."""

from __future__ import annotations

import hashlib
import logging
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.training.question_sets import AnswerKind, Example, read_lines
from retrieval import Span

logger = logging.getLogger(__name__)

# How many other sentences are put around one that comes alone.
AROUND = (3, 6)
# Of each set, the documents of one hash in so many are kept for judging.
KEPT_OF = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One set of the mixture.

    Attributes:
        name: Its file in ``reader/``, without the ending.
        share: How much of it is learned from in each pass, in (0, 1]; another draw each time.
        kind: What its answers are.
        alone: Whether each text is one sentence, so that others are put around it.
    """

    name: str
    share: float = 1.0
    kind: AnswerKind = AnswerKind.WORDS
    alone: bool = False


# Shares: made unanswerable questions stay fewer than answerable ones, and no one style of question outweighs the rest.
PARTS = (
    Part("afriqa_en"),
    Part("boolq_train", 0.5, AnswerKind.TEXT),
    Part("conditionalqa_evidence", 1.0, AnswerKind.SENTENCE),
    Part("doc2dial_val"),
    Part("drop_contrast_spans"),
    Part("fairytaleqa"),
    Part("medquad_sections", 0.5, AnswerKind.SENTENCE),
    Part("multihop_small"),
    Part("qadiscourse", 0.5, alone=True),
    Part("qamr_dev", 0.5, alone=True),
    Part("qamr_test", 0.5, alone=True),
    Part("qasrl_gs", 0.3, alone=True),
    Part("quoref_contrast"),
    Part("quoref_ni"),
    Part("ropes_contrast", 0.3),
    Part("selqa", 1.0, AnswerKind.SENTENCE),
    Part("squad1_train_cs224n"),
    Part("squad1_train_du"),
    Part("squad1_train_flan"),
    Part("squad1_train_neg", 0.5),
    Part("squad1_train_sentence", 0.5, AnswerKind.SENTENCE),
    Part("squadshifts_amazon", 0.35),
    Part("squadshifts_newwiki"),
    Part("squadshifts_reddit", 0.35),
    Part("timeqa_human"),
    Part("timeqa_synth", 0.5),
)


class Mixture:
    """The examples of all sets, but for the documents that are kept for judging.

    Args:
        folder: The folder with the sets.
        seed: Where the drawing starts.
        parts: Which sets, and how much of each.
    """

    def __init__(self, folder: Path, seed: int, parts: Sequence[Part] = PARTS) -> None:
        self._seed = seed
        self._sets: list[tuple[Part, list[Example]]] = []
        for part in parts:
            examples = [e for e in read_lines(folder / f"{part.name}.jsonl", part.kind) if not is_kept(e.document)]
            if part.alone:
                examples = surrounded(examples, random.Random(f"{seed}/{part.name}"))  # noqa: S311
            logger.info("%s: %d questions", part.name, len(examples))
            self._sets.append((part, examples))

    def examples(self) -> list[Example]:
        """All of them."""
        return [example for _, examples in self._sets for example in examples]

    def drawn(self, number: int) -> list[Example]:
        """Those of one pass; the same for the same number."""
        rng = random.Random(f"{self._seed}/{number}")  # noqa: S311 (draws must be repeatable, not secret)
        return [e for part, examples in self._sets for e in rng.sample(examples, round(part.share * len(examples)))]


def is_kept(document: str) -> bool:
    """Whether a document is kept for judging; the name alone decides, so that it is the same on every machine."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % KEPT_OF == 0


def surrounded(examples: Sequence[Example], rng: random.Random) -> list[Example]:
    """Each text of one sentence among others, of the same article where there are any."""
    by_article: dict[str, list[str]] = defaultdict(list)
    for text, document in dict.fromkeys((example.text, example.document) for example in examples):
        by_article[_article(document)].append(text)
    every = [text for texts in by_article.values() for text in texts]
    found: list[Example] = []
    for example in examples:
        count = rng.randint(*AROUND)
        near = [text for text in by_article[_article(example.document)] if text != example.text]
        others = rng.sample(near, min(count, len(near)))
        others += [text for text in rng.sample(every, count) if text != example.text][: count - len(others)]
        place = rng.randint(0, len(others))
        before = "".join(f"{text} " for text in others[:place])
        text = " ".join([before + example.text, *others[place:]])
        spans = tuple(Span(span.start + len(before), span.end + len(before)) for span in example.spans)
        found.append(replace(example, text=text, spans=spans))
    return found


def _article(document: str) -> str:
    """The article of a sentence called ``SET/CORPUS:SOURCE:ARTICLE:PARAGRAPH:SENTENCE``."""
    return document.rsplit(":", 2)[0]
