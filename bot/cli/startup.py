"""What a command begins with: its settings, the log, which lies in the data folder that they name, and the networks."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings

# What is open as long as the command runs; ``main`` closes it.
OPEN = ExitStack()
# They answer one question and end.
ASKING = ("ask", "search")
HELP = {"-h", "--help"}


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


def load_networks(arguments: Sequence[str]) -> None:
    """Begin to load the networks that come with the install, for a command that asks something.

    Loading them needs little of Python and takes as long as importing the rest of the program. So it begins before
    anything else, with a guess at what typer will read in the arguments; whoever needs a network that was not guessed
    loads it then. Where the settings name models of others, those are loaded when they are needed, with PyTorch, which
    takes much longer than this.

    Args:
        arguments: Those of the program.
    """
    command, *given = arguments or [""]
    words = " ".join(word for word in given if not word.startswith("--"))
    if command not in ASKING or not words or not HELP.isdisjoint(given):
        return
    from bot.small_talk import find_small_talk

    if find_small_talk(words):
        return
    from bot.extractive.reader.interface import bundled_reader
    from retrieval.models.embedder import bundled_embedder
    from retrieval.models.onnx_runtime import load_meanwhile

    load_meanwhile(bundled_embedder().load, *([bundled_reader().load] if command == "ask" else []))
