"""A follow-up -> the question it stands for, by rules that can be told: no chat model is asked.

A question leans on the conversation when it has a pronoun whose meaning it does not hold itself, "that" or "this", a
"there" that is a place, "else" or "other" without a name, or too few words to be whole. Pronouns become names of the
last turns, short questions are finished with the last question's words, and to the others the topic is added in
brackets. What nothing fits well enough stays as it is: a question that was changed wrongly is worse than one that was
not understood. A question in another language than English stays, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.ellipsis import complete
from bot.conversation.memory import Memory, Pointing
from bot.conversation.mentions import Mention, MentionKind
from bot.conversation.names import find_names
from bot.conversation.phrases import find_phrases, is_grammar
from bot.conversation.questions import AUXILIARY, YEAR
from bot.conversation.words import GROUP_WORDS, OPENERS, PLACE_WORDS, WORK_WORDS
from bot.types import Turn
from retrieval import ENGLISH
from retrieval.text.terms import stop_words_of

# So many points has a topic that is worth adding: it was asked about, in the last turn or the one before.
ASKED_ABOUT = 1.8
MAX_WORDS = 40  # a longer question says itself what it is about
ENGLISH_WORD = re.compile(
    rf"\b(?:{AUXILIARY}|what|which|who|whom|whose|when|where|why|how|and|the|of|to|about|tell|any|other)\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    r"(?<![\w’'-])(?P<word>he|him|his|she|her|hers|they|them|their|theirs|it|its)(?P<ending>[’'](?:re|ve|ll))?(?![\w-])",
    re.IGNORECASE,
)
ENDINGS = {"re": " are", "ve": " have", "ll": " will"}
# Where another clause begins; within one, a pronoun does not mean what stands beside it ("Did Tokayev see him?").
CLAUSE = re.compile(
    r"\b(?:when|while|before|after|if|because|that|since|and|but|or|than|as|once|until|who|which|what|where|how|said|says"
    r"|thinks?|thought|claims?|claimed|believes?|believed|to(?! (?:him|her|them|it)\b))\b|,",
    re.IGNORECASE,
)
# A subject without article or capital letter: "do rivers", or "rivers …" at the beginning.
PLAIN_SUBJECT = re.compile(rf"\b{AUXILIARY} (?P<word>[a-z]+)|^(?P<first>\w+)", re.IGNORECASE)
# "Who deployed its army": the question's own word is the subject.
ASKED_SUBJECT = re.compile(rf"^(?:who|what|which|whose)(?: \w+)? (?!{AUXILIARY}\b)\w+", re.IGNORECASE)
# "it" that stands for nothing: "is it true that", "how long does it take to", "what time is it"
EMPTY_IT = re.compile(
    r"\b(?:is|was|be|isn[’']t|wasn[’']t) it (?:\w+ ){1,2}(?:that|to|for|when|if)\b"
    r"|\bit (?:is|was|be) (?:\w+ ){1,2}(?:that|to|for|when|if)\b"
    r"|\bma(?:ke|kes|de|king) it\b|\bit (?:take|takes|took|rain|snow|matter|seem|mean)\b|\btime (?:is|was) it\b",
    re.IGNORECASE,
)
THERE = re.compile(rf"\bthere\b(?! (?:{AUXILIARY}|been|be|any|a|an|other|more|some|no)\b)", re.IGNORECASE)
EXISTENTIAL = re.compile(rf"\b(?:{AUXILIARY}|be|been|where) there\b", re.IGNORECASE)
TIME = re.compile(r"year|time|season|period|decade|era|century|stage|point", re.IGNORECASE)
POINTING = re.compile(
    rf"(?P<before>(?:^|\b(?:{AUXILIARY}|in|on|at|of|for|from|to|with|by|about|after|before|during|following|since|under"
    r"|into|did|all) ))(?P<word>this|that|these|those) (?P<noun>[a-z][\w-]*)",
    re.IGNORECASE,
)
# The document is no part of the conversation.
DOCUMENT = re.compile(r"article|section|document|text|page|file|paragraph|source|story|list|table", re.IGNORECASE)
MORE = re.compile(r"\b(?:else|others?|any(?:thing)? more)\b(?! than\b)", re.IGNORECASE)
MAX_MORE_WORDS = 7  # a longer question says besides what
OWN_PHRASES = {
    Pointing.IT: {MentionKind.ONE, MentionKind.GROUP},
    Pointing.THEY: {MentionKind.PEOPLE, MentionKind.GROUP, MentionKind.MANY},
    Pointing.THEM: {MentionKind.PEOPLE, MentionKind.GROUP, MentionKind.MANY},
}
# Between "her" and what is hers.
BETWEEN = frozenset({"few", "most", "other", "own", "same"})
# "that album" is a work, "this company" a group, "that city" a place.
NOUNS = (
    (WORK_WORDS | {"work"}, MentionKind.WORK),
    (GROUP_WORDS, MentionKind.THING),
    (PLACE_WORDS, MentionKind.PLACE),
    (frozenset({"man", "person", "woman"}), MentionKind.PERSON),
)
ALONE = re.compile(
    rf"\b(?:{AUXILIARY}|do|done|about|after|before|like|by|of|for|with) (?:this|that|these|those)"
    r"(?: happen\w*)?(?=\W*$)",
    re.IGNORECASE,
)
THE_TIME = re.compile(
    r"\b(?:(?:in|at|during) )?that (?:year|season|decade)\b"
    r"|\b(?:in|at|during) (?:this|that) (?:time period|time|period|year|season)\b|\bback then\b|\bthen(?=\?|$)",
    re.IGNORECASE,
)


def read_as(text: str, history: Sequence[Turn]) -> str | None:
    """The question that stands on its own, or None when ``text`` does, or nothing can be carried over.

    Args:
        text: The question as it was asked.
        history: What was said before, oldest first; marks of citations in it are looked past.
    """
    memory = Memory()
    for turn in history:
        memory.hear(_read(turn.question, memory) or turn.question, turn)
    return _read(text, memory)


def _read(text: str, memory: Memory) -> str | None:
    question = " ".join(text.split())
    if not memory.questions or len(question.split()) > MAX_WORDS:
        return None
    read = complete(question, memory)
    if read is None and ENGLISH_WORD.search(question):
        read = _resolved(question, memory)
    return read if read and read != question else None


def _resolved(question: str, memory: Memory) -> str | None:
    own = find_names(question)
    read, unresolved = _with_names(question, own, memory)
    read = _with_place(read, own, memory)
    read = _with_time(read, memory)
    read = _with_thing(read, memory)
    leans = (
        _pointed_at(question)
        or ALONE.search(question)
        or (MORE.search(question) and len(question.split()) <= MAX_MORE_WORDS)
    )
    if read != question or own or unresolved or not leans or DOCUMENT.search(question) or YEAR.search(question):
        return read
    return _with_topic(read, memory)


def _with_names(question: str, own: Sequence[Mention], memory: Memory) -> tuple[str, bool]:
    """The question with names in place of its pronouns, and whether one was left."""
    without = frozenset(memory.full(name.text) for name in own)
    parts: list[str] = []
    end = 0
    done: set[Pointing] = set()
    left = False
    for match in PRONOUN.finditer(question):
        pointing = _pointing(match, question)
        if pointing in done or (pointing is Pointing.IT and EMPTY_IT.search(question, max(0, match.start() - 8))):
            continue
        done.add(pointing)
        possessive = _is_possessive(match, question)
        if _has_own(question[: match.start()], pointing, possessive, own):
            continue
        meant = memory.meaning(pointing, without)
        if meant is None:
            left = True
            continue
        without |= {meant}
        meant = memory.with_article(meant)
        if possessive and match["word"][-2:].casefold() != "it":
            meant += "’" if meant.endswith("s") and pointing is Pointing.THEY else "’s"
        elif match["ending"]:
            meant += ENDINGS[match["ending"][1:].casefold()]
        parts += [question[end : match.start()], meant if match.start() else f"{meant[0].upper()}{meant[1:]}"]
        end = match.end()
    return "".join([*parts, question[end:]]), left


def _pointing(match: re.Match[str], question: str) -> Pointing:
    match match["word"].casefold():
        case "he" | "him" | "his":
            return Pointing.HE
        case "she" | "her" | "hers":
            return Pointing.SHE
        case "it" | "its":
            return Pointing.IT
        case "they" if not re.search(
            r"\b(?:are|were|aren[’']t|weren[’']t) $", question[: match.start()], re.IGNORECASE
        ):
            return Pointing.THEY
        case "their":
            return Pointing.THEY
        case _:
            return Pointing.THEM


def _is_possessive(match: re.Match[str], question: str) -> bool:
    word = match["word"].casefold()
    if word == "her":
        behind = re.match(r" ([\w’'-]+)", question[match.end() :])
        return behind is not None and behind[1].casefold() not in stop_words_of(ENGLISH) - BETWEEN
    return word in {"his", "hers", "their", "theirs", "its"} or question[match.end() :].startswith(("'s", "’s"))


def _has_own(before: str, pointing: Pointing, possessive: bool, own: Sequence[Mention]) -> bool:
    """Whether the question itself says who or what is meant, before the pronoun and not beside it in one clause."""
    reach = len(before) if possessive else max((match.end() for match in CLAUSE.finditer(before)), default=0)
    person = pointing in {Pointing.HE, Pointing.SHE}
    if any(name.start < reach and not (person and name.kind is MentionKind.PLACE) for name in own):
        return True
    fitting = OWN_PHRASES.get(pointing, {MentionKind.ROLE})
    if any(phrase.kind in fitting for phrase in find_phrases(before[:reach])):
        return True
    return not person and (_has_plain_subject(before[:reach]) or (possessive and bool(ASKED_SUBJECT.match(before))))


def _has_plain_subject(words: str) -> bool:
    subjects = (match["word"] or match["first"] for match in PLAIN_SUBJECT.finditer(words))
    return any(not is_grammar(word) and word.casefold() not in OPENERS for word in subjects)


def _with_place(question: str, own: Sequence[Mention], memory: Memory) -> str:
    match = THERE.search(question)
    if match is None or EXISTENTIAL.search(question) or any(name.kind is MentionKind.PLACE for name in own):
        return question
    place = memory.likeliest(MentionKind.PLACE)
    if place is None:
        return question
    return f"{question[: match.start()]}in {place}{question[match.end() :]}"


def _with_time(question: str, memory: Memory) -> str:
    match = THE_TIME.search(question)
    if match is None or memory.year is None:
        return question
    return f"{question[: match.start()]}in {memory.year}{question[match.end() :]}"


def _with_thing(question: str, memory: Memory) -> str:
    """With the name of the album behind "that album"."""
    match = _pointed_at(question)
    if match is None:
        return question
    noun = match["noun"].casefold()
    kind = next((kind for words, kind in NOUNS if noun in words or noun.removesuffix("s") in words), None)
    thing = memory.likeliest(kind) if kind else None
    if thing is None or thing.casefold() in question.casefold():
        return question
    return f"{question[: match.end()]} ({thing}){question[match.end() :]}"


def _pointed_at(question: str) -> re.Match[str] | None:
    """Where "this" or "that" with a noun points to something that the conversation may have named."""
    match = POINTING.search(question)
    if match is None or is_grammar(match["noun"]) or DOCUMENT.match(match["noun"]) or TIME.fullmatch(match["noun"]):
        return None
    return match


def _with_topic(question: str, memory: Memory) -> str | None:
    about = memory.likeliest(least=ASKED_ABOUT)
    mark = question[len(question.rstrip("?!. ")) :]
    return f"{question.rstrip('?!. ')} ({about}){mark}" if about else None
