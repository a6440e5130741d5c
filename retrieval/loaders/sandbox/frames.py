"""How the program and its worker process talk: a frame is two lengths, some JSON, and bytes."""

from __future__ import annotations

import json
import struct
from typing import Any

HEAD = struct.Struct(">II")
# More than any answer needs: the longest text there may be, in UTF-8, and its places.
MAX_FACTS_BYTES = 100_000_000
MAX_CONTENT_BYTES = 200_000_000


def frame(facts: dict[str, Any], content: bytes) -> tuple[bytes, bytes]:
    """A frame in two parts, so that a large content need not be copied."""
    encoded = json.dumps(facts).encode("ascii")
    return HEAD.pack(len(encoded), len(content)) + encoded, content
