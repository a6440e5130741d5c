"""A question-answering model of somebody else -> its tokenizer and network, or a sentence that says what is wrong.

The only place that loads transformers and PyTorch for a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import ReaderError
from retrieval.models.pytorch import NO_HOME, set_up_pytorch

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

HUB_ID = re.compile(r"[\w.-]+(?:/[\w.-]+)?")
# Word pieces of a question and a text that are read together, as most published models learned (Devlin et al. 2019).
WINDOW = 384
# RoBERTa and its kin count places from 2.
FIRST_PLACES = 2
REMEDY = "correct PULLQUOTE_READER_MODEL, or unset it to use the reader that comes with the install"
# What goes wrong, by the name of the class that is raised, in the order in which it is looked for; some have a remedy.
REASONS = {
    "GatedRepoError": "is shown by the hub only to those who are logged in; log in with `hf auth login`",
    "RepositoryNotFoundError": "is not known to the hub, or only to those who are logged in",
    "LocalEntryNotFoundError": (
        "is not on this machine, and the hub cannot be reached; "
        "download it where there is a network, and give its folder"
    ),
    "EntryNotFoundError": "lacks files on the hub",
    "TokenizerError": (
        "has no tokenizer that knows where words stand; take one with a tokenizer.json, or run "
        "`pip install sentencepiece` if it has a SentencePiece one"
    ),
}


class TokenizerError(OSError):
    """There is no tokenizer, or none that can be used."""


@dataclass(frozen=True, slots=True)
class PublishedModel:
    """A model that was loaded.

    Attributes:
        tokenizer: Cuts texts into word pieces, and knows where each stands.
        network: Gives each word piece a score for where an answer begins and for where it ends.
        window: How many word pieces are read at once.
    """

    tokenizer: PreTrainedTokenizerBase
    network: PreTrainedModel
    window: int


def load_published_model(name: str) -> PublishedModel:
    """Load a model for extractive question answering; code that comes with a model is never run.

    Args:
        name: A folder, or an id on the Hugging Face hub; what was downloaded before is not asked for again.

    Raises:
        ReaderError: If it cannot be loaded or is no such model.
    """
    folder = _folder(name)
    set_up_pytorch()
    try:
        if folder:
            return _load(str(folder), name, local=True)
        with suppress(OSError, ValueError):  # not here, or not all of it
            return _load(name, name, local=True)
        return _load(name, name, local=False)
    except ReaderError:
        raise
    # What a foreign model or the hub raises is open-ended.
    except Exception as error:
        raise ReaderError(f"The reader “{name}” {_reason(error)}.") from error


def _folder(name: str) -> Path | None:
    """The folder that is meant, or None for an id on the hub."""
    try:
        folder = Path(name).expanduser()
    except RuntimeError:
        folder = Path(name)
    if folder.is_dir():
        return folder
    if HUB_ID.fullmatch(name):
        return None
    raise ReaderError(f"There is no folder “{name}” with a reader; {REMEDY}.")


def _load(path: str, name: str, *, local: bool) -> PublishedModel:
    import torch
    from transformers import AutoConfig, AutoModelForQuestionAnswering, AutoTokenizer

    AutoConfig.from_pretrained(path, local_files_only=local, trust_remote_code=False)  # or it is no model at all
    try:
        tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=local, trust_remote_code=False)
    except ValueError as error:
        raise TokenizerError from error
    network, told = AutoModelForQuestionAnswering.from_pretrained(
        path, local_files_only=local, trust_remote_code=False, dtype=torch.float32, output_loading_info=True
    )
    # What the file lacks would be filled with numbers drawn by chance.
    if told["missing_keys"]:
        raise ReaderError(
            f"The reader “{name}” was not trained to answer questions ({min(told['missing_keys'])} is missing); "
            "take an extractive question-answering model, such as deepset/tinyroberta-squad2."
        )
    # Where a model has no tokenizer's file, an empty one is made up, for which every word is unknown.
    if not tokenizer.is_fast or 2 * len(tokenizer) < network.get_input_embeddings().num_embeddings:
        raise TokenizerError
    return PublishedModel(tokenizer, network.eval(), _window(tokenizer, network.config))


def _window(tokenizer: PreTrainedTokenizerBase, config: Any) -> int:
    places = getattr(config, "max_position_embeddings", None) or 0
    return min(WINDOW, tokenizer.model_max_length, *([places - FIRST_PLACES] if places > FIRST_PLACES else []))


def _reason(error: Exception) -> str:
    """What is wrong, and what to do."""
    chain = list(_chain(error))
    if any(str(each).startswith(NO_HOME) for each in chain):
        return "cannot be loaded, because there is no home folder to keep it in; set HF_HOME to a folder"
    names = {kind.__name__ for each in chain for kind in type(each).__mro__}
    for name, reason in REASONS.items():
        if name in names:
            return reason if ";" in reason else f"{reason}; {REMEDY}"
    return f"cannot be loaded as a question-answering model ({type(error).__name__}); {REMEDY}"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
