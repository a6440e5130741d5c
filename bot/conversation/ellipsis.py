"""Questions of a few words that are finished by the last question: "and where?", "what about the airport?"."""

from __future__ import annotations

import re

from bot.conversation.memory import Memory
from bot.conversation.names import find_names
from bot.conversation.phrases import find_phrases
from bot.conversation.questions import ADVERB, MAX_LAST, OPENING, YEAR, asked_anew, topic

PREFIX = re.compile(r"^(?:(?:and|but|so|then|also|ok|okay|well)\b,? *)+", re.IGNORECASE)
SUFFIX = re.compile(
    r"[,]?(?: (?:exactly|then|though|please|so|not|that|is that|was that|was it|come))*[?!. …]*$", re.IGNORECASE
)
BARE_OPENING = re.compile(rf"(?:{OPENING}|which ones?|how many|how much)", re.IGNORECASE)
HAPPENED = re.compile(
    rf"(?P<opening>{ADVERB}) (?:(?:is|was) (?:that|this)|did (?:that|this|it|these things|those things) happen)",
    re.IGNORECASE,
)
ABOUT = re.compile(r"(?:(?:what|how) about|and(?: what about)?) (?P<other>.+)", re.IGNORECASE)
MORE = re.compile(
    r"(?:any(?:thing|one|body|where)? (?:else|others?|more)|(?:are|were|is|was) there (?:any )?(?:others?|more)|others"
    r"|(?:what|who|where|when|why|how) else|(?:can you )?tell me more|like what|such as|for example|go on)",
    re.IGNORECASE,
)
ELSE = re.compile(r"(?P<opening>what|who|where|when|why|how) else", re.IGNORECASE)
MAX_OTHER = 80


def complete(text: str, memory: Memory) -> str | None:
    """The question finished with the words of the last one; None where it is whole."""
    last = memory.last
    if not last or len(last) > MAX_LAST:
        return None
    words = " ".join(text.split())
    short = SUFFIX.sub("", PREFIX.sub("", words))
    if happened := HAPPENED.fullmatch(short.rstrip("?!. ")) or HAPPENED.fullmatch(words.rstrip("?!. ")):
        return _anew(happened["opening"], last)
    if BARE_OPENING.fullmatch(short) and not ELSE.fullmatch(short):
        return _anew(short, last)
    if ABOUT.fullmatch(words.rstrip("?!. ")):
        return _about(words.rstrip("?!. "), last)
    if MORE.fullmatch(short):
        return _more(short, last)
    return None


def _anew(opening: str, last: str) -> str:
    anew = asked_anew(opening, last)
    return f"{anew}?" if anew else f"{last}, and {opening[0].lower()}{opening[1:]}?"


def _more(short: str, last: str) -> str | None:
    if (more := ELSE.fullmatch(short)) and re.match(rf"{more['opening']}\b(?! else)", last, re.IGNORECASE):
        return f"{last[: more.end('opening')]} else{last[more.end('opening') :]}?"
    about = topic(last)
    return f"{short[0].upper()}{short[1:]} ({about})?" if about else None


def _about(words: str, last: str) -> str | None:
    """What about another: "What about Nazarbayev" after "How old is Tokayev" -> "How old is Nazarbayev"."""
    match = ABOUT.fullmatch(words)
    if (
        match is None
        or len(match["other"]) > MAX_OTHER
        or re.match(rf"(?:{OPENING}|did|does|do|is|are|was|were)\b", match["other"], re.IGNORECASE)
    ):
        return None
    other = match["other"]
    bare_other = re.sub(r"^(?:in|on|at|during|by|from|to|for|with|of|under|after|before) ", "", other)
    asked = [name for name in find_names(f"about {last}") if name.text.casefold() != bare_other.casefold()]
    if YEAR.fullmatch(bare_other):
        if YEAR.search(last):
            return f"{YEAR.sub(bare_other, last, count=1)}?"
        return f"{last} in {bare_other}?"
    if other != bare_other:
        preposition = other.split()[0]
        places = [name for name in asked if re.search(rf"\b{preposition} $", f"about {last}"[: name.start])]
        return f"{last.replace(places[0].text, bare_other, 1)}?" if places else f"{last} {other}?"
    if bare_other[0].isupper():
        if len(asked) == 1:
            return f"{last.replace(asked[0].text, bare_other, 1)}?"
    elif (said := list(find_phrases(last))) and len(said) == 1 and not asked and said[0].text in last:
        return f"{last.replace(said[0].text, bare_other, 1)}?"
    about = topic(last)
    return f"What about {bare_other} ({about})?" if about else None
