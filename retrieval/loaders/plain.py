"""Plain text in any common encoding.

UTF-8 is taken as it stands, a byte order mark names UTF-16 and UTF-32, and for everything else it has to be guessed. A
guess that may be wrong would put wrong letters into quotes, so what is not convincing is refused.

A byte order mark says how the text is written and is none of it; the same character anywhere else is text.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache
from itertools import islice

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.utf8 import CHARACTER, HIGH

UTF_8 = "utf-8"
BYTE_ORDER_MARK = "\ufeff"
# The longer ones come first, because one begins with another.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What is still met in old files: ``chardet``'s names, which are Python's, and those of the WHATWG's encoding standard.
ENCODINGS = {
    "cp1252": "windows-1252", "cp1250": "windows-1250", "cp1251": "windows-1251", "cp1253": "windows-1253",
    "cp1254": "windows-1254", "cp1255": "windows-1255", "cp1256": "windows-1256", "cp1257": "windows-1257",
    "cp874": "windows-874", "iso8859-2": "iso-8859-2", "koi8-r": "koi8-r", "koi8-u": "koi8-u", "cp866": "ibm866",
    "cp932": "shift_jis", "euc_jis_2004": "euc-jp", "gb18030": "gb18030", "big5hkscs": "big5", "cp949": "euc-kr",
}  # fmt: skip
WESTERN = "cp1252"
# Where it shows which encoding it is, with words around, and as many bytes of it as tell enough.
TELLING = re.compile(rb"[^\r\n\x80-\xff]{0,60}[\x80-\xff][^\r\n]{0,200}")
TELLING_BYTES = 100_000
# Bytes above ASCII that say nothing get confidences below 0.04; ten words of a language in its encoding above 0.1.
SURE = 0.06
MANY = 40
# A few letters often fit in several encodings; by far the most files are in this one.
COMMONNESS = {WESTERN: 1.5}

# Text has none of these, or next to none; files of other kinds are full of them.
CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
CONTROLS_SHARE = 0.001
# Late control characters, and characters without a meaning.
NO_TEXT = re.compile("[\x80-\x84\x86-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")
TELLING_WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
TELLING_WORDS = 10_000
MIXED_SHARE = 0.02
ASCII_LETTER = re.compile("[A-Za-z]")
LATIN_SHARE = 0.8
# Scripts that never share a word; what looks like one in two of them was read in a wrong encoding.
SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC", "THAI", "HANGUL"})

LOOK_AROUND = 500_000

BINARY = "{name} is a binary file, not text; save it as plain text and index that."
DAMAGED = "{name} is not UTF-8 text (%s); save it as UTF-8."
UNCLEAR = "{name} is not UTF-8 text, and it is not clear in which encoding it was saved; save it as UTF-8."


def extract(data: bytes) -> Extracted:
    """The text as it stands, without its byte order mark."""
    text, encoding = decode(data)
    return Extracted(text, encoding=encoding)


def decode(data: bytes) -> tuple[str, str]:
    """The text, exactly, without a byte order mark, and the name of its encoding.

    Raises:
        SourceError: If the bytes are no text, or in an encoding that cannot be told.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _decoded(data, encoding)
            if text is None:
                raise SourceError(UNCLEAR, SourceProblem.NOT_UTF8)
            if "\0" in text:
                raise SourceError(BINARY, SourceProblem.BINARY)
            return text, encoding
    if b"\0" in data:
        raise SourceError(BINARY, SourceProblem.BINARY)
    try:
        return data.decode(UTF_8).removeprefix(BYTE_ORDER_MARK), UTF_8
    except UnicodeDecodeError as error:
        broken = error
    if data.startswith(codecs.BOM_UTF8) or _is_damaged_utf8(data, broken):
        place = f"byte {data[broken.start]:#04x} at position {broken.start}"
        raise SourceError(DAMAGED % place, SourceProblem.NOT_UTF8)
    if sum(1 for _ in CONTROLS.finditer(data)) > CONTROLS_SHARE * len(data):
        raise SourceError(BINARY, SourceProblem.BINARY)
    return _guess(data)


def _is_damaged_utf8(data: bytes, broken: UnicodeDecodeError) -> bool:
    """Whether this was UTF-8 once: it ends within a character, or has as many whole characters as bytes left over."""
    if broken.end == len(data) and broken.end - broken.start > 1 and broken.reason == "unexpected end of data":
        return True
    around = data[max(0, broken.start - LOOK_AROUND) : broken.start + LOOK_AROUND]
    whole = [len(match[0]) for match in CHARACTER.finditer(around)]
    high = len(around) - len(around.translate(None, HIGH))
    return len(whole) >= high - sum(whole)


def _guess(data: bytes) -> tuple[str, str]:
    """The text in the likeliest encoding in which it makes sense.

    Source of the method: ``chardet``, which compares pairs of bytes with those of many languages; what it proposes
    counts only if no word is written in two scripts.
    """
    import chardet

    sample = _telling(data)
    many = sum(byte >= 0x80 for byte in sample) >= MANY
    found = chardet.detect_all(sample, include_encodings=ENCODINGS, compat_names=False)
    likely = {WESTERN: 0.0} | {one["encoding"] or "": one["confidence"] for one in found}
    for encoding in sorted(likely, key=lambda name: likely[name] * COMMONNESS.get(name, 1), reverse=True):
        text = _decoded(data, encoding) if encoding in ENCODINGS else None
        sure = not many or likely[encoding] >= SURE
        if text is not None and _makes_sense(text) and (sure or _is_latin(text)):
            # Many letters stand at the same places in several encodings.
            same = text == _decoded(data, WESTERN)
            return text.removeprefix(BYTE_ORDER_MARK), ENCODINGS[WESTERN if same else encoding]
    raise SourceError(UNCLEAR, SourceProblem.NOT_UTF8)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _telling(data: bytes) -> bytes:
    """The parts of the data that tell its encoding: what lies around bytes above ASCII."""
    sample, end = bytearray(), 0
    for part in TELLING.finditer(data):
        if part.start() > end:  # else it goes on within a line, maybe within a character
            sample += b"\n"
        sample += part[0]
        end = part.end()
        if len(sample) > TELLING_BYTES:
            break
    return bytes(sample)


def _makes_sense(text: str) -> bool:
    """Whether this can be what was written: no characters without a meaning, and hardly a word in two scripts."""
    if NO_TEXT.search(text):
        return False
    words = [match[0] for match in islice(TELLING_WORD.finditer(text), TELLING_WORDS)]
    mixed = sum(len({script_of(letter) for letter in word} & SCRIPTS) > 1 for word in words)
    return mixed <= MIXED_SHARE * len(words)


def _is_latin(text: str) -> bool:
    """Whether most words with letters above ASCII have others, too, as in all languages that are written in Latin."""
    words = [match[0] for match in islice(TELLING_WORD.finditer(text), TELLING_WORDS)]
    return sum(bool(ASCII_LETTER.search(word)) for word in words) >= LATIN_SHARE * len(words)


@cache
def script_of(letter: str) -> str:
    """The script of a letter as Unicode's names begin: "LATIN", "CYRILLIC"; nothing for a sign without a name."""
    return unicodedata.name(letter, "").partition(" ")[0]
