"""How near sentences are to a question in meaning, where the embedding model knows their language."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.extractive.selection.candidates import Candidate
from retrieval import Library

# So many of the best sentences are embedded: each costs time.
EMBEDDED = 12
# What one standard deviation of their cosines counts in the score, in logits. Chosen on 160 questions about four
# English articles for calibration, answered by words, with the bundled model, which knows English: the first sentence
# was right for .80 of them without it, and for .83 to .84 with any weight from .4 to 1.5.
MEANING_WEIGHT = 0.8
LEAST_DEVIATION = 1e-6


def meaning_scores(library: Library, question: str, candidates: Sequence[Candidate]) -> NDArray[np.float64]:
    """What meaning adds to the score of each sentence; 0 for all where the model does not know their languages.

    Cosines of one model lie near each other and those of another far apart, so that each counts against the others.

    Args:
        library: Knows the model.
        question: The question.
        candidates: The sentences, best first; those beyond ``EMBEDDED`` get what the least near of these gets.

    Raises:
        ModelError: If the model is missing, altered or cannot be loaded.
    """
    scores = np.zeros(len(candidates))
    if len(candidates) < 2 or not all(library.embeds(candidate.source.language) for candidate in candidates):
        return scores
    best = candidates[:EMBEDDED]
    asked, *said = np.array(library.embeddings.embed_documents([question, *(each.text for each in best)]))
    cosines = np.array(said) @ asked
    scores[: len(best)] = (cosines - cosines.mean()) / max(float(cosines.std()), LEAST_DEVIATION)
    scores[len(best) :] = scores[: len(best)].min()
    return MEANING_WEIGHT * scores
