"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

from pathlib import PurePosixPath

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.formats import DOCUMENT, PDF, REFUSED_BY_SUFFIX, TEXT, Format
from retrieval.loaders.plain import CONTROLS
from retrieval.loaders.text_beginnings import recognise_text

HEAD_BYTES = 4096
RICH_TEXT = b"{\\rtf"
# Files of these kinds begin so; the second part is the ending under which the refusal stands.
BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    (b"PK\x03\x04", ".zip"),
    (b"PK\x05\x06", ".zip"),
    (b"\x1f\x8b", ".gz"),
    (b"BZh", ".bz2"),
    (b"\xfd7zXZ\x00", ".xz"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"\x28\xb5\x2f\xfd", ".zst"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"OggS", ".ogg"),
    (b"fLaC", ".flac"),
    (b"\x1aE\xdf\xa3", ".mkv"),
)
RIFF = {b"WEBP": ".webp", b"WAVE": ".wav", b"AVI ": ".avi"}
# An archive may be a document under a wrong name.
ZIP = "an archive, or a document such as .docx or .epub under another name"
ZIP_REMEDY = "give it its right name, or unpack it and index the files in it"


def recognise(name: str, data: bytes, named: Format) -> Format:
    """The format of a file that its name calls text: what its beginning shows it to be, PDF only without an ending.

    Args:
        name: The file's name.
        data: Its content.
        named: What the name says.

    Raises:
        SourceError: If the content is plainly of another kind.
    """
    if not named.is_text:
        return named
    if data[:HEAD_BYTES].lstrip().startswith(b"%PDF-"):
        if named is TEXT and not PurePosixPath(name).suffix:
            return PDF
        sentence = f"{name} is a PDF inside; give it a name that ends in .pdf and index that."
        raise SourceError(sentence, SourceProblem.FORMAT)
    suffix = _suffix(data)
    if suffix:
        what, remedy = REFUSED_BY_SUFFIX[suffix]
        if suffix == ".zip":
            what, remedy = ZIP, ZIP_REMEDY
        elif suffix == ".doc":
            what, remedy = "an old Office document", DOCUMENT
        raise SourceError(f"{name} is {what}, whatever its name says; {remedy}.", SourceProblem.FORMAT)
    return (recognise_text(data) if named is TEXT else None) or named


def _suffix(data: bytes) -> str:
    """The ending that a file with this beginning should have; empty where the beginning says nothing."""
    if data.startswith(RICH_TEXT):
        return ".rtf"
    if not CONTROLS.search(data[:HEAD_BYTES]):
        return ""  # a text may begin with any letters
    if data.startswith(b"RIFF"):
        return RIFF.get(data[8:12], "")
    if data[4:8] == b"ftyp":
        return ".mp4"
    return next((suffix for beginning, suffix in BEGINNINGS if data.startswith(beginning)), "")
