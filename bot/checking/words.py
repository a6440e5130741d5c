"""Whether the words of a statement are those of its quotes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.checking.negation import NEGATIONS
from bot.checking.tokens import Token, listed, stem

# Words about the document or about telling, which say nothing of their own.
LIGHT = frozenset(
    stem(word)
    for word in listed(
        "say said says state states stated mention mentions mentioned according document text article passage"
        " source quote cited also however therefore within"
    )
    | NEGATIONS
)
# Forms of verbs that have no stem in common.
_FORMS = (
    "begin began begun", "break broke broken", "bring brought", "build built", "buy bought",
    "choose chose chosen", "come came", "draw drew drawn", "drive drove driven", "eat ate eaten",
    "fall fell fallen", "fight fought", "find found", "flee fled", "fly flew flown", "forbid forbade forbidden",
    "forget forgot forgotten", "get got gotten", "give gave given", "go went gone", "grow grew grown", "hold held",
    "keep kept", "know knew known", "lay laid", "lead led", "leave left", "lose lost", "make made", "mean meant",
    "meet met", "pay paid", "rise rose risen", "run ran", "see saw seen", "sell sold", "send sent", "sing sang sung",
    "sink sank sunk", "speak spoke spoken", "spend spent", "stand stood", "steal stole stolen", "take took taken",
    "teach taught", "tell told", "think thought", "throw threw thrown", "understand understood", "wear wore worn",
    "win won", "write wrote written",
)  # fmt: skip
_INFINITIVES = {stem(form): stem(forms.split()[0]) for forms in _FORMS for form in forms.split()}
# How much of a statement its quotes must hold. Of 0.6 to 1, tried on the statements of the tests, the least that let no
# false one through; words that only the question has do not count, or "Was he arrested?" would carry "He was arrested."
ENOUGH = 0.8


def content_stem(token: Token) -> str:
    """The stem of a word, the same for all forms of a verb; empty for a word that says nothing of its own."""
    found = stem(token.text)
    return _INFINITIVES.get(found, found) if found else ""


def own_words(statement: Sequence[Token], checked: Collection[int]) -> list[tuple[str, str]]:
    """The words that say something of their own, as stem and as written; the tokens ``checked`` do not count."""
    found = [
        (content_stem(token), token.text)
        for index, token in enumerate(statement)
        if index not in checked and not token.word.isdigit()
    ]
    return [(term, text) for term, text in found if term and term not in LIGHT]


def first_foreign(
    statement: Sequence[Token], checked: Collection[int], quotes: Sequence[Sequence[Token]]
) -> str | None:
    """The first word that the quotes lack, if they hold too few; the tokens ``checked`` do not count."""
    own = own_words(statement, checked)
    held = {content_stem(token) for quote in quotes for token in quote}
    lacking = [text for term, text in own if term not in held]
    return lacking[0] if len(own) - len(lacking) < ENOUGH * len(own) else None
