"""Text -> the words that are compared, with what stands between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval import extract_terms


def listed(words: str) -> frozenset[str]:
    """A list of words, written as one text."""
    return frozenset(words.split())


# A name may end in figures: "D20", "H2O".
TOKEN = re.compile(r"[^\W\d_]+(?:\d+[^\W\d_]*)+|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
# "10 000" with spaces of any kind, and "10'000".
THOUSANDS = re.compile("(?<![\\d.,:])[1-9]\\d{0,2}(?:[ \u00a0\u2009\u202f'’]\\d{3})+(?![\\d:/]|[.,]\\d{3})")
SPACED = re.compile(r"\D")
# Signs and letters of one number or name that would part it: "−5", "17h30", "v2.0", "US$5", "Ph.D.".
PARTING = (
    (re.compile("\u2212(?=\\d)"), "-"),
    (re.compile(r"\b([01]?\d|2[0-4])h(?=[0-5]\d\b)"), r"\1:"),
    (re.compile(r"\bv(?=\d+\.\d)"), "v "),
    (re.compile(r"\bUS(?=\$)"), ""),
    (re.compile(r"\bPh\.\s?D\b"), "PhD"),
)
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))
DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
DEGREES, FAHRENHEIT = re.compile("°(?:C\\b)?"), re.compile("°F\\b")
# "m²" is one unit, and "10²" is not 102.
RAISED = re.compile("(?<=[A-Za-z])[²³]")
LETTERS_WITHOUT_PARTS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
SENTENCE_END = re.compile(r"[.!?…\n]")
# A sentence may begin after these, or after a quotation mark that opens.
OPENING = re.compile(r"[.!?…:;\n]|[\"“„«‹]\s*$|\s'\s*$")
ABBREVIATIONS = listed(
    "dr mr mrs ms st prof gen sen gov rev capt col lt sgt jr sr no vs jan feb mar apr jun jul aug sep sept oct nov dec"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number.

    Attributes:
        text: As written, in compatibility-normalised characters.
        word: Without case, accents, apostrophes and the ending of a possessive.
        before: What stands between the token before it, or the beginning, and this one.
        after: What stands between it and the next one, or the end.
        possessive: Whether it ends in "'s" or "s'".
        opens: Whether it may begin a sentence.
    """

    text: str
    word: str
    before: str
    after: str
    possessive: bool
    opens: bool

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_acronym(self) -> bool:
        """Whether it is written in capitals only."""
        return len(self.bare) > 1 and self.bare.isupper()

    @property
    def bare(self) -> str:
        """How it is written, without what makes a possessive of it."""
        return self.text.removesuffix("'s")


@lru_cache(maxsize=256)
def tokenize(text: str) -> tuple[Token, ...]:
    """The words and numbers of any text, in order."""
    plain = normalize(text)
    matches = list(TOKEN.finditer(plain))
    tokens: list[Token] = []
    for number, match in enumerate(matches):
        start = matches[number - 1].end() if number else 0
        end = matches[number + 1].start() if number + 1 < len(matches) else len(plain)
        before, after, written = plain[start : match.start()], plain[match.end() : end], match.group()
        bare = written[:-2] if written[-2:] in ("'s", "'S") else written
        possessive = bare != written or (written[-1] in "sS" and after.startswith("'") and not after[1:2].isalnum())
        opens = number == 0 or (OPENING.search(before) is not None and not _abbreviates(tokens[-1], before))
        tokens.append(Token(written, _bare(bare), before, after, possessive, opens))
    return tuple(tokens)


def normalize(text: str) -> str:
    """The text without unseen characters, with one way to write what looks alike."""
    text = THOUSANDS.sub(lambda match: SPACED.sub(",", match[0]), text)
    for parting, whole in PARTING:
        text = parting.sub(whole, text)
    text = DEGREES.sub(" degrees ", FAHRENHEIT.sub(" degrees Fahrenheit ", text))
    text = RAISED.sub(lambda match: "2" if match[0] == "²" else "3", text)
    if not text.isascii():
        text = "".join(_apart(character) for character in text)
    text = unicodedata.normalize("NFKC", text).translate(APOSTROPHES)
    return DOTTED.sub(lambda match: match.group().replace(".", ""), text)


@lru_cache(maxsize=8192)
def stem(token_text: str) -> str:
    """The stem of one word, empty for a word that says nothing about what a text is about."""
    terms = extract_terms(fold(token_text))
    return terms[0] if terms else ""


def fold(text: str) -> str:
    """The text without case and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS_WITHOUT_PARTS))
    return "".join(character for character in parts if not unicodedata.combining(character))


def ends_sentence(tokens: Sequence[Token], index: int) -> bool:
    """Whether a sentence ends between the token at ``index`` and the next."""
    after = tokens[index].after
    return SENTENCE_END.search(after) is not None and not _abbreviates(tokens[index], after)


def text_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """The words from one token to another as they are written."""
    return tokens[first].text + "".join(token.before + token.text for token in tokens[first + 1 : last + 1])


def word_at(tokens: Sequence[Token], index: int) -> str:
    """The word at ``index``, and nothing where there is none."""
    return tokens[index].word if 0 <= index < len(tokens) else ""


def _apart(character: str) -> str:
    """A character that is never seen is dropped; "10²" is not 102, and "3½" is not "31⁄2"; "CO₂" is one word."""
    if unicodedata.category(character) == "Cf":
        return ""
    return " " + character if unicodedata.decomposition(character).startswith(("<sup", "<fra")) else character


def _bare(text: str) -> str:
    return fold(text).replace("'", "")


def _abbreviates(token: Token, after: str) -> bool:
    """Whether the full stop after ``token`` is part of an abbreviation: "Dr. Vale", "J. Vale"."""
    short = token.word in ABBREVIATIONS or (len(token.text) == 1 and token.is_capitalised)
    return short and after.strip() == "."
