"""A cross-encoder in the form in which models are published, small enough to be made by hand.

It holds that everything follows from everything, but for a statement with the word "not", from which nothing does.
Its first word piece looks at the pieces of the statement alone, and the number it brings back from there says whether
"not" was among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import BertConfig, BertForSequenceClassification, BertModel

from tests.bot.word_tokenizer import MARKS, word_tokenizer

NOT = "not"
OTHER_WORDS = 20
PLACES = 64
SURE = 4.0
# Numbers of a vector: what each is for. Each has a twin of the other sign, so that to norm a vector changes it little.
NEGATION, STATEMENT, FOUND, LARGE = 0, 2, 4, 6


def save_negation_model(
    folder: Path, labels: Sequence[str], follows: int = 0, *, judges: bool = True, sure: float = SURE
) -> Path:
    """Write the model into a new folder.

    Args:
        folder: Where.
        labels: The names of its classes.
        follows: The place of the class of what follows.
        judges: Whether it is a classification model at all.
        sure: The logit of what it holds; where it is below 0, the model holds the opposite.
    """
    vocabulary = {word: place for place, word in enumerate([*MARKS, NOT, *map(str, range(OTHER_WORDS))])}
    word_tokenizer(vocabulary).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=PLACES,
        id2label=dict(enumerate(labels)),
    )
    model = BertForSequenceClassification(config) if judges else BertModel(config)
    with torch.no_grad():
        weights = dict(model.named_parameters())
        for name, weight in weights.items():
            weight.fill_(float(name.endswith("LayerNorm.weight")))
        if judges:
            words = weights["bert.embeddings.word_embeddings.weight"]
            words[:, LARGE], words[:, LARGE + 1] = 10, -10
            _set_twins(words[vocabulary[NOT]], NEGATION, 1)
            _set_twins(weights["bert.embeddings.token_type_embeddings.weight"][1], STATEMENT, 1)
            attention = "bert.encoder.layer.0.attention"
            weights[f"{attention}.self.query.bias"][STATEMENT] = 300
            weights[f"{attention}.self.key.weight"][STATEMENT, STATEMENT] = 1
            weights[f"{attention}.self.value.weight"][NEGATION, NEGATION] = 1
            _set_twins(weights[f"{attention}.output.dense.weight"][:, NEGATION], FOUND, 10)
            weights["bert.pooler.dense.weight"][FOUND, FOUND] = 1_000
            weights["classifier.weight"][:, FOUND] = 2 * sure
            weights["classifier.bias"][:] = -sure
            weights["classifier.weight"][follows, FOUND] = -2 * sure
            weights["classifier.bias"][follows] = sure
    model.save_pretrained(folder)
    return folder


def _set_twins(vector: torch.Tensor, place: int, number: float) -> None:
    vector[place], vector[place + 1] = number, -number
