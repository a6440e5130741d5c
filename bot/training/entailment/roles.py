"""Who did what to whom: turned, and said the other way round."""

from __future__ import annotations

import itertools
import random
import re

from bot.training.alterations import NAME
from bot.training.entailment.rule_words import DEEDS, PARTICIPLE_OF_PAST, PAST_OF_PARTICIPLE, words_of
from bot.training.entailment.source_sentences import SourceSentence
from bot.training.entailment.substitutions import tidied

DETERMINERS = r"(?:The|A|An|His|Her|Its|Their|This|These|Some|the|a|an|his|her|its|their)"
THING = (
    rf"(?:{DETERMINERS} (?:[\w’'-]+ ){{0,3}}?[\w’'-]+|[A-Z][\w’'.-]*(?: (?:of |of the |de |van |von )?[A-Z][\w’'.-]*)*)"
)
PARTICIPLES = "|".join([*sorted({PARTICIPLE_OF_PAST.get(deed, deed) for deed in DEEDS}), r"[a-z]{3,}ed"])
PASTS = "|".join(sorted(DEEDS))
END = r"(?=[.,;]| (?:in|on|at|for|during|after|before|from|to|as|with|and|who|which|that|when|while|because|by|near)\b)"
# What two do to each other, and where one is no deed.
MUTUAL = r"(?:accompanied|followed|joined|married|connected|separated|surrounded|based|used|increased|reduced)\b"
PASSIVE = re.compile(rf"\A({THING}) (was|were) (?!{MUTUAL})({PARTICIPLES}) by ({THING}){END}([^;]*)\.\Z")
ACTIVE = re.compile(rf"\A({THING}) ({PASTS}) ({THING}){END}([^;]*)\.\Z")
OPPOSITE_DEGREES = {
    one: other
    for pair in (
        "larger smaller", "bigger smaller", "older younger", "higher lower", "taller shorter", "longer shorter",
        "faster slower", "heavier lighter", "stronger weaker", "earlier later", "warmer colder", "cheaper dearer",
        "richer poorer", "greater smaller", "deeper shallower", "wider narrower", "hotter cooler", "better worse",
    )
    for one, other in (pair.split(), pair.split()[::-1])
}  # fmt: skip
COMPARED = re.compile(
    r"\A([^,]{3,60}?) (is|was|are|were) (?:(\w+er|worse)|(more|less) (\w+)) than "
    r"((?:(?!\b(?:to|for|in|those|that|normal|usual|they|it)\b)[^,.]){3,30})\.\Z"
)
OUTDONE = re.compile(
    rf"\A({THING}) (outnumbers|outnumbered|exceeds|exceeded|surpassed|outweighs|costs more than) ({THING})\.\Z"
)
NO_AGENT = re.compile(
    r"\A(?:the |a |an )?(?:end|time|beginning|late|early|mid|way|means|use|age|year|name|hand|side)\b"
)
# "It" may stand for what comes later, and for much that was said before, but seldom before these.
PRONOUN = re.compile(
    r"\A(?:(He|She|His|Her) (?!or\b)(?=[a-z])|"
    r"It (?=(?:is|was|has|had) (?:a|an|the|located|built|founded|one|home|named|used)\b))"
)
SUBJECT = re.compile(
    r"\A((?:The [A-Z][\w’'-]+|[A-Z][\w’'.-]*)(?: (?:of |of the )?[A-Z][\w’'.-]*)*)(?: \([^)]*\))? "
    r"(?:is|was|has|had|became|moved|went|joined|won|made|began|wrote|returned|served|\w+ed) "
)
NO_SUBJECT = frozenset(
    words_of(
        "A An He She It They His Her Its Their This These Those There In On At After Before When While If As By For "
        "From With We I You What Who Most Many Some However Although During Since Despite Until Another Other Each Both"
    )
)
NO_ONE = NO_SUBJECT | frozenset(words_of("his her its their"))


def turned_roles(sentence: SourceSentence, rng: random.Random) -> str | None:
    """A deed with doer and other in each other's place, in either voice."""
    parts = _deed(sentence.text)
    if parts is None:
        return None
    doer, past, other, rest = parts
    return _say(other, past, doer, rest, passive=rng.random() < 0.5)


def other_voice(sentence: SourceSentence, rng: random.Random) -> str | None:
    """The same deed in the other voice."""
    parts = _deed(sentence.text)
    return _say(*parts, passive=" by " not in sentence.text) if parts else None


def turned_comparison(sentence: SourceSentence, rng: random.Random) -> str | None:
    """A comparison with its sides exchanged."""
    match = COMPARED.match(sentence.text)
    if match:
        one, be, degree, more, quality, other = match.groups()
        return _said(other, f"{be} {degree or f'{more} {quality}'} than {_inside(one)}")
    match = OUTDONE.match(sentence.text)
    return _said(match.group(3), f"{match.group(2)} {_inside(match.group(1))}") if match else None


def same_comparison(sentence: SourceSentence, rng: random.Random) -> str | None:
    """A comparison with its sides exchanged and the opposite degree."""
    match = COMPARED.match(sentence.text)
    if match is None:
        return None
    one, be, degree, more, quality, other = match.groups()
    turned = OPPOSITE_DEGREES.get(degree) if degree else f"{'less' if more == 'more' else 'more'} {quality}"
    return _said(other, f"{be} {turned} than {_inside(one)}") if turned else None


def turned_names(sentence: SourceSentence, rng: random.Random) -> str | None:
    """Two names in each other's place, unless they are listed side by side."""
    text = sentence.text
    found = [
        match
        for match in NAME.finditer(text)
        if match.group().split()[0] not in NO_SUBJECT and (match.start() > 0 or " " in match.group())
    ]
    pairs = [
        (one, other)
        for one, other in itertools.pairwise(found)
        if len(text[one.end() : other.start()].split()) > 1
        and not re.search(
            r"\b(?:and|or|with|between|both|married|met)\b|,\s*\Z", text[max(0, one.start() - 9) : other.start()]
        )
        and one.group() != other.group()
        and one.group() not in other.group()
        and other.group() not in one.group()
    ]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    between = text[one.end() : other.start()]
    return text[: one.start()] + other.group() + between + one.group() + text[other.end() :]


def other_name(sentence: SourceSentence, rng: random.Random) -> str | None:
    """One name replaced by another that stands beside the sentence."""
    found = [match for match in NAME.finditer(sentence.text) if match.start() > 0]
    near = [
        match.group()
        for text in (sentence.before, sentence.after)
        for match in NAME.finditer(text)
        if match.start() > 0  # a word that opens a sentence is no name for that
    ]
    near = [name for name in near if not set(name.split()) & set(sentence.text.split())]
    if not found or not near:
        return None
    match = rng.choice(found)
    return sentence.text[: match.start()] + rng.choice(near) + sentence.text[match.end() :]


def resolved(sentence: SourceSentence, rng: random.Random) -> str | None:
    """The opening pronoun replaced by the subject of the sentence before."""
    pronoun, subject = PRONOUN.match(sentence.text), _subject(sentence.before)
    return _with_subject(sentence.text, pronoun, subject) if pronoun and subject else None


def wrongly_resolved(sentence: SourceSentence, rng: random.Random) -> str | None:
    """The opening pronoun replaced by another name of the sentence before."""
    pronoun, subject = PRONOUN.match(sentence.text), _subject(sentence.before)
    if not pronoun or not subject:
        return None
    held = set(subject.split()) | set(sentence.text.split())
    others = [name for name in NAME.findall(sentence.before) if not set(name.split()) & (held | NO_SUBJECT)]
    return _with_subject(sentence.text, pronoun, rng.choice(others)) if others else None


def _deed(text: str) -> tuple[str, str, str, str] | None:
    """Doer, deed in the past, who or what it was done to, and the rest."""
    match = PASSIVE.match(text)
    if match and not {match.group(1).split()[0], match.group(4).split()[0]} & NO_ONE:
        other, _, participle, doer, rest = match.groups()
        if NO_AGENT.match(doer):
            return None
        return doer, PAST_OF_PARTICIPLE.get(participle, participle), other, rest
    match = ACTIVE.match(text)
    if (
        match
        and not {match.group(1).split()[0], match.group(3).split()[0]} & NO_ONE
        and not re.search(r"\band\b|\bby\b", match.group(4))
    ):
        doer, past, other, rest = match.groups()
        return doer, past, other, rest
    return None


def _say(doer: str, past: str, other: str, rest: str, *, passive: bool) -> str:
    if not passive:
        return _said(doer, f"{past} {_inside(other)}{rest}")
    many = other.split()[-1].endswith("s") and not other.endswith(("ss", "us", "is")) and other.split()[0] in (
        "The", "the", "His", "his", "Her", "her", "Its", "its", "Their", "their", "Some", "These",
    )  # fmt: skip
    be = "were" if many else "was"
    return _said(other, f"{be} {PARTICIPLE_OF_PAST.get(past, past)} by {_inside(doer)}{rest}")


def _said(subject: str, rest: str) -> str:
    return tidied(f"{subject} {rest}.")


def _inside(thing: str) -> str:
    """A thing as it is called inside of a sentence."""
    first, *rest = thing.split(" ", 1)
    return " ".join([first.lower(), *rest]) if re.fullmatch(DETERMINERS, first) else thing


def _subject(text: str) -> str | None:
    match = SUBJECT.match(text)
    return match.group(1) if match and match.group(1).split()[0] not in NO_SUBJECT else None


def _with_subject(text: str, pronoun: re.Match[str], subject: str) -> str:
    possessive = pronoun.group(1) in ("His", "Her")
    return subject + ("'s " if possessive else " ") + text[pronoun.end() :]
