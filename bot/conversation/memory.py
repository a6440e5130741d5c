"""What a conversation has spoken of, and which of it a word that points back is likely to mean.

Whatever was named has points: more when it was asked about than when it stands in an answer, more at the beginning of
a sentence than later, fewer with every turn since. A pronoun means what has most points among what fits it.

Source of the method: salience after Lappin and Leass, An Algorithm for Pronominal Anaphora Resolution (1994), with
fewer factors, because there is no parser.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.conversation.mentions import Mention, MentionKind
from bot.conversation.names import FRAGMENT_WORDS, find_names
from bot.conversation.phrases import find_bare_subject, find_phrases
from bot.conversation.questions import YEAR, bare
from bot.conversation.words import WORK_WORDS
from bot.types import NOT_FOUND_TEXT, Turn

MARK = re.compile(r"\s*\[\d+\]")
FADING = 0.6  # with every turn
ASKED_FIRST, ASKED_LATER = 3.0, 2.0
ASKED_FOR, SUBJECT, MENTIONED = 4.0, 1.5, 0.7
# With less, nothing is likely enough.
ENOUGH = 1.0
# How much likelier a name is that the same pronoun meant before.
MEANT_BEFORE = 1.5
# With this share of the first one's points, a second may be meant as well.
CLOSE = 0.5
MAX_FULL_WORDS = 3
BY_SURNAME = frozenset({MentionKind.PERSON, MentionKind.UNKNOWN})
# What a question asks for, by its opening.
ASKS = (
    (re.compile(r"^who\b|^whom\b|^whose\b", re.IGNORECASE), MentionKind.PERSON),
    (
        re.compile(r"^where\b|^(?:in |at )?(?:what|which) (?:city|country|town|place|state)\b", re.IGNORECASE),
        MentionKind.PLACE,
    ),
    (re.compile(rf"\b(?:{'|'.join(sorted(WORK_WORDS))})\b", re.IGNORECASE), MentionKind.WORK),
)
ASKS_FOR_NAME = re.compile(r"^(?:who|whom|what|which)\b", re.IGNORECASE)


class Pointing(StrEnum):
    """Which words point back."""

    HE = "he"
    SHE = "she"
    IT = "it"
    THEY = "they"  # who do something
    THEM = "them"  # to whom or which something is done


_PERSONS = {MentionKind.PERSON: 1.0, MentionKind.UNKNOWN: 0.9, MentionKind.ROLE: 0.9}
FITS: Mapping[Pointing, Mapping[MentionKind, float]] = {
    Pointing.HE: _PERSONS,
    Pointing.SHE: _PERSONS,
    Pointing.IT: {
        MentionKind.ONE: 1.0,
        MentionKind.GROUP: 0.8,
        MentionKind.WORK: 1.0,
        MentionKind.THING: 0.9,
        MentionKind.PLACE: 0.6,
        MentionKind.UNKNOWN: 0.5,
    },
    Pointing.THEY: {
        MentionKind.PEOPLE: 1.2,
        MentionKind.GROUP: 0.9,
        MentionKind.MANY: 0.6,
        MentionKind.THING: 1.0,
        MentionKind.UNKNOWN: 0.9,
        MentionKind.PERSON: 0.3,
        MentionKind.ROLE: 0.3,
    },
    Pointing.THEM: {
        MentionKind.PEOPLE: 1.2,
        MentionKind.MANY: 1.0,
        MentionKind.GROUP: 0.8,
        MentionKind.THING: 0.8,
        MentionKind.UNKNOWN: 0.8,
        MentionKind.PERSON: 0.3,
    },
}


@dataclass(slots=True)
class Memory:
    """The conversation so far."""

    questions: list[str] = field(default_factory=list)
    years: list[str] = field(default_factory=list)
    _points: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _kinds: dict[str, MentionKind] = field(default_factory=dict)
    _articles: dict[str, str] = field(default_factory=dict)
    _meant: dict[str, Pointing] = field(default_factory=dict)
    _unknown: Pointing | None = None

    def hear(self, question: str, turn: Turn) -> None:
        """Remember a turn, its question as it was read."""
        answer = "" if turn.answer.strip() == NOT_FOUND_TEXT else MARK.sub("", turn.answer)
        for text in self._points:
            self._points[text] *= FADING
        self.questions.append(question)
        self.years += dict.fromkeys([*YEAR.findall(answer), *YEAR.findall(question)][:1])
        asked: list[Mention] = [*find_names(question), *find_phrases(question)]
        asked = asked or [subject for subject in [find_bare_subject(question)] if subject]
        asked.sort(key=lambda mention: mention.start)
        points = {}
        for at, mention in enumerate(asked):
            points[self._known(mention)] = ASKED_LATER if at else ASKED_FIRST
        points = self._answered(question, answer) | points
        for text, gained in points.items():
            self._points[text] += gained
        self._unknown = None

    def _answered(self, question: str, answer: str) -> dict[str, float]:
        """The points of the names of an answer."""
        found = find_names(answer, is_answer=True)
        asked_for = next((kind for asks, kind in ASKS if asks.search(question)), None)
        short = len(answer.split()) <= FRAGMENT_WORDS + 2
        if short and asked_for:
            found = [replace(name, kind=asked_for) if name.kind is MentionKind.UNKNOWN else name for name in found]
        told = next((name for name in found if name.kind is asked_for), None)
        if told is None and (short or asked_for is MentionKind.PERSON):
            told = next((name for name in found if short or name.kind is MentionKind.UNKNOWN), None)
        points: dict[str, float] = {}
        for name in found:
            text = self._known(name)
            gained = MENTIONED
            if name is told and ASKS_FOR_NAME.match(question):
                gained = ASKED_FOR
            elif name is found[0] and not answer[: name.start].strip(" “\"'"):
                gained = SUBJECT
                if self._unknown and FITS[self._unknown].get(self._kinds[text], 0):
                    # The answer to what "he" did begins with a name: that is who was meant.
                    gained = ASKED_FIRST
                    self._meant[text] = self._unknown
                    self._points.pop(self._unknown, None)
            points[text] = max(gained, points.get(text, 0))
        return points

    def _known(self, mention: Mention) -> str:
        """The longest form of the name that was said, with the surest kind."""
        text = self.full(mention.text)
        if self._kinds.get(text, MentionKind.UNKNOWN) is MentionKind.UNKNOWN:
            self._kinds[text] = mention.kind
        self._articles.setdefault(text, mention.article)
        if mention.text == text and self._kinds[text] in BY_SURNAME and " " in text:
            for part in {text.split()[0], text.split()[-1]}.intersection(self._points).difference(self._meant):
                self._points[text] += self._points.pop(part)
        return text

    def full(self, name: str) -> str:
        """The long form of a name that was said, where there is one: "Tokayev" -> "Kassym-Jomart Tokayev"."""
        forms = [
            other
            for other in self._points
            if self._kinds[other] in BY_SURNAME
            and 1 < len(other.split()) <= MAX_FULL_WORDS
            and name in {other.split()[0], other.split()[-1]}
        ]
        return forms[0] if len(forms) == 1 else name

    def meaning(self, pointing: Pointing, without: frozenset[str] = frozenset()) -> str | None:
        """What a pronoun is likely to mean, if anything is likely enough."""

        def points(text: str) -> float:
            return self._points[text] * FITS[pointing].get(self._kinds[text], 0) * self._agreement(text, pointing)

        ranked = sorted((text for text in self._points if text not in without), key=points, reverse=True)
        best = ranked[0] if ranked else None
        if best is None or points(best) < ENOUGH or best == pointing or self._is_open(ranked, pointing, points):
            # Somebody whom no turn names is spoken of; later it is still them.
            self._points[pointing] = ASKED_FIRST / FADING
            self._kinds[pointing] = next(iter(FITS[pointing]))
            self._meant[pointing] = pointing
            self._unknown = pointing
            return None
        self._meant[best] = pointing
        return best

    def with_article(self, name: str) -> str:
        """The name as it stands in a sentence."""
        return f"{self._articles.get(name, '')}{name}"

    def _is_open(self, ranked: Sequence[str], pointing: Pointing, points: Callable[[str], float]) -> bool:
        """Whether "it" or "they" may be either of two names of which nothing is known."""
        first, second = ranked[0], ranked[1] if len(ranked) > 1 else None
        return (
            pointing in {Pointing.IT, Pointing.THEY, Pointing.THEM}
            and second is not None
            and self._kinds[first] is MentionKind.UNKNOWN is self._kinds[second]
            and first not in self._meant
            and points(second) >= CLOSE * points(first)
        )

    def _agreement(self, text: str, pointing: Pointing) -> float:
        """Who was "he" before is likely to be "he" again, and not "she"."""
        before = self._meant.get(text)
        if before is None:
            return 1.0
        if before is pointing or {before, pointing} == {Pointing.THEY, Pointing.THEM}:
            return MEANT_BEFORE
        return 0.3 if pointing in {Pointing.THEY, Pointing.THEM} else 0.0

    def likeliest(self, *kinds: MentionKind, least: float = 0.0) -> str | None:
        """The name with most points, of one of these kinds if any are given."""
        fitting = [
            text
            for text in self._points
            if (self._kinds[text] in kinds if kinds else text[0].isupper()) and text not in FITS
        ]
        best = max(fitting, key=lambda text: self._points[text], default=None)
        return best if best is not None and self._points[best] >= least else None

    @property
    def last(self) -> str | None:
        """The last question as it was read, without its mark."""
        return bare(self.questions[-1]) if self.questions else None

    @property
    def year(self) -> str | None:
        """The year that was last named."""
        return self.years[-1] if self.years else None
