"""Windows -> a span reader: the embedding model's own weights, taught to point at the words that answer.

Training goes on where it stopped: what a pass learns from, and everything that has been learned, lie in a work folder.
"""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from bot.extractive.reader.span_reader import MAX_TOKENS
from bot.extractive.reader.weights import TOKENIZER
from bot.training.network import ReaderNetwork
from bot.training.token_rows import Batch, Row, batches_of, make_rows
from bot.training.windows import Window
from retrieval.files import replaced_atomically

logger = logging.getLogger(__name__)

LEARNING_RATE = 1.2e-4
WARM_UP = 0.06  # the share of a pass in which the learning rate rises; it falls in the others
# Each pass ends at a rate of zero, so that what it has learned can be used; the next one rises to a part of its rate.
RISES_AGAIN = 0.6
WEIGHT_DECAY = 0.01
MAX_GRADIENT = 1.0
# How much each loss beside that of the answer's words counts: which sentences hold it, and whether any does.
EVIDENCE, ANSWERABLE = 0.5, 0.5
SAID_EVERY = 50
SECONDS_BETWEEN_CHECKPOINTS = 180
CHECKPOINT = "checkpoint.pt"
PASSES = "pass-*.pt"


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
    learned = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY, fused=True)
    number, done = _restore(work, model, optimizer)
    model.train()
    saved = time.monotonic()
    while number < passes:
        batches = _batches_of_pass(tokenizer, windows_of, number, seed, work)
        began, first, highest = time.monotonic(), done, LEARNING_RATE * RISES_AGAIN**number
        for batch in batches[done:]:
            progress = done / len(batches)
            for group in optimizer.param_groups:
                group["lr"] = highest * min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP))
            loss = loss_of(model, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(learned, MAX_GRADIENT)
            optimizer.step()
            optimizer.zero_grad()
            done += 1
            if done % SAID_EVERY == 0:
                left = (time.monotonic() - began) / (done - first) * (len(batches) - done)
                logger.info(
                    "pass %d, batch %d of %d: loss %.3f (%.0f min left)",
                    number + 1, done, len(batches), loss.item(), left / 60,
                )  # fmt: skip
            if time.monotonic() - saved > SECONDS_BETWEEN_CHECKPOINTS:
                _save(work, model, optimizer, number, done)
                saved = time.monotonic()
        number, done = number + 1, 0
        _save(work, model, optimizer, number, done)
    model.eval()
    model.bert.set_attn_implementation("sdpa")  # the form that the export knows
    return model


def forget(work: Path) -> None:
    """Delete what a training has left in its work folder, and nothing else there."""
    for path in (*work.glob(f"{CHECKPOINT}*"), *work.glob(f"{PASSES}*")):
        path.unlink()


def _batches_of_pass(
    tokenizer: Tokenizer, windows_of: Callable[[int], list[Window]], number: int, seed: int, work: Path | None
) -> list[list[Row]]:
    """The batches of one pass in their order; made once, and kept in the work folder."""
    kept = work / PASSES.replace("*", str(number)) if work else None
    if kept and kept.exists():
        rows: list[Row] = torch.load(kept, weights_only=False)
    else:
        rows = make_rows(tokenizer, windows_of(number))
        if kept:
            _replace(kept, rows)
    rng = random.Random(f"{seed}/{number}")  # noqa: S311 (draws must be repeatable, not secret)
    return batches_of(rows, rng)


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
    ends = (_missed(scores.start_logits, allowed, batch.starts) + _missed(scores.end_logits, allowed, batch.ends)) / 2
    wrong = torch.nn.functional.binary_cross_entropy_with_logits(
        scores.evidence_logits.float(), batch.evidence, reduction="none"
    )
    told = batch.evidence_known.unsqueeze(1) & batch.types.bool()
    evidence = (wrong * told).sum() / told.sum().clamp(min=1)
    return ends.mean() + EVIDENCE * evidence + ANSWERABLE * wrong[:, 0].mean()


def _missed(scores: torch.Tensor, allowed: torch.Tensor, meant: torch.Tensor) -> torch.Tensor:
    """The negative log likelihood of the tokens that are meant, among those that are allowed; (texts,)."""
    scores = scores.float()
    return scores.masked_fill(~allowed, -math.inf).logsumexp(1) - scores.masked_fill(~meant, -math.inf).logsumexp(1)


def _save(work: Path | None, model: ReaderNetwork, optimizer: torch.optim.Optimizer, number: int, done: int) -> None:
    if work is None:
        return
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "pass": number, "batches": done}
    _replace(work / CHECKPOINT, state)


def _restore(work: Path | None, model: ReaderNetwork, optimizer: torch.optim.Optimizer) -> tuple[int, int]:
    """Go on from the last checkpoint: returns the pass, and how many of its batches are done."""
    if work is None or not (work / CHECKPOINT).exists():
        return 0, 0
    state = torch.load(work / CHECKPOINT, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    logger.info("going on in pass %d after %d batches", state["pass"] + 1, state["batches"])
    return state["pass"], state["batches"]


def _replace(path: Path, what: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with replaced_atomically(path) as file:
        torch.save(what, file)
