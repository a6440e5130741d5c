"""The names of a text: capitalised words that are more than the beginning of a sentence; and which others lack."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.chat.verification.names.abbreviations import PARTICLES, initials_of, told_otherwise
from bot.chat.verification.names.demonyms import is_of_country
from bot.chat.verification.names.name_forms import (
    bases_of,
    civil_titles,
    compared,
    is_initial,
    is_initialled,
)
from bot.chat.verification.names.openings import opens_as_name
from bot.chat.verification.tokens import Token, listed, stem, text_of, word_at

# Words that begin sentences and name nobody, beside those that have no stem.
FUNCTION_WORDS = listed(
    "i us also although though however if since unless upon yet thus hence therefore according another others many"
    " much several every everyone everybody everything someone somebody something anyone anybody anything nobody"
    " nothing none one either neither whether despite without within among amid later soon finally moreover meanwhile"
    " instead still even like unlike following via whenever wherever along around across behind beside besides beyond"
    " near toward towards throughout till first second third yes maybe perhaps indeed rather often always never"
    " sometimes usually please would could shall may might must cannot dont today yesterday tomorrow nor onto per ever"
    " else people men women children police nearly almost about roughly approximately at both former current as all"
    " any whoever whomever whichever whatever reportedly allegedly additionally overall together apart due owing given"
    " based except including let in of eg ie"
)
# Function words, unless they are written with a capital amid a sentence.
NAMES_AMID = frozenset({"will", "may", "don"})
MOST_PARTICLES = 2
# The words of one name stand at most so far apart: "Vale, Marek" and "Bank of the North".
MOST_APART = 3
BORN = listed("born nee called known")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: the words that are compared, how it is written, and the indices of the words' tokens."""

    words: tuple[str, ...]
    text: str
    places: tuple[int, ...]

    @property
    def first(self) -> int:
        """The index of its first token."""
        return self.places[0]

    @property
    def last(self) -> int:
        """The index of its last token."""
        return self.places[-1]


# A name, with the places of its words that the quotes must hold.
ToldName = tuple[Name, Sequence[int]]


@dataclass(frozen=True, slots=True)
class NamedText:
    """The words of a text, and its names."""

    tokens: Sequence[Token]
    names: Sequence[Name]


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
    """The names of a text, in order; the tokens in ``taken`` belong to numbers and dates.

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
        places = tuple(place for place in range(index, last + 1) if is_name[place])
        words = tuple(compared(tokens[place].word) for place in places)
        found.append(Name(words, text_of(tokens, index, last), places))
        index = last + 1
    return found


def _is_name(tokens: Sequence[Token], index: int, vocabulary: Vocabulary, *, shouts: bool, quoted: bool) -> bool:
    token = tokens[index]
    if not token.is_capitalised:
        return False
    if is_initial(tokens, index):
        return index + 1 < len(tokens) and not is_function_word(tokens[index + 1])
    if token.is_acronym and not shouts:
        return True
    if is_function_word(token):
        return False
    return not token.opens or _opens_as_name(tokens, index, vocabulary, quoted=quoted)


def _opens_as_name(tokens: Sequence[Token], index: int, vocabulary: Vocabulary, *, quoted: bool) -> bool:
    token = tokens[index]
    if token.word in vocabulary.proper or is_of_country(token.word):
        return True
    if token.word in vocabulary.common or stem(token.word) in vocabulary.common:
        return False
    return opens_as_name(tokens, index, quoted=quoted)


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


def first_missing(statement: NamedText, quotes: Sequence[NamedText], told: Iterable[ToldName]) -> str | None:
    """The first name, or word of a name, that the quotes lack; ``told`` as ``told_names`` gives it."""
    held = {word for quote in quotes for word in _held_words(quote.tokens)}
    bases = {base for quote in quotes for name in quote.names for word in name.words for base in bases_of(word)}
    spelled = {initials for quote in quotes for initials in initials_of(quote.tokens)}
    for name, places in told:
        before = word_at(statement.tokens, name.first - 1)
        for place in places:
            word = compared(statement.tokens[place].word)
            if word in held or word.upper() in spelled or word in bases:
                continue
            if held.isdisjoint(bases_of(word, before)):
                return statement.tokens[place].text
    return None


def first_mixed(statement: NamedText, quotes: Sequence[NamedText], told: Iterable[ToldName]) -> str | None:
    """The first name whose words the quotes hold, but not together: "Askar Nazarbayev" of Askar Mamin."""
    for name, places in told:
        words = [compared(statement.tokens[place].word) for place in places]
        before = word_at(statement.tokens, name.first - 1)
        for one, other in pairwise(words):
            if is_of_country(one) or is_of_country(other) or one.isdigit() or other.isdigit():
                continue
            ones, others = ({word, *bases_of(word, before)} for word in (one, other))
            if not any(_stand_together(ones, others, quote) for quote in quotes):
                return name.text
    return None


def told_names(statement: NamedText, quotes: Sequence[NamedText]) -> Iterator[ToldName]:
    """The names of a statement that the quotes do not tell in another form, with the places of their words."""
    texts = [quote.tokens for quote in quotes]
    excused = {*told_otherwise(statement.tokens, texts), *civil_titles(statement.tokens, texts)}
    for name in statement.names:
        if _is_spelled_out(name, statement, quotes):
            continue
        if any(is_initialled(name.words, other.words) for quote in quotes for other in quote.names):
            continue
        yield name, [place for place in name.places if place not in excused]


def _is_spelled_out(name: Name, statement: NamedText, quotes: Sequence[NamedText]) -> bool:
    """Whether the quotes have the first letters of a name: "WHO" for "World Health Organization"."""
    initials = set(initials_of(statement.tokens[name.first : name.last + 1]))
    return any(token.is_acronym and token.bare in initials for quote in quotes for token in quote.tokens)


def _held_words(tokens: Sequence[Token]) -> Iterator[str]:
    for index, token in enumerate(tokens):
        if token.is_acronym or not is_function_word(token):
            yield compared(token.word)
        if index and token.before == "-":  # "Wi-Fi"
            yield tokens[index - 1].word + token.word


def _stand_together(ones: Collection[str], others: Collection[str], quote: NamedText) -> bool:
    if any(not set(name.words).isdisjoint(ones) and not set(name.words).isdisjoint(others) for name in quote.names):
        return True
    here, there = (
        [place for place, token in enumerate(quote.tokens) if compared(token.word) in words] for words in (ones, others)
    )
    return any(
        abs(one - other) <= MOST_APART and _are_joined(quote.tokens, one, other) for one in here for other in there
    )


def _are_joined(tokens: Sequence[Token], one: int, other: int) -> bool:
    """Whether two words may be of one name: not "Lindqvist" and "Peter" in "Lindqvist, starring Peter"."""
    if not (tokens[one].is_capitalised and tokens[other].is_capitalised):
        return True
    between = tokens[min(one, other) + 1 : max(one, other)]
    return all(token.is_capitalised or token.word in BORN or is_function_word(token) for token in between)
