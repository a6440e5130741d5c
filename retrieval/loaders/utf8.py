"""Whether bytes are UTF-8, whatever a page or a server says of them.

Source of the method: UTF-8 is built so that text in another encoding hardly ever looks like it (RFC 3629, section 1).
"""

from __future__ import annotations

import re

# A character above ASCII; all its bytes are high ones.
CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH = bytes(range(0x80, 0x100))
# Where a few bytes are broken or cut off, the others still tell.
WHOLE_SHARE = 0.98
# In an encoding of two bytes a character, so few may look like UTF-8 by chance.
FEW = 3
TWO_BYTES = frozenset((
    "gb18030", "gbk", "gb2312", "cp932", "shift_jis", "euc_jp", "cp949", "euc_kr", "big5", "big5hkscs",
))  # fmt: skip


def is_utf8(data: bytes) -> bool:
    """Whether all of it is UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def is_rather_utf8(data: bytes, declared: str) -> bool:
    """Whether it was written as UTF-8, although it is declared to be something else.

    Args:
        data: The bytes; text of ASCII alone is what it is declared to be (ISO 2022 is written in ASCII).
        declared: The name of the codec that is declared.
    """
    high = len(data) - len(data.translate(None, HIGH))
    if not high:
        return False
    whole = [len(character[0]) for character in CHARACTER.finditer(data)]
    few = len(whole) < FEW
    if few and declared in TWO_BYTES:
        return False
    return sum(whole) == high if few else sum(whole) >= WHOLE_SHARE * high
