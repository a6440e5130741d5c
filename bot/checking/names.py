"""The names of a text: capitalised words that are more than the beginning of a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.checking.demonyms import country_of, is_of_country
from bot.checking.tokens import Token, listed, stem, word_at

# Words that begin sentences and name nobody, beside those that have no stem.
FUNCTION_WORDS = listed(
    "i us also although though however if since unless upon yet thus hence therefore according another others many much"
    " several every everyone everybody everything someone somebody something anyone anybody anything nobody nothing"
    " none one either neither whether despite without within among amid later soon finally moreover meanwhile instead"
    " still even like unlike following via whenever wherever along around across behind beside besides beyond near"
    " toward towards throughout till first second third yes maybe perhaps indeed rather often always never sometimes"
    " usually please would could shall may might must cannot dont today yesterday tomorrow nor onto per ever else"
    " people men women children police nearly almost about roughly approximately at both former current as all any"
    " reportedly allegedly additionally overall together apart due owing given based except including let in of"
)
# Function words, unless they are written with a capital amid a sentence.
NAMES_AMID = frozenset({"will", "may", "don"})
# Endings of English words that are seldom names.
COMMON_ENDING = re.compile(
    r".{3,}(?:[aeis]tions?|[ae]ments?|ness|[a-z]{2}ity|ities|[ae]nces?|isms?|ships?|(?:nt|ous|al|ar|ate|ed|ive)ly|ists"
    r"|[^m]ers|tors|ents|ants|ials|ies|ings|ages|ures|ives|ees|ics)"
)
VERB_ENDING = re.compile(r".{3,}(?:ed|ing)")
SINGULAR_VERBS = listed("is was has does says")
PARTICLES = listed("of the de la del della di da du den der des van von bin ibn al el ")
MOST_PARTICLES = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: the words that are compared, how it is written, and the indices of its tokens."""

    words: tuple[str, ...]
    text: str
    first: int
    last: int

    @property
    def is_country(self) -> bool:
        """Whether it names a country, its people, or what is theirs."""
        return all(is_of_country(word) for word in self.words)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which words stand as names, and which as anything else, in all the texts of one check."""

    proper: frozenset[str]
    common: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[Sequence[Token]]) -> Vocabulary:
        """Look at where capitals stand and where not."""
        proper: set[str] = set()
        common: set[str] = set()
        for tokens in texts:
            for token in tokens:
                if not token.is_capitalised:
                    common.update((token.word, stem(token.word)))
                elif not token.opens and not is_function_word(token):
                    proper.add(token.word)
        return cls(frozenset(proper), frozenset(common - {""}))


def is_function_word(token: Token) -> bool:
    """Whether the word names nothing wherever it stands."""
    if token.word in NAMES_AMID and not token.opens and token.is_capitalised:
        return False
    return token.word in FUNCTION_WORDS or not stem(token.word)


def find_names(
    tokens: Sequence[Token], vocabulary: Vocabulary, taken: Collection[int], *, quoted: bool = False
) -> list[Name]:
    """The names of a text, in order; the tokens in ``taken`` belong to numbers, dates and titles.

    ``quoted`` says that the text is a quote, in which words like "Faced" begin sentences more often than names do.
    """
    shouts = not any(character.islower() for token in tokens for character in token.text)
    is_name = [
        index not in taken and _is_name(tokens, index, vocabulary, shouts=shouts, quoted=quoted)
        for index in range(len(tokens))
    ]
    found: list[Name] = []
    index = 0
    while index < len(tokens):
        if not is_name[index]:
            index += 1
            continue
        last = _run_end(tokens, index, is_name)
        words = tuple(country_of(tokens[place].word) for place in range(index, last + 1) if is_name[place])
        text = tokens[index].text + "".join(token.before + token.text for token in tokens[index + 1 : last + 1])
        found.append(Name(words, text, index, last))
        index = last + 1
    return found


def _is_name(tokens: Sequence[Token], index: int, vocabulary: Vocabulary, *, shouts: bool, quoted: bool) -> bool:
    token = tokens[index]
    if not token.is_capitalised:
        return False
    if token.is_acronym and not shouts:
        return True
    if is_function_word(token):
        return False
    return not token.opens or _opens_as_name(tokens, index, vocabulary, quoted=quoted)


def _opens_as_name(tokens: Sequence[Token], index: int, vocabulary: Vocabulary, *, quoted: bool) -> bool:
    token, following = tokens[index], word_at(tokens, index + 1)
    if token.word in vocabulary.proper or is_of_country(token.word) or token.possessive:
        return True
    if token.word in vocabulary.common or stem(token.word) in vocabulary.common:
        return False
    if following in SINGULAR_VERBS and token.word.endswith("s"):
        return True
    common = COMMON_ENDING.fullmatch(token.word) or (quoted and VERB_ENDING.fullmatch(token.word))
    return common is None or common is False


def _run_end(tokens: Sequence[Token], index: int, is_name: Sequence[bool]) -> int:
    """The last token of the name that begins at ``index``."""
    last = index
    while not tokens[last].possessive:
        following = last + 1
        while word_at(tokens, following) in PARTICLES and following - last <= MOST_PARTICLES:
            following += 1
        joined = all(
            tokens[place].before.strip() in ("", "-", ".") for place in range(last + 1, min(following + 1, len(tokens)))
        )
        if following >= len(tokens) or not is_name[following] or not joined or tokens[following].opens:
            break
        last = following
    return last
