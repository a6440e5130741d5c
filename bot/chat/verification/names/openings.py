"""Words that begin a sentence with a capital letter: whether they are names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.chat.verification.names.common_words import ADJECTIVES, ALSO_NAMES, WORDS
from bot.chat.verification.tokens import Token, listed, stem, word_at

# Endings of English words that are seldom names.
COMMON_ENDING = re.compile(
    r".{3,}(?:[aeisu]tions?|[ae]ments?|ness|[a-z]{2}ity|ities|[ae]nces?|isms?|ships?|(?:nt|ous|al|ar|ate|ed|ive)ly|ists"
    r"|[^m]ers|tors|ents|ants|ials|ies|ings|ages|ures|ives|ees|ics|iness|fully|lessly)"
)
# How other forms of a word end; "Haile" is none of "hail".
FORMS = ("s", "ed", "ing", "ly", "ion", "ment", "able", "al", "ness", "ful")
# How an adjective is written from which another word is made: "heavier", "safest", "weaker", "easily".
ENDINGS = {"ier": "y", "iest": "y", "ily": "y", "er": "", "est": "", "ly": ""}
VERB_ENDING = re.compile(r".{3,}(?:ed|ing)")
# Names that look like plurals and forms of verbs.
NAMED_LIKE_FORMS = listed(
    "adams adidas ahmed airbus alexis alfred andreas andrews angeles archimedes aristoteles athens barnes beijing"
    " bezos boeing browning brussels carlos cervantes charles chongqing collins creed cushing cyprus dallas damascus"
    " daniels davies davis demetrius dennis descartes dickens douglas dowding downing dubois edwards elias evans"
    " fielding fleming flores francis giles golding goring gosling hamed hans harding harris hastings hawkins hercules"
    " holmes honduras hopkins hughes illinois ives jacobs james jared jess jesus jonas jones julius kaliningrad kansas"
    " keating khaled kipling klaus lagos laos lars lewis louis lourdes lucas luis manfred manning marcus mathias"
    " matthews matthias memphis menzies mercedes miles mohamed mohammed morales morris moses muhammed myers nanjing"
    " naples netherlands nicholas nicolas novartis owens paris perkins pershing peters phelps philippines phillips"
    " ramos rashed reyes reynolds richards roberts rogers rojas rowling saeed sanchis sanders santos schelling siemens"
    " simmons socrates sophocles spalding sterling stevens texas thames thomas tobias torres tweed ulysses vargas"
    " venus waleed wales walters watkins wilfred williams winifred worthing wyoming"
)
SINGULAR_VERBS = listed("is was has does says said did won became will")
PLURAL_VERBS = listed("are were have do")
DETERMINERS = listed("a an the this that these those his her its their our my your any each every some no")
# Before a name, these are part of it.
TITLES = listed(
    "ambassador archbishop aunt baron bishop brother captain chairman chancellor chief colonel commander congressman"
    " count councillor director doctor duchess duke earl emperor empress father general governor inspector judge"
    " justice king lady lake lieutenant lord mayor minister mother mount island officer pope president prince princess"
    " professor queen river saint secretary senator sergeant sir sister uncle"
)
# A longer word that ends in "s" and begins a sentence is a plural more often than a name.
SHORT_NAME = 4


def opens_as_name(tokens: Sequence[Token], index: int, *, quoted: bool) -> bool:
    """Whether a capitalised word that begins a sentence is a name; of a quote, whether it may be one."""
    token, following = tokens[index], word_at(tokens, index + 1)
    if token.word in TITLES and index + 1 < len(tokens) and tokens[index + 1].is_capitalised:
        return not tokens[index + 1].before.strip()
    if _is_common(token.word) or _stands_as_common(tokens, index):
        return False
    if token.possessive or token.word in NAMED_LIKE_FORMS:
        return True
    is_plural = token.word.endswith("s") and not token.word.endswith("ss")
    if is_plural and following in PLURAL_VERBS:  # "Dogs were saved"
        return False
    if is_plural and len(token.word) > SHORT_NAME and token.word not in ALSO_NAMES:
        return following in SINGULAR_VERBS  # "Hikers may camp"
    if VERB_ENDING.fullmatch(token.word):
        return not quoted and (following in SINGULAR_VERBS or following.endswith("ed"))
    return not COMMON_ENDING.fullmatch(token.word)


def _stands_as_common(tokens: Sequence[Token], index: int) -> bool:
    """Whether what follows a word does not follow a name: "Part of the fort burned", "Unhook the lid"."""
    place = index + 1
    if place >= len(tokens) or tokens[place].before.strip():
        return False
    if tokens[place].word == "of":
        place += 1
    elif tokens[place].word not in DETERMINERS:
        return False
    while place < len(tokens) and (tokens[place].word in DETERMINERS or not stem(tokens[place].word)):
        place += 1
    return place < len(tokens) and not tokens[place].is_capitalised


def _is_common(word: str) -> bool:
    """Whether a word, or one that it is a form of, is more often an ordinary word than a name."""
    if word in ALSO_NAMES:
        return False
    return word in WORDS or (word.endswith(FORMS) and stem(word) in _common_stems()) or _positive(word) in ADJECTIVES


@cache
def _common_stems() -> frozenset[str]:
    """The stems of ordinary words; made at first use, because they are thousands."""
    return frozenset(map(stem, WORDS)) - {""}


def _positive(word: str) -> str:
    """The adjective of a comparative or an adverb: "weaker", "formerly"; any other word itself."""
    for ending, base in ENDINGS.items():
        if word.endswith(ending):
            for adjective in (word[: -len(ending)] + base, word[: -len(ending) - 1]):
                if adjective in ADJECTIVES:
                    return adjective
    return word
