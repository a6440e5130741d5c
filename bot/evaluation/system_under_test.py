"""The product under test, through its public names: a library of its own, the answer chain and the retriever."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from bot.chain import AnswerChain
from bot.citations import Citation
from bot.evaluation.scoring import MAX_SHOWN, Shown
from bot.extractive.calibration_file import weights_in_force
from bot.extractive.reader import open_reader
from bot.settings import Settings
from bot.types import Question
from retrieval import Embedder, Indexer, Library, Source, Span
from retrieval.types import text_sha256

ALL = "all documents"
LARGE = "the large library"
# Answers that are given before any is timed: the model is loaded and the index is read with the first.
WARM_UP = 3

Progress = Callable[[int, int], None]


class RememberedEmbeddings(Embeddings):
    """A model whose vectors are kept, because a text is indexed alone, among all, and by a baseline."""

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self._vectors: dict[str, np.ndarray] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of the texts; each text is embedded once."""
        new = list(dict.fromkeys(text for text in texts if text not in self._vectors))
        for text, vector in zip(new, self._model.embed_documents(new), strict=True):
            self._vectors[text] = np.asarray(vector, dtype=np.float32)
        return [self._vectors[text].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]


class SystemUnderTest:
    """Pullquote over a library that holds every document alone, and all of them together.

    Args:
        settings: The settings to measure; ``home`` is a folder for this evaluation alone.
        documents: What is asked about.
        embeddings: The model, for indexing; questions are answered by the model that the settings name.
        progress: Called with the number of collections indexed and of collections in all.
    """

    name = "Pullquote"

    def __init__(
        self, settings: Settings, documents: Sequence[Source], embeddings: Embeddings, progress: Progress
    ) -> None:
        self._documents = documents
        self._embeddings = embeddings
        self._numbers = {source.id: number for number, source in enumerate(documents)}
        self._settings = settings
        for number, source in enumerate(documents):
            self._index([source], _alone(number))
            progress(number + 1, len(documents) + 1)
        self._index(documents, ALL)
        progress(len(documents) + 1, len(documents) + 1)
        self.chain = AnswerChain.from_settings(settings)
        reader = open_reader(settings.reader_model)
        self._read = reader.read
        weights, _ = weights_in_force(settings.home, reader, self.chain.library)
        self.thresholds = weights.thresholds.changed(settings.answer_threshold, settings.sure_threshold)

    def ask(self, question: str, document: int) -> Shown:
        """Answer from one document."""
        answer = self.chain.invoke(Question(question, collections=(_alone(document),)))
        citations = answer.citations[:MAX_SHOWN] or tuple(filter(None, [answer.closest]))
        exact = sum(_is_exact(citation, self._documents[document]) for citation in citations)
        quotes = tuple(citation.quote.text for citation in citations)
        return Shown(bool(answer.citations), answer.confidence, quotes, exact, answer.certainty)

    def best_words(self, question: str, document: int) -> str:
        """The words that the reader finds best in the passages of one document, shown in an answer or not."""
        passages = self.chain.retriever.passages(question, collections=(_alone(document),))
        texts = [passage.text for passage in passages]
        found = [
            scores.best(Span(0, len(text))) for scores, text in zip(self._read(question, texts), texts, strict=True)
        ]
        best, (_, place) = max(enumerate(found), key=lambda numbered: numbered[1][0])
        return texts[best][place.start : place.end] if place else ""

    def search(self, question: str, k: int) -> list[tuple[int, Span]]:
        """The best passages of all documents."""
        passages = self.chain.retriever.passages(question, k=k, collections=(ALL,))
        return [(self._numbers[passage.source.id], passage.span) for passage in passages]

    def time_answers(
        self, questions: Sequence[str], library: Iterable[Source], progress: Progress
    ) -> tuple[list[float], int]:
        """The seconds that each answer takes with all documents and ``library`` in one collection, and its chunks."""
        self._index([*self._documents, *library], LARGE, progress)
        seconds: list[float] = []
        for question in [*questions[:WARM_UP], *questions]:
            began = time.perf_counter()
            self.chain.invoke(Question(question, collections=(LARGE,)))
            seconds.append(time.perf_counter() - began)
        return seconds[-len(questions) :], sum(record.chunks for record in self.chain.library.records(LARGE))

    def close(self) -> None:
        """Let go of the library's files."""
        self.chain.close()

    def _index(self, sources: Sequence[Source], collection: str, progress: Progress | None = None) -> None:
        library = Library(self._settings, self._embeddings)
        Indexer(library).add(sources, collection, progress=progress)
        library.close()


def _alone(number: int) -> str:
    return f"document {number}"


def _is_exact(citation: Citation, source: Source) -> bool:
    """Whether the quote is the slice of the text that was indexed, proven without the product's own verifier."""
    quote = citation.quote
    same = quote.source_id == source.id and quote.sha256 == text_sha256(source.text)
    return same and source.text[quote.span.start : quote.span.end] == quote.text != ""
