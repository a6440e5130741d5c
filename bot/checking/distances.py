"""How far the words of a text stand apart: counted in words, where a border between clauses counts as several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from bot.checking.mentions import NameMention, find_mentions
from bot.checking.reading import Facts
from bot.checking.tokens import Token, ends_sentence, listed
from bot.checking.values import Value

# How far two words stand apart is counted in words; a border between them counts as more than one.
COMMA, BRACKET, BORDER, SENTENCE = 5, 5, 8, 20
BORDER_SIGNS = re.compile(r"[;:—–]|\s-\s")
CONJUNCTION, SUBORDINATION = 4, 12
CONJUNCTIONS = listed("and or after before since until than said says added stated according")
DETERMINERS = listed("the a an his her its their this that these those")
SUBORDINATING = listed("but while whereas although though when because that if")


class Distances:
    """How far the words of one text stand apart, and who is mentioned where."""

    def __init__(self, reading: Facts) -> None:
        self.reading = reading
        self._places = list(accumulate(_step(reading.tokens, index) for index in range(len(reading.tokens))))
        self.mentions = find_mentions(reading)

    def between(self, value: Value, mention: NameMention) -> int:
        """The distance of a value and a mention, in words and borders."""
        return self._apart(value.first, value.last, mention.first, mention.last)

    def to_word(self, value: Value, index: int) -> int:
        """The distance of a value and the word at ``index``."""
        return self._apart(value.first, value.last, index, index)

    def is_one_clause(self, value: Value, mention: NameMention) -> bool:
        """Whether nothing but words stands between a value and a mention."""
        apart = mention.first - value.last if mention.first > value.last else value.first - mention.last
        return self.between(value, mention) <= max(apart, 0)

    def _apart(self, first: int, last: int, other_first: int, other_last: int) -> int:
        if other_first > last:
            return self._places[other_first] - self._places[last]
        return max(self._places[first] - self._places[other_last], 0)


def _step(tokens: Sequence[Token], index: int) -> int:
    """What it takes to come from the token before to this one."""
    if index == 0:
        return 0
    before, token = tokens[index].before, tokens[index]
    step = 1
    if ends_sentence(tokens, index - 1):
        return step + SENTENCE
    if BORDER_SIGNS.search(before):
        step += BORDER
    step += COMMA * before.count(",") + BRACKET * (before.count("(") + before.count(")"))
    if token.word in SUBORDINATING:
        return step + SUBORDINATION
    return step + (CONJUNCTION if token.word in CONJUNCTIONS or _begins_infinitive(tokens, index) else 0)


def _begins_infinitive(tokens: Sequence[Token], index: int) -> bool:
    """Whether a "to" stands here that a verb may follow, and no name, number or article."""
    following = tokens[index + 1 : index + 2]
    return tokens[index].word == "to" and any(
        token.text[0].islower() and token.word not in DETERMINERS for token in following
    )
