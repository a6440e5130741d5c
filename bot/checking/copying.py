"""Whether a statement copies its quotes with a word changed, or is stitched together from two of their sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from bot.checking.tokens import Token, tokenize
from bot.checking.words import content_stem, own_words
from retrieval import split_sentences

# Fewer words in a row than this are nobody's: "the president of the" stands everywhere.
LEAST_RUN = 3
# A statement of which this much stands in runs of one sentence is a copy of it.
COPIED = 0.7
# Half of a sentence is a run of its own when it is at least so long.
LEAST_HALF = 4
LONE_SURROGATES = re.compile("[\ud800-\udfff]")  # no text has them, and the splitter takes none


def first_changed(
    statement: Sequence[Token], checked: Collection[int], quotes: Sequence[Sequence[Token]]
) -> str | None:
    """The first word that a copy has and none of its quotes; None where the statement is no copy.

    The tokens ``checked`` do not count.

    A paraphrase may have words of its own; one that keeps the quote's words in their order and changes one of them
    changes what it says.
    """
    words = [token.word for token in statement]
    copied = (len(_copied(words, [token.word for token in quote], LEAST_RUN)) for quote in quotes)
    if max(copied, default=0) < COPIED * len(words):
        return None
    held = {content_stem(token) for quote in quotes for token in quote}
    return next((text for term, text in own_words(statement, checked) if term not in held), None)


def is_stitched(statement: Sequence[Token], quotes: Sequence[str]) -> bool:
    """Whether long runs of two sentences make up the statement, each with words that the other has not."""
    words = [token.word for token in statement]
    sentences = [
        [token.word for token in tokenize(quote[span.start : span.end])]
        for quote in (LONE_SURROGATES.sub(" ", quote) for quote in quotes)
        for span in split_sentences(quote)
    ]
    runs = [_copied(words, sentence, LEAST_HALF) for sentence in sentences]
    most = max(map(len, runs), default=0)
    together = len(set[int]().union(*runs))
    return together >= COPIED * len(words) and together - most >= LEAST_HALF


def _copied(words: Sequence[str], others: Sequence[str], least: int) -> set[int]:
    """The places of the words that stand in runs of at least ``least`` in ``others``, in order."""
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return {place for block in blocks if block.size >= least for place in range(block.a, block.a + block.size)}
