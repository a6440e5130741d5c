"""The settings of a command, and with them the log: it lies in the data folder, which they name."""

from __future__ import annotations

from contextlib import ExitStack

from bot.logs import LogFile, log_kept
from bot.settings import Settings

# What is open as long as the command runs; ``main`` closes it.
OPEN = ExitStack()


def load_settings() -> Settings:
    """The settings; from now on what Python records and compiled libraries write goes to the log.

    Raises:
        SettingsError: If a setting does not fit.
    """
    settings = Settings.load()
    OPEN.enter_context(log_kept(settings.home, [LogFile(settings.home)]))
    return settings
