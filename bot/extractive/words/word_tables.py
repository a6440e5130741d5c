"""Tables of words and phrases, a file a language -> patterns that find them, whatever the accents."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.extractive.selection.question_analysis import AnswerType

FOLDER = Path(__file__).parent / "languages"

# Scripts written without spaces: no border tells a word from a part of one.
UNSPACED = frozenset({"ja", "zh"})
# The marks that make another sound of a Japanese letter; they are no accents.
VOICING = "\u3099\u309a"


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """The words of one language, as rows of phrases with commas between them.

    Attributes:
        fillers: Words of questions that only ask.
        asks: What asks for which kind of words.
        holds: What is of that kind in a sentence, besides figures and names.
    """

    fillers: str = ""
    asks: Mapping[AnswerType, str] = field(default_factory=dict)
    holds: Mapping[AnswerType, str] = field(default_factory=dict)


@cache
def words_of(language: str) -> LanguageWords:
    """The words of a language (ISO 639-1); none where it has no file."""
    path = FOLDER / f"{language}.toml"
    if not path.is_file():
        return LanguageWords()
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    asks, holds = ({AnswerType(kind): row for kind, row in tables[name].items()} for name in ("asks", "holds"))
    return LanguageWords(tables["fillers"], asks, holds)


def without_accents(text: str) -> str:
    """The text without case, accents and other marks over letters, as people type in a hurry."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return "".join(letter for letter in decomposed if letter in VOICING or not unicodedata.combining(letter))


def phrases_in(row: str) -> list[str]:
    """The phrases of a row, without the line ends in them."""
    return [" ".join(phrase.split()) for phrase in row.split(",")]


def pattern_of(row: str, language: str) -> str:
    """A pattern of every phrase of a row, the longest first, to be looked for in a text without accents.

    A phrase begins and ends where words do. One that ends in ``*`` stands for all that begin so, and one that begins
    with ``^`` stands at the beginning of the text alone.
    """
    phrases = sorted(map(without_accents, phrases_in(row)), key=len, reverse=True)
    return "|".join(_phrase(phrase, spaced=language not in UNSPACED) for phrase in phrases)


def _phrase(phrase: str, *, spaced: bool) -> str:
    words = re.escape(phrase.strip("^*"))
    if not spaced:
        return words
    before = r"\A\W*" if phrase.startswith("^") else r"(?<!\w)"
    return before + words + (r"\w*" if phrase.endswith("*") else r"(?!\w)")
