"""The documents in a zip archive: each is a source of its own, as those of a folder are.

Nothing is unpacked to disk, and each document only when it is its turn, within limits (``safe_zip.py``). So a name that
climbs out of its folder is only a name, and an archive that is made to burst costs a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote
from zipfile import ZipInfo

from retrieval.errors import SourceError, SourceProblem
from retrieval.files import open_regular
from retrieval.loaders.composer import clean
from retrieval.loaders.formats import MAX_BYTES_WITH_PICTURES, check_file, is_document
from retrieval.loaders.load_errors import protected, refusing_damage
from retrieval.loaders.markup.safe_zip import ENCRYPTED, Archive, Limits, readable_name
from retrieval.loaders.source_loader import Original

ENDING = ".zip"
KIND = "ZIP"
MAX_ZIP_BYTES = 200_000_000
LIMITS = Limits(entries=20_000, unpacked_bytes=1_000_000_000, part_bytes=MAX_BYTES_WITH_PICTURES)
# What macOS adds to every archive.
OF_THE_SYSTEM = "__MACOSX"

NO_DOCUMENTS = "There are no documents in {name}; unpack it and name the files that you mean."
NESTED = "{name} is an archive in an archive; unpack it and index that."
TOO_LARGE = f"{{name}} is larger than {MAX_ZIP_BYTES // 1_000_000} MB; split it into smaller archives."


@dataclass(frozen=True, slots=True)
class ZippedDocument:
    """A document in an archive: where the archive is, what the document is called there, and how large it is."""

    archive: Path
    entry: str
    size_bytes: int

    @property
    def name(self) -> str:
        """What it is called to people: as if the archive were a folder."""
        return f"{_shown(self.archive)}/{clean(_readable(self.entry))}"

    @property
    def uri(self) -> str:
        """The archive's address, and the document as a part of it."""
        return f"{self.archive.resolve().as_uri()}#{quote(_readable(self.entry))}"

    def read(self) -> Original:
        """Unpack it.

        Raises:
            SourceError: If the archive is gone, or the document damaged, protected, or larger than is safe.
        """
        check_file(self.name, self.size_bytes)
        return Original(self.name, self.uri, _told(self.name, self.archive, self.entry))


@dataclass
class Zipped:
    """What a look into an archive came to.

    Attributes:
        documents: Those in it, in the order of their names.
        skipped: How many of its files were passed over because their endings are no document's.
        problems: What could not be looked at, a sentence each.
    """

    documents: list[ZippedDocument] = field(default_factory=list)
    skipped: int = 0
    problems: list[str] = field(default_factory=list)


def is_zip(path: Path) -> bool:
    """Whether a file's name says that it is a zip archive."""
    return path.suffix.lower() == ENDING


def find_zipped(path: Path) -> Zipped:
    """Look into an archive; what is hidden is left out, as in a folder.

    Raises:
        SourceError: If it is missing, no archive, too large, or protected by a password.
    """
    _opened.cache_clear()  # what was unpacked before counts no more
    try:
        entries = [entry for entry in _open(path).entries if not entry.is_dir() and not _is_hidden(entry)]
    except SourceError as error:
        raise error.named(_shown(path)) from None
    found = Zipped()
    for entry in sorted(entries, key=lambda one: one.filename):
        document = ZippedDocument(path, entry.filename, entry.file_size)
        if is_document(entry.filename):
            found.documents.append(document)
        elif entry.filename.lower().endswith(ENDING):
            found.problems.append(NESTED.replace("{name}", document.name))
        else:
            found.skipped += 1
    if not found.documents and not found.problems:
        raise SourceError(NO_DOCUMENTS.replace("{name}", _shown(path)), SourceProblem.EMPTY)
    if found.documents and all(entry.flag_bits & ENCRYPTED for entry in entries):
        raise protected().named(_shown(path))
    return found


def zipped_content(path: Path, fragment: str) -> bytes | None:
    """The content of the document that a uri names within an archive; None if there is none any more."""
    entries = _open(path).entries
    entry = next((one for one in entries if _readable(one.filename) == unquote(fragment)), None)
    return None if entry is None else _told(_shown(path), path, entry.filename)


def _told(name: str, path: Path, entry: str) -> bytes:
    """An entry's content; whatever is wrong with it is said of this name."""
    try:
        with refusing_damage(KIND):
            return _open(path).read(entry)
    except SourceError as error:
        raise error.named(name) from None


def _open(path: Path) -> Archive:
    try:
        status = path.stat()
        return _opened(path, status.st_mtime_ns, status.st_size)
    except FileNotFoundError:
        raise SourceError("There is no file {name}; check the path.") from None
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise SourceError(f"{{name}} cannot be read ({reason}); check the path and its permissions.") from None


@lru_cache(maxsize=1)
def _opened(path: Path, changed: int, size: int) -> Archive:
    """The archive, kept while its documents are read one after the other; the time and size tell another from it."""
    if size > MAX_ZIP_BYTES:
        raise SourceError(TOO_LARGE, SourceProblem.TOO_LARGE, limit_bytes=MAX_ZIP_BYTES)
    with open_regular(path) as file:
        data = file.read(MAX_ZIP_BYTES + 1)
    with refusing_damage(KIND):
        return Archive(data, KIND, LIMITS)


def _is_hidden(entry: ZipInfo) -> bool:
    parts = _parts(entry.filename)
    return not parts or parts[0] == OF_THE_SYSTEM or any(part.startswith(".") for part in parts)


def _parts(name: str) -> list[str]:
    return list(filter(None, name.replace("\\", "/").split("/")))


def _readable(name: str) -> str:
    """An entry's name with slashes."""
    return readable_name("/".join(_parts(name))).encode("utf-8", "replace").decode("utf-8")


def _shown(path: Path) -> str:
    return str(path).encode("utf-8", "replace").decode("utf-8")
