"""The common words of languages, and how common each is."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

# The languages that there is a dictionary of, among those that documents are read in.
DICTIONARIES = frozenset({"ar", "de", "en", "es", "eu", "fa", "fr", "it", "nl", "pt", "ru"})
LOOKED_UP = 10_000
NUMBER = re.compile(rb"[0-9]+")


class Dictionary:
    """Words in the text of a JSON object, ``{"word": frequency, …}``.

    They are looked up in the text as it is: parsing 160,000 of them takes a tenth of a second and 20 MB, finding one a
    thousandth, and a question needs a few.
    """

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._frequency = lru_cache(LOOKED_UP)(self._look_up)

    def frequency(self, word: str) -> int:
        """How common a word is; 0 for one that is not there."""
        return self._frequency(word)

    def __contains__(self, word: str) -> bool:
        return self.frequency(word) > 0

    def _look_up(self, word: str) -> int:
        key = json.dumps(word, ensure_ascii=False).encode("utf-8", "replace") + b": "
        place = self._text.find(key)
        found = NUMBER.match(self._text, place + len(key)) if place >= 0 else None
        return int(found[0]) if found else 0


@cache
def dictionary(language: str) -> Dictionary:
    """The dictionary of one of ``DICTIONARIES``.

    Source of the data: ``pyspellchecker``, whose own class parses them; its file is read without importing it.
    """
    package = find_spec("spellchecker")
    if package is None or not package.submodule_search_locations:
        raise ImportError("pyspellchecker is not installed")
    packed = Path(package.submodule_search_locations[0]) / "resources" / f"{language}.json.gz"
    return Dictionary(gzip.decompress(packed.read_bytes()))
