"""What a question speaks of: its names and noun phrases, as far as they can be told without a grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from retrieval import ENGLISH
from retrieval.text.dictionaries import dictionary
from retrieval.text.terms import fold_words, stop_words_of


class MentionKind(StrEnum):
    """What a mention stands for; what no pattern knows is a name or a thing."""

    MAN = "man"
    WOMAN = "woman"
    PERSON = "person"
    MANY = "many"
    PLACE = "place"
    ORGANISATION = "organisation"
    NAME = "name"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name something, as they would stand in a sentence, and where they begin and end."""

    text: str
    kind: MentionKind
    is_name: bool
    start: int
    end: int


NEAR = 40  # characters
MAX_CHARACTERS = 80  # what is longer would make no question that people can read
AUXILIARY = (
    r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)(?:n[’']t)?"
)
CAPITAL = "[A-ZÀ-ÞŁŚŠŽİ]"
WORD = rf"(?:(?:{CAPITAL}\.)+|(?:Dr|Mr|Mrs|Ms|St)\.|{CAPITAL}[\w&]*(?:[’'-]{CAPITAL}[\w&]*|-\w+)*)"
# "Bank of the Nation", "Ludwig van Beethoven", "Apollo 11"
NAME = re.compile(rf"{WORD}(?: (?:(?:al|da|de|del|di|du|la|of|the|van|von|and the) ){{0,2}}{WORD}| \d\d?\b)*")
# Capital letters that stand before a name or in place of one.
NO_NAMES = frozenset(
    fold_words(
        "according also although among despite every following former however later like many name old since tell young"
        " mr mrs ms dr sir king queen prince princess president prime minister chancellor senator governor mayor"
        " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
        " september october november december"
    )
)
AT_PLACE = re.compile(r"\b(?:in|into|at|near|across|throughout|outside|inside|around)(?: the)? $", re.IGNORECASE)
# "the protesters", "a boat", "Bell’s wife"
PHRASE = re.compile(
    rf"\b(?P<article>the|a|an|this|that|these|those|how many|which|(?-i:{WORD}(?: {WORD})*)[’']s) "
    r"(?P<words>(?-i:[a-z][\w’'-]*(?: [a-z][\w’'-]*){0,3}))",
    re.IGNORECASE,
)
# "How much does membership cost", "What is photosynthesis"
BARE = re.compile(
    rf"\b{AUXILIARY} (?P<subject>(?-i:[a-z][\w’-]+)) (?P<next>\w+)|^what (?:is|are) (?P<topic>(?-i:[a-z][\w’-]+))\W*$",
    re.IGNORECASE,
)
BEFORE_VERB = re.compile(
    r"\b(?:do|does|did|can|could|will|would|should|must)(?:n[’']t)? (?:(?:some|all|any|many|most) of )?$", re.IGNORECASE
)
POSSESSIVE = re.compile("[’']s?$")
YES_OR_NO = re.compile(r"(?:is|are|was|were) ", re.IGNORECASE)
PARTICIPLE = re.compile(
    r"\w+(?:ed|[iot]ten|own)|taken|given|born|built|done|held|made|paid|put|sold|sent|won|lost|found|left"
)
# What is spoken of in passing, or points back itself.
PASSING = re.compile(
    r"times?|ways?|reasons?|case|end|beginning|document|article|text|section|page|kinds?|sorts?|types?|numbers?|most|same"
    r"|years?|days?|rest|information|aspects?|things?|else|other|one|many|much|band|group"
)
KINDS = (
    (MentionKind.WOMAN, re.compile(r"\w*woman|mother|wife|sister|daughter|girl|aunt|grandmother|widow|lady")),
    (MentionKind.MAN, re.compile(r"\w*man|father|husband|brother|son|boy|uncle|grandfather|bishop")),
    (MentionKind.MANY, re.compile(r"\w{2,}[^isu\W]s|people|police|children|\w*men|kids")),
    (
        MentionKind.PERSON,
        re.compile(
            r"president|minister|mayor|king|boss|chief|judge|captain|student|patient|child|chair|coach|manager|director"
            r"|secretary|officer|teacher|author|founder|owner|leader|editor|writer|singer|actor|doctor|driver|artist|architect"
        ),
    ),
)


def find_mentions(question: str, known: Iterable[Mention] = ()) -> list[Mention]:
    """The names and noun phrases of a question in order; ``known`` names are found in lower case, too."""
    names = find_names(question)
    if question[1:].islower():
        for name in known:
            if match := re.search(rf"\b{re.escape(name.text.split()[-1])}\b", question, re.IGNORECASE):
                names.append(Mention(name.text, name.kind, True, match.start(), match.end()))
                break
    ends = {name.end for name in names}
    phrases = (phrase for phrase in [*_phrases(question), *_bare(question)] if phrase.end not in ends)
    return sorted([*phrases, *names], key=lambda mention: (mention.start, -mention.end))


def find_names(text: str) -> list[Mention]:
    """The names of a text in order: words with capital letters that do not only begin a sentence."""
    return [name for match in NAME.finditer(text) for name in _name(text, match)]


def is_stop_word(word: str) -> bool:
    """Whether a word carries no meaning of its own."""
    word = re.split("[’']", word.casefold())[0]
    return word in stop_words_of(ENGLISH) or re.fullmatch(AUXILIARY, word) is not None


def kind_of(noun: str) -> MentionKind:
    """What a common noun looks to stand for."""
    return next((kind for kind, pattern in KINDS if pattern.fullmatch(noun)), MentionKind.THING)


def _name(text: str, match: re.Match[str]) -> Iterator[Mention]:
    words = match[0].split()
    while words and (is_stop_word(words[0]) or words[0].casefold().strip(".") in NO_NAMES):
        words.pop(0)
    name = " ".join(words)
    start = match.end() - len(name)
    before = text[max(0, start - NEAR) : start]
    opens = start == 0 or before.rstrip(" “\"‘'(")[-1:] in set(".!?:;…]")
    is_word = len(words) == 1 and " " in text.strip() and name.casefold() in dictionary(ENGLISH)
    if 1 < len(name) <= MAX_CHARACTERS and not (opens and is_word):
        article = "the " if before.casefold().endswith("the ") else ""
        kind = _name_kind(words, before.casefold(), text[match.end() : match.end() + NEAR])
        yield Mention(article + name, kind, True, start - len(article), match.end())


def _name_kind(words: list[str], before: str, after: str) -> MentionKind:
    if (
        before in {"who is ", "who was "}
        or after.startswith((", who ", " who "))
        or NO_NAMES & set(before.split()[-1:])
    ):
        return MentionKind.PERSON
    if before.endswith("the ") and kind_of(words[-1]) is MentionKind.MANY:
        return MentionKind.MANY
    if before.endswith("the ") or before in {"what is ", "what was "} or words[0].isupper():
        return MentionKind.ORGANISATION
    return MentionKind.PLACE if AT_PLACE.search(before) else MentionKind.NAME


def _phrases(question: str) -> Iterator[Mention]:
    """A phrase ends before a word of grammar or a participle, and, behind "did" and its like, before the verb."""
    for match in PHRASE.finditer(question):
        article, words = match["article"], list[str]()
        for word in match["words"].split():
            if is_stop_word(word) or (words and PARTICIPLE.fullmatch(word)):
                break
            words.append(POSSESSIVE.sub("", word))
            if words[-1] != word:  # "Bell’s mother’s name"
                break
        before = question[: match.start()]
        if len(words) > 1 and BEFORE_VERB.search(before):
            many = (at for at, word in enumerate(words[:-1]) if kind_of(word) is MentionKind.MANY)
            words = words[: next(many, 0) + 1]
        elif len(words) > 1 and YES_OR_NO.fullmatch(before) and question.rstrip("?!. ").endswith(words[-1]):
            words.pop()  # "Is the sauna free"
        if not words or PASSING.fullmatch(words[-1]):
            continue
        end = match.start("words") + len(" ".join(words))
        of = re.match(rf" of (?:the )?[\w’'-]+(?: {WORD})*", question[end:])
        owner = article if article[-2:] in ("’s", "'s") else "the"
        phrase = f"{owner} {' '.join(words)}{of[0] if of else ''}"
        start = match.start("words") if article.casefold() in {"how many", "which"} else match.start()
        yield Mention(phrase, kind_of(words[-1]), False, start, end + (len(of[0]) if of else 0))


def _bare(question: str) -> Iterator[Mention]:
    for match in BARE.finditer(question):
        group = "subject" if match["subject"] else "topic"
        word = match[group]
        if not (is_stop_word(word) or PASSING.fullmatch(word) or (match["next"] and is_stop_word(match["next"]))):
            yield Mention(word, kind_of(word), False, match.start(group), match.end(group))
