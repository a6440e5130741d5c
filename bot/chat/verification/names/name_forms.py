"""The forms of one name: "Sgt Porter", "the Brandts", "a Londoner", "L. K. Brenner"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.chat.verification.names.demonyms import country_of
from bot.chat.verification.tokens import Token, listed, word_at

# The same word, written short.
WRITTEN_SHORT = {
    "st": "saint", "mt": "mount", "ft": "fort", "prof": "professor", "dr": "doctor", "gov": "governor",
    "sen": "senator", "gen": "general", "capt": "captain", "univ": "university", "dept": "department",
    "ave": "avenue", "sgt": "sergeant", "lt": "lieutenant", "col": "colonel", "cpl": "corporal", "adm": "admiral",
    "rev": "reverend", "pres": "president", "cllr": "councillor", "corp": "corporation", "inc": "incorporated",
    "ltd": "limited", "co": "company", "bros": "brothers", "jr": "junior", "sr": "senior",
}  # fmt: skip
CIVIL_TITLES = listed("mr mrs ms miss mister")
# What makes another word of a name, and how few letters the name has at least.
ENDINGS = ("ians", "ian", "eans", "ean", "ists", "ist", "ites", "ite", "ism", "esque", "ans", "an", "ers")
LEAST_BASE = 4
# Words of which the plural names the same: "a Kantian" of "Kantians".
COUNTED = ("ian", "ean", "ist", "ite", "ic", "crat")
INITIALS = 3


def compared(word: str) -> str:
    """What is compared of a word of a name."""
    return country_of(WRITTEN_SHORT.get(word, word))


def bases_of(word: str, before: str = "") -> Iterator[str]:
    """The names that a word may be made of, and its singular or plural where that names the same.

    Args:
        word: The word.
        before: The word before its name: "the Brandts" are called Brandt, and Williams is not called William.
    """
    if word.endswith(COUNTED):
        yield word + "s"
    if word.endswith("s") and (before == "the" or word[:-1].endswith(COUNTED)):
        yield word[:-1]
    if word.endswith("er") and before in ("a", "an", "every", "each", "another") and len(word) >= LEAST_BASE + 2:
        yield word[:-2]
    for ending in ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= LEAST_BASE:
            yield base
    if word.endswith("ese"):
        yield from (word[:-3], word[:-3] + "a")


def is_initial(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is the first letter of a name, before more of it: "J. Vale"."""
    token = tokens[index]
    if len(token.text) != 1 or not token.is_capitalised or not token.after.startswith("."):
        return False
    return index + 1 < len(tokens) and tokens[index + 1].is_capitalised and token.after.strip() == "."


def is_initialled(words: Sequence[str], full: Sequence[str]) -> bool:
    """Whether words are those of a full name, in order, with first letters for some: "L. K. Brenner"."""
    short = [part for word in words[:-1] for part in _letters(word, full)] + list(words[-1:])
    if words[-1:] != full[-1:] or not any(len(word) == 1 for word in short):
        return False
    rest = iter(full)
    return all(any(other == word or (len(word) == 1 and other[0] == word) for other in rest) for word in short)


def _letters(word: str, full: Sequence[str]) -> Sequence[str]:
    """The letters of initials that are written as one word, "LK"; any other word as it is."""
    return [word] if word in full or len(word) > INITIALS else list(word)


def civil_titles(said: Sequence[Token], texts: Sequence[Sequence[Token]]) -> Iterator[int]:
    """The places of titles like "Mr", which say nothing new; not where the quotes call somebody otherwise."""
    held = {token.word for tokens in texts for token in tokens} & CIVIL_TITLES
    for place, token in enumerate(said):
        if token.word in CIVIL_TITLES and not held and word_at(said, place + 1):
            yield place
