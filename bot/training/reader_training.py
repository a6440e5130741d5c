"""Windows -> a span reader: the embedding model's own weights, taught to point at the words that answer."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Encoding, Tokenizer
from torch.nn.functional import cross_entropy
from transformers import AutoModelForQuestionAnswering

from bot.extractive.reader.span_reader import MAX_TOKENS
from bot.extractive.reader.weights import TOKENIZER
from bot.training.windows import Window

logger = logging.getLogger(__name__)

# Batches hold windows of like length and about as many tokens each; many windows are sorted at a time.
TOKENS_A_BATCH = 4_096
SORTED_AT_A_TIME = 1_600
LEARNING_RATE = 1.2e-4
WARM_UP = 0.06  # the share of the steps in which the learning rate rises; it falls in the others
WEIGHT_DECAY = 0.01
MAX_GRADIENT = 1.0
SAID_EVERY = 50


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer that the reader is run with, made to cut texts that are too long; never questions."""
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")
    return tokenizer


def train_reader(folder: Path, passes: Sequence[Callable[[], list[Window]]], seed: int) -> Any:
    """Teach a copy of the model in ``folder`` to read; the word vectors stay as they are.

    Args:
        folder: The embedding model's weights and tokenizer.
        passes: What to learn from, pass after pass, each made when its turn comes; the learning rate falls over all.
        seed: Where the drawing starts.

    Returns:
        The model, a ``BertForQuestionAnswering``.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 (draws must be repeatable, not secret)
    tokenizer = load_tokenizer(folder)
    model = AutoModelForQuestionAnswering.from_pretrained(folder, local_files_only=True)
    model.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    learned = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    model.train()
    began, step = time.monotonic(), 0
    for number, windows_of in enumerate(passes):
        batches = list(_batches(tokenizer, windows_of(), rng))
        for position, batch in enumerate(batches):
            progress = (number + position / len(batches)) / len(passes)
            for group in optimizer.param_groups:
                group["lr"] = LEARNING_RATE * min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP))
            loss = _loss(model, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(learned, MAX_GRADIENT)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            if step % SAID_EVERY == 0:
                logger.info(
                    "pass %d, batch %d of %d: loss %.3f (%.0f s)",
                    number + 1, position + 1, len(batches), loss.item(), time.monotonic() - began,
                )  # fmt: skip
    model.eval()
    return model


def _batches(
    tokenizer: Tokenizer, windows: Sequence[Window], rng: random.Random
) -> Iterator[list[tuple[Encoding, int, int]]]:
    """Windows as tokens with the first and last one that answers; (0, 0), the opening token, where none does."""
    for start in range(0, len(windows), SORTED_AT_A_TIME):
        part = windows[start : start + SORTED_AT_A_TIME]
        encodings = tokenizer.encode_batch([(window.question, window.text) for window in part])
        rows = [(encoding, *_target(encoding, window)) for encoding, window in zip(encodings, part, strict=True)]
        rows.sort(key=lambda row: len(row[0].ids))
        batches: list[list[tuple[Encoding, int, int]]] = [[]]
        for row in rows:
            if batches[-1] and len(row[0].ids) * (len(batches[-1]) + 1) > TOKENS_A_BATCH:
                batches.append([])
            batches[-1].append(row)
        rng.shuffle(batches)
        yield from batches


def _target(encoding: Encoding, window: Window) -> tuple[int, int]:
    if window.answer is None:
        return 0, 0
    first = encoding.char_to_token(window.answer.start, 1)
    last = encoding.char_to_token(window.answer.end - 1, 1)
    return (0, 0) if first is None or last is None else (first, last)  # cut off with the end of the text


def _loss(model: Any, batch: Sequence[tuple[Encoding, int, int]]) -> torch.Tensor:
    longest = max(len(encoding.ids) for encoding, _, _ in batch)
    ids, types, mask = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    for row, (encoding, _, _) in enumerate(batch):
        length = len(encoding.ids)
        ids[row, :length] = torch.tensor(encoding.ids)
        types[row, :length] = torch.tensor(encoding.type_ids)
        mask[row, :length] = 1
    with torch.autocast("cpu", dtype=torch.bfloat16):
        output = model(input_ids=ids, token_type_ids=types, attention_mask=mask)
    allowed = types.bool()  # only words of the text, or the opening token for none
    allowed[:, 0] = True
    starts = output.start_logits.float().masked_fill(~allowed, -math.inf)
    ends = output.end_logits.float().masked_fill(~allowed, -math.inf)
    first = torch.tensor([start for _, start, _ in batch])
    last = torch.tensor([end for _, _, end in batch])
    return (cross_entropy(starts, first) + cross_entropy(ends, last)) / 2
