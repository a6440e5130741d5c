"""Which documents are learned from, which tell how sure to be, and which are kept for judging."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from bot.evaluation.cases import title_key

JUDGED = 9
CALIBRATED = 4


def split_documents(titles: Collection[str]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Split documents by the hash of their title into those to learn from, to calibrate on, and to judge on.

    The split depends on the titles alone, so that it is the same on every machine.
    """
    order = sorted(set(titles), key=lambda title: hashlib.sha256(title_key(title).encode()).hexdigest())
    judged, calibrated = order[:JUDGED], order[JUDGED : JUDGED + CALIBRATED]
    return frozenset(order[JUDGED + CALIBRATED :]), frozenset(calibrated), frozenset(judged)
