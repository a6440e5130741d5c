"""Whether a message that mentions the bot speaks to it, or to other people about it; pure text, no Discord.

The rule, for each sentence with a mention:

- the mention is an object, "ask @bot", "chiedilo a @bot": people talk about the bot, and it is silent, unless a
  question to it is announced, "let me ask @bot: who …?";
- something is said about the bot, "@bot is great", "@bot sa tutto": silent, unless it is a question;
- the mention stands first or last, or a comma parts it from the rest: the message is for the bot;
- it stands in the middle: for the bot if the message asks something.
"""

from __future__ import annotations

import re

from bot.discord.asking.address_words import pattern, phrase_pattern, words
from bot.replies import SmallTalk
from bot.small_talk import find_small_talk, folded, phrases_in

# Stands in a text where the bot is mentioned; nobody types it.
MARK = "\ue000"
OTHER_MENTION = re.compile(r"<(?:@[!&]?|#)\d+>")
# What somebody else has said, as Discord marks it.
QUOTED_LINE = re.compile(r"^> .*$", re.MULTILINE)
SENTENCE = re.compile(r"\S.*?(?:[.!?…]+(?=\s|\Z)|\n|\Z)\s*", re.DOTALL)
# What people draw to point at something.
SIGNS = re.compile(r"[\s?!.,…^<>\-–—:;|👆👇☝⬆↑🙏👀🤔❓❔\ufe0f\u200d🏻🏼🏽🏾🏿]*")
VOCATIVE_BEFORE = re.compile(r"[,:;–—-]\s*$")
VOCATIVE_AFTER = re.compile(r"^\s*[,:;–—-]")
QUESTION_WORD = phrase_pattern(words("question_words"), before="^")
VERB_BEFORE = phrase_pattern(words("verbs_before"), after="$")
WORD_BEFORE = phrase_pattern(words("words_before"), after="$")
ANNOUNCEMENT = pattern("announcements", before=r"\b", after="$")
ADVERB = phrase_pattern(words("adverbs"), before="^", after=r"\s*")
PREDICATE = phrase_pattern(words("predicates"), before="^")
AUXILIARY = phrase_pattern(words("auxiliaries"), before="^")
SAID_OF_BOTS = phrase_pattern(words("said_of_bots"), before="^")
TAG = phrase_pattern(words("tags"), before=r"[,.!…]\s*¿?", after=r"\s*\?")
# "this is @bot" introduces it; "what is @bot?" asks.
INTRODUCTION = re.compile(r"\b(?:is|was|are|e|era|ist|es)$")
POINTERS = words("pointers")
BESIDE_POINTERS = words("beside_pointers")


def speaks_to_bot(text: str) -> bool:
    """Whether a message in which ``MARK`` stands for the bot is for it; one without any is the answer to it.

    Args:
        text: The message; mentions of others may stand in it as Discord writes them.
    """
    if MARK not in text:
        return not speaks_past(text)
    text = QUOTED_LINE.sub("", text)
    said = OTHER_MENTION.sub(" ", without_mark(text))
    if MARK in text and _is_small_talk_with_bot(said):
        return True
    return any(_is_directed(sentence, text) for sentence in SENTENCE.findall(text) if MARK in sentence)


def _is_small_talk_with_bot(said: str) -> bool:
    """Whether a message without the mention is small talk, and says nothing about the bot: "@bot found it"."""
    reply = find_small_talk(said)
    if reply is None or AUXILIARY.search(folded(said)):
        return False
    return reply.to is SmallTalk.COMPLAINT or not _is_predicate(folded(said))


def speaks_past(text: str) -> bool:
    """Whether a message begins with the mention of somebody else and asks nothing."""
    return bool(OTHER_MENTION.match(text.strip())) and "?" not in text


def points(text: str) -> bool:
    """Whether a message without the mention says nothing but that the bot look at another: "can you help here?"."""
    if SIGNS.fullmatch(text):
        return True
    said = folded(text) if len(text) < 120 else ""
    parts = phrases_in(said.split(), POINTERS | BESIDE_POINTERS)
    return any(part in POINTERS for part in parts)


def without_mark(text: str) -> str:
    """The message without the mention, and without the comma that parted it from the rest."""
    text = re.sub(rf"(?:\A|(?<=\n))\s*{MARK}\s*[,:;–—-]?\s*", "", text)
    return re.sub(rf"[ ]*{MARK}[ ]*", " ", text).strip()


def _is_directed(sentence: str, text: str) -> bool:
    """Whether one of the mentions in the sentence is the bot's name as one calls it."""
    pieces = sentence.split(MARK)
    sides = [(MARK.join(pieces[:end]), MARK.join(pieces[end:])) for end in range(1, len(pieces))]
    return any(_calls(before.replace(MARK, " "), after.replace(MARK, " "), text) for before, after in sides)


def _calls(before: str, after: str, text: str) -> bool:
    """Whether the mention between the two parts of a sentence calls the bot."""
    asks = "?" in text and not TAG.search(text.casefold().replace("’", "'"))
    said_before, said_after = _said(before), _said(after)
    called = bool(VOCATIVE_BEFORE.search(before) or VOCATIVE_AFTER.search(after))
    if not VOCATIVE_BEFORE.search(before) and _is_object(said_before):
        return bool(ANNOUNCEMENT.search(said_before)) and _asks(said_after, after)
    if not VOCATIVE_AFTER.search(after) and _is_predicate(said_after):
        return asks or bool(QUESTION_WORD.search(said_before))
    if called or not said_before or not said_after:
        return True
    return asks or bool(QUESTION_WORD.search(said_before) or QUESTION_WORD.search(said_after))


def _is_object(before: str) -> bool:
    """Whether the words before a mention make it something that is asked, used or talked about."""
    if VERB_BEFORE.search(before):
        return True
    # "who is that for @bot" asks the bot; "that is for @bot" does not.
    return not QUESTION_WORD.search(before) and bool(WORD_BEFORE.search(before) or INTRODUCTION.search(before))


def _is_predicate(after: str) -> bool:
    """Whether the words after a mention say something about it."""
    rest = after
    while adverb := ADVERB.match(rest):
        rest = rest[adverb.end() :]
    if PREDICATE.match(rest) or (rest != after and not rest):
        return True
    auxiliary = AUXILIARY.match(rest)
    if not auxiliary:
        return False
    rest = rest[auxiliary.end() :].lstrip()
    while adverb := ADVERB.match(rest):
        rest = rest[adverb.end() :]
    return bool(SAID_OF_BOTS.match(rest))


def _asks(said: str, after: str) -> bool:
    return len(said.split()) > 1 and ("?" in after or bool(QUESTION_WORD.search(said)))


def _said(part: str) -> str:
    """The words of a part of a sentence, without mentions of others."""
    return folded(OTHER_MENTION.sub(" ", part))
