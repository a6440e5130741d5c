"""Examples -> what the reader learns from: a question, a few sentences, and where they answer it."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from bot.training.alterations import Names, alter_question
from bot.training.question_sets import AnswerKind, Example
from bot.training.rewordings import reword_question
from retrieval import Span, extract_terms, split_sentences

WORDS = (25, 110)  # how long a window is, in words; drawn anew each time, so that no length means anything
# How often an answerable question also comes with a text that does not answer it, and how often it comes changed so
# that its own text no longer does.
ELSEWHERE, ANSWER_TAKEN_AWAY, ALTERED = 0.4, 0.25, 0.5
# How often a question is worded as people type it, with or without an answer.
REWORDED = 0.3
RIVALS = 3
# Among how many texts of a document the closest are looked for.
MOST_RIVALS_COMPARED = 60


@dataclass(frozen=True, slots=True)
class Window:
    """A question, some sentences, and what answers in them.

    Attributes:
        question: The question.
        text: The sentences.
        answer: The words that answer, or the sentences that hold them; None when nothing answers.
        evidence: The sentences that hold the answer; None when nothing answers, or nobody knows which they are.
        kind: Which of these is known.
    """

    question: str
    text: str
    answer: Span | None
    evidence: Span | None = None
    kind: AnswerKind = AnswerKind.WORDS


class Windows:
    """Makes the windows of an epoch out of examples; each epoch draws others.

    Args:
        examples: What to learn from.
        seed: Where the drawing starts.
        reworded: How often a question is worded as people type it, in [0, 1].
    """

    def __init__(self, examples: Sequence[Example], seed: int, reworded: float = REWORDED) -> None:
        self._reworded = reworded
        self._examples = examples
        self._seed = seed
        texts: dict[str, set[str]] = defaultdict(set)
        for example in examples:
            texts[example.document].add(example.text)
        self._texts = {document: sorted(found) for document, found in texts.items()}
        self._names = {document: Names.of(found) for document, found in self._texts.items()}

    def epoch(self, number: int, chosen: Sequence[Example] | None = None) -> list[Window]:
        """The windows of one pass, shuffled; the same for the same number.

        Args:
            number: Which pass.
            chosen: Which of the examples; all of them when not given.
        """
        rng = random.Random(f"{self._seed}/{number}")  # noqa: S311 (draws must be repeatable, not secret)
        windows = [
            self._worded(window, rng) for example in chosen or self._examples for window in self._of(example, rng)
        ]
        rng.shuffle(windows)
        return windows

    def _worded(self, window: Window, rng: random.Random) -> Window:
        if rng.random() < self._reworded:
            return replace(window, question=reword_question(window.question, rng))
        return window

    def _of(self, example: Example, rng: random.Random) -> Iterable[Window]:
        if not example.answers:
            yield Window(example.question, crop(example.text, None, rng)[0], None)
            return
        if example.kind is AnswerKind.TEXT:  # any sentence of it may be the one that settles the question
            yield Window(example.question, example.text, Span(0, len(example.text)), kind=example.kind)
            return
        answer, sentence = locate(example)
        text, start = crop(example.text, sentence, rng)
        evidence = Span(sentence.start - start, sentence.end - start)
        answer = evidence if example.kind is AnswerKind.SENTENCE else Span(answer.start - start, answer.end - start)
        yield Window(example.question, text, answer, evidence, example.kind)
        if rng.random() < ELSEWHERE:
            rivals = self._rivals(example)
            if rivals:
                yield Window(example.question, crop(rng.choice(rivals), None, rng)[0], None)
        if rng.random() < ANSWER_TAKEN_AWAY:
            rest = without(example, sentence)
            if rest:
                yield Window(example.question, rest, None)
        if rng.random() < ALTERED:
            altered = alter_question(example.question, text, self._names[example.document], rng)
            if altered:
                yield Window(altered, text, None)

    @cache  # noqa: B019 (lives as long as the training)
    def _rivals(self, example: Example) -> list[str]:
        """The texts of the same document that share most words with the question and do not hold its answer."""
        terms = set(extract_terms(example.question))
        rivals = [
            text
            for text in _some(self._texts[example.document], example.question)
            if not any(answer.casefold() in text.casefold() for answer in example.answers)
        ]
        rivals.sort(key=lambda text: len(terms & _terms(text)), reverse=True)
        return rivals[:RIVALS]


def _some(texts: Sequence[str], question: str) -> Sequence[str]:
    if len(texts) <= MOST_RIVALS_COMPARED:
        return texts
    return random.Random(question).sample(texts, MOST_RIVALS_COMPARED)  # noqa: S311


@lru_cache(maxsize=100_000)
def _terms(text: str) -> frozenset[str]:
    return frozenset(extract_terms(text))


def locate(example: Example) -> tuple[Span, Span]:
    """Where an example's text answers: the words, and their sentence.

    The same words may stand in several sentences. The one that holds most of the answers people gave, and then most
    words of the question, is taken. Where the set says where its answers stand, the first of them is taken.
    """
    if example.spans:
        return example.spans[0], _sentences_at(example.text, example.spans[0])
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
        return place, _sentences_at(example.text, place)
    return best[1], best[2]


def _sentences_at(text: str, place: Span) -> Span:
    """The sentences that hold a place, from the first one's start to the last one's end."""
    touched = [sentence for sentence in split_sentences(text) if sentence.overlaps(place)]
    return Span(touched[0].start, touched[-1].end) if touched else place


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
