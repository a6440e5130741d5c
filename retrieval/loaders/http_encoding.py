"""The encoding that a web server names for what it sends; it is right more often than a guess."""

from __future__ import annotations

import codecs
import re

from retrieval.loaders.plain import BYTE_ORDER_MARKS
from retrieval.loaders.utf8 import is_rather_utf8

CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# Encodings that web pages are written in; some other codecs of Python take a text's length squared.
WEB = re.compile(
    r"cp(?:125\d|866|874|932|949)|iso8859-\d+|koi8-[ru]|shift_jis|euc_(?:jp|kr)|gb(?:2312|k|18030)|big5|iso2022_jp"
)
# Browsers read these as the larger set that the text was really written in.
LARGER = {"iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}


def from_served(data: bytes, content_type: str | None) -> tuple[bytes, str]:
    """The text as UTF-8, and the encoding that the server names.

    Where it names none, or one that does not fit, the bytes come back as they are, with an empty name; so they do where
    they are UTF-8 in spite of the name.
    """
    charset = CHARSET.search(content_type or "")
    if charset is None or any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        return data, ""
    try:
        encoding = codecs.lookup(charset[1]).name
        encoding = LARGER.get(encoding, encoding)
        if not WEB.fullmatch(encoding) or is_rather_utf8(data, encoding):
            return data, ""
        return data.decode(encoding).encode("utf-8"), encoding
    except (LookupError, UnicodeError):
        return data, ""
