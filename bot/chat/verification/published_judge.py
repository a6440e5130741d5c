"""How likely a statement follows from a text: a cross-encoder of somebody else says so, run by PyTorch."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

import numpy as np

from bot.errors import CheckerError
from retrieval.models.published_transformer import LoadedTransformer, ModelKind, PublishedTransformer

CHECKER = ModelKind(
    noun="checking model",
    setting="PULLQUOTE_CHECKER_MODEL",
    auto_class="AutoModelForSequenceClassification",
    task="judge what follows from what",
    form="classification model",
    example="a cross-encoder for natural language inference, such as cross-encoder/nli-deberta-v3-base",
    window=512,  # as most published models learned
    places=False,
    error=CheckerError,
)
# From which likelihood on a statement passes: "it follows" is likelier than all else together.
THRESHOLD = 0.5
# What published models call the class of what follows: MNLI and GLUE, FEVER, models for summaries.
FOLLOWS = frozenset({"entailment", "entailed", "entails", "supported", "supports", "consistent"})
# What transformers calls the only class of a model that has given it no name.
NO_NAME = "LABEL_0"
LABELS_SHOWN = 3
# A text, what follows from it, and what does not though it has more of its words. A model that compares words or
# subjects, such as one that sorts search results, holds the latter likelier.
TRIALS = (
    ("Brazil defeated Italy in the final.", "Italy lost the final.", "Italy defeated Brazil in the final."),
    ("The bridge was closed in May.", "In May the bridge was shut.", "The bridge was not closed in May."),
    ("All passengers survived the crash.", "Nobody died in the crash.", "Not all passengers survived the crash."),
)


class PublishedJudge:
    """Judges statements; loaded on first use, and shared between threads.

    A model with classes says by their names which of them means that a statement follows. One with a single number,
    as those trained for factual consistency, gives the logit of its likelihood.

    Source of the method: Bowman et al. 2015, "A large annotated corpus for learning natural language inference"; for
    the single number, the model card of Vectara's HHEM 1.0.

    Args:
        model: A folder, or an id on the Hugging Face hub.
    """

    def __init__(self, model: str) -> None:
        self._model = PublishedTransformer(model, CHECKER)

    @property
    def threshold(self) -> float:
        """From which likelihood on a statement passes; in [0, 1]."""
        return THRESHOLD

    def probability(self, premise: str, hypothesis: str) -> float:
        """How likely it is that ``hypothesis`` follows from ``premise``, in [0, 1].

        Args:
            premise: What is known to be said; of one that is longer than the model reads the beginning.
            hypothesis: The statement; 0 where it is so long that the model could not read it whole.

        Raises:
            CheckerError: If the model cannot be loaded, or does not say what its classes mean.
        """
        with self._model.lock:
            return _probability(self._model.loaded, self._place, premise, hypothesis)

    def check(self) -> str:
        """Load it, and say how large it is. Raises as ``probability`` does."""
        with self._model.lock:
            _ = self._place
            return self._model.description

    @cached_property
    def _place(self) -> int:
        """That of "it follows" among the classes."""
        model = self._model.loaded
        config: Any = model.network.config
        labels = [str(config.id2label.get(place, place)) for place in range(config.num_labels)]
        places = [place for place, label in enumerate(labels) if _words(label) in FOLLOWS]
        if len(places) == 1:
            return places[0]
        if labels == [NO_NAME]:
            self._try_out(model)
            return 0
        shown = ", ".join(labels[:LABELS_SHOWN]) + (", …" if len(labels) > LABELS_SHOWN else "")
        raise CheckerError(
            f"The checking model “{self._model.name}” does not say which of its classes ({shown}) means that a "
            f"statement follows; use {CHECKER.example}, or call that class “entailment” in id2label of the model's "
            "config.json."
        )

    def _try_out(self, model: LoadedTransformer) -> None:
        """A number without a name may mean anything."""
        found = [[_probability(model, 0, text, each) for each in statements] for text, *statements in TRIALS]
        follows, does_not = np.mean(found, axis=0)
        if not follows > does_not:
            raise CheckerError(
                f"The checking model “{self._model.name}” gives one number, which does not say whether a statement "
                f"follows; use {CHECKER.example}."
            )


def _words(label: str) -> str:
    return re.sub(r"[\W_]+", " ", label).strip().lower()


def _probability(model: LoadedTransformer, place: int, premise: str, hypothesis: str) -> float:
    import torch

    # A lone surrogate, which no tokenizer takes, becomes a question mark.
    premise, hypothesis = (text.encode("utf-8", "replace").decode("utf-8") for text in (premise, hypothesis))
    tokenizer = model.tokenizer
    pieces = len(tokenizer(hypothesis, add_special_tokens=False)["input_ids"])
    if pieces + tokenizer.num_special_tokens_to_add(pair=True) >= model.window:
        return 0.0
    pair = tokenizer(premise, hypothesis, truncation="only_first", max_length=model.window, return_tensors="pt")
    with torch.inference_mode():
        (scores,) = model.network(**pair).logits.double()
    # One number is the logit of its likelihood, which is its share beside a zero.
    shares = torch.softmax(scores, 0) if len(scores) > 1 else torch.sigmoid(scores)
    return float(shares[place])
