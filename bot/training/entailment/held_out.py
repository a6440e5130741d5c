"""How well a network judges a public set that it did not learn from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.chat.verification.entailment import THRESHOLD, EntailmentModel
from bot.training.entailment.pairs import Pair, PairLabel


def balanced_accuracy(folder: Path, pairs: Sequence[Pair], threshold: float = THRESHOLD) -> float:
    """The mean of two shares: of what follows, and passes, and of what does not, and is refused.

    Args:
        folder: Where the network lies.
        pairs: What it judges; whether a statement is denied or only not said makes no difference.
        threshold: From which likelihood on a statement passes.

    Raises:
        ValueError: If not both are among the pairs.
        CheckerError: If the network's files are missing or altered.
    """
    model = EntailmentModel(folder)
    follows = np.array([pair.label is PairLabel.ENTAILMENT for pair in pairs])
    if follows.all() or not follows.any():
        raise ValueError("Balanced accuracy needs pairs of both kinds.")
    passes = np.array([model.probability(pair.premise, pair.hypothesis) >= threshold for pair in pairs])
    return float((passes[follows].mean() + (~passes[~follows]).mean()) / 2)
