"""Words that mean the opposite of each other: a question with one is seldom answered by a sentence with the other."""

from __future__ import annotations

import re

WORD = re.compile(r"[a-z]{2,}")
PAIRS = tuple(
    tuple(pair.split())
    for pair in (
        "first last", "before after", "more less", "most least", "largest smallest", "larger smaller",
        "highest lowest", "higher lower", "north south", "northern southern", "east west", "eastern western",
        "increase decrease", "increased decreased", "increases decreases", "early late", "earlier later",
        "earliest latest", "old new", "oldest newest", "win lose", "won lost", "begin end", "began ended",
        "start stop", "started stopped", "begins ends", "cause prevent", "caused prevented", "causes prevents",
        "allow forbid", "allowed forbade", "allows forbids", "always never", "male female", "men women", "man woman",
        "king queen", "father mother", "son daughter", "brother sister", "husband wife", "minimum maximum",
        "above below", "over under", "inside outside", "internal external", "best worst", "better worse",
        "support oppose", "supported opposed", "supports opposes", "accept reject", "accepted rejected",
        "public private", "positive negative", "strong weak", "strongest weakest", "rich poor", "hot cold",
        "left right", "upper lower", "major minor", "common rare", "popular unpopular", "success failure",
        "successful unsuccessful", "agree disagree", "agreed disagreed", "gain lose", "gained lost", "rise fall",
        "rose fell", "buy sell", "bought sold", "import export", "imports exports", "build destroy", "built destroyed",
        "create destroy", "created destroyed", "join leave", "joined left", "arrive leave", "arrived left",
        "enter exit", "entered exited", "open close", "opened closed", "love hate", "long short", "longest shortest",
        "fast slow", "fastest slowest", "young old", "youngest oldest", "legal illegal", "possible impossible",
        "known unknown", "similar different", "same different", "main minor", "many few", "majority minority",
        "ancient modern", "guilty innocent", "attack defend", "attacked defended", "alive dead", "born buried",
        "top bottom", "front back", "included excluded", "include exclude", "add remove", "added removed",
        "encouraged discouraged", "rural urban", "teacher student", "parent child", "summer winter", "spring autumn",
        "day night", "morning evening", "war peace", "victory defeat", "friend enemy", "ally enemy", "allies enemies",
        "natural artificial", "temporary permanent", "direct indirect", "liquid solid", "light dark", "black white",
        "expensive cheap", "easy difficult", "wide narrow", "deep shallow", "heavy light", "thick thin",
        "simple complex", "single multiple", "domestic foreign", "liberal conservative",
    )
)  # fmt: skip
PREFIXES = ("a", "dis", "il", "im", "in", "ir", "non", "un")
PREFIXED_LETTERS = 5  # shorter words often begin so by chance: "come" and "income"


def holds_antonym(question: str, sentence: str) -> bool:
    """Whether ``sentence`` has, in place of a word of ``question``, its opposite; both in English."""
    asked, said = (set(WORD.findall(text.lower())) for text in (question, sentence))
    missing, instead = asked - said, said - asked
    both_ways = (way for pair in PAIRS for way in (pair, pair[::-1]))
    return any(word in missing and opposite in instead for word, opposite in both_ways) or any(
        _negated(word) & instead for word in missing
    )


def _negated(word: str) -> set[str]:
    """The word with each prefix that negates, and without the one it has."""
    if len(word) < PREFIXED_LETTERS:
        return set()
    bare = {word.removeprefix(prefix) for prefix in PREFIXES}
    return {prefix + word for prefix in PREFIXES} | {rest for rest in bare - {word} if len(rest) >= PREFIXED_LETTERS}
