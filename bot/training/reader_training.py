"""Windows -> a span reader: the embedding model's own weights, taught to point at the words that answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from bot.extractive.reader.span_reader import MAX_TOKENS
from bot.extractive.reader.weights import TOKENIZER
from bot.training.network import ReaderNetwork, missed
from bot.training.passes import learn_in_passes
from bot.training.token_rows import Batch, Row, make_rows
from bot.training.windows import Window

# How much each loss beside that of the answer's words counts: which sentences hold it, and whether any does.
EVIDENCE, ANSWERABLE = 0.5, 0.5


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer that the reader is run with, made to cut texts that are too long; never questions."""
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")
    return tokenizer


def train_reader(
    folder: Path, windows_of: Callable[[int], list[Window]], passes: int, seed: int, work: Path | None = None
) -> ReaderNetwork:
    """Teach a copy of the model in ``folder`` to read; the word vectors stay as they are.

    Args:
        folder: The embedding model's weights and tokenizer.
        windows_of: What to learn from in each pass, counted from 0; the same for the same number.
        passes: How many passes; more can go on from them.
        seed: Where the drawing starts.
        work: Where to keep what has been learned every few minutes, and to go on from; nothing is kept without it.
    """
    torch.manual_seed(seed)
    tokenizer = load_tokenizer(folder)
    model = ReaderNetwork(folder)
    learn_in_passes(model, lambda number: make_rows(tokenizer, windows_of(number)), loss_of, passes, seed, work)
    return model


def loss_of(model: ReaderNetwork, rows: Sequence[Row]) -> torch.Tensor:
    """How far the network is from what is known of some windows of one length.

    For the ends of the answer it is the likelihood of all tokens that may be one: the one where it is known, and every
    token of the sentence, or of the text, where no more is known.
    """
    batch = Batch.of(rows)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(batch.ids, token_type_ids=batch.types)
    allowed = batch.types.bool()  # only words of the text, or the opening token for none
    allowed[:, 0] = True
    ends = (missed(scores.start_logits, allowed, batch.starts) + missed(scores.end_logits, allowed, batch.ends)) / 2
    wrong = torch.nn.functional.binary_cross_entropy_with_logits(
        scores.evidence_logits.float(), batch.evidence, reduction="none"
    )
    told = batch.evidence_known.unsqueeze(1) & batch.types.bool()
    evidence = (wrong * told).sum() / told.sum().clamp(min=1)
    return ends.mean() + EVIDENCE * evidence + ANSWERABLE * wrong[:, 0].mean()
