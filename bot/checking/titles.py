"""The titles of a text: "President", "former prime minister", "Dr"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.checking.tokens import Token, listed, word_at
from bot.checking.values import Value, words_of

# The same title in another form.
_SAME = {"premier": "minister", "drs": "dr", "chairwoman": "chairman", "chairperson": "chairman",
         "spokeswoman": "spokesman", "spokesperson": "spokesman"}  # fmt: skip
TITLES = frozenset(_SAME) | listed(
    "president minister chancellor king queen emperor empress tsar pope prince princess duke duchess earl baron"
    " baroness senator governor mayor ambassador congressman congresswoman bishop archbishop professor dr doctor mr mrs"
    " ms sir chairman ceo spokesman sultan emir sheikh pharaoh dictator"
)
# These mean other things, too, unless a name follows.
BEFORE_NAMES = listed(
    "captain general colonel major sergeant lieutenant admiral commander marshal judge justice cardinal lord lady dame"
    " count secretary director coach chief brother sister father mother saint st rabbi imam reverend rev prof gen"
    " col sen gov capt lt sgt"
)
MODIFIERS = listed("former ex vice deputy acting interim late prime foreign defence defense finance")
FORMER = frozenset({"former", "ex"})
# Between a name and the title that it is given.
LINKS = listed(
    "is was were are been be being became becomes become as the a an who has had remains remained still served serves"
    " elected appointed named made its their his her new first last then current now also country nation"
)
MOST_LINKS = 6


def find_titles(tokens: Sequence[Token]) -> list[Value]:
    """The titles of a text, in order, each with the words that modify it."""
    found: list[Value] = []
    for index, token in enumerate(tokens):
        if not (token.word in TITLES or (token.word in BEFORE_NAMES and _has_name_after(tokens, index))):
            continue
        first = index
        while word_at(tokens, first - 1) in MODIFIERS and tokens[first].before.strip() in ("", "-"):
            first -= 1
        modifiers = [tokens[place].word for place in range(first, index)]
        if token.word == "premier":
            modifiers.append("prime")
        key = (_SAME.get(token.word, token.word), frozenset("former" if word in FORMER else word for word in modifiers))
        found.append(Value(key, words_of(tokens, first, index), first, index))
    return found


def is_held(title: Value, held: Value) -> bool:
    """Whether ``held``, of a quote, is the title ``title`` of a statement."""
    return title.key == held.key


def links(tokens: Sequence[Token], name_last: int, title_first: int) -> bool:
    """Whether the words between a name and a title after it give the title to the name: "Vale was the new mayor"."""
    between = tokens[name_last + 1 : title_first]
    return len(between) <= MOST_LINKS and all(
        token.word in LINKS and token.before.strip() in ("", ",") for token in between
    )


def _has_name_after(tokens: Sequence[Token], index: int) -> bool:
    if index + 1 == len(tokens) or tokens[index].after.strip(" ."):
        return False
    following = tokens[index + 1]
    return following.is_capitalised and (tokens[index].is_capitalised or not following.opens)
