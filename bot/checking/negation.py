"""Whether a statement turns round what its quotes say: by a "not" too many or too few, or by an opposite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.checking.number_words import CARDINALS
from bot.checking.reading import Facts
from bot.checking.tokens import Token, ends_sentence, listed, stem, word_at
from bot.extractive.selection.antonyms import holds_antonym

NEGATIONS = listed("not no never none nobody nothing nowhere neither nor without cannot hardly barely nt aint")
# These deny what follows as a "not" does: "failed to stop", "is forbidden".
DENYING = listed(
    "fail fails failed failing refuse refuses refused refusing deny denies denied denying prevent prevents prevented"
    " preventing forbid forbids forbade forbidden prohibit prohibits prohibited ban bans banned reject rejects rejected"
    " rejecting unable lack lacks lacked lacking avoid avoids avoided"
)
# "not only … but" denies nothing, and a negation begins its own clause after "and".
NO_NEGATION_BEFORE = frozenset({"only", "just", "least", "later"})
TIME_OPENERS = frozenset({"after", "before", "until", "than"})
SUBJECTS = listed("he she it they we you")
CLAUSE_OPENERS = listed("but who whose whom which that where while whereas although though because when if unless")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that is said, or denied, as a whole."""

    words: tuple[str, ...]
    stems: frozenset[str]
    negations: int

    @property
    def plain(self) -> str:
        """Its words without those that deny."""
        return " ".join(word for word in self.words if word not in DENYING | NEGATIONS)


def is_turned(statement: Facts, quotes: Sequence[Facts]) -> bool:
    """Whether a clause of the statement says the opposite of the clauses of the quotes that are most like it."""
    quoted = [clause for quote in quotes for clause in clauses(quote)]
    held = {token.word for quote in quotes for token in quote.tokens}
    said = clauses(statement)
    if any(_is_opposed(clause, quoted, held) for clause in said):
        return True
    # A statement that denies needs some denial to rest on.
    denies = any(_negates(statement.tokens, index) for index in range(len(statement.tokens)))
    rests = any(clause.negations for clause in quoted)
    return denies and not rests and not any(_turns(clause, other, held) for clause in said for other in quoted)


def cuts_negation(statement: Sequence[Token], quote: Sequence[Token]) -> bool:
    """Whether ``statement``, which stands in ``quote`` word for word, leaves a negation of its clause out."""
    words = [token.word for token in statement]
    size = len(words)
    starts = [start for start in range(len(quote) - size + 1) if _row(quote, start, size) == words]
    return bool(starts) and all(_loses_negation(quote, start, start + size) for start in starts)


def clauses(reading: Facts) -> list[Clause]:
    """The clauses of a text, in order."""
    tokens = reading.tokens
    # Who does something stands in many clauses; what is done tells which of them is meant.
    named = {place for name in reading.names for place in range(name.first, name.last + 1)}
    return [
        Clause(
            tuple(tokens[index].word for index in span),
            frozenset(filter(None, (stem(tokens[index].word) for index in span if index not in named))),
            sum(_negates(tokens, index) or tokens[index].word in DENYING for index in span),
        )
        for span in _spans(tokens)
    ]


def _spans(tokens: Sequence[Token]) -> Iterator[range]:
    start = 0
    for index in range(1, len(tokens)):
        if _begins_clause(tokens, index):
            yield range(start, index)
            start = index
    if tokens:
        yield range(start, len(tokens))


def _begins_clause(tokens: Sequence[Token], index: int) -> bool:
    token, before = tokens[index], tokens[index].before
    following = word_at(tokens, index + 1)
    if ends_sentence(tokens, index - 1) or any(sign in before for sign in ",;:()—–") or token.word in CLAUSE_OPENERS:
        return True
    if token.word in TIME_OPENERS:  # "after he came", but not "after 9"
        return not (following[:1].isdigit() or following in CARDINALS)
    return token.word == "and" and (following in SUBJECTS or following in NEGATIONS)


def _negates(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.word == "nor":  # "neither … nor" denies once, each in its clause
        return not any(
            other.word == "neither" and not any("," in between.before for between in tokens[place + 1 : index + 1])
            for place, other in enumerate(tokens[:index])
        )
    if token.word in NEGATIONS or token.text.casefold().endswith("n't"):
        return word_at(tokens, index + 1) not in NO_NEGATION_BEFORE
    return False


def _is_opposed(clause: Clause, quoted: Sequence[Clause], held: set[str]) -> bool:
    if not clause.stems:
        return False
    shared = [len(clause.stems & other.stems) for other in quoted]
    most = max(shared, default=0)
    if most == 0:
        return False
    alike = [other for other, count in zip(quoted, shared, strict=True) if count == most]
    return all((clause.negations + other.negations) % 2 != _turns(clause, other, held) for other in alike)


def _turns(clause: Clause, other: Clause, held: set[str]) -> bool:
    """Whether ``other`` has, in place of a word of ``clause`` that no quote holds, its opposite."""
    own = [word for word in clause.plain.split() if word not in held]
    held_stems = {stem(word) for word in held}
    stems = [stem(word) for word in own if stem(word) not in held_stems]
    return holds_antonym(" ".join(own), other.plain) or holds_antonym(
        " ".join(stems), " ".join(stem(word) for word in other.plain.split())
    )


def _row(tokens: Sequence[Token], start: int, size: int) -> list[str]:
    return [token.word for token in tokens[start : start + size]]


def _loses_negation(tokens: Sequence[Token], start: int, end: int) -> bool:
    for span in _spans(tokens):
        inside = [index for index in span if start <= index < end]
        if inside and any(
            index not in inside and (_negates(tokens, index) or tokens[index].word in DENYING) for index in span
        ):
            return True
    return False
