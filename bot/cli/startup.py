"""What a command begins with: its settings, the log, which lies in the data folder that they name, and the networks."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings

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


def load_networks(*, reads: bool) -> None:
    """Begin to load the networks that come with the install, while the command goes on with something else.

    It does not wait for the settings, which take as long to load. Where these name models of others, those are loaded
    when they are needed, with PyTorch, which takes much longer than this.

    Args:
        reads: Whether the reader is needed as well, as it is for an answer.
    """
    from bot.extractive.reader.interface import bundled_reader
    from retrieval.models.embedder import bundled_embedder
    from retrieval.models.onnx_runtime import load_meanwhile

    load_meanwhile(bundled_embedder().load, *([bundled_reader().load] if reads else []))
