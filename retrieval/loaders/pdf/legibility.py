"""Which lines of a PDF hold other letters than the page shows.

A PDF shows shapes; which letters they are, its fonts may say wrongly or not at all. The text is then a row of other
characters: letters shifted along the alphabet with control characters between them, a mixture of scripts, characters
without a meaning. Nobody can tell the right ones from these, but that they are wrong shows:

- A word has a control character, a replaced or an unassigned one in it, many private ones, letters of scripts that
  never share a word, or almost only letters that phonetics uses.
- On a page with many syllables of Korean or ideographs, all lie within a small range, as a shifted alphabet does.
- On a page with many words in Latin letters, hardly any has a vowel, or the letters that are common in every language
  are rare.

Formulas and bullets have such characters, too. Below a tenth of a page they are left as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.pdf.characters import paired
from retrieval.loaders.plain import script_of

GARBLED_LINE = 0.4
GARBLED_LINES = 0.1
GARBLED_PAGE = 0.7
GARBLED_DOCUMENT = 2 / 3
PRIVATE_CHARACTERS = 4
# Of less than this on a page, of its number for instance, nobody has to know.
FEWEST_CHARACTERS = 20

TOKEN = re.compile(r"[^\s\ufffe]+")
LETTERS = re.compile(r"[^\W\d_]+")
UNNAMED_GLYPHS = re.compile(r"(?:\(cid:\d+\))+")
NO_LETTER = frozenset({"Cc", "Cn", "Cs"})
PRIVATE = "Co"
REPLACED = "\ufffd"
# Written one after the other without a blank between them.
EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL", "FULLWIDTH", "HALFWIDTH"})
UNSPACED = frozenset({"EAST ASIAN", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"})
# A Latin word may follow a prefix in these, or a letter that stands for a quantity.
BESIDE_LATIN = UNSPACED | {"GREEK", "HEBREW", "ARABIC"}
SPACED = frozenset(
    {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "COPTIC", "HEBREW", "ARABIC", "SYRIAC", "THAANA"}
    | {"DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA"}
    | {"ETHIOPIC", "CHEROKEE", "CANADIAN", "OGHAM", "RUNIC", "MONGOLIAN", "TIFINAGH", "GLAGOLITIC", "YI"}
)
SCRIPTS = UNSPACED | SPACED
# The letters that phonetics and a few languages add to the Latin ones; there they stand among others.
PHONETIC = re.compile("[\u0180-\u02af]")

BLOCKS = (re.compile("[\uac00-\ud7a3]"), re.compile("[\u4e00-\u9fff]"))
FEWEST_OF_A_BLOCK = 20
NARROW = 0x180

LATIN_WORD = re.compile(r"(?<!\S)[\"'(«“‘]?([A-Za-zÀ-ɏ][a-zà-ɏ]{3,15})[.,;:!?»”’)\"']{0,2}(?!\S)")
FEWEST_WORDS = 60
VOWELS = re.compile("[aeiouyw]")
NO_VOWEL = 0.3
# Each language that is written in Latin letters makes more than half of its words of these.
COMMON_LETTERS = frozenset("aeionrst")
RARE = 0.46

GARBLED = (
    "{name} has text that is not the text you see: its fonts do not say which letters they show; run OCR on it, then "
    "index it again."
)
LEFT_OUT = (
    "Text of {name} is left out (%s): the fonts there do not say which letters they show; run OCR on it and index it "
    "again to have these too."
)
MAX_NAMED = 12


class Legibility:
    """Takes the garbled lines out of pages, and remembers which pages had some."""

    def __init__(self) -> None:
        self._pages: list[int] = []
        self._characters = 0
        self._lost = 0

    def legible(self, text: str, page: int) -> str:
        """The text of a page with blanks in the place of what is garbled, so that nothing moves."""
        lines = text.split("\n")
        sizes = [_visible(line) for line in lines]
        total = sum(sizes)
        self._characters += total
        garbled = [True] * len(lines) if _is_shifted(paired(text)) else [_is_garbled(paired(line)) for line in lines]
        lost = sum(size for size, is_lost in zip(sizes, garbled, strict=True) if is_lost)
        if not total or lost < GARBLED_LINES * total:
            return text
        whole = lost >= GARBLED_PAGE * total
        lost = total if whole else lost
        self._lost += lost
        if lost >= FEWEST_CHARACTERS:
            self._pages.append(page)
        return "\n".join(
            re.sub(r"\S", " ", line) if whole or is_lost else line for line, is_lost in zip(lines, garbled, strict=True)
        )

    def warnings(self) -> tuple[str, ...]:
        """What people have to know of what was left out.

        Raises:
            SourceError: If that is most of the document.
        """
        if self._lost and self._lost >= GARBLED_DOCUMENT * self._characters:
            raise SourceError(GARBLED, SourceProblem.NO_TEXT)
        return (LEFT_OUT % named(self._pages),) if self._pages else ()


def _is_garbled(line: str) -> bool:
    tokens = TOKEN.findall(line)
    odd = sum(map(_odd_characters, tokens))
    return odd >= GARBLED_LINE * sum(map(len, tokens)) and odd > 0


def _odd_characters(token: str) -> int:
    """How much of this can nobody have written: all of it where it is a word, for nobody knows what it was."""
    if token.isascii() and token.isprintable():
        return len(token) if UNNAMED_GLYPHS.fullmatch(token) else 0
    kinds = Counter(map(unicodedata.category, token))
    odd = sum(kinds[kind] for kind in NO_LETTER) + token.count(REPLACED)
    words = LETTERS.findall(token)
    if (
        kinds[PRIVATE] >= PRIVATE_CHARACTERS
        or (odd and words)
        or any(_is_mixed(one) or _is_phonetic(one) for one in words)
    ):
        return len(token)
    return odd


def _is_mixed(word: str) -> bool:
    """Whether a word has letters of scripts that never share one; Greek ones stand for quantities beside others."""
    scripts = {_script(letter) for letter in word} & SCRIPTS
    if "EAST ASIAN" in scripts:
        scripts -= {"GREEK"}
    others = scripts - {"LATIN"}
    return len(others) > 1 or (len(scripts) > 1 and not others <= BESIDE_LATIN)


def _is_phonetic(word: str) -> bool:
    return len(word) > 3 and 2 * len(PHONETIC.findall(word)) > len(word)


@cache
def _script(letter: str) -> str:
    name = script_of(letter)
    return "EAST ASIAN" if name in EAST_ASIAN else name


def _is_shifted(text: str) -> bool:
    """Whether the letters of a page are those of another alphabet, or of the same one in another order."""
    if any(_is_narrow(block.findall(text)) for block in BLOCKS):
        return True
    words = {_plain(word) for word in LATIN_WORD.findall(text)}
    if len(words) < FEWEST_WORDS:
        return False
    # The words of an index or a list of names often all begin with one letter.
    letters = Counter("".join(word[1:] for word in words))
    common = sum(count for letter, count in letters.items() if letter in COMMON_LETTERS)
    silent = sum(VOWELS.search(word) is None for word in words)
    return silent > NO_VOWEL * len(words) or common < RARE * letters.total()


def _is_narrow(characters: list[str]) -> bool:
    if len(characters) < FEWEST_OF_A_BLOCK:
        return False
    codes = sorted(map(ord, characters))
    rest = len(codes) // 20
    return codes[-1 - rest] - codes[rest] < NARROW


def _plain(word: str) -> str:
    """A word in small letters without their accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word.lower()) if letter.isalpha())


def _visible(line: str) -> int:
    return sum(not character.isspace() for character in line)


def named(pages: Iterable[int]) -> str:
    """Pages as people write them: "pages 3–5, 8"."""
    runs: list[tuple[int, int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], page)
        else:
            runs.append((page, page))
    words = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:MAX_NAMED]]
    rest = " and others" if len(runs) > MAX_NAMED else ""
    single = len(runs) == 1 and runs[0][0] == runs[0][1]
    return f"{'page' if single else 'pages'} {', '.join(words)}{rest}"
