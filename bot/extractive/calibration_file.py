"""What ``pullquote calibrate`` has fitted: kept in the data folder, and used with what it was fitted to."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.errors import ReaderError
from bot.extractive.reader import Reader
from bot.extractive.selection import Weights
from retrieval import Library
from retrieval.files import write_atomically

logger = logging.getLogger(__name__)

FILE = "calibration.json"
REMEDY = "run `pullquote calibrate` again, or `pullquote calibrate --reset` for the weights that come with the install"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights and thresholds of one's own, and what they were fitted to.

    Attributes:
        made: The day, in ISO's form.
        reader: What the reader is called.
        reader_sha256: The hash of its weights.
        embedding_model: What the embedding model is called.
        embedding_sha256: The hash of its weights; empty where it tells none.
        questions: The SHA-256 of each file of questions, by its name.
        asked: How many questions there were.
        documents: The titles of the documents that they are about.
        selector: The weights and thresholds, as ``Weights.to_json`` gives them.
    """

    made: str
    reader: str
    reader_sha256: str
    embedding_model: str
    embedding_sha256: str
    questions: Mapping[str, str]
    asked: int
    documents: tuple[str, ...]
    selector: Mapping[str, Any]

    @property
    def summary(self) -> str:
        """What it was fitted to, in a few words."""
        return f"{self.asked:,} questions about {len(self.documents):,} documents, {self.made}"

    def weights_for(self, reader: Reader, library: Library) -> Weights:
        """The weights.

        Raises:
            ReaderError: If they were fitted to another reader, another embedding model or another version.
        """
        if self.reader_sha256 != reader.sha256:
            raise self._misfit(self.reader, reader.name)
        name, sha256 = embedding_of(library)
        if (self.embedding_model, self.embedding_sha256) != (name, sha256):
            raise self._misfit(f"the embedding model {self.embedding_model}", name)
        try:
            return Weights.from_json(self.selector)
        except (KeyError, TypeError, ValueError):
            raise ReaderError(
                f"The calibration of {self.made} was made by another version of Pullquote; {REMEDY}."
            ) from None

    def _misfit(self, name: str, now: str) -> ReaderError:
        other = "with other weights" if name.endswith(now) else f"and not for {now}"
        return ReaderError(f"The calibration of {self.made} was made for {name} {other}; {REMEDY}.")


def embedding_of(library: Library) -> tuple[str, str]:
    """The name of a library's embedding model, and the hash of its weights where it tells one."""
    return library.settings.embedding_model, str(getattr(library.embeddings, "sha256", ""))


def write_calibration(home: Path, calibration: Calibration) -> Path:
    """Keep it, with a hash of all that is in it.

    Raises:
        StorageError: If the data folder cannot be written.
    """
    stored = asdict(calibration)
    path = home / FILE
    write_atomically(path, json.dumps(stored | {"sha256": _hash(stored)}, indent=2).encode() + b"\n")
    return path


def read_calibration(home: Path) -> Calibration | None:
    """What is kept there; None where nothing is.

    Raises:
        ReaderError: If it is damaged.
    """
    path = home / FILE
    try:
        stored = json.loads(path.read_bytes())
        sha256 = stored.pop("sha256")
        if sha256 != _hash(stored):
            raise ValueError("altered")
        return Calibration(**stored | {"documents": tuple(stored["documents"])})
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ReaderError(f"The calibration in {path} is damaged or was altered; {REMEDY}.") from None


def weights_in_force(home: Path, reader: Reader, library: Library) -> tuple[Weights, str | None]:
    """The weights that answers are chosen by, and the sentence for a calibration that is there and not used.

    Args:
        home: The data folder.
        reader: The reader in force.
        library: The library that is asked.

    Raises:
        ReaderError: If the reader cannot be loaded, or the weights that come with it are missing or altered.
        ModelError: If there is a calibration and the embedding model cannot be loaded.
    """
    notice = None
    try:
        if calibration := read_calibration(home):
            return calibration.weights_for(reader, library), None
    except ReaderError as error:
        notice = str(error)
        logger.warning("%s", notice)
    return Weights.load(reader.selector_weights), notice


def _hash(stored: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()
