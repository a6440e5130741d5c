"""Text -> the stemmed terms that keyword search and answer selection compare."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.fork_safety import ForkedLock
from retrieval.text.chunking import UNSPACED
from retrieval.text.languages import STEMMERS
from retrieval.types import ENGLISH

if TYPE_CHECKING:
    from Stemmer import Stemmer

TERM = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
# Of shorter words too many are one slip apart.
MIN_LETTERS = 3
# A question's terms, its passages' and their sentences' are asked for by search and by selection.
TEXTS_REMEMBERED = 512
WORD_LISTS = Path(__file__).with_name("stop_words") / "words.json"
_stemmer_lock = ForkedLock()


def extract_terms(text: str, language: str = ENGLISH) -> list[str]:
    """The terms of ``text`` in order: folded, without the stop words of its language, stemmed.

    Scripts written without spaces give one term a character. The text itself is never changed; only terms are
    compatibility-normalised (NFKC), so that "ﬁre" finds "fire".

    Source of the methods: Snowball's stemmers (PyStemmer); the stop words are those of ``bm25s``, which lie here.
    """
    return list(_extracted(text, language if language in STEMMERS else ENGLISH))


def extract_question_terms(text: str, languages: Sequence[str]) -> list[str]:
    """The terms by which a question finds documents in any of ``languages``; for one, those of ``extract_terms``."""
    terms: list[str] = []
    for language in languages:
        terms += [term for term in extract_terms(text, language) if language == languages[0] or term not in terms]
    return terms


def fold_words(text: str) -> list[str]:
    """The words of ``text`` in order, as terms begin: without case and compatibility forms, not yet stemmed."""
    return TERM.findall(unicodedata.normalize("NFKC", text).casefold())


def is_spelled(word: str) -> bool:
    """Whether a word has enough letters, and nothing else, to be told from a misspelt one."""
    return len(word) >= MIN_LETTERS and word.isalpha()


@lru_cache(TEXTS_REMEMBERED)
def _extracted(text: str, language: str) -> tuple[str, ...]:
    stop_words = stop_words_of(language)
    terms = [word for word in fold_words(text) if word not in stop_words]
    with _stemmer_lock:  # a Stemmer object is not thread-safe
        stems: list[str] = _stemmer(language).stemWords(terms)
    return tuple(stems)


def stop_words_of(language: str) -> frozenset[str]:
    """The words of a language that say nothing about what a text is about; none where no list is at hand."""
    return stop_words().get(language, frozenset())


@cache
def stop_words() -> dict[str, frozenset[str]]:
    """The words of each language that there is a list of."""
    lists: dict[str, str] = json.loads(WORD_LISTS.read_text("utf-8"))
    return {language: frozenset(words.split()) for language, words in lists.items()}


@cache
def _stemmer(language: str) -> Stemmer:
    from Stemmer import Stemmer

    return Stemmer(STEMMERS[language])
