"""Numbers in words, in English: "eight thousand", "two hundred and five", "twenty-first", "a dozen"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bot.chat.verification.tokens import Token, listed, word_at

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
CARDINALS = {word: number for number, word in enumerate(_ONES.split())} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), 2)
}
SCALES = {"hundred": 100, "dozen": 12, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
              "twelve": "twelfth"}  # fmt: skip
ORDINALS = {
    _IRREGULAR.get(word, word.removesuffix("y") + "ieth" if word.endswith("y") else word + "th"): number
    for word, number in (CARDINALS | SCALES).items()
}
# Units of what is no plain count.
ORDINAL, PLURAL = "ordinal", "plural"
PLURALS = {scale + "s": Fraction(value) for scale, value in SCALES.items()}
# A "one" beside these counts nothing: "no one", "the one who", "one another".
NOT_COUNTING_BEFORE = listed("no any every each this that which another some the first second third last other")
NOT_COUNTING_AFTER = frozenset({"another", "day"})
# "two thirds", "a quarter of": the parts of a whole.
PARTS = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

# "Two and a quarter".
ADDED = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}


def read_words(tokens: Sequence[Token], index: int) -> tuple[Fraction, int, str] | None:
    """The number in words that begins at ``index``: its value, its last token, its unit."""
    word = tokens[index].word
    if word in PLURALS:
        return PLURALS[word], index, PLURAL
    if word == "half":
        return _half(tokens, index)
    if (part := _part(tokens, index)) is not None:
        return part
    if word == "one" and not _counts(tokens, index):
        return None
    total, group, last = 0, 0, -1
    for place in range(index, len(tokens)):
        word = tokens[place].word
        if place > index and tokens[place].before.strip() not in ("", "-"):
            break
        if word == "and" and place > index and _joins(tokens, place):
            continue
        if word in ("hundred", "dozen") and group < SCALES[word]:
            group = (group or 1) * SCALES[word]
        elif word in SCALES and (group or not total):
            total, group = total + (group or 1) * SCALES[word], 0
        elif word in CARDINALS and _fits(group, CARDINALS[word]):
            group += CARDINALS[word]
        elif word in ORDINALS and _fits(group, ORDINALS[word]):
            return Fraction(total + group + ORDINALS[word]), place, ORDINAL
        else:
            break
        last = place
    if last < 0:
        return None
    after = [word_at(tokens, last + step) for step in (1, 2, 3)]
    if after[:2] == ["and", "a"] and after[2] in ADDED:
        return total + group + ADDED[after[2]], last + 3, ""
    return Fraction(total + group), last, ""


def _half(tokens: Sequence[Token], index: int) -> tuple[Fraction, int, str]:
    """A half, or "half a million"."""
    scale = word_at(tokens, index + 2) if word_at(tokens, index + 1) in ("a", "an") else ""
    return (Fraction(SCALES[scale], 2), index + 2, "") if scale in SCALES else (Fraction(1, 2), index, "")


def _part(tokens: Sequence[Token], index: int) -> tuple[Fraction, int, str] | None:
    """The parts of a whole: "two thirds", "one third", "a quarter of"."""
    word, following = tokens[index].word, word_at(tokens, index + 1)
    if (word, following) == ("one", "half"):
        return Fraction(1, 2), index + 1, ""
    if word in CARDINALS and following.removesuffix("s") in PARTS and (following.endswith("s") or word == "one"):
        return Fraction(CARDINALS[word], PARTS[following.removesuffix("s")]), index + 1, ""
    is_whole = following in ("of", "") or bool(tokens[index].after.strip())
    is_one = word in PARTS and word_at(tokens, index - 1) == "a" and is_whole
    return (Fraction(1, PARTS[word]), index, "") if is_one else None


def _fits(group: int, number: int) -> bool:
    """Whether ``number`` goes on with a number below a thousand: "twenty" with "one", "hundred" with "twelve"."""
    if group == 0:
        return True
    return group % 100 == 0 if number >= 10 else number > 0 and group % 10 == 0 and group % 100 != 10


def _joins(tokens: Sequence[Token], place: int) -> bool:
    """Whether this "and" stands inside a number: "two hundred and five"."""
    before, after = word_at(tokens, place - 1), word_at(tokens, place + 1)
    return before in SCALES and before != "dozen" and (after in CARDINALS or after in ORDINALS)


def _counts(tokens: Sequence[Token], index: int) -> bool:
    return (
        not tokens[index].possessive
        and word_at(tokens, index - 1) not in NOT_COUNTING_BEFORE
        and word_at(tokens, index + 1) not in NOT_COUNTING_AFTER
    )
