"""Pairs -> a network that judges statements: the embedding model's own weights, taught what follows from what."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer

from bot.training.entailment.pairs import Pair, PairLabel
from bot.training.network import CLASSES, EntailmentNetwork, missed
from bot.training.passes import BEFORE_LAST, keep, learn_in_passes
from bot.training.reader_training import load_tokenizer
from bot.training.token_rows import TOKENIZED_AT_A_TIME

# The classes of the network that each label allows.
ALLOWED = {label: [label] for label in tuple(PairLabel)[:CLASSES]} | {
    PairLabel.NOT_ENTAILED: [PairLabel.NEUTRAL, PairLabel.CONTRADICTION]
}


# How much the weights after the last pass count, beside those before it.
SHARE_OF_LAST = 0.7


class PairRow(NamedTuple):
    """One pair.

    Attributes:
        ids: Its tokens: those of the statement, and then those of the text.
        text: The first token of the text.
        label: Whether the statement follows.
    """

    ids: array[int]
    text: int
    label: int


def train_entailment(
    folder: Path, pairs_of: Callable[[int], list[Pair]], passes: int, seed: int, work: Path | None = None
) -> EntailmentNetwork:
    """Teach a copy of the model in ``folder`` to judge; the word vectors stay as they are.

    In the end the weights are the mean of those after the last pass and of those before it, since each does better
    where the other learned less.

    Source of the method: Wortsman et al. 2022, "Robust fine-tuning of zero-shot models".

    Args:
        folder: The embedding model's weights and tokenizer.
        pairs_of: What to learn from in each pass, counted from 0; the same for the same number.
        passes: How many passes; more can go on from them.
        seed: Where the drawing starts.
        work: Where to keep what has been learned every few minutes, and to go on from; nothing is kept without it.
    """
    torch.manual_seed(seed)
    tokenizer = load_tokenizer(folder)
    model = EntailmentNetwork(folder)
    before: dict[str, torch.Tensor] = {}

    def remember(done: int) -> None:
        if done == passes - 1:
            before.update({name: weights.clone() for name, weights in model.state_dict().items()})
            if work is not None:
                keep(work / BEFORE_LAST, before)

    learn_in_passes(model, lambda number: pair_rows(tokenizer, pairs_of(number)), loss_of, passes, seed, work, remember)
    if work is not None and (work / BEFORE_LAST).exists():  # as where the last pass was gone on with
        before.update(torch.load(work / BEFORE_LAST, weights_only=True))
    if before:
        model.load_state_dict(_blended(before, model.state_dict()))
    return model


def _blended(before: Mapping[str, torch.Tensor], after: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The weighted mean of two states of a network."""
    return {
        name: torch.lerp(before[name], weights, SHARE_OF_LAST) if weights.is_floating_point() else weights
        for name, weights in after.items()
    }


def pair_rows(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> list[PairRow]:
    """Pairs as tokens; the end of a text that is too long is cut off."""
    rows: list[PairRow] = []
    for first in range(0, len(pairs), TOKENIZED_AT_A_TIME):
        some = pairs[first : first + TOKENIZED_AT_A_TIME]
        encodings = tokenizer.encode_batch([(pair.hypothesis, pair.premise) for pair in some])
        rows += [
            PairRow(array("I", encoding.ids), encoding.type_ids.index(1), int(pair.label))
            for encoding, pair in zip(encodings, some, strict=True)
        ]
    return rows


def loss_of(model: EntailmentNetwork, rows: Sequence[PairRow]) -> torch.Tensor:
    """How far the network is from the labels of some pairs of one length.

    Where a label allows two classes, it is the likelihood of both together.
    """
    ids = torch.tensor([row.ids for row in rows])
    types = (torch.arange(ids.shape[1]) >= torch.tensor([[row.text] for row in rows])).long()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(ids, token_type_ids=types).logits
    meant = torch.zeros(len(rows), CLASSES, dtype=torch.bool)
    for number, row in enumerate(rows):
        meant[number, ALLOWED[PairLabel(row.label)]] = True
    return missed(logits, torch.ones_like(meant), meant).mean()
