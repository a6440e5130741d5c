"""What can be compared exactly: numbers, dates, names, markup, and statements that are joined of two halves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction

from bot.chat.verification.markup import brings_markup
from bot.chat.verification.names import names
from bot.chat.verification.names.abbreviations import as_quoted
from bot.chat.verification.names.names import NamedText, Vocabulary
from bot.chat.verification.names.told_ages import first_other_age
from bot.chat.verification.tokens import Token, listed, normalize, tokenize, word_at
from bot.chat.verification.values import dates, numbers
from bot.chat.verification.values.counting_words import find_growths, find_spans
from bot.chat.verification.values.derivations import derived_values
from bot.chat.verification.values.equalities import is_rounded, is_same_measure
from bot.chat.verification.values.time_words import join_durations
from bot.chat.verification.values.values import SIGNS, SPAN, Value
from bot.chat.verification.verdict import SUPPORTED, Rule, Verdict
from retrieval import split_sentences

NO_WORDS = Verdict(Rule.NO_WORDS, "The statement has no words.")
NO_QUOTES = Verdict(Rule.NO_QUOTES, "The statement cites no sentence.")
# A statement is one short sentence; of more words one could not say which sentence carries what.
MOST_WORDS = 120
TOO_LONG = Verdict(Rule.LENGTH, f"The statement has more than {MOST_WORDS} words.")
MARKED = Verdict(
    Rule.MARKUP, "The statement holds a link, a mention, markup or a hidden character that no cited sentence holds."
)
# A statement of which this much stands in runs of two sentences is made of them.
COPIED = 0.7
# Half of a sentence is a run of its own when it is at least so long; fewer words in a row are nobody's.
LEAST_HALF = 4
# The signs of a number outside of its digits.
SIGN_BEFORE, SIGN_AFTER = re.compile(rf"[{''.join(SIGNS)}]\s*\Z"), re.compile(rf"\A\s*[%{''.join(SIGNS)}]")
PRONOUN_BEFORE = listed("of can cannot could may might must will would should has is was needs")
# "On one plot" tells no count, and "there was one" does.
PLACED_BEFORE, VERBS_BEFORE = listed("in on at onto into"), listed("was is were are be only had has just by to and")
# "Is checked first, and" tells no place in a row, and "of the three" does not say how many there are but whose.
DETERMINERS, PLACED_AFTER = listed("the a his her its their our my your every each"), listed("and then but of")
PRESUPPOSED = listed("two three four")
LONE_SURROGATES = re.compile("[\ud800-\udfff]")  # no text has them, and the splitter takes none
STITCHED = Verdict(Rule.STITCHED, "The statement joins the halves of two sentences.")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What one text names."""

    numbers: Sequence[Value]
    dates: Sequence[Value]
    named: NamedText
    implied: Sequence[Value]

    @classmethod
    def of(cls, tokens: Sequence[Token], vocabulary: Vocabulary, *, quoted: bool = False) -> _Facts:
        found = dates.find_dates(tokens)
        dated = {place for date in found for place in range(date.first, date.last + 1)}
        # The year of a date may be told alone, and so it is a number as well.
        counted = numbers.find_numbers(
            tokens, {place for place in dated if not dates.YEAR.fullmatch(tokens[place].word)}
        )
        taken = dated | {place for value in counted for place in range(value.first, value.last + 1)}
        implied: list[Value] = []
        if quoted:  # a statement is held to what it writes alone
            implied += derived_values(tokens, counted, found)
        else:
            counted = [*join_durations(tokens, counted), *find_growths(tokens), *find_spans(tokens, counted)]
        named = NamedText(tokens, names.find_names(tokens, vocabulary, taken, quoted=quoted))
        return cls(counted, found, named, implied)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the exact rules find of one statement.

    Attributes:
        verdict: The first rule that it fails, or that it is one of its quotes; None where neither decides.
        wording: The statement with its numbers, dates and names as its quotes write them: "two days" for "2 days".
    """

    verdict: Verdict | None
    wording: str = ""


def compare(text: str, quotes: Sequence[str], question: str) -> Comparison:
    """Compare what can be compared exactly.

    Args:
        text: The statement, without its numbers of citations.
        quotes: The sentences that it cites.
        question: What was asked, which tells names from words that only begin a sentence.
    """
    said = tokenize(text)
    if not said:
        return Comparison(NO_WORDS)
    cited = [tokens for quote in quotes if (tokens := tokenize(quote))]
    if not cited:
        return Comparison(NO_QUOTES)
    if brings_markup(text, quotes):
        return Comparison(MARKED)
    words = normalize(text).split()
    if any(normalize(quote).split() == words for quote in quotes):
        return Comparison(SUPPORTED)
    if len(said) > MOST_WORDS:
        return Comparison(TOO_LONG)
    vocabulary = Vocabulary.of([said, tokenize(question), *cited])
    statement = _Facts.of(said, vocabulary)
    held = [_Facts.of(tokens, vocabulary, quoted=True) for tokens in cited]
    written: list[tuple[Value, Value]] = []
    failed = (
        _check_values(statement, held, written)
        or _check_names(statement, held)
        or _check_ages(text, quotes)
        or _check_halves(said, quotes)
    )
    return Comparison(failed, "" if failed else _rewritten(said, written, as_quoted(said, cited)))


def _check_values(statement: _Facts, quotes: Sequence[_Facts], written: list[tuple[Value, Value]]) -> Verdict | None:
    """Look for each number and date; what was found goes to ``written``, with how a quote writes it."""
    held_dates = [date for quote in quotes for date in quote.dates]
    held_numbers = [number for quote in quotes for number in quote.numbers]
    implied, tokens = [number for quote in quotes for number in quote.implied], statement.named.tokens
    any_number = [*held_numbers, *implied]
    for date in statement.dates:
        found = [other for other in held_dates if dates.is_held(date, other)]
        follows = any(dates.is_held(date, other) for other in implied) or _is_now(date, held_dates)
        parts = dates.parts_of(date)
        if not found and not follows and not all(_holds_part(part, held_dates, any_number) for part in parts):
            return Verdict(Rule.DATE, f"The date {date.text} stands in none of the cited sentences.")
        written += [(date, other) for other in _likest(date, found)]
    for number in statement.numbers:
        if _counts_nothing(tokens, number):
            continue
        found = [other for other in held_numbers if numbers.is_held(number, other)]
        other_words = any(numbers.is_held(number, other) for other in implied)
        if not found and not other_words and not any(is_rounded(tokens, number, other) for other in any_number):
            return Verdict(Rule.NUMBER, f"The number {number.text} stands in none of the cited sentences.")
        written += [(number, other) for other in _likest(number, found)]
    return None


def _holds_part(part: Value, held_dates: Sequence[Value], held_numbers: Sequence[Value]) -> bool:
    """Whether the year of a date, or another part of it, stands somewhere: "In 2022 … on 5 January"."""
    year = part.key.year if isinstance(part.key, dates.Date) else None
    return any(dates.is_held(part, held) for held in held_dates) or (
        year is not None and any(held.key == year for held in held_numbers)
    )


def _is_now(date: Value, held_dates: Sequence[Value]) -> bool:
    """Whether a statement says "today" of what its quotes tell as of now."""
    others = {other.key.weekday for other in held_dates if isinstance(other.key, dates.Date)}
    return date.key == dates.Date(weekday=dates.TODAY) and not others & dates.RELATIVE


def _counts_nothing(tokens: Sequence[Token], number: Value) -> bool:
    """Whether a number tells no count: "one of the villages", "the red one", "of the three", "is checked first"."""
    before, after = word_at(tokens, number.first - 1), word_at(tokens, number.last + 1)
    ends = _ends_clause(tokens, number.last) and before not in VERBS_BEFORE
    if number.text.lower() == "first":
        return before == "at" or (before not in DETERMINERS and (after in PLACED_AFTER or ends))
    if number.text.lower() in PRESUPPOSED:
        return before == "the"
    if number.text.lower() != "one":
        return False
    return after in PRONOUN_BEFORE or before in PLACED_BEFORE or ends


def _ends_clause(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 == len(tokens) or bool(tokens[index].after.strip(" -"))


def _likest(value: Value, found: Sequence[Value]) -> Sequence[Value]:
    """Of what says the same, what is written in the same way, or else the first."""
    return [other for other in found if other.text == value.text][:1] or found[:1]


def _check_names(statement: _Facts, quotes: Sequence[_Facts]) -> Verdict | None:
    named = [quote.named for quote in quotes]
    told = list(names.told_names(statement.named, named))
    missing = names.first_missing(statement.named, named, told)
    if missing is not None:
        return Verdict(Rule.NAME, f"The name {missing} stands in none of the cited sentences.")
    mixed = names.first_mixed(statement.named, named, told)
    if mixed is not None:
        return Verdict(Rule.NAME, f"The name {mixed} stands in none of the cited sentences as one name.")
    return None


def _check_ages(text: str, quotes: Sequence[str]) -> Verdict | None:
    age = first_other_age(text, quotes)
    return Verdict(Rule.NAME, f"The cited sentences tell the age {age} of another name.") if age else None


def _rewritten(
    said: Sequence[Token], written: Sequence[tuple[Value, Value]], named: Iterable[tuple[int, int, str]]
) -> str:
    """The statement with each value and name as its quote writes it, where both say the same and no more."""
    held_at = {first: (last, text) for first, last, text in named}
    held_at |= {value.first: (value.last, held.text) for value, held in written if _says_the_same(value, held)}
    parts: list[str] = []
    place, ended = 0, False
    while place < len(said):
        before = SIGN_AFTER.sub("", said[place].before) if ended else said[place].before
        ended = place in held_at
        if ended:
            last, text = held_at[place]
            parts += [SIGN_BEFORE.sub("", before), text]
            place = last + 1
        else:
            parts += [before, said[place].text]
            place += 1
    return "".join(parts) + (SIGN_AFTER.sub("", said[-1].after) if ended else said[-1].after)


def _says_the_same(value: Value, held: Value) -> bool:
    """Whether the one may be written for the other; a part of a whole in words would need its article: "a third"."""
    is_same = (value.key, value.unit) == (held.key, held.unit) or is_same_measure(value, held)
    return is_same and value.role != SPAN and not _is_part(held)


def _is_part(value: Value) -> bool:
    """Whether a number is less than one, and in words; figures may stand for it with another sign before them."""
    return isinstance(value.key, Fraction) and value.key < 1 and not any(map(str.isdigit, value.text))


def _check_halves(said: Sequence[Token], quotes: Sequence[str]) -> Verdict | None:
    """Long runs of two sentences must not make up the statement, each with words that the other has not."""
    words = [token.word for token in said]
    sentences = [
        [token.word for token in tokenize(quote[span.start : span.end])]
        for quote in (LONE_SURROGATES.sub(" ", quote) for quote in quotes)
        for span in split_sentences(quote)
    ]
    runs = [_copied(words, sentence) for sentence in sentences]
    most = max(map(len, runs), default=0)
    together = len(set[int]().union(*runs))
    return STITCHED if together >= COPIED * len(words) and together - most >= LEAST_HALF else None


def _copied(words: Sequence[str], others: Sequence[str]) -> set[int]:
    """The places of the words that stand in long runs in ``others``, in order."""
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return {place for block in blocks if block.size >= LEAST_HALF for place in range(block.a, block.a + block.size)}
