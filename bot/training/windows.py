"""Examples -> what the reader learns from: a question, a few sentences, and where they answer it."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.training.alterations import Names, alter_question
from bot.training.question_sets import Example
from retrieval import Span, extract_terms, split_sentences

WORDS = (25, 110)  # how long a window is, in words; drawn anew each time, so that no length means anything
# How often an answerable question also comes with a text that does not answer it, and how often it comes changed so
# that its own text no longer does.
ELSEWHERE, ANSWER_TAKEN_AWAY, ALTERED = 0.4, 0.25, 0.5
RIVALS = 3


@dataclass(frozen=True, slots=True)
class Window:
    """A question, some sentences, and where in them the answer stands; None when they do not answer."""

    question: str
    text: str
    answer: Span | None


class Windows:
    """Makes the windows of an epoch out of examples; each epoch draws others.

    Args:
        examples: What to learn from.
        seed: Where the drawing starts.
    """

    def __init__(self, examples: Sequence[Example], seed: int) -> None:
        self._examples = examples
        self._random = random.Random(seed)  # noqa: S311 (draws must be repeatable, not secret)
        texts: dict[str, set[str]] = defaultdict(set)
        for example in examples:
            texts[example.document].add(example.text)
        self._texts = {document: sorted(found) for document, found in texts.items()}
        self._names = {document: Names.of(found) for document, found in self._texts.items()}

    def epoch(self) -> list[Window]:
        """The windows of one pass over the examples, shuffled."""
        windows: list[Window] = []
        for example in self._examples:
            windows += self._of(example)
        self._random.shuffle(windows)
        return windows

    def _of(self, example: Example) -> Iterable[Window]:
        if not example.answers:
            yield Window(example.question, crop(example.text, None, self._random)[0], None)
            return
        answer, sentence = locate(example)
        text, start = crop(example.text, sentence, self._random)
        yield Window(example.question, text, Span(answer.start - start, answer.end - start))
        if self._random.random() < ELSEWHERE:
            rivals = self._rivals(example)
            if rivals:
                yield Window(example.question, crop(self._random.choice(rivals), None, self._random)[0], None)
        if self._random.random() < ANSWER_TAKEN_AWAY:
            rest = without(example, sentence)
            if rest:
                yield Window(example.question, rest, None)
        if self._random.random() < ALTERED:
            altered = alter_question(example.question, text, self._names[example.document], self._random)
            if altered:
                yield Window(altered, text, None)

    @cache  # noqa: B019 (lives as long as the training)
    def _rivals(self, example: Example) -> list[str]:
        """The texts of the same document that share most words with the question and do not hold its answer."""
        terms = set(extract_terms(example.question))
        rivals = [
            text
            for text in self._texts[example.document]
            if not any(answer.casefold() in text.casefold() for answer in example.answers)
        ]
        rivals.sort(key=lambda text: len(terms & _terms(text)), reverse=True)
        return rivals[:RIVALS]


@lru_cache(maxsize=100_000)
def _terms(text: str) -> frozenset[str]:
    return frozenset(extract_terms(text))


def locate(example: Example) -> tuple[Span, Span]:
    """Where an example's text answers: the words, and their sentence.

    The same words may stand in several sentences. The one that holds most of the answers people gave, and then most
    words of the question, is taken.
    """
    counts = Counter(example.answers)
    terms = set(extract_terms(example.question))
    best: tuple[tuple[int, int, int], Span, Span] | None = None
    for sentence in split_sentences(example.text):
        words = example.text[sentence.start : sentence.end]
        held = [answer for answer in counts if answer in words]
        if held:
            rank = (sum(counts[answer] for answer in held), len(terms & _terms(words)), -sentence.start)
            chosen = max(held, key=lambda answer: (counts[answer], -len(answer)))
            start = sentence.start + words.find(chosen)
            if best is None or rank > best[0]:
                best = (rank, Span(start, start + len(chosen)), sentence)
    if best is None:  # the answer crosses the border of a sentence
        answer = example.answers[0]
        place = Span(example.text.find(answer), example.text.find(answer) + len(answer))
        touched = [s for s in split_sentences(example.text) if s.overlaps(place)]
        return place, Span(touched[0].start, touched[-1].end)
    return best[1], best[2]


def crop(text: str, around: Span | None, rng: random.Random) -> tuple[str, int]:
    """A run of whole sentences of ``text`` of a length drawn at random, and where it starts in ``text``.

    Args:
        text: A paragraph or more.
        around: What the run must hold; anything if None.
        rng: Draws the length and the place.
    """
    sentences = split_sentences(text)
    if not sentences:
        return text, 0
    budget = rng.randint(*WORDS)
    if around is None:
        first = last = rng.randrange(len(sentences))
    else:
        held = [i for i, sentence in enumerate(sentences) if sentence.overlaps(around)]
        first, last = held[0], held[-1]
    count = len(text[sentences[first].start : sentences[last].end].split())
    while count < budget and (first > 0 or last < len(sentences) - 1):
        if last == len(sentences) - 1 or (first > 0 and rng.random() < 0.5):
            first -= 1
            count += len(text[sentences[first].start : sentences[first].end].split())
        else:
            last += 1
            count += len(text[sentences[last].start : sentences[last].end].split())
    return text[sentences[first].start : sentences[last].end], sentences[first].start


def without(example: Example, sentence: Span) -> str:
    """The sentences around the one that answers; empty when these hold an answer too, or there are none."""
    sentences = [s for s in split_sentences(example.text) if not s.overlaps(sentence)]
    near = [s for s in sentences if abs(s.start - sentence.start) < 600]
    rest = " ".join(example.text[s.start : s.end] for s in near)
    return "" if any(answer.casefold() in rest.casefold() for answer in example.answers) else rest
