"""Whether a text is small talk and nothing else, and a question without the small talk around it.

A text is small talk when it falls into phrases of the vocabularies without a word left over, so that "thanks to whom
was the airport freed?" stays a question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from bot.replies import Reply, SmallTalk
from bot.small_talk.small_talk_vocabulary import SmallTalkVocabulary
from bot.small_talk.vocabulary import BESIDE, ENGLISH, VOCABULARIES
from retrieval.text.patterns import late_pattern

# Longer texts say something.
MAX_CHARACTERS = 120
# Of several kinds in one text the first of these is answered: "hi, thanks, what can you do?" asks for help.
ORDER = (
    SmallTalk.HELP,
    SmallTalk.THANKS,
    SmallTalk.FAREWELL,
    SmallTalk.GREETING,
    SmallTalk.PRAISE,
    SmallTalk.COMPLAINT,
    SmallTalk.OTHER,
)
# Discord's own pictures, as it sends them and as people type them, and faces made of signs.
PICTURES = re.compile(
    r"<a?:\w+:\d+>|(?<!\w):[a-z0-9_+-]+:(?!\w)|(?<!\w)[:;=8xX][-'^o]?[)(\]\[DPpOo3/|\\*]+(?!\w)|<3+|\^_*\^"
)
KEPT = re.compile(r"[^\w']+")
# "who r u", as people type on a phone.
SHORTHAND = {"u": "you", "r": "are", "ur": "your", "pls": "please", "plz": "please", "wat": "what", "wut": "what"}
DRAWN_OUT = re.compile(r"(\w)\1{2,}")
SENTENCE = re.compile(r"\S.*?(?:[.!?…]+(?=\s|\Z)|\n|\Z)\s*", re.DOTALL)
# With what a question begins, where nothing but a space or a comma parts it from a greeting.
ASKING = (
    r"who|whom|whose|what|what's|when|where|which|why|how|is|are|was|were|do|does|did|can|could|may|might|must|should"
    r"|will|would|has|have|had|am|please|tell|show|list|name|explain|summari[sz]e|describe|give|find"
    r"|chi|che|cosa|cos'è|qual|quale|quali|quando|dove|perché|come|quanto|quanta|quanti|quante|posso|puoi"
    r"|dimmi|parlami|riassumi"
    r"|wer|wen|wem|wessen|was|wann|wo|wohin|woher|warum|wieso|weshalb|wie|welche[mnrs]?|ist|sind|war|waren|hat|haben"
    r"|habe|kann|können|kannst|darf|dürfen|muss|müssen|soll|gibt|zeig|nenn|erklär|beschreib"
    r"|quién|quiénes|qué|cuál|cuáles|cuándo|dónde|por|cómo|cuánt[oa]s?|hay|puedo|puede|puedes"
    r"|explica|explícame|resume|muéstrame"
)
OPENING = rf"(?:{ASKING}|i|we|in|at|è|sono|si|di|ich|wir|se|tengo)"
BEFORE = re.compile(rf"(?P<words>.{{1,40}}?)(?P<mark>\s*[,;:–—-])?\s+(?=¿|{OPENING}\b)", re.IGNORECASE | re.DOTALL)
# "That's wrong, it changed this year": a complaint, and what is said for it.
CLAUSE_END = re.compile(r"[,;:.!…\n–—]+\s+")
MOST_COMPLAINT_CHARACTERS = 40
ASKED = late_pattern(rf"(?:{ASKING})\b", re.IGNORECASE)


def find_small_talk(text: str) -> Reply | None:
    """What to say back, where ``text`` is small talk and nothing else; None where it may ask something."""
    if len(text) > MAX_CHARACTERS:
        return _complaint(text)
    bare = PICTURES.sub(" ", text)
    if not any(character.isalnum() for character in bare):
        pictured = bare != text or any(unicodedata.category(character) == "So" for character in text)
        return _reply(SmallTalk.OTHER, None) if pictured else None
    words = " ".join(SHORTHAND.get(word, word) for word in folded(bare).split())
    for said in dict.fromkeys((DRAWN_OUT.sub(r"\1", words), DRAWN_OUT.sub(r"\1\1", words))):
        if found := [PHRASES[phrase] for phrase in phrases_in(said.split(), KNOWN) if phrase in PHRASES]:
            kind, language = min(found, key=lambda phrase: ORDER.index(phrase[0]))
            # "ok grazie" is Italian, whichever of the two is answered.
            return _reply(kind, language or next((other for _, other in found if other), None))
    return _complaint(bare)


def _complaint(text: str) -> Reply | None:
    """What to say back to a complaint that gives its reason and asks nothing."""
    if "?" in text:
        return None
    for end in CLAUSE_END.finditer(text.strip(), 0, MOST_COMPLAINT_CHARACTERS):
        reply = find_small_talk(text.strip()[: end.start()])
        if reply is not None and reply.to is SmallTalk.COMPLAINT:
            return None if ASKED.match(text.strip()[end.end() :]) else reply
    return None


def without_small_talk(text: str) -> str:
    """The question in ``text``, without the greeting or thanks before it and the small talk behind it."""
    sentences = SENTENCE.findall(text)
    while len(sentences) > 1 and find_small_talk(sentences[-1]):
        sentences.pop()
    while len(sentences) > 1 and _is_polite(sentences[0]):
        del sentences[0]
    asked = "".join(sentences).strip() or text.strip()
    before = BEFORE.match(asked)
    # "Thanks to whom …?" asks; "Thanks, who …?" thanks and asks.
    if before and _is_polite(before["words"], only_greetings=not before["mark"]):
        return asked[before.end() :]
    return asked


def _is_polite(text: str, *, only_greetings: bool = False) -> bool:
    """Whether ``text`` is what people say before they ask; "no" and "ok" may belong to the question."""
    reply = find_small_talk(text)
    kinds = {SmallTalk.GREETING} if only_greetings else {SmallTalk.GREETING, SmallTalk.THANKS, SmallTalk.PRAISE}
    return reply is not None and reply.to in kinds


def phrases_in(words: Sequence[str], known: Collection[str]) -> Sequence[str]:
    """The words as phrases that are known, one after the other; none where a word is left over."""
    most_words = MOST_WORDS if known is KNOWN else max(len(phrase.split()) for phrase in known)
    parts: list[Sequence[str] | None] = [(), *(None for _ in words)]  # up to each word
    for start, before in enumerate(parts):
        if before is None:
            continue
        for end in range(start + 1, min(start + most_words, len(words)) + 1):
            phrase = " ".join(words[start:end])
            if phrase in known:
                parts[end] = parts[end] or (*before, phrase)
    return parts[-1] or ()


def _reply(kind: SmallTalk, language: str | None) -> Reply:
    lines = next((one.lines for one in VOCABULARIES if one.language == language), {})
    return Reply(kind, language, lines.get(kind) or ENGLISH.lines[kind])


def folded(text: str) -> str:
    """The words of a text, without accents, capitals and signs."""
    if text.isascii():  # most is, which has neither, and there are thousands of phrases
        return KEPT.sub(" ", text.casefold()).strip()
    apart = unicodedata.normalize("NFKD", text.replace("’", "'").casefold().replace("ı", "i"))
    plain = "".join(character for character in apart if unicodedata.category(character) != "Mn")
    return KEPT.sub(" ", plain).strip()


def _phrases(vocabularies: Iterable[SmallTalkVocabulary]) -> dict[str, tuple[SmallTalk, str | None]]:
    """Each phrase, folded, with its kind and its language, which is None where several languages share the phrase."""
    found: dict[str, tuple[SmallTalk, str | None]] = {}
    for vocabulary in vocabularies:
        for kind, phrases in vocabulary.phrases.items():
            for phrase in map(folded, phrases.split("|")):
                first_kind, language = found.get(phrase, (kind, vocabulary.language))
                found[phrase] = (first_kind, language if language == vocabulary.language else None)
    return found


PHRASES = _phrases(VOCABULARIES)
KNOWN = {*PHRASES, *map(folded, BESIDE.split("|"))}
MOST_WORDS = max(len(phrase.split()) for phrase in KNOWN)
