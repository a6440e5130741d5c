"""A model of somebody else -> its tokenizer and network, or a sentence that says what is wrong.

The only place that loads transformers for a reader or for a checking model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.errors import PullquoteError
from retrieval.extras import has_extra, needs_extra
from retrieval.fork_safety import ForkedLock, renewed_in_fork
from retrieval.models.pytorch import NO_HOME, go_on_alone, set_up_pytorch, sha256_of_weights

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

HUB_ID = re.compile(r"[\w.-]+(?:/[\w.-]+)?")
# RoBERTa and its kin count places from 2.
FIRST_PLACES = 2
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
        "has no tokenizer that knows {knows}; take one with a tokenizer.json, or run "
        "`pip install sentencepiece` if it has a SentencePiece one"
    ),
}
# What transformers says of a model that comes with code.
OWN_CODE = "trust_remote_code=True"


class TokenizerError(OSError):
    """There is no tokenizer, or none that can be used."""


@dataclass(frozen=True, slots=True)
class ModelKind:
    """What published models are used for, and the words of the sentences about those that cannot be.

    Attributes:
        noun: What such a model is called.
        setting: The variable that names one.
        auto_class: The class of transformers that opens one.
        task: What it must have learned: "was not trained to …".
        form: What it is by its form.
        example: What to take instead of one that cannot be used.
        window: How many word pieces are read at once at most.
        places: Whether its tokenizer must know where in a text a word piece stands.
        error: What is raised.
    """

    noun: str
    setting: str
    auto_class: str
    task: str
    form: str
    example: str
    window: int
    places: bool
    error: type[PullquoteError]

    @property
    def remedy(self) -> str:
        """What helps where nothing else is known."""
        return f"correct {self.setting}, or unset it to use the {self.noun} that comes with the install"


@dataclass(frozen=True, slots=True)
class LoadedTransformer:
    """A model that was loaded.

    Attributes:
        tokenizer: Cuts texts into word pieces.
        network: Gives scores for them.
        window: How many word pieces are read at once.
    """

    tokenizer: PreTrainedTokenizerBase
    network: PreTrainedModel
    window: int


class PublishedTransformer:
    """A model in the form of Hugging Face transformers; loaded on first use, and shared between threads.

    Code that comes with a model is never run. What is loaded is used under ``lock`` alone: a fast tokenizer that is
    used from two threads raises "Already borrowed" (tokenizers #537).

    Args:
        model: A folder, or an id on the Hugging Face hub; what was downloaded before is not asked for again.
        kind: What it is used for.
    """

    def __init__(self, model: str, kind: ModelKind) -> None:
        self.name = model
        self.lock = ForkedLock()
        self._kind = kind
        renewed_in_fork(self, PublishedTransformer._go_on_alone)

    @cached_property
    def loaded(self) -> LoadedTransformer:
        """Its parts. Raises the error of its kind if it cannot be loaded or is no such model."""
        return _load_from_anywhere(self.name, self._kind)

    @cached_property
    def sha256(self) -> str:
        """The hash of all its numbers. Raises as ``loaded`` does."""
        return sha256_of_weights(self.loaded.network)

    @property
    def description(self) -> str:
        """Its name, its size and its hash, for people. Raises as ``loaded`` does."""
        millions = sum(each.numel() for each in self.loaded.network.parameters()) / 1e6
        return f"“{self.name}”, {millions:.0f} million parameters, SHA-256 {self.sha256[:12]}…"

    def _go_on_alone(self) -> None:
        if "loaded" in self.__dict__:
            go_on_alone()


def _load_from_anywhere(name: str, kind: ModelKind) -> LoadedTransformer:
    folder = _folder(name, kind)
    if not has_extra("models"):
        raise kind.error(f"The {kind.noun} “{name}” {needs_extra('models')}")
    set_up_pytorch()
    try:
        if folder:
            return _load(str(folder), name, kind, local=True)
        with suppress(OSError, ValueError):  # not here, or not all of it
            return _load(name, name, kind, local=True)
        return _load(name, name, kind, local=False)
    except kind.error:
        raise
    # What a foreign model or the hub raises is open-ended.
    except Exception as error:
        raise kind.error(f"The {kind.noun} “{name}” {_reason(error, kind)}.") from error


def _folder(name: str, kind: ModelKind) -> Path | None:
    """The folder that is meant, or None for an id on the hub."""
    try:
        folder = Path(name).expanduser()
    except RuntimeError:
        folder = Path(name)
    if folder.is_dir():
        return folder
    if HUB_ID.fullmatch(name):
        return None
    raise kind.error(f"There is no folder “{name}” with a {kind.noun}; {kind.remedy}.")


def _load(path: str, name: str, kind: ModelKind, *, local: bool) -> LoadedTransformer:
    import torch
    import transformers
    from transformers import AutoConfig, AutoTokenizer

    AutoConfig.from_pretrained(path, local_files_only=local, trust_remote_code=False)  # or it is no model at all
    try:
        tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=local, trust_remote_code=False)
    except ValueError as error:
        raise TokenizerError from error
    network, told = getattr(transformers, kind.auto_class).from_pretrained(
        path, local_files_only=local, trust_remote_code=False, dtype=torch.float32, output_loading_info=True
    )
    # What the file lacks would be filled with numbers drawn by chance.
    if told["missing_keys"]:
        raise kind.error(
            f"The {kind.noun} “{name}” was not trained to {kind.task} ({min(told['missing_keys'])} is missing); "
            f"take {kind.example}."
        )
    # Where a model has no tokenizer's file, an empty one is made up, for which every word is unknown.
    made_up = 2 * len(tokenizer) < network.get_input_embeddings().num_embeddings
    if made_up or (kind.places and not tokenizer.is_fast):
        raise TokenizerError
    return LoadedTransformer(tokenizer, network.eval(), _window(tokenizer, network.config, kind.window))


def _window(tokenizer: PreTrainedTokenizerBase, config: Any, most: int) -> int:
    places = getattr(config, "max_position_embeddings", None) or 0
    return min(most, tokenizer.model_max_length, *([places - FIRST_PLACES] if places > FIRST_PLACES else []))


def _reason(error: Exception, kind: ModelKind) -> str:
    """What is wrong, and what to do."""
    chain = list(_chain(error))
    if any(str(each).startswith(NO_HOME) for each in chain):
        return "cannot be loaded, because there is no home folder to keep it in; set HF_HOME to a folder"
    if any(OWN_CODE in str(each) for each in chain):
        return f"needs code of its own, which is never run; take {kind.example}"
    names = {name.__name__ for each in chain for name in type(each).__mro__}
    for name, reason in REASONS.items():
        if name in names:
            told = reason.format(knows="where words stand" if kind.places else "its words")
            return told if ";" in told else f"{told}; {kind.remedy}"
    return f"cannot be loaded as a {kind.form} ({type(error).__name__}); {kind.remedy}"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
