"""PyTorch, for models that do not come with the package: set up once it is needed, and never loaded before."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING

from retrieval.models.cpu_count import count_processors

if TYPE_CHECKING:
    from torch.nn import Module

# What Python says where a path begins with ``~`` and the user has no home folder.
NO_HOME = "Could not determine home directory"


def set_up_pytorch() -> None:
    """Load it, use no more processors than are there, and keep what the model libraries print off people's screens."""
    import torch
    from transformers.utils import logging as transformers_logging

    # PyTorch knows nothing of a container's share; a lower number that somebody has set stays.
    torch.set_num_threads(min(torch.get_num_threads(), count_processors()))
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    for name in ("sentence_transformers", "huggingface_hub"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def go_on_alone() -> None:
    """In a forked process PyTorch would wait for threads that only the parent has; one needs no others."""
    import torch

    torch.set_num_threads(1)


def sha256_of_weights(network: Module) -> str:
    """The SHA-256, in hexadecimal, of all numbers of a network, with their names and shapes.

    Whatever file they were loaded from, the same weights have the same hash.
    """
    import torch

    digest = hashlib.sha256()
    for name, tensor in sorted(network.state_dict().items()):
        digest.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}\n".encode())
        digest.update(tensor.detach().cpu().reshape(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()
