"""Names in short and in full: "the UK" and "Britain", "WHO" and "World Health Organization"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.chat.verification.names.name_forms import compared
from bot.chat.verification.tokens import Token, listed, text_of

PARTICLES = listed("of the de la del della di da du den der des van von bin ibn al el ")
# Names that say the same; what is in capitals is so in the text, and the rest in any case and by its country.
_SAME = (
    "UK|united kingdom|britain|great britain",
    "US|USA|united states|united states of america|america",
    "USSR|soviet union|union of soviet socialist republics",
    "UAE|united arab emirates|emirates",
    "DRC|democratic republic of the congo|dr congo|democratic republic of congo",
    "EU|european union",
    "UN|united nations",
    "NYC|new york city",
    "LA|los angeles",
    "DC|district of columbia",
    "MP|member of parliament|members of parliament",
    "MEP|member of the european parliament|members of the european parliament",
    "PM|prime minister",
    "CEO|chief executive officer|chief executive",
    "Q1|first quarter",
    "Q2|second quarter",
    "Q3|third quarter",
    "Q4|fourth quarter",
    "WWI|world war i|world war one|first world war",
    "WWII|world war ii|world war two|second world war",
    "NATO|north atlantic treaty organization|north atlantic treaty organisation",
)
PHRASES = {tuple(phrase.split()): names.split("|")[0] for names in _SAME for phrase in names.split("|")}
LONGEST = max(map(len, PHRASES))


class _Form(NamedTuple):
    """One way in which a text tells a name.

    Attributes:
        name: What all the forms of the name share.
        first: Its first token.
        last: Its last token.
        is_row: Whether it is a row of words of which only the first letters are compared.
    """

    name: str
    first: int
    last: int
    is_row: bool


def told_otherwise(said: Sequence[Token], texts: Sequence[Sequence[Token]]) -> Iterator[int]:
    """The places in a statement of names that the quotes tell in other words: "the UK" of "Britain"."""
    held = {name for tokens in texts for _, _, name in _find_phrases(tokens)}
    for first, last, name in _find_phrases(said):
        if name in held:
            yield from range(first, last + 1)


def as_quoted(said: Sequence[Token], texts: Sequence[Sequence[Token]]) -> Iterator[tuple[int, int, str]]:
    """The names of a statement that its quotes tell in short or in full: from which token to which, and how."""
    quoted = [(form, _written(tokens, form)) for tokens in texts for form in _forms(tokens)]
    held = {text for _, text in quoted}
    place = -1
    for form in sorted(_forms(said), key=lambda form: (form.first, -form.last)):
        same = [text for other, text in quoted if other.name == form.name and not (other.is_row and form.is_row)]
        if same and form.first > place and _written(said, form) not in held:
            yield form.first, form.last, same[0] + ("'s" if said[form.last].possessive else "")
            place = form.last


def initials_of(tokens: Sequence[Token]) -> Iterator[str]:
    """The first letters of each row of capitalised words, from each of them on: "CSTO"."""
    return (form.name for form in _rows(tokens))


def _forms(tokens: Sequence[Token]) -> Iterator[_Form]:
    for first, last, name in _find_phrases(tokens):
        yield _Form(name, first, last, is_row=False)
    for index, token in enumerate(tokens):
        if token.is_acronym:
            yield _Form(token.bare, index, index, is_row=False)
    yield from _rows(tokens)


def _written(tokens: Sequence[Token], form: _Form) -> str:
    """How a text writes a name, without its possessive."""
    return text_of(tokens, form.first, form.last).removesuffix("'s")


def _rows(tokens: Sequence[Token]) -> Iterator[_Form]:
    """The rows of capitalised words, from each of their words on, called by their first letters."""
    row: list[int] = []
    last = ""
    for index, token in enumerate((*tokens, None)):
        between = "" if token is None else token.before.strip(" -")
        breaks = bool(between) and not (between == "." and len(last) == 1)  # "John F. Kennedy"
        if row and (token is None or breaks or not (token.is_capitalised or token.word in PARTICLES)):
            letters = "".join(tokens[place].text[0].upper() for place in row)
            yield from (_Form(letters[start:], row[start], row[-1], is_row=True) for start in range(len(row) - 1))
            row = []
        if token is not None and token.is_capitalised:
            row.append(index)
        last = "" if token is None else token.text


def _find_phrases(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    place = 0
    while place < len(tokens):
        for length in range(min(LONGEST, len(tokens) - place), 0, -1):
            name = _phrase(tokens[place : place + length])
            if name:
                yield place, place + length - 1, name
                break
        place += length


def _phrase(tokens: Sequence[Token]) -> str:
    if len(tokens) == 1 and tokens[0].bare[:-1].isupper():
        written = tokens[0].bare.removesuffix("s")
        return PHRASES.get((written,), "") or PHRASES.get((compared(tokens[0].word),), "")
    return PHRASES.get(tuple(token.word if len(tokens) > 1 else compared(token.word) for token in tokens), "")
