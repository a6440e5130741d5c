"""Where the embedding model knows the language, a sentence in other words than the question is found by its meaning."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from bot import Settings
from bot.extractive.selection import QuestionAnalysis
from bot.extractive.selection.candidates import find_candidates
from bot.extractive.words import WordSelector
from bot.extractive.words.meaning import EMBEDDED, MEANING_WEIGHT, meaning_scores
from retrieval import Library
from tests.bot.fakes import even_weights, make_passages, make_source

MEANINGS = (r"kost\w+|preis\w*|jahresbeitrag|euro", r"hund\w*|tier\w*", r"offen\w*|geöffnet|uhr")
QUESTION = "Was kostet der Verein?"
TEXT = (
    "Der Verein hat sechzig Mitglieder und einen schönen alten Saal am Fluss. Der Verein erhebt einen Jahresbeitrag. "
    "Im Verein bleiben Tiere draußen."
)


class FewMeanings(Embeddings):
    """A model that knows three things in German, and counts the texts that it is given."""

    def __init__(self) -> None:
        self.embedded = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += len(texts)
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        counts = np.array([len(re.findall(meaning, text.casefold())) for meaning in MEANINGS], float) + 0.01
        unit: list[float] = (counts / np.linalg.norm(counts)).tolist()
        return unit


@pytest.fixture
def model() -> FewMeanings:
    return FewMeanings()


def library_with(model: FewMeanings, folder: Path, languages: str) -> Library:
    (folder / "README.md").write_text(f"---\nlanguage: {languages}\n---\n", encoding="utf-8")
    return Library(Settings(home=folder / "home", embedding_model=str(folder)), model)


def first(text: str, library: Library | None) -> str:
    passages = make_passages(replace(make_source(text), language="de"))
    analysis = QuestionAnalysis.of(QUESTION, {"de"})
    weights = even_weights(sorted(analysis.terms), ())
    return WordSelector(library=library).select(analysis, passages, weights).choices[0].candidate.text


def test_the_sentence_that_means_what_is_asked_comes_first(model: FewMeanings, tmp_path: Path) -> None:
    assert "Jahresbeitrag" not in first(TEXT, None)
    assert "Jahresbeitrag" in first(TEXT, library_with(model, tmp_path, "[de, en]"))


def test_a_model_that_does_not_know_the_language_is_not_asked(model: FewMeanings, tmp_path: Path) -> None:
    assert first(TEXT, library_with(model, tmp_path, "en")) == first(TEXT, None)
    assert model.embedded == 0


def test_the_best_sentences_are_embedded_and_the_others_are_no_nearer(model: FewMeanings, tmp_path: Path) -> None:
    candidates = find_candidates(make_passages(make_source(" ".join(f"Satz {n} kostet Geld." for n in range(30)))))
    scores = meaning_scores(library_with(model, tmp_path, "multilingual"), QUESTION, candidates)
    assert model.embedded == EMBEDDED + 1
    assert len(scores) == len(candidates)
    assert scores[EMBEDDED:].max() <= scores[:EMBEDDED].min()


def test_scores_do_not_depend_on_how_far_apart_the_cosines_of_a_model_lie(model: FewMeanings, tmp_path: Path) -> None:
    candidates = find_candidates(make_passages(make_source(TEXT)))
    scores = meaning_scores(library_with(model, tmp_path, "multilingual"), QUESTION, candidates)
    assert scores.mean() == pytest.approx(0)
    assert scores.std() == pytest.approx(MEANING_WEIGHT)
