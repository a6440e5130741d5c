"""``pullquote discord``: everything ready before login, and an orderly end."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable
from functools import partial

import aiohttp
import discord

from bot.chain import AnswerChain
from bot.discord.client import PullquoteBot
from bot.discord.database import Database
from bot.discord.logs import records_kept
from bot.discord.report import INTENT_REMEDY, library_line
from bot.errors import DiscordError
from bot.settings import TOKEN_VARIABLE, Settings
from retrieval import add_article_once

NO_TOKEN = (
    f"There is no Discord token; put {TOKEN_VARIABLE}=… into the environment or .env (docs/discord.md says where to "
    "get one)."
)
WRONG_TOKEN = (
    f"Discord does not accept the token; copy it again from https://discord.com/developers/applications (Bot, Reset "
    f"Token) into {TOKEN_VARIABLE}."
)
NO_NETWORK = "Discord cannot be reached; check the network and start again."
AUTHENTICATION_FAILED = 4004


def run_bot(settings: Settings, say: Callable[[str], None]) -> None:
    """Run the bot until it is told to stop (SIGTERM or Ctrl-C).

    Args:
        settings: Everything that was set; the token is needed.
        say: Takes the plain lines about the start.

    Raises:
        DiscordError: If there is no token, it is wrong, Discord cannot be reached, or the bot runs already.
        RecordsError: If the bot's records cannot be used.
        RetrievalError: If the library or the model cannot be used.
    """
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise DiscordError(NO_TOKEN)
    with records_kept(settings.home, [token]):
        chain = AnswerChain.from_settings(settings)
        # Nothing is loaded while people wait: the model and the first document come before login.
        add_article_once(chain.library)
        chain.library.embeddings.embed_query("")
        say(library_line(chain.library))
        database = Database(settings.home)
        finished = asyncio.run(_serve(partial(PullquoteBot, settings, chain, database, say), token, settings, say))
        database.close()
        if not finished:
            # A thread is still at work on an answer that nobody waits for any more; Python would wait for it.
            logging.shutdown()
            sys.stdout.flush()
            os._exit(0)
        chain.close()


async def _serve(
    make_bot: Callable[..., PullquoteBot], token: str, settings: Settings, say: Callable[[str], None]
) -> bool:
    """Be online until told to stop; True when everything was finished."""
    try:
        return await _connect(make_bot(read_threads=settings.read_threads), token)
    except discord.PrivilegedIntentsRequired:
        say(INTENT_REMEDY)
        return await _connect(make_bot(read_threads=False), token)


async def _connect(bot: PullquoteBot, token: str) -> bool:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, bot.stop_soon)
    async with bot:
        try:
            await bot.login(token)
            await bot.connect()
        except discord.LoginFailure:
            raise DiscordError(WRONG_TOKEN) from None
        except discord.ConnectionClosed as error:
            if error.code == AUTHENTICATION_FAILED:
                raise DiscordError(WRONG_TOKEN) from None
            raise DiscordError(f"Discord closed the connection (code {error.code}); start again later.") from None
        except discord.HTTPException as error:
            raise DiscordError(f"Discord answered with an error ({error.status}); start again later.") from None
        except (aiohttp.ClientError, OSError):
            raise DiscordError(NO_NETWORK) from None
    return bot.finished_everything
