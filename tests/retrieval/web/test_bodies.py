"""Gzip data are unpacked in a time that grows as they do, whatever they are made of."""

from __future__ import annotations

import gzip
import random
import time

import pytest

from retrieval.errors import SourceError
from retrieval.web.bodies import PIECE_BYTES, unpacked

LIMIT = 1_000_000


def test_many_empty_members_take_no_longer_than_their_number() -> None:
    data = gzip.compress(b"") * 200_000  # 4 MB, which would take minutes if each one copied what follows it
    start = time.process_time()
    assert unpacked(data, LIMIT) == b""
    assert time.process_time() - start < 20


def test_members_may_begin_and_end_anywhere_in_a_piece() -> None:
    parts = [random.Random(size).randbytes(size) for size in (1, PIECE_BYTES - 30, PIECE_BYTES, 3 * PIECE_BYTES)]
    assert unpacked(b"".join(map(gzip.compress, parts)), LIMIT) == b"".join(parts)


def test_more_than_the_limit_is_refused() -> None:
    assert len(unpacked(gzip.compress(bytes(LIMIT)), LIMIT)) == LIMIT
    with pytest.raises(SourceError, match="larger than 1 MB"):
        unpacked(gzip.compress(bytes(LIMIT + 1)), LIMIT)
    with pytest.raises(SourceError, match="damaged gzip data"):
        unpacked(gzip.compress(b"words")[:-1], LIMIT)
