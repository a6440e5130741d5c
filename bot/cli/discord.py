"""``pullquote discord``."""

from __future__ import annotations

from itertools import chain
from typing import Annotated

import typer

from bot.cli.doctor import complain_of, machine_findings, show
from bot.cli.exit_codes import NOT_CONFIGURED, NOT_EVERYWHERE, PROBLEM
from bot.cli.startup import load_settings
from bot.cli.terminal import complain, say_now
from bot.errors import TokenError
from bot.settings import Settings
from retrieval import SettingsError

Check = Annotated[
    bool,
    typer.Option(
        "--check",
        help="Check library, disk, token, intents, and permissions in each server, and leave; a running bot is not "
        "disturbed. The exit code is 0 if all is well, 1 if the bot works but lacks something, 2 if it cannot work.",
    ),
]


def discord(check: Check = False) -> None:
    """Run the Discord bot; DISCORD_TOKEN holds its token."""
    if check:
        _check()
        return
    # Discord's library takes a moment to load, and no other command needs it.
    from bot.discord.run import run_bot

    try:
        run_bot(Settings.load(), say_now)
    except (SettingsError, TokenError) as error:
        complain(str(error))
        raise typer.Exit(NOT_CONFIGURED) from None


def _check() -> None:
    from bot.discord.check import SECONDS, check_bot

    settings = load_settings()
    # A chat model that is silent is waited for no longer than Discord is.
    hasty = settings.model_copy(update={"chat_timeout_seconds": min(settings.chat_timeout_seconds, SECONDS)})
    failed = show(chain(machine_findings(hasty), check_bot(settings)))
    if failed:
        complain_of(failed)
        raise typer.Exit(PROBLEM if any(finding.needed for finding in failed) else NOT_EVERYWHERE)
