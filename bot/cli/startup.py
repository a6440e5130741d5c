"""What a command begins with: its settings, the log, which lies in the data folder that they name, and the networks."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval import Library

# What is open as long as the command runs; ``main`` closes it.
OPEN = ExitStack()


def load_settings() -> Settings:
    """The settings; from now on what Python records and compiled libraries write goes to the log.

    Raises:
        SettingsError: If a setting does not fit.
    """
    from bot.logs import LogFile, log_kept
    from bot.settings import Settings

    settings = Settings.load()
    OPEN.enter_context(log_kept(settings.home, [LogFile(settings.home)]))
    return settings


def open_library(settings: Settings, *, reads: bool) -> Library:
    """The library, whose networks are being loaded while the command goes on with something else.

    Args:
        settings: The settings.
        reads: Whether the reader is needed as well, as it is for an answer.
    """
    from bot.extractive.reader import open_reader
    from bot.extractive.reader.span_reader import SpanReader
    from retrieval.library import Library
    from retrieval.models.onnx_embedder import OnnxEmbedder
    from retrieval.models.onnx_runtime import load_meanwhile

    library = Library(settings)
    networks = [library.embeddings, *([open_reader(settings.reader_model)] if reads else [])]
    # Models of others bring PyTorch along, and are loaded when they are needed.
    load_meanwhile(*(network.load for network in networks if isinstance(network, OnnxEmbedder | SpanReader)))
    return library
