"""Clauses of a sentence: dropped, moved, turned, and joined."""

from __future__ import annotations

import random
import re

from bot.training.entailment.rule_words import DOUBLED, PAST
from bot.training.entailment.source_sentences import SourceSentence
from bot.training.entailment.substitutions import tidied

# How a clause begins that can stand alone, and a word by which it says something.
OPENS = r"(?:the|a|an|he|she|it|they|we|you|his|her|its|their|this|these|there|some|many|most|all|[A-Z][\w’'-]+)\b"
FINITE = re.compile(r"\b(?:is|was|are|were|has|had|have|can|could|will|would|may|might|must|did|does|\w{2,}ed|began|"
                    r"became|made|took|went|came|left|won|lost|found|gave|held|led|ran|saw|wrote|fell|rose|grew)"
                    r"\b")  # fmt: skip
# A noun or a pronoun, and what it does.
CLAUSE = re.compile(
    rf"{OPENS}(?: [\w’'-]+){{0,3}}? (?:is|was|are|were|has|had|have|can|could|will|would|may|might|must|did|does)\b"
    r"|(?:he|she|it|they|we|you|[A-Z][\w’'-]+) (?:\w+ed|became|made|took|went|came|left|won|lost|gave|held|fell|rose)\b"
)
LEAD = re.compile(
    r"\A((?:In|On|At|During|After|Before|By|Since|From|Until|Around|Throughout|Despite|Because of|Due to|Under|With) "
    r"[^,]{2,45}), ([^.]+)\.\Z"
)
# Without these words what follows would be said of more than it is.
LIMITS = re.compile(
    r"\b(?:some|certain|many|most|rare|few|cases?|theory|contrast|order|general|particular|only|case|event|absence|"
    r"addition|fact|opinion|view|fiction|mythology|legend|myth|stor(?:y|ies)|novel|film|under|without|other words)\b",
    re.IGNORECASE,
)
IF_FIRST = re.compile(r"\A(If|Unless|Provided that|As long as|When|Whenever) ([^,]{5,}), (?:then )?([^,][^.]{8,})\.\Z")
IF_LAST = re.compile(r"\A((?!.*\b(?:ask|know|wonder|see|determine|decide|check|tell|find out|sure|question|even|"
                     r"what|as|or)\w* (?:if|unless)\b)[^.]{10,}?),? (if|unless|provided that|as long as) ([^.,]{5,})"
                     r"\.\Z")  # fmt: skip
BESIDE = re.compile(rf"\A([^,]{{10,}}?) (before|after|because) ({OPENS}[^,.]{{5,}})\.\Z")
CAUSED = re.compile(r"\A([^,]{8,80}?) (caused|causes|led to|leads to|resulted in|results in|resulted from|"
                    r"results from) ([^,.]{4,80})\.\Z")  # fmt: skip
AFTERWARDS = re.compile(rf"\AAfter ([^,]{{5,}}), ({OPENS}[^.]{{8,}})\.\Z")
# Words before a verb by which it says something else.
DENIED = r"\b(?:is|was|are|were|be|been|not|no|never|nobody|if|may|might|could|would|who|that|It)\b"
CLAIMED = re.compile(
    rf"\A((?!It\b|There\b)[A-Z](?:(?!{DENIED})[^,]){{2,50}}?) (?:has |have |had )?(?<!the )(?<!a )(claim|argue|believe|"
    r"thought|think|suggest|allege|assert|insist|speculate|hypothesize|fear|hope|assume|suspect|contend|predict|propose)"
    r"(?:d|s|ed|es)? that ([^.]{15,})\.\Z"
)
ACCORDING = re.compile(r"\AAccording to ([^,]{3,50}), ([^.]{12,})\.\Z")
PROVED = re.compile(
    rf"\A(?:[A-Z](?:(?!{DENIED})[^,]){{2,60}}?) (?:has |have |had )?(?:shown|showed|proved|proven|confirmed|"
    r"discovered|found|revealed|demonstrated|noticed|realized|learned|noted) that ([^.]{15,})\.\Z"
)
MEANT = re.compile(
    r"\b(?:(?:is|was|are|were) (?:planning|expected|scheduled|intended|supposed|going)|plans|planned|"
    r"intends|intended|hopes|hoped|wants|wanted|tried|attempted|agreed|proposed|threatened|promised|"
    r"refused|failed|decided not) to (\w+)\b"
)
MAY = re.compile(
    r"\A((?:The|A|An|This|These) [^,]{2,50}?|[A-Z]\w+(?: [A-Z]\w+)*) (?:may|might) (not )?(?!have\b|not\b)([a-z].*)\Z"
)
MANAGED = re.compile(r"\b(?:managed|went on|proceeded|began|started|came|succeeded in managing) to (\w+)\b")
AND = re.compile(rf"\A([^,]{{12,}}), (?:and|but|while|whereas) ({OPENS}[^.]{{12,}})\.\Z")
SAME_SUBJECT = re.compile(r"\A((?:The |A |An )?[A-Z]?[\w’' -]{2,40}?) (was|is|has|had|were|are) ([^,]{8,}?),? "
                          r"and (was|is|has|had|were|are) "
                          r"([^.]{8,})\.\Z")  # fmt: skip
PREDICATE = re.compile(
    r"\A((?:The |A |An )?[\w’'.-]+(?: [\w’'.-]+){0,4}?) ((?:is|was|has|had|are|were|became) [^,;]{6,})\.\Z"
)
APPOSITION = re.compile(
    r"\A([A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+)*), ((?:a|an|the) [^,]{5,60}), ((?:is|was|has|had|\w+ed) [^.]+)\.\Z"
)
ASIDE = re.compile(r" \([^()]*\)|, (?:which|who|whose) [^,]*,(?= (?:is|was|are|were|has|had|can|will|\w+ed)\b)")
# What a cause is said of is inside of another clause, or the cause is itself an effect.
NO_EFFECT = re.compile(r"(?:by|of|is|are|was|were|may|can)\b")
INSIDE_OTHER = re.compile(r"\b(?:that|which|who|and)\b|\b(?:is|are|was|were|be|been|may|can|not)\Z")
DEPENDS = re.compile(r"(?:Do|If|When|Although|Though|While|As|After|Before|Because|Since|Not only|Either|Whether)\b")
TWO = re.compile(rf"\A{DEPENDS.pattern}|\b(?:before|after|because)\b|\band\Z")
NOT_ALONE = re.compile(r"\A(?:he|she|it|they|his|her|its|their|this|these|there|that|who|which|to)\b", re.IGNORECASE)


def past_of(verb: str) -> str | None:
    """A verb in the past; None for what is no verb that it knows how to put there."""
    if verb in PAST:
        return PAST[verb]
    if not re.fullmatch(r"[a-z]{3,}", verb) or verb.endswith(("ly", "ing")) or verb in ("the", "not", "any"):
        return None
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y\Z", verb):
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in DOUBLED else "") + "ed"


def happened(sentence: SourceSentence, rng: random.Random) -> str | None:
    """What was planned, tried or refused, as done."""
    return _done(MEANT, sentence.text)


def managed(sentence: SourceSentence, rng: random.Random) -> str | None:
    """What somebody managed to do, as done."""
    return _done(MANAGED, sentence.text)


def possible(sentence: SourceSentence, rng: random.Random) -> str | None:
    """What may happen, as what possibly will."""
    match = MAY.match(sentence.text)
    if match is None:
        return None
    subject, denied, rest = match.groups()
    return f"It is possible that {_inside(subject)} will {denied or ''}{rest}"


def without_condition(sentence: SourceSentence, rng: random.Random) -> str | None:
    """What holds under a condition, without it."""
    match = IF_FIRST.match(sentence.text)
    if match and not match.group(1).startswith("When"):  # what happened when something else did, happened
        return tidied(match.group(3) + ".")
    match = IF_LAST.match(sentence.text)
    return tidied(match.group(1) + ".") if match else None


def with_condition_moved(sentence: SourceSentence, rng: random.Random) -> str | None:
    """The condition at the other end."""
    match = IF_FIRST.match(sentence.text)
    if match:
        return tidied(f"{match.group(3)} {match.group(1).lower()} {match.group(2)}.")
    match = IF_LAST.match(sentence.text)
    return tidied(f"{match.group(2)} {match.group(3)}, {_inside(match.group(1))}.") if match else None


def turned_order(sentence: SourceSentence, rng: random.Random) -> str | None:
    """Two happenings, the first as the second; or a cause as its effect."""
    match = BESIDE.match(sentence.text)
    if match and CLAUSE.match(match.group(3)) and not TWO.search(match.group(1)):
        return tidied(f"{match.group(3)} {match.group(2)} {_inside(match.group(1))}.")
    match = CAUSED.match(sentence.text)
    if match is None or INSIDE_OTHER.search(match.group(1)) or NO_EFFECT.match(match.group(3)):
        return None
    return tidied(f"{match.group(3)} {match.group(2)} {_inside(match.group(1))}.")


def same_order(sentence: SourceSentence, rng: random.Random) -> str | None:
    """Two happenings in the same order, told from the other end."""
    match = BESIDE.match(sentence.text)
    if match is None or not CLAUSE.match(match.group(3)) or TWO.search(match.group(1)):
        return None
    one, word, other = match.groups()
    turned = {"before": "after", "after": "before"}.get(word)
    if turned and rng.random() < 0.6:
        return tidied(f"{other} {turned} {_inside(one)}.")
    return tidied(f"{word} {other}, {_inside(one)}.")


def as_cause(sentence: SourceSentence, rng: random.Random) -> str | None:
    """What only came before, as a cause."""
    match = AFTERWARDS.match(sentence.text)
    if match is None or FINITE.search(match.group(1)):
        return None
    return tidied(f"{match.group(2)} because of {_inside(match.group(1))}.")


def asserted(sentence: SourceSentence, rng: random.Random) -> str | None:
    """What somebody claims, as true."""
    match = CLAIMED.match(sentence.text)
    if match and re.match(OPENS, match.group(3)):
        return tidied(match.group(3) + ".")
    match = ACCORDING.match(sentence.text)
    return tidied(match.group(2) + ".") if match else None


def still_reported(sentence: SourceSentence, rng: random.Random) -> str | None:
    """What somebody claims, as claimed in other words; or what was proved, as true."""
    match = PROVED.match(sentence.text)
    if match and re.match(OPENS, match.group(1)):
        return tidied(match.group(1) + ".")
    match = CLAIMED.match(sentence.text)
    if match and re.match(OPENS, match.group(3)):
        return tidied(f"According to {_inside(match.group(1))}, {match.group(3)}.")
    match = ACCORDING.match(sentence.text)
    return tidied(f"{match.group(2)}, according to {match.group(1)}.") if match else None


def half(sentence: SourceSentence, rng: random.Random) -> str | None:
    """One of two things that a sentence says, or all but an aside."""
    match, ways = AND.match(sentence.text), []
    if match and not DEPENDS.match(match.group(1)) and FINITE.search(match.group(1)) and FINITE.search(match.group(2)):
        ways += [match.group(1), *([] if NOT_ALONE.match(match.group(2)) else [match.group(2)])]
    match = SAME_SUBJECT.match(sentence.text)
    if match:
        subject, one, first, other, second = match.groups()
        ways += [f"{subject} {one} {first}", f"{subject} {other} {second}"]
    match = APPOSITION.match(sentence.text)
    if match:
        ways += [f"{match.group(1)} {match.group(3)}"]
    shorter = ASIDE.sub("", sentence.text)
    if shorter != sentence.text:
        ways.append(shorter.rstrip("."))
    return tidied(rng.choice(ways) + ".") if ways else None


def lead_moved(sentence: SourceSentence, rng: random.Random) -> str | None:
    """The opening words at the end, or left out."""
    match = LEAD.match(sentence.text)
    if match is None or LIMITS.search(match.group(1)) or not re.match(OPENS, match.group(2)):
        return None
    if rng.random() < 0.5 and not match.group(1).startswith(("Until", "Before", "With", "Under")):
        return tidied(match.group(2) + ".")
    return (
        None if "," in match.group(2) else tidied(f"{match.group(2)} {match.group(1)[0].lower()}{match.group(1)[1:]}.")
    )


def stitched(sentence: SourceSentence, rng: random.Random) -> str | None:
    """What is said of one thing, said of the thing of the sentence after."""
    one, other = PREDICATE.match(sentence.text), PREDICATE.match(sentence.after)
    if not one or not other or NOT_ALONE.match(one.group(1)) or NOT_ALONE.match(other.group(1)):
        return None
    if set(one.group(1).lower().split()) & set(other.group(1).lower().split()) - {"the", "a", "an", "of"}:
        return None
    return tidied(f"{one.group(1)} {other.group(2)}.")


def joined(sentence: SourceSentence, rng: random.Random) -> str | None:
    """Two sentences as one."""
    if not sentence.after or not 4 < len(sentence.after.split()) < 25 or not re.match(OPENS, _inside(sentence.after)):
        return None
    if len(sentence.text.split()) > 22 or not sentence.after.endswith("."):
        return None
    return f"{sentence.text[:-1]}, and {_inside(sentence.after)}"


def _done(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    past = past_of(match.group(1)) if match else None
    return text[: match.start()] + past + text[match.end() :] if match and past else None


def _inside(clause: str) -> str:
    """A clause as it stands inside of a sentence."""
    if re.match(
        r"(?:The|A|An|He|She|It|They|His|Her|Its|Their|This|These|There|Some|Many|Most|All|In|On|At|You|We)\b", clause
    ):
        return clause[0].lower() + clause[1:]
    return clause
