"""The noun phrases of a question that begin with an article: "the protesters", "the state of emergency"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.conversation.mentions import MAX_CHARACTERS, Mention, MentionKind
from bot.conversation.questions import AUXILIARY
from bot.conversation.words import GRAMMAR, NO_PERSONS
from retrieval import ENGLISH
from retrieval.text.terms import stop_words_of

PHRASE = re.compile(
    r"\b(?:the|a|an|this|that|these|those|how many|which) (?P<words>(?-i:[a-z][\w’'-]*(?: [a-z][\w’'-]*){0,3}))",
    re.IGNORECASE,
)
# What is spoken of in passing, and no topic.
PASSING = re.compile(
    r"time|way|reason|case|end|beginning|document|article|text|section|page|kind|sort|type|number|most|same"
)
# "How does photosynthesis work"
SUBJECT = re.compile(
    r"^(?:(?:what|when|where|why|how|which)\b.*? )?(?:is|are|was|were|do|does|did|can|will)"
    r" (?P<word>[a-z][\w’'-]+(?: [a-z]\w+[^isu\W]s)?)(?= )"
    r"|^what (?:is|are) (?P<topic>[a-z][\w’'-]+(?: [a-z][\w’'-]+)?)$",
    re.IGNORECASE,
)
DID = re.compile(r"\b(?:do|does|did|can|could|will|would|should|must)(?:n[’']t)? $", re.IGNORECASE)
PARTICIPLE = re.compile(
    r"\w+(?:ed|[iot]ten|known|shown|grown|taken|given|broken|chosen|born|built|bought|brought|caught|cut|done|found"
    r"|gone|held|hit|hurt|kept|left|lost|made|met|paid|put|read|said|seen|sent|set|shot|sold|spent|taught|told|won|worn"
    r")|(?:known|shown|taken|given|born|built|done|held|made|paid|put|sold|sent|won|lost|found|left|kept)"
)
PEOPLE = re.compile(
    r"\w+(?:ers|ors|ists|ants|ees|men|kids)|people|police|children|members|authorities|students|agents|citizens"
)
PLURAL = re.compile(r"\w{2,}[^isu\W]s")
GROUP = re.compile(
    r"army|association|band|board|club|committee|company|council|court|crew|family|firm|government|group|ministry|party"
    r"|team|union"
)
PERSON = re.compile(
    r"president|king|queen|bishop|prince|princess|boy|girl|father|mother|son|daughter|brother|sister|wife|husband|boss"
    r"|chief|captain|judge|student|patient|guest|child|\w*(?:man|woman)|\w{3,}(?:er|or|ist)"
)


def find_phrases(question: str) -> Iterator[Mention]:
    """The phrases in order, as well as can be told without a grammar.

    A phrase ends before a word of grammar, before a participle, and, after "did" and its like, before the verb.
    """
    for match in PHRASE.finditer(question):
        words: list[str] = []
        for word in match["words"].split():
            if is_grammar(word) or (words and PARTICIPLE.fullmatch(word)):
                break
            words.append(word)
        if DID.search(question[: match.start()]) and len(words) > 1:
            many = next((at for at, word in enumerate(words[:-1]) if PLURAL.fullmatch(word)), 0)
            words = words[: many + 1]
        if words and not PASSING.fullmatch(words[-1]):
            end = match.start("words") + len(" ".join(words))
            behind = re.match(r" of (?:the )?[\w’'-]+(?: [A-Z][\w’'-]+)*", question[end:])
            phrase = f"the {' '.join(words)}{behind[0] if behind else ''}"
            if len(phrase) <= MAX_CHARACTERS:
                yield Mention(phrase, _kind(words[-1]), match.start())


def find_bare_subject(question: str) -> Mention | None:
    """The subject that is one plain word: "photosynthesis" in "How does photosynthesis work"."""
    match = SUBJECT.match(question.rstrip("?!. "))
    group = "word" if match and match["word"] else "topic"
    if (
        match is None
        or len(match[group]) > MAX_CHARACTERS
        or not match[group].islower()
        or is_grammar(match[group].split()[0])
    ):
        return None
    return Mention(match[group], _kind(match[group].split()[-1]), match.start(group))


def is_grammar(word: str) -> bool:
    """Whether a word carries no meaning of its own."""
    word = word.casefold()
    return word in stop_words_of(ENGLISH) or word in GRAMMAR or re.fullmatch(AUXILIARY, word) is not None


def _kind(head: str) -> MentionKind:
    if PEOPLE.fullmatch(head):
        return MentionKind.PEOPLE
    if PLURAL.fullmatch(head):
        return MentionKind.MANY
    if GROUP.fullmatch(head):
        return MentionKind.GROUP
    return MentionKind.ROLE if PERSON.fullmatch(head) and head not in NO_PERSONS else MentionKind.ONE
