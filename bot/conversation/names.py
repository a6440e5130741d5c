"""Which names a text holds, and what each looks like the name of: a person, a place, a work, another thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.conversation.mentions import MAX_CHARACTERS, Mention, MentionKind
from bot.conversation.words import (
    CALENDAR,
    GROUP_WORDS,
    INSIDE,
    OFFICES,
    OPENERS,
    PLACE_BEGINNINGS,
    PLACE_WORDS,
    THINGS,
    TITLES,
    WORK_WORDS,
)
from retrieval import ENGLISH
from retrieval.index.dictionaries import dictionary
from retrieval.text.terms import stop_words_of

WORD = re.compile(r"[^\W_]+(?:[.’'&-][^\W_]+)*")
POSSESSIVE = re.compile(r"[’']s?$")
MAX_WORDS = 7
# An answer of so few words is no sentence, so that its first word has a capital letter for a reason.
FRAGMENT_WORDS = 4
# How far before a name is looked for what it is the name of.
NEAR = 40
NATIONS = re.compile(
    r"(?:[A-Z]\w*[a-z](?:ian|ean|ese|ish|can)|German|French|Greek|Dutch|Swiss|Czech|Kazakh)s?(?:-\w+)?"
)
AT_PLACE = re.compile(r"\b(?:in|into|at|near|across|throughout|outside|inside|around)(?: the)? $", re.IGNORECASE)
TITLE = re.compile(r"[“\"](?P<title>[A-Z][^“”\"]{1,50})[”\"]")  # “Wild at Heart”
BEFORE = re.compile(r"(\w+)\.? [“\"‘']?$")
QUOTED = re.compile(r"[“\"‘']$")


def find_names(text: str, *, is_answer: bool = False) -> list[Mention]:
    """The names of ``text`` in order.

    A name is a run of words with capital letters. The first word of a sentence, which has one anyway, counts only
    before another one, in an answer of a few words, or when the dictionary does not hold it.
    """
    works = list(TITLE.finditer(text))
    within = {at for work in works for at in range(work.start(), work.end())}
    words = [word for word in WORD.finditer(text) if word.start() not in within]
    fragment = is_answer and len(words) <= FRAGMENT_WORDS
    names = [Mention(work["title"].rstrip(",.!?"), MentionKind.WORK, work.start("title")) for work in works]
    run: list[re.Match[str]] = []
    for word in words:
        if run and not _continues(text, run, word):
            names += _name(text, run, fragment)
            run = []
        if run or (word[0][0].isupper() and not _opens(text, word)):
            run.append(word)
    if run:
        names += _name(text, run, fragment)
    return sorted(names, key=lambda name: name.start)


def _opens(text: str, word: re.Match[str]) -> bool:
    """Whether the capital letter says nothing: of a month, or of a word of grammar that begins a sentence."""
    folded = word[0].casefold()
    return folded in CALENDAR or (_begins_sentence(text, word.start()) and _is_function_word(folded))


def _continues(text: str, run: list[re.Match[str]], word: re.Match[str]) -> bool:
    last = run[-1]
    if text[last.end() : word.start()] not in {" ", ". "} or POSSESSIVE.search(last[0]):
        return False
    if text[last.end() : word.start()] == ". " and len(last[0]) > 2:  # "Bill W. Smith", "Dr. Brown", no new sentence
        return False
    number = word[0].isdigit() and len(word[0]) < 3
    joined = (
        word[0] == "and"
        and text[word.end() : word.end() + 5].startswith(" the ")
        and text[word.end() + 5 : word.end() + 6].isupper()
    )
    return word[0][0].isupper() or number or joined or word[0] in INSIDE


def _name(text: str, run: list[re.Match[str]], fragment: bool) -> Iterator[Mention]:
    run = list(run)
    if _begins_sentence(text, run[0].start()):
        first = run[0][0].casefold()
        alone = len(run) == 1 or not any(word[0][0].isupper() for word in run[1:])
        if _is_function_word(first) or (alone and not fragment and POSSESSIVE.sub("", first) in dictionary(ENGLISH)):
            run = run[1:]
    while run and run[-1][0] in INSIDE:
        run.pop()
    while run and _is_function_word(run[0][0].casefold()):
        run = run[1:]
    while len(run) > 1 and run[0][0].casefold() in OFFICES:
        run = run[1:]
    if not run or len(run) > MAX_WORDS:
        return
    start, end = run[0].start(), run[-1].end()
    name = POSSESSIVE.sub("", text[start:end])
    is_nation = all(NATIONS.fullmatch(word) for word in name.split())  # "the Russian agency", "African Americans"
    if not 2 <= len(name) <= MAX_CHARACTERS or is_nation or name.casefold() in TITLES:
        return
    is_word = len(run) == 1 and fragment and name.casefold() in dictionary(ENGLISH)
    kind = MentionKind.WORK if is_word else _kind(name, text[max(0, start - NEAR) : start], text[end : end + NEAR])
    article = "the " if text[max(0, start - 4) : start].casefold() == "the " else ""
    yield Mention(name, kind, start, article)


def _kind(name: str, before: str, after: str) -> MentionKind:
    words = [word.casefold().strip(".") for word in name.split()]
    previous = neighbour[1].casefold() if (neighbour := BEFORE.search(before)) else ""
    if words[0] in TITLES or previous in TITLES or after.startswith((", who ", " who ")):
        return MentionKind.PERSON
    if previous in WORK_WORDS or (QUOTED.search(before) and re.match("[,.!?]?[”\"’']", after)):
        return MentionKind.WORK
    if THINGS.intersection(words) or previous in GROUP_WORDS or name.isupper():
        return MentionKind.THING
    if previous in PLACE_WORDS or words[0] in PLACE_BEGINNINGS or AT_PLACE.search(before):
        return MentionKind.PLACE
    if previous == "the" or {"of", "the", "and"}.intersection(words):
        return MentionKind.THING
    return MentionKind.UNKNOWN


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - NEAR) : at].rstrip(" \t\n“\"‘'(-–—")
    return not before or before[-1] in ".!?:;…"


def _is_function_word(word: str) -> bool:
    word = word.split("’")[0].split("'")[0]
    return word in OPENERS or word in stop_words_of(ENGLISH)
