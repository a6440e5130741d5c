"""Whether a message that does not mention the bot asks it something, or people talk to each other; pure text.

It is read where the bot may answer without being called: in the threads of its own answers and in the channels of the
forum mode. The rule, in this order; in doubt the answer is no:

1. A message that mentions somebody, names somebody ("Bruno, …", "…, Bruno?", or one of those who write there) or begins
   as talk does ("lol …") is for people.
2. A question to "you" is for people, unless it is a request as one puts it to a bot: "can you tell me …". So is one
   about what "we" do together, and one to "anyone", unless it asks who knows something.
3. A sentence asks if it ends with a question mark or begins as a question does. Small talk ("how are you?"), talk in
   the form of a question ("really?", "…, right?") and one word alone do not count.
4. Right after a message of somebody else, only a whole question counts: one that begins as questions do, with four
   words or more.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.discord.asking.address_words import pattern, phrase_pattern, words
from bot.discord.asking.addressing import OTHER_MENTION, QUESTION_WORD, SENTENCE, TAG
from bot.small_talk import find_small_talk, folded, without_small_talk

NOT_PROSE = re.compile(r"```.*?```|`[^`]*`|https?://\S+|^>.*$", re.DOTALL | re.MULTILINE)
EVERYBODY = re.compile(r"@(?:everyone|here)\b")
GREETED = (
    r"(?:(?:hey|hi|hello|ok|okay|thanks|thank you|yes|no|but|and|so|ciao|grazie|ehi|sì|ma|e"
    r"|hallo|moin|danke|ja|nein|aber|und|hola|oye|gracias|sí|pero|y)[ ,]+)?"
)
NAME = r"@?(?P<name>[A-ZÀ-ÖØ-Þ][\w'’-]+)"
NAMED_FIRST = re.compile(rf"^\W*(?i:{GREETED}){NAME}\s*[,:](?=\s)")
NAMED_LAST = re.compile(rf",\s*{NAME}\s*[?!.…]*\s*$")
OPENERS = words("openers") | words("question_words")
BEFORE_OPENING = r"^(?:(?:and|but|so|e|ma|then|also|please|allora|quindi|und|aber|dann|bitte|y|pero|entonces)[ ])?"
OPENING = pattern("openings", before=BEFORE_OPENING, after=r"(?![\w'])")
SECOND_PERSON = phrase_pattern(words("second_person"))
REQUEST = pattern("requests", before=r"(?<![\w'])")
PLAN = pattern("plans", before=r"(?<![\w'])", after=r"(?![\w'])")
TO_ALL = phrase_pattern(words("to_all"))
TO_ALL_REQUEST = pattern("to_all_requests", before=r"(?<![\w'])")
REACTION = phrase_pattern(words("reactions"), before="^")
CHATTER = words("chatter")
CALLED = re.compile(
    r"^\W*(?:(?:hey|hi|hello|ok|ciao|ehi|hallo|moin|hola|oye)[ ,]+)?(?:pullquote|bot)\b[,:!]?\s*", re.IGNORECASE
)
# "the six ministers" in Italian, where the word is also "you are".
NUMBER_SIX = re.compile(r"\b(i|le|di|in) sei\b")
LEAST_WORDS_AMID_TALK = 4


def asks_bot(text: str, people: Collection[str] = (), *, amid_talk: bool = False) -> bool:
    """Whether a message asks the bot something, though it does not mention it.

    Args:
        text: The message, with mentions as Discord writes them.
        people: The names of those who write in the same place.
        amid_talk: Whether the message before is one of somebody else, and not of the bot.
    """
    said = NOT_PROSE.sub(" ", text).strip()
    if called := CALLED.match(said):
        said, amid_talk = said[called.end() :], False
    if OTHER_MENTION.search(said) or EVERYBODY.search(said) or _names_somebody(said, people):
        return False
    if REACTION.match(folded(said)):
        return False
    sentences = [sentence.strip() for sentence in SENTENCE.findall(without_small_talk(said))]
    asked = [sentence for sentence in sentences if is_question(sentence)]
    if any(_is_for_people(folded(sentence)) for sentence in asked):
        return False
    return any(not amid_talk or _is_whole(folded(sentence)) for sentence in asked)


def is_question(sentence: str) -> bool:
    """Whether a sentence asks something, whomever."""
    said = folded(sentence)
    if find_small_talk(sentence) or said in CHATTER or len(said.split()) < 2:
        return False
    if sentence.rstrip().endswith("?"):
        return not TAG.search(sentence.casefold().replace("’", "'")) or bool(QUESTION_WORD.match(said))
    return bool(OPENING.match(said)) and len(said.split()) > 2


def _names_somebody(text: str, people: Collection[str]) -> bool:
    """Whether the message calls somebody by name, or has the name of somebody who writes there in it."""
    for sentence in SENTENCE.findall(text):
        for found in (NAMED_FIRST.search(sentence), NAMED_LAST.search(sentence)):
            if found and folded(found["name"]) not in OPENERS:
                return True
    said = set(folded(text).split())
    # Of a name the first word is what one is called; a very short one may be any word.
    called = {folded(name).split()[0] for name in people if folded(name)}
    return any(name in said for name in called if len(name) > 2)


def _is_for_people(said: str) -> bool:
    """Whether a question is one that people ask each other."""
    if PLAN.search(said):
        return True
    if TO_ALL.search(said) and not TO_ALL_REQUEST.search(said):
        return True
    rest = NUMBER_SIX.sub(" ", TO_ALL_REQUEST.sub(" ", REQUEST.sub(" ", said)))
    return bool(SECOND_PERSON.search(rest))


def _is_whole(said: str) -> bool:
    """Whether a question can be understood by itself."""
    return len(said.split()) >= LEAST_WORDS_AMID_TALK and bool(OPENING.match(said))
