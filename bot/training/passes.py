"""Passes over what is learned from: their rate, their batches, and what is kept so that a training can go on.

Training goes on where it stopped: what a pass learns from, and everything that has been learned, lie in a work folder.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch

from bot.training.token_rows import AnyRow, batches_of
from retrieval.files import replaced_atomically

logger = logging.getLogger(__name__)

LEARNING_RATE = 1.2e-4
WARM_UP = 0.06  # the share of a pass in which the learning rate rises; it falls in the others
# Each pass ends at a rate of zero, so that what it has learned can be used; the next one rises to a part of its rate,
# down to the least part of the first.
RISES_AGAIN, LEAST_RISE = 0.6, 0.5
WEIGHT_DECAY = 0.01
MAX_GRADIENT = 1.0
SAID_EVERY = 50
SECONDS_BETWEEN_CHECKPOINTS = 180
CHECKPOINT = "checkpoint.pt"
PASSES = "pass-*.pt"
BEFORE_LAST = "before-last.pt"


def learn_in_passes(
    model: Any,
    rows_of: Callable[[int], list[AnyRow]],
    loss_of: Callable[[Any, Sequence[AnyRow]], torch.Tensor],
    passes: int,
    seed: int,
    work: Path | None = None,
    ended: Callable[[int], None] | None = None,
) -> None:
    """Teach a network what some rows say; weights that need no gradient stay as they are.

    Args:
        model: A network with an encoder called ``bert``.
        rows_of: What to learn from in each pass, counted from 0; the same for the same number.
        loss_of: How far the network is from what is known of some rows of one length.
        passes: How many passes; more can go on from them.
        seed: Where the drawing of the batches starts.
        work: Where to keep what has been learned every few minutes, and to go on from; nothing is kept without it.
        ended: Called at the end of each pass with the number of those that are done, before its end is kept.
    """
    learned = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY, fused=True)
    number, done = _restore(work, model, optimizer)
    model.train()
    saved = time.monotonic()
    while number < passes:
        rows = _rows_of_pass(rows_of, number, work)
        batches = batches_of(rows, random.Random(f"{seed}/{number}"))  # noqa: S311 (repeatable, not secret)
        began, first, highest = time.monotonic(), done, LEARNING_RATE * max(RISES_AGAIN**number, LEAST_RISE)
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
        if ended:
            ended(number)
        _save(work, model, optimizer, number, done)
    model.eval()
    model.bert.set_attn_implementation("sdpa")  # the form that the export knows


def forget(work: Path) -> None:
    """Delete what a training has left in its work folder, and nothing else there."""
    for path in (*work.glob(f"{CHECKPOINT}*"), *work.glob(f"{PASSES}*"), *work.glob(f"{BEFORE_LAST}*")):
        path.unlink()


def _rows_of_pass(rows_of: Callable[[int], list[AnyRow]], number: int, work: Path | None) -> list[AnyRow]:
    """The rows of one pass; made once, and kept in the work folder."""
    kept = work / PASSES.replace("*", str(number)) if work else None
    if kept and kept.exists():
        found: list[AnyRow] = torch.load(kept, weights_only=False)
        return found
    rows = rows_of(number)
    if kept:
        keep(kept, rows)
    return rows


def _save(work: Path | None, model: Any, optimizer: torch.optim.Optimizer, number: int, done: int) -> None:
    if work is None:
        return
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "pass": number, "batches": done}
    keep(work / CHECKPOINT, state)


def _restore(work: Path | None, model: Any, optimizer: torch.optim.Optimizer) -> tuple[int, int]:
    """Go on from the last checkpoint: returns the pass, and how many of its batches are done."""
    if work is None or not (work / CHECKPOINT).exists():
        return 0, 0
    state = torch.load(work / CHECKPOINT, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    logger.info("going on in pass %d after %d batches", state["pass"] + 1, state["batches"])
    return state["pass"], state["batches"]


def keep(path: Path, what: Any) -> None:
    """Write something for a training to go on with; what was there stays until all of it is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replaced_atomically(path) as file:
        torch.save(what, file)
