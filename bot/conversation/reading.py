"""A follow-up -> the question it stands for, by rules that can be told: no chat model is asked.

Two things are read. A question of a few words is finished with the last one, and a pronoun becomes the name that it can
only mean. Everything else is asked as it stands: a question that was changed wrongly is worse than one that was not
understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.conversation.ellipsis import complete
from bot.conversation.mentions import AUXILIARY, Mention, MentionKind, find_mentions, find_names, is_stop_word
from bot.types import NOT_FOUND_TEXT, Turn
from retrieval.text.terms import fold_words

MAX_WORDS = 40  # a longer question says itself what it is about
MAX_FULL_WORDS = 3
MARK = re.compile(r"\s*\[\d+\]")
# A turn of such words alone has no topic.
SMALL_TALK = frozenset(
    fold_words("thanks thank thx hi hello hey ok okay yes great cool nice sure really sorry please bye lol grazie ciao")
)
PRONOUN = re.compile(
    r"(?<![\w’'-])(?:(?P<he>he|him|his)|(?P<she>she|hers?)|(?P<they>they|them|theirs?)|(?P<it>its?))(?![\w’'-])",
    re.IGNORECASE,
)
# What a pronoun may mean, the likeliest first.
FITS = {
    "he": (MentionKind.MAN, MentionKind.PERSON, MentionKind.NAME),
    "she": (MentionKind.WOMAN, MentionKind.PERSON, MentionKind.NAME),
    "it": (MentionKind.THING, MentionKind.ORGANISATION, MentionKind.PLACE, MentionKind.NAME),
    "they": (MentionKind.MANY, MentionKind.ORGANISATION, MentionKind.NAME),
}
# "it" that stands for nothing: "is it true that", "how long does it take to", "what time is it"
EMPTY_IT = re.compile(
    r"\b(?:is|was|be) it \w+ (?:that|to|when|if)\b|\bit (?:takes?|took|rain|matter|mean|say)s?\b|time (?:is|was) it\b",
    re.IGNORECASE,
)
# Before the subject of a clause; elsewhere a pronoun does not mean what stands beside it: "Did Ann see her?"
BEFORE_SUBJECT = re.compile(
    rf"(?:^|\b(?:{AUXILIARY}|when|while|before|after|if|because|that|since|and|than|as|until) )$", re.IGNORECASE
)
# The answer names somebody new: to "Who is the mayor", not to "Who is Ann Bell".
ASKS_WHO = re.compile(
    r"who(?! (?:is|was|are|were) (?:the )?(?-i:[A-Z])[^’']*$)|which (?:person|man|woman)", re.IGNORECASE
)
WHO = re.compile("who ", re.IGNORECASE)
THERE = re.compile(r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )\bthere(?=(?: in \d+)?\W*$)", re.IGNORECASE)
MOTION = re.compile(r"\b(?:go|went|going|get|got|come|came|moved?|travel(?:led)?|sent|return(?:ed)?) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A turn: its question as it was read, what both sides named, and what the question's pronouns meant."""

    question: str
    asked: list[Mention] = field(default_factory=list)
    answered: list[Mention] = field(default_factory=list)
    meant: dict[str, Mention | None] = field(default_factory=dict)


def read_as(text: str, history: Sequence[Turn]) -> str | None:
    """The question that stands on its own, or None when ``text`` does, or nothing can be carried over.

    Args:
        text: The question as it was asked.
        history: What was said before, oldest first; marks of citations in it are looked past.
    """
    said: list[Said] = []
    for turn in history:
        meant: dict[str, Mention | None] = {}
        question = _read(turn.question, said, meant) or " ".join(turn.question.split())
        if all(word in SMALL_TALK or is_stop_word(word) for word in fold_words(question)):
            continue
        answered = find_names("" if turn.answer.strip() == NOT_FOUND_TEXT else MARK.sub("", turn.answer))
        answered = list({name.text: name for name in reversed(answered)}.values())
        said.append(Said(question, find_mentions(question, answered), answered, meant))
    return _read(text, said, {})


def _read(text: str, said: Sequence[Said], meant: dict[str, Mention | None]) -> str | None:
    question = " ".join(text.split())
    if not question or len(question.split()) > MAX_WORDS:
        return None
    read = complete(question, said[-1].question) if said else None
    if read is None:
        named = _with_place(_with_names(question, said, meant), said)
        if named == question:
            return None
        read = complete(named, said[-1].question) or f"{named.rstrip('?!. ')}?"
    return f"{read[0].upper()}{read[1:]}"


def _with_names(question: str, said: Sequence[Said], meant: dict[str, Mention | None]) -> str:
    """The question with names in place of its pronouns, each kind of pronoun once."""
    if not any(is_stop_word(word) and not PRONOUN.fullmatch(word) for word in question.split()):
        return question  # not English
    own = find_mentions(question, [name for turn in said for name in turn.answered])
    named, end = "", 0
    for match in PRONOUN.finditer(question):
        pronoun, before, after = match.lastgroup or "", question[: match.start()], question[match.end() :]
        possessive = _is_possessive(match[0].casefold(), after)
        is_own = any(mention.end <= match.start() and mention.kind in FITS[pronoun] for mention in own) and (
            possessive or BEFORE_SUBJECT.search(before)
        )
        if is_own or pronoun in meant or (pronoun == "it" and EMPTY_IT.search(question)):
            continue
        name = meant[pronoun] = _meaning(pronoun, said, _words([*own, *filter(None, meant.values())]))
        if name is None:
            continue
        named += question[end : match.start()] + name.text
        end = match.end()
        if possessive:
            named += "’" if name.text.endswith("s") and name.kind is MentionKind.MANY else "’s"
    return named + question[end:]


def _is_possessive(word: str, after: str) -> bool:
    if word == "her":  # "her job", but "did they see her in Rome"
        behind = re.match(r" ([\w’'-]+)", after)
        return behind is not None and (not is_stop_word(behind[1]) or behind[1] in {"own", "other", "most", "few"})
    return word in {"his", "hers", "their", "theirs", "its"}


def _meaning(pronoun: str, said: Sequence[Said], without: set[str]) -> Mention | None:
    """What a pronoun means by the newest turn that tells: what it meant there, who was asked for, or about what.

    Where no question tells, "he" and "she" are the one whom the last answer names.
    """
    is_person = pronoun in {"he", "she"}
    # Who was "she" before is not "he", and no "they".
    meant = [(word, name) for turn in said for word, name in turn.meant.items() if name and word != pronoun]
    unlike = {name.text for word, name in meant if is_person or word in {"he", "she"}}

    def fits(name: Mention) -> bool:
        return name.kind in FITS[pronoun] and name.text not in unlike and without.isdisjoint(_words([name]))

    for turn in reversed(said):
        if pronoun in turn.meant and not re.match(r"who\b.* (?:him|her)\b", turn.question, re.IGNORECASE):
            same = turn.meant[pronoun]  # whoever was meant there, named or not, is meant still
            return same if same and fits(same) else None
        known = _words(turn.asked)
        new = [
            name for name in _full(turn.answered, said) if name.kind in FITS[pronoun] and not _words([name]) <= known
        ]
        if new and is_person and ASKS_WHO.match(turn.question):
            # Who is named for the first time is named in full: "Ann Bell, who rowed for Nigeria".
            told = [name for name in new if " " in name.text] or new
            return told[0] if len(told) == 1 and fits(told[0]) else None
        named = [name for name in _full(turn.asked, said) if fits(name)]
        if named:
            # Of two names of which nothing is known, "it" may be either.
            is_open = not is_person and len(named) > 1 and all(name.kind is MentionKind.NAME for name in named)
            return None if is_open else min(named, key=lambda name: FITS[pronoun].index(name.kind))
    names = [name for turn in said[-1:] for name in _full(turn.answered, said) if name.kind in FITS[pronoun]]
    return names[0] if is_person and len(names) == 1 and fits(names[0]) else None


def _words(mentions: Iterable[Mention]) -> set[str]:
    return {word for mention in mentions for word in fold_words(mention.text) if word != "the"}


def _full(mentions: Iterable[Mention], said: Sequence[Said]) -> list[Mention]:
    """The mentions, each once, a name in the long form that was asked about: "Tokayev" -> "Kassym-Jomart Tokayev"."""
    sides = [side for turn in said for side in (turn.asked, turn.answered if WHO.match(turn.question) else [])]
    long = {
        name.text: name
        for side in sides
        for name in side
        if name.is_name and 1 < len(name.text.split()) <= MAX_FULL_WORDS
    }
    found: dict[str, Mention] = {}
    for mention in mentions:
        forms = [name for text, name in long.items() if mention.text in {text.split()[0], text.split()[-1]}]
        full = forms[0] if len(forms) == 1 else mention
        found.setdefault(full.text, full)
    return list(found.values())


def _with_place(question: str, said: Sequence[Said]) -> str:
    """With the one place of the last turn for "there"."""
    match = THERE.search(question)
    last = said[-1:]
    asked = {name.text for turn in last for name in turn.asked if name.kind is MentionKind.PLACE}
    places = asked or {name.text for turn in last for name in turn.answered if name.kind is MentionKind.PLACE}
    if match is None or len(places) != 1:
        return question
    preposition = "to" if MOTION.search(question[: match.start()]) else "in"
    return f"{question[: match.start()]}{preposition} {places.pop()}{question[match.end() :]}"
