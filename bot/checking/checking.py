"""The checks of one statement, in order; the first that it fails is the verdict."""

from __future__ import annotations

from collections.abc import Sequence

from bot.checking import dates, markup, naming, numbers, titles
from bot.checking.copying import first_changed, is_stitched
from bot.checking.counting import first_miscounted
from bot.checking.names import Vocabulary
from bot.checking.nearness import first_misplaced
from bot.checking.negation import cuts_negation, is_turned
from bot.checking.reading import Facts
from bot.checking.tokens import Token, normalize, tokenize
from bot.checking.verdict import SUPPORTED, Rule, Verdict
from bot.checking.words import first_foreign

EMPTY = Verdict(Rule.WORDS, "The statement has no words.")
# A statement is one short sentence; of more words one could not say which sentence carries what.
MOST_WORDS = 120
TOO_LONG = Verdict(Rule.WORDS, f"The statement has more than {MOST_WORDS} words.")
NO_QUOTES = Verdict(Rule.NO_QUOTES, "The statement cites no sentence.")
TURNED = Verdict(Rule.NEGATION, "The statement says the opposite of the cited sentences.")
STITCHED = Verdict(Rule.WORDS, "The statement joins the halves of two sentences.")
CUT = Verdict(Rule.NEGATION, "The statement leaves out a word by which the cited sentence denies it.")


def check_statement(text: str, quotes: Sequence[str], question: str) -> Verdict:
    """Decide whether one statement is supported by the very sentences that it cites.

    The words of the statement are compared with those of the quotes, by rules for English and without a model, so that
    the same statement always gets the same verdict. What the rules cannot see is told in the documentation.

    Args:
        text: The statement, without its numbers of citations.
        quotes: The sentences that it cites.
        question: What was asked.
    """
    said = tokenize(text)
    if not said:
        return EMPTY
    cited = [tokens for quote in quotes if (tokens := tokenize(quote))]
    if not cited:
        return NO_QUOTES
    piece = markup.first_foreign(text, quotes)
    if piece is not None:
        return Verdict(Rule.MARKUP, "The statement holds a link, a mention or markup that no cited sentence holds.")
    if any(_is_whole(text, quote) for quote in quotes):
        return SUPPORTED
    if len(said) > MOST_WORDS:
        return TOO_LONG
    asked = tokenize(question)
    vocabulary = Vocabulary.of([said, asked, *cited])
    statement = Facts.of(said, vocabulary)
    readings = [Facts.of(tokens, vocabulary, quoted=True) for tokens in cited]
    parts_of = [tokens for tokens in cited if _stands_in(said, tokens)]
    failed = _check_values(statement, readings)
    if failed is None and not parts_of:
        failed = _check_names(statement, readings)
    failed = failed or _check_nearness(statement, readings, Facts.of(asked, vocabulary))
    if failed is None and parts_of:
        failed = CUT if all(cuts_negation(said, tokens) for tokens in parts_of) else None
    elif failed is None:
        failed = _check_words(statement, cited) or (TURNED if is_turned(statement, readings) else None)
        failed = failed or _check_copying(statement, cited, quotes)
    return failed or SUPPORTED


def _is_whole(text: str, quote: str) -> bool:
    """Whether the statement is a quote, whatever its white space."""
    return normalize(text).split() == normalize(quote).split()


def _stands_in(said: Sequence[Token], cited: Sequence[Token]) -> bool:
    words = [token.word for token in said]
    starts = (start for start, token in enumerate(cited) if token.word == words[0])
    return any([token.word for token in cited[start : start + len(words)]] == words for start in starts)


def _check_values(statement: Facts, readings: Sequence[Facts]) -> Verdict | None:
    held_numbers = [number for reading in readings for number in reading.numbers]
    held_dates = [date for reading in readings for date in reading.dates]
    for date in statement.dates:
        if not any(dates.is_held(date, held) for held in held_dates):
            return Verdict(Rule.DATE, f"The date {date.text} stands in none of the cited sentences.")
    for number in statement.numbers:
        if not any(numbers.is_held(number, held) for held in held_numbers):
            return Verdict(Rule.NUMBER, f"The number {number.text} stands in none of the cited sentences.")
    return None


def _check_names(statement: Facts, readings: Sequence[Facts]) -> Verdict | None:
    missing = naming.first_missing(statement, readings)
    if missing is not None:
        return Verdict(Rule.NAME, f"The name {missing} stands in none of the cited sentences.")
    mixed = naming.first_mixed(statement, readings)
    if mixed is not None:
        return Verdict(Rule.NAME, f"The name {mixed} stands in none of the cited sentences as one name.")
    held_titles = [title for reading in readings for title in reading.titles]
    for title in statement.titles:
        if not any(titles.is_held(title, held) for held in held_titles):
            return Verdict(Rule.NAME, f"The title {title.text} stands in none of the cited sentences.")
    return None


def _check_nearness(statement: Facts, readings: Sequence[Facts], asked: Facts) -> Verdict | None:
    misplaced = first_misplaced(statement, readings, asked.names) or first_miscounted(statement, readings)
    if misplaced is None:
        return None
    value, other = misplaced
    return Verdict(Rule.NEARNESS, f"In the cited sentences {value} does not belong to {other}.")


def _check_copying(statement: Facts, cited: Sequence[Sequence[Token]], quotes: Sequence[str]) -> Verdict | None:
    changed = first_changed(statement.tokens, statement.checked_elsewhere, cited)
    if changed is not None:
        return Verdict(Rule.WORDS, f"The statement copies a sentence that does not have the word “{changed}”.")
    return STITCHED if is_stitched(statement.tokens, quotes) else None


def _check_words(statement: Facts, cited: Sequence[Sequence[Token]]) -> Verdict | None:
    foreign = first_foreign(statement.tokens, statement.checked_elsewhere, cited)
    if foreign is None:
        return None
    return Verdict(Rule.WORDS, f"The cited sentences do not say what the statement does with the word “{foreign}”.")
