"""Whether each number, date and title stands, in a quote, nearest to the name that the statement gives it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.checking import dates, numbers, titles
from bot.checking.distances import Distances
from bot.checking.mentions import NameMention
from bot.checking.names import Name
from bot.checking.number_words import ORDINAL
from bot.checking.reading import Facts
from bot.checking.tokens import stem, word_at
from bot.checking.values import Value

Holds = Callable[[Value, Value], bool]

# A place where something happens is no rival of the name that it happens to.
PLACE = 2
# "Vale is 81", and no noun after it: somebody's age.
COPULAS = frozenset({"is", "was", "turned", "turns", "be", "are", "aged", "age"})


def first_misplaced(statement: Facts, quotes: Sequence[Facts], asked: Sequence[Name]) -> tuple[str, str] | None:
    """The first value that stands nearer to another name in every quote that holds it, and the name it was given.

    ``asked`` are the names of the question: an age in a statement without a name is theirs.
    """
    said, held = Distances(statement), [Distances(quote) for quote in quotes]
    kinds: tuple[tuple[Sequence[Value], Holds, Callable[[Facts], Sequence[Value]]], ...] = (
        (statement.numbers, numbers.is_held, lambda quote: quote.numbers),
        (statement.dates, dates.is_held, lambda quote: quote.dates),
    )
    for number in statement.numbers:
        # "The president is 81": an office has no age, and the quote tells it of somebody by name.
        if statement.titles and not statement.names and _is_age(number, statement):
            return number.text, statement.titles[0].text
    for values, is_held, values_of in kinds:
        for value in values:
            owners = _owners(value, said, asked)
            places = [(quote, there) for quote in held for there in values_of(quote.reading) if is_held(value, there)]
            if owners and places and not any(_stands_nearest(quote, there, owners) for quote, there in places):
                return value.text, owners[0].text
    for title in statement.titles:
        owner = _owner_of_title(title, said)
        entitled = [(quote, there) for quote in held for there in quote.reading.titles if titles.is_held(title, there)]
        if owner and entitled and not any(_is_given(quote, there, owner) for quote, there in entitled):
            return title.text, owner.text
    return None


def _owners(value: Value, said: Distances, asked: Sequence[Name]) -> list[NameMention]:
    """The names that the statement gives a value."""
    is_age = _is_age(value, said.reading)
    if _is_plain_ordinal(value, said.reading):
        return []
    nearest = min((said.between(value, mention) for mention in said.mentions), default=0)
    owners = [mention for mention in said.mentions if said.between(value, mention) == nearest]
    if not is_age:  # what happens among several names is told of each of them
        owners += [mention for mention in said.mentions if mention not in owners and said.is_one_clause(value, mention)]
    if all(mention.words for mention in owners) and (owners or not is_age):
        return owners
    named = {word for mention in said.mentions for word in mention.words}
    return [NameMention(frozenset(name.words), name.text, 0, 0) for name in asked if not named & set(name.words)]


def _is_age(value: Value, reading: Facts) -> bool:
    if value.is_age:
        return True
    ends = value.last + 1 == len(reading.tokens) or not reading.tokens[value.last + 1].before.isspace()
    before = word_at(reading.tokens, value.first - 1)
    apposed = value.first > 0 and reading.tokens[value.first].before.startswith((",", " ("))
    is_plain = value.unit in ("", "year")
    return is_plain and ends and (before in COPULAS or apposed or value.first == 0)


def _is_plain_ordinal(value: Value, reading: Facts) -> bool:
    """Whether an ordinal tells of the thing that follows, as in "her first work", and not of a name."""
    following = reading.tokens[value.last + 1 : value.last + 2]
    return value.unit == ORDINAL and any(token.before.isspace() and stem(token.word) for token in following)


def _same(mention: NameMention, owner: NameMention) -> bool:
    """Whether two mentions may be the same name: "Nursultan Nazarbayev" and "Nazarbayev"."""
    return bool(mention.words) and (mention.words <= owner.words or owner.words <= mention.words)


def _stands_nearest(quote: Distances, value: Value, owners: Sequence[NameMention]) -> bool:
    own: list[int] = []
    others: list[int] = []
    for mention in quote.mentions:
        distance = quote.between(value, mention)
        if any(_same(mention, owner) for owner in owners):
            own.append(distance)
        else:
            others.append(distance + PLACE * mention.is_place)
    if not own:
        return not any(mention.words and not mention.is_place for mention in quote.mentions)
    return not others or min(own) < min(others)


def _owner_of_title(title: Value, said: Distances) -> NameMention | None:
    """The name that the statement gives a title: right after it, or before it with "is the" and the like between."""
    tokens = said.reading.tokens
    for mention in said.mentions:
        if mention.first == title.last + 1 and not tokens[mention.first].before.strip(" ."):
            return mention
    before = [mention for mention in said.mentions if mention.last < title.first]
    if before and titles.links(tokens, before[-1].last, title.first):
        return before[-1]
    return None


def _is_given(quote: Distances, title: Value, owner: NameMention) -> bool:
    """Whether a quote gives a title to ``owner``; a name with another title right before it takes no second one."""
    own: list[int] = []
    others: list[int] = []
    titled = {other.last + 1 for other in quote.reading.titles if other is not title}
    for mention in quote.mentions:
        free = mention.first not in titled
        (own if free and _same(mention, owner) else others).append(quote.between(title, mention))
    if not own:
        return not any(mention.words for mention in quote.mentions)
    return not others or min(own) < min(others)
