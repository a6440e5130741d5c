"""Questions with their answers -> pairs: people word a question otherwise than the text, and so a statement made of it.

Source of the method: Demszky, Guu & Liang 2018, "Transforming question answering datasets into natural language
inference datasets"; here by a few patterns, and for all other questions by putting the answer after the question.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.training.entailment.pairs import Pair, PairLabel
from bot.training.entailment.rule_words import IN_DIGITS, PAST, words_of
from bot.training.question_sets import AnswerKind, Example
from retrieval import Span, split_sentences

ANSWERS = "answers"
# Of the questions that make no statement, so many are put before their answer.
ASKED_SHARE = 0.35
MOST_ANSWER_WORDS = 8
# How many sentences before the one that answers belong to the text, at most, and after it.
BEFORE, AFTER = 2, 1
BE = "is|was|were|are"
HELPERS = frozenset(words_of("did do does is was were are has have had can could will would should may might must"))
INVERTING = frozenset(words_of("did do does"))
PAST_FORMS = frozenset(PAST.values())
PREPOSITIONS = frozenset(
    words_of("in on at to for from of by with about into as under over after during against through than between like")
)
NAMED = frozenset(words_of("called named known titled considered made used located held given born based found"))
FIRST = re.compile(r"\A(?:(Who)|How many|Which|What)\s+", re.IGNORECASE)
# "What type of bridge …" asks of a type what is told of a bridge.
NO_NOUN = re.compile(r"\A(?:type|kind|sort|of|other|else|percentage|amount|age|time|year|day|two|three)\b")
NO_SUBJECT = re.compile(r"\A(?:you|i|we|he|she|it|they|there|this|that|these|those)\b", re.IGNORECASE)


def answer_pairs(examples: Iterable[Example], seed: str, most: int) -> list[Pair]:
    """Pairs of each label, as many as there are up to a number; the same for the same seed.

    What follows is an answer; what does not is another answer of the same text, or any answer of the text to a question
    that it does not answer.

    Args:
        examples: Questions and texts.
        seed: Where the drawing starts.
        most: How many of each label.
    """
    rng = random.Random(seed)  # noqa: S311 (draws must be repeatable, not secret)
    by_text: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in examples:
        if example.kind is AnswerKind.WORDS:
            by_text[example.document, example.text].append(example)
    texts = list(by_text.values())
    rng.shuffle(texts)
    found: dict[PairLabel, list[Pair]] = {PairLabel.ENTAILMENT: [], PairLabel.NOT_ENTAILED: []}
    for asked in texts:
        for pair in _pairs_of(asked, rng):
            if len(found[pair.label]) < most:
                found[pair.label].append(pair)
        if all(len(pairs) == most for pairs in found.values()):
            break
    return [pair for pairs in found.values() for pair in pairs]


def statement_of(question: str, answer: str) -> str | None:
    """The statement that an answer makes of a question about a subject; None for any other question.

    "Who managed the group?" and "Mathew Knowles" make "Mathew Knowles managed the group."
    """
    match = FIRST.match(question)
    if match is None or not question.endswith("?"):
        return None
    words = question[match.end() : -1].split()
    counts = question.lower().startswith("how many")
    place = 0 if match[1] else _verb(words)
    if place is None or len(words) < place + 2 or NO_NOUN.match(words[0]) or not _is_about_subject(words[place:]):
        return None
    noun = words[:place] if counts and answer.split()[-1].lower() in _NUMBERS | {answer} else []
    text = " ".join([answer.rstrip(".,;"), *noun, *words[place:]])
    return text[0].upper() + text[1:] + "."


_NUMBERS = frozenset(IN_DIGITS) | frozenset(words_of("hundred thousand million billion"))


def _verb(words: Sequence[str]) -> int | None:
    """Where the verb stands in "team won the cup", after at most three words."""
    for place, word in enumerate(words[:4]):
        if word in HELPERS or word in PAST_FORMS or re.fullmatch("[a-z]{2,}ed", word):
            return place
        if not word.islower():
            break
    return 0 if re.fullmatch("[a-z]{3,}[^s]s", words[0]) else None


def _is_about_subject(words: Sequence[str]) -> bool:
    """Whether what follows "who" tells of it, so that nothing has to change its place."""
    verb, following = words[0], words[1]
    if not verb.islower() or verb in INVERTING or words[-1] in PREPOSITIONS or NO_SUBJECT.match(following):
        return False
    if verb not in HELPERS:
        return verb not in PREPOSITIONS
    ends_as_named = (len(words) > 3 and words[-1] in NAMED | PAST_FORMS) or words[-1].endswith(("ed", "ing"))
    is_plain = following[0].islower() or "'s" in " ".join(words) or "’s" in " ".join(words)
    return is_plain and not (ends_as_named and len(words) > 2)


def _pairs_of(asked: Sequence[Example], rng: random.Random) -> Iterator[Pair]:
    """The pairs of one text."""
    text = asked[0].text
    sentences = split_sentences(text)
    places = [(example, _place(example)) for example in asked]
    known = [(example, place, text[place.start : place.end]) for example, place in places if place is not None]
    for example, place in places:
        if place is not None and example.answers:
            answer = text[place.start : place.end]
            yield from _pair(example, answer, [place], sentences, PairLabel.ENTAILMENT, rng)
            others = [
                (there, other)
                for _, there, other in known
                if _looks_alike(answer, other) and not any(_share(other, one) for one in example.answers)
            ]
            if others:
                there, other = rng.choice(others)
                yield from _pair(example, other, [place, there], sentences, PairLabel.NOT_ENTAILED, rng)
        elif not example.answers and known:
            _, there, other = max(known, key=lambda one: _shared(example.question, one[0].question))
            yield from _pair(example, other, [there], sentences, PairLabel.NOT_ENTAILED, rng)


def _place(example: Example) -> Span | None:
    """Where the first short answer stands."""
    if not example.answers or len(example.answers[0].split()) > MOST_ANSWER_WORDS:
        return None
    if example.spans:
        return example.spans[0]
    start = example.text.find(example.answers[0])
    return Span(start, start + len(example.answers[0])) if start >= 0 else None


def _pair(
    example: Example, answer: str, places: Sequence[Span], sentences: Sequence[Span], label: PairLabel,
    rng: random.Random,
) -> Iterator[Pair]:  # fmt: skip
    statement = statement_of(example.question, answer)
    if statement is None:
        if rng.random() > ASKED_SHARE:
            return
        statement = f"{example.question} {answer[0].upper() + answer[1:]}" + ("" if answer.endswith(".") else ".")
    held = [number for number, span in enumerate(sentences) if any(span.overlaps(place) for place in places)]
    if not held or held[-1] - held[0] > BEFORE + AFTER:
        return
    first, last = max(held[0] - rng.randint(1, BEFORE), 0), min(held[-1] + rng.randint(0, AFTER), len(sentences) - 1)
    premise = " ".join(example.text[sentences[first].start : sentences[last].end].split())
    yield Pair(premise, statement, label, ANSWERS, ANSWERS)


def _looks_alike(one: str, other: str) -> bool:
    """Whether two answers are of one make: figures, names, or other words."""
    return _make(one) == _make(other)


def _make(answer: str) -> str:
    if any(character.isdigit() for character in answer) or answer.split()[0].lower() in IN_DIGITS:
        return "figures"
    return "name" if answer[0].isupper() else "words"


def _share(one: str, other: str) -> bool:
    return bool(set(one.lower().split()) & set(other.lower().split()))


def _shared(one: str, other: str) -> int:
    return len(set(one.lower().split()) & set(other.lower().split()))
