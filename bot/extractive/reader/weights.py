"""The reader's files, the proof that they are the ones that were published, and how they are loaded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from bot.errors import AnswerError, ReaderError
from retrieval.files import altered_files

FOLDER = Path(__file__).parent / "model"
WEIGHTS = "reader.onnx"
TOKENIZER = "tokenizer.json"
HASHES = "sha256.json"
CARD = "card.json"
# Its lists of documents that were learned from or calibrated on: articles of SQuAD 2.0, and those of other sets.
TRAINED_ON = ("learned_from", "learned_from_too", "calibrated_on", "calibrated_on_too")
# The selector's weights lie with those of the reader that they were fitted with.
SELECTOR = "selector.json"
# Those of the selector for languages that the reader does not know: they fit every reader, because they ask none.
WORD_SELECTOR = "words.json"
# The files that make scores of texts, and all that make answers of these.
NETWORK = (WEIGHTS, TOKENIZER)
ALL_FILES = (*NETWORK, SELECTOR, WORD_SELECTOR)
REINSTALL = "run `pip install --force-reinstall --no-deps pullquote`"


def check_files(
    folder: Path = FOLDER,
    names: Sequence[str] = NETWORK,
    network: str = "reader",
    error: type[AnswerError] = ReaderError,
) -> None:
    """Compare files of a network that comes with the install with their recorded hashes; they have about 24 MB.

    Args:
        folder: Where they lie.
        names: Which of them.
        network: What it is called in sentences for people.
        error: What is raised.

    Raises:
        ReaderError: If a file is missing, unreadable or different; another error where one is given.
    """
    try:
        different = altered_files(folder, HASHES, names)
    except (OSError, ValueError, KeyError, TypeError):
        raise error(f"The files of the {network} are missing or unreadable; {REINSTALL}.") from None
    if different:
        raise error(f"The {network}'s file {different[0]} was altered (its SHA-256 differs); {REINSTALL}.")


def recorded_hash(folder: Path = FOLDER) -> str:
    """The SHA-256 of the network, as it is recorded.

    Raises:
        ReaderError: If the record is missing or unreadable.
    """
    try:
        return str(json.loads((folder / HASHES).read_bytes())[WEIGHTS])
    except (OSError, ValueError, KeyError, TypeError):
        raise ReaderError(f"The files of the reader are missing or unreadable; {REINSTALL}.") from None


def documents_trained_on(folder: Path = FOLDER) -> tuple[str, ...]:
    """The titles of the documents that reader and selector were made with, learning and calibration together.

    Raises:
        ReaderError: If the reader's card is missing or unreadable.
    """
    try:
        card = json.loads((folder / CARD).read_bytes())
        return tuple(title for part in TRAINED_ON for title in card[part])
    except (OSError, ValueError, KeyError):
        raise ReaderError(f"The reader's card is missing or unreadable; {REINSTALL}.") from None
