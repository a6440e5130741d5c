"""The folder of public sets -> what the reader learns from, and what must be kept from it."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from bot.evaluation.cases import title_key
from bot.reader.weights import sha256_of
from bot.training.made_up import make_up_examples
from bot.training.sets import Example, read_examples
from bot.training.windows import Window, Windows

# Its documents are split into those to learn from, to calibrate on and to judge on; those of the other are all learned
# from. They are parts of SQuAD 2.0: of its development set and of its training set.
SPLIT, LEARNED = "squad2/questions.json", "squad2/more.json"
# Questions of other kinds, and how many of each set; texts to make up questions about, and how many.
OTHERS = {"policyqa/dev.json": 1_200, "covid-qa/questions.json": 1_380}
ARTICLES, MADE_UP = "articles", 8_000
# The first passes are over all of that, the last ones over what is most like the questions that people ask.
WIDE_PASSES, CLOSE_PASSES = 2, 3


@dataclass(frozen=True, slots=True)
class Material:
    """Examples to learn from.

    Attributes:
        close: Questions that people wrote about encyclopaedia articles.
        more: Questions of other kinds, and made-up ones.
    """

    close: list[Example]
    more: list[Example]

    def passes(self, seed: int) -> list[Callable[[], list[Window]]]:
        """What makes the windows of one pass after another."""
        wide, close = Windows([*self.close, *self.more], seed), Windows(self.close, seed)
        return [wide.epoch] * WIDE_PASSES + [close.epoch] * CLOSE_PASSES


def read_material(data: Path, learned: Collection[str], kept: Collection[str], seed: int) -> Material:
    """Read and make up the examples.

    Args:
        data: The folder of sets.
        learned: The documents of ``SPLIT`` to learn from.
        kept: Documents no text of which may be learned from, wherever it stands.
        seed: Where the drawing starts.

    Raises:
        OSError: If a set cannot be read.
        ValueError: If a file is no set in SQuAD's format.
    """
    rng = random.Random(seed)  # noqa: S311 (draws must be repeatable, not secret)
    close = [example for example in read_examples(data / SPLIT) if example.document in learned]
    close += read_examples(data / LEARNED)
    more: list[Example] = []
    for name, count in OTHERS.items():
        examples = read_examples(data / name)
        more += rng.sample(examples, min(count, len(examples)))
    kept_keys = {title_key(title) for title in kept}
    articles = {
        title: path.read_text(encoding="utf-8")
        for path in _articles(data)
        if title_key(title := unquote(path.stem)) not in kept_keys
    }
    return Material(close, more + make_up_examples(articles, MADE_UP, seed))


def hash_material(data: Path) -> dict[str, str]:
    """The SHA-256 of each set; for the articles, that of the hashes of all of them, in order of their names."""
    hashes = {name: sha256_of(data / name) for name in (SPLIT, LEARNED, *OTHERS)}
    articles = "".join(sha256_of(path) for path in _articles(data))
    return {**hashes, ARTICLES: hashlib.sha256(articles.encode("ascii")).hexdigest()}


def _articles(data: Path) -> list[Path]:
    return sorted((data / ARTICLES).glob("*.txt"))
