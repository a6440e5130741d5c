"""Overview -> the sentences it is made of: those that stand for a document, or that say who or what somebody is.

No model is loaded that a question does not load, and at most ``MOST_READ`` sentences are embedded.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.extractive.selection import ReadText, find_candidates
from bot.overview.centrality import most_central
from bot.overview.introductions import SAYS_WHAT, introduces, is_called, is_name, without_title
from bot.overview.overview_request import OverviewForm, OverviewRequest
from bot.overview.prose import find_prose, is_prose, stands_alone
from bot.questions import is_new
from bot.types import Certainty, Question
from retrieval import (
    ALL_SOURCES,
    Correction,
    Library,
    Passage,
    Source,
    SourceFilter,
    Span,
    extract_terms,
    split_paragraphs,
)
from retrieval.types import PATH_SEPARATOR

# How many sentences are compared; of a longer text, the first ones of paragraphs, which mostly say what these are about
# (Baxendale 1958, "Machine-made index for technical literature").
MOST_READ = 32
# How many passages are looked through for a subject, and how many sentences are handed on.
PASSAGES = 12
SENTENCES = 8
NAMED = (OverviewForm.WHO, OverviewForm.WHAT)

Item = TypeVar("Item")


class PassageSearch(Protocol):
    """What finds passages in a library."""

    @property
    def library(self) -> Library:
        """Where it looks."""

    def passages(
        self,
        question: str | Correction,
        *,
        k: int | None = None,
        collections: tuple[str, ...] | None = None,
        sources: SourceFilter = ALL_SOURCES,
    ) -> list[Passage]:
        """The best passages, best first."""

    def correct(self, question: str, *, collections: tuple[str, ...] | None = None) -> Correction:
        """The words without typos."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What an overview is made of.

    Attributes:
        passages: Sentences, the one that comes first and then the most telling ones; none where nothing is said.
        titles: The titles of the documents that it is about, where they are named first.
        certainty: How sure it is that they tell what was asked for.
    """

    passages: tuple[Passage, ...] = ()
    titles: tuple[str, ...] = ()
    certainty: Certainty = Certainty.SURE


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, where it stands."""

    collection: str
    source: Source
    span: Span

    @property
    def text(self) -> str:
        """Its words."""
        return self.source.slice(self.span)

    @property
    def words(self) -> str:
        """Its words without the addresses of links, which may hold a name in small letters."""
        return ReadText.of(self.source, self.span, (), headings=False).text

    @property
    def terms(self) -> set[str]:
        """Its terms."""
        return set(extract_terms(self.words, self.source.language))

    @property
    def heading(self) -> str:
        """The heading that it stands under, the innermost; empty where there is none."""
        return (self.source.place(self.span.start).heading or "").rpartition(PATH_SEPARATOR)[2]

    def is_about(self, subject: str) -> bool:
        """Whether it has all the words of a subject, or its heading has."""
        terms = set(extract_terms(subject, self.source.language))
        under = set(extract_terms(self.heading, self.source.language))
        return bool(terms) and (terms <= self.terms or terms <= under)


class OverviewSearch:
    """Finds what overviews are made of.

    Args:
        search: Where passages about a subject come from, and the library of the documents.
    """

    def __init__(self, search: PassageSearch) -> None:
        self._search = search

    def find(self, request: OverviewRequest, question: Question) -> Overview | None:
        """The overview that was asked for; None where it turns out to be a plain question.

        Args:
            request: What was asked for.
            question: The question that asks for it. Of at most as many documents as it takes quotes the first sentence
                is given, where there are several.

        Raises:
            RetrievalError: If the library or the model cannot be used.
        """
        library = self._search.library
        held = [
            (name, record)
            for name in question.collections
            for record in library.records(name)
            if question.sources.admits(record.id)
        ]
        if request.subject:
            titled = [one for one in held if _is_called(one[1].title, request)]
            if not titled:
                return None if request.form is OverviewForm.TITLED else self._about(request, question)
            held = titled
        titles = tuple(dict.fromkeys(record.title for _, record in held))
        if len(held) == 1 and request.form is not OverviewForm.DOCUMENTS:
            ((name, record),) = held
            return Overview(self._central(name, library.source(record)))
        first = (_first_sentence(name, library.source(record)) for name, record in held[: question.quotes])
        return Overview(_passages([one for one in first if one is not None]), titles)

    def _central(self, collection: str, source: Source) -> tuple[Passage, ...]:
        """The first sentence of a document that says something, and the most central ones."""
        spans = find_prose(source)
        if len(spans) > MOST_READ:
            spans = _thin(_first_of_paragraphs(source, spans))
        sentences = [Sentence(collection, source, span) for span in spans]
        sentences = [one for one in sentences if one is sentences[0] or stands_alone(one.text)]
        return _passages(self._ranked(sentences, None, 0)) if sentences else ()

    def _about(self, request: OverviewRequest, question: Question) -> Overview | None:
        """What the documents say of a subject; None where it is none."""
        meant = self._search.correct(request.subject, collections=question.collections)
        passages = self._search.passages(meant, k=PASSAGES, collections=question.collections, sources=question.sources)
        found = _sentences(passages)
        said = [one for one in found if one.is_about(request.subject)]
        if not said and (bare := without_title(request.subject)) != request.subject:
            request = replace(request, subject=bare)
            said = [one for one in found if one.is_about(bare)]
        if not said:
            # A name that nobody is called here is not found; other words may be said in other words.
            return Overview() if request.is_name and request.form is not OverviewForm.WHAT else None
        if request.form in NAMED and not is_name(request.subject, [one.words for one in found]):
            return None
        # Who was introduced in full is called by the last name alone.
        if request.form is OverviewForm.WHO or request.is_name:
            said = [one for one in found if one in said or is_called(request.subject, one.words)]
        said = ([one for one in said if is_prose(one.text)] or said)[:MOST_READ]
        said = [one for one in said if is_new(one.text, question)]
        if not said:
            return Overview()
        order = {source: number for number, source in enumerate(dict.fromkeys(passage.source for passage in passages))}
        return self._told(request, sorted(said, key=lambda one: (order[one.source], one.span)))

    def _told(self, request: OverviewRequest, said: Sequence[Sentence]) -> Overview | None:
        """The sentence that introduces a subject, and the most central of the others, of all that name it."""
        grades = [introduces(one.words, request.subject, one.heading) for one in said]
        if request.form is OverviewForm.WHAT and max(grades) < SAYS_WHAT:
            return None  # it is only named
        # A name is introduced where it stands first, another subject anywhere.
        first = said[grades.index(max(grades))] if max(grades) or request.form in NAMED else None
        # What leans on the sentence before it comes last.
        alone = [one for one in said if one is first or stands_alone(one.text)]
        (subject,) = _unit([self._search.library.embeddings.embed_query(request.subject)])
        start = alone.index(first) if first else None
        best = self._ranked(alone, subject, start) if alone else []
        certainty = Certainty.SURE if max(grades) or request.form is not OverviewForm.WHO else Certainty.UNSURE
        leaning = [one for one in said if one not in alone]
        return Overview(_passages([*best, *leaning][:SENTENCES]), certainty=certainty)

    def _ranked(
        self, sentences: Sequence[Sentence], anchor: NDArray[np.float64] | None, first: int | None
    ) -> list[Sentence]:
        """The most central sentences, best first; near to the ``anchor``, or else to the first of them."""
        vectors = _unit(self._search.library.embeddings.embed_documents([one.text for one in sentences]))
        near = vectors[0] if anchor is None else anchor
        best = most_central(vectors, near, [one.terms for one in sentences], SENTENCES, first=first)
        return [sentences[number] for number in best]


def _unit(vectors: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """The vectors with the length 1, whatever the model gives them; one without a direction stays as it is."""
    given = np.array(vectors, dtype=np.float64)
    lengths: NDArray[np.float64] = np.linalg.norm(given, axis=1, keepdims=True)
    return given / np.where(lengths == 0, 1, lengths)


def _is_called(title: str, request: OverviewRequest) -> bool:
    """Whether a document is what was asked about: its title has the words that were said, for "tell me" no others."""
    if request.form in NAMED:
        return False
    said, called = (set(extract_terms(words)) for words in (request.subject, title))
    return bool(said) and (said <= called if request.form is OverviewForm.TITLED else said == called)


def _first_sentence(collection: str, source: Source) -> Sentence | None:
    """The first sentence of a document that says something."""
    spans = find_prose(source)
    return Sentence(collection, source, spans[0]) if spans else None


def _first_of_paragraphs(source: Source, spans: Sequence[Span]) -> list[Span]:
    """Of each paragraph, the first of the sentences that stand in it."""
    starts = [paragraph.start for paragraph in split_paragraphs(source.text)]
    first: dict[int, Span] = {}
    for span in spans:
        first.setdefault(bisect_right(starts, span.start), span)
    return list(first.values())


def _thin(items: Sequence[Item]) -> list[Item]:
    """At most ``MOST_READ`` of the items, evenly spread."""
    count = min(len(items), MOST_READ)
    return [items[number * len(items) // count] for number in range(count)]


def _sentences(passages: Sequence[Passage]) -> list[Sentence]:
    """The sentences of passages that say something, the same words once, in the order of the passages."""
    collections = {passage.source: passage.collection for passage in passages}
    found = (Sentence(collections[one.source], one.source, one.span) for one in find_candidates(passages))
    return list({one.text: one for one in reversed(list(found))}.values())[::-1]


def _passages(sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    """The sentences as passages, best first."""
    return tuple(
        Passage(one.source, one.span, 1 - rank / len(sentences), 0.0, 0.0, one.collection)
        for rank, one in enumerate(sentences)
    )
