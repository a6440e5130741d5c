"""Text -> the stemmed terms that keyword search and answer selection compare."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from retrieval.chunking import UNSPACED

if TYPE_CHECKING:
    from Stemmer import Stemmer

TERM = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
_stemmer_lock = threading.Lock()


def extract_terms(text: str) -> list[str]:
    """The terms of ``text`` in order: folded, without English stop words, stemmed.

    Scripts written without spaces give one term a character. The text itself is never changed; only terms are
    compatibility-normalised (NFKC), so that "ﬁre" finds "fire".

    Source of the methods: Snowball's English stemmer (PyStemmer); the stop words are those of ``bm25s``.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    stop_words = _stop_words()
    terms = [term for term in TERM.findall(folded) if term not in stop_words]
    with _stemmer_lock:  # a Stemmer object is not thread-safe
        stems: list[str] = _stemmer().stemWords(terms)
    return stems


@cache
def _stop_words() -> frozenset[str]:
    from bm25s.stopwords import STOPWORDS_EN_PLUS

    return frozenset(STOPWORDS_EN_PLUS)


@cache
def _stemmer() -> Stemmer:
    from Stemmer import Stemmer

    return Stemmer("english")
