"""The bytes that a server sends, unpacked, and counted as they come."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import httpcore

from retrieval.errors import SourceError, SourceProblem
from retrieval.web.responses import SAVE_IT, header

GZIP = 16 + zlib.MAX_WBITS
GZIP_START = b"\x1f\x8b"
PIECE_BYTES = 65_536


def read_body(response: httpcore.Response, limit: int) -> bytes:
    """The whole body, unpacked.

    Raises:
        SourceError: If it is larger than ``limit`` bytes, packed in a way that cannot be unpacked, or damaged.
    """
    declared = header(response, "content-length")
    if declared.isdecimal() and int(declared) > limit:
        raise _too_large(limit)
    body = bytearray()
    for part in _parts(response):
        body += part
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


def read_start(response: httpcore.Response, limit: int) -> bytes:
    """The first ``limit`` bytes of the body, unpacked; the rest is not waited for.

    Raises:
        SourceError: If it is packed in a way that cannot be unpacked, or damaged.
    """
    body = bytearray()
    for part in _parts(response):
        body += part
        if len(body) >= limit:
            break
    return bytes(body[:limit])


def unpacked(data: bytes, limit: int) -> bytes:
    """What is in gzip data, as a file with the ending .gz has them; other data as they are.

    Raises:
        SourceError: If it is larger than ``limit`` bytes, or damaged.
    """
    if not data.startswith(GZIP_START):
        return data
    content = bytearray()
    # A piece at a time: what is left of it is copied after each member and each piece of content.
    pieces = (data[start : start + PIECE_BYTES] for start in range(0, len(data), PIECE_BYTES))
    for part in _unpack(pieces):
        content += part
        if len(content) > limit:
            raise _too_large(limit)
    return bytes(content)


def _parts(response: httpcore.Response) -> Iterator[bytes]:
    coding = header(response, "content-encoding").lower()
    if coding in {"", "identity"}:
        yield from response.iter_stream()
    elif coding in {"gzip", "x-gzip"}:
        yield from _unpack(response.iter_stream())
    else:
        raise SourceError(f"{{name}} comes packed in a way that was not asked for; {SAVE_IT}.")


def _unpack(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The content of gzip data, in pieces, so that whoever counts them can stop in time."""
    damaged = SourceError(f"{{name}} comes with damaged gzip data; try again later, or {SAVE_IT}.")
    unpacker = None
    for received in parts:
        part = received
        while part:
            unpacker = unpacker or zlib.decompressobj(GZIP)
            try:
                yield unpacker.decompress(part, PIECE_BYTES)
            except zlib.error:
                raise damaged from None
            # One file of gzip data may hold several members, one after the other.
            part = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            unpacker = None if unpacker.eof else unpacker
    if unpacker is not None:
        raise damaged


def _too_large(limit: int) -> SourceError:
    sentence = f"{{name}} is larger than {limit // 1_000_000} MB; save it to files that are smaller and index those."
    return SourceError(sentence, SourceProblem.TOO_LARGE, limit_bytes=limit)
