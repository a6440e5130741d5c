"""``pullquote discord``: everything ready before login, and an orderly end."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import discord

from bot.chain import AnswerChain
from bot.discord.client import PullquoteBot
from bot.discord.login import bot_token, plain_error
from bot.discord.records.database import Database
from bot.discord.records.records_folder import records_home
from bot.discord.redacted_log import redacted_log
from bot.discord.startup_report import INTENT_REMEDY, library_line
from bot.readiness import make_ready
from bot.settings import Settings


def run_bot(settings: Settings, say: Callable[[str], None]) -> None:
    """Run the bot until it is told to stop (SIGTERM or Ctrl-C).

    Args:
        settings: Everything that was set; the token is needed.
        say: Takes the plain lines about the start.

    Raises:
        TokenError: If there is no token, or it is wrong.
        DiscordError: If Discord cannot be reached, or the bot runs already.
        ReaderError: If the reader's weights are missing or altered.
        CheckerError: If statements of a chat model are to be checked, and the checking model cannot be used.
        RecordsError: If the bot's records cannot be used.
        RetrievalError: If the library or the model cannot be used.
    """
    token = bot_token(settings)
    with records_home(settings.home, say) as home, redacted_log(home, [token]):
        chain = AnswerChain.from_settings(settings)
        make_ready(settings, chain.library)
        say(library_line(chain.library))
        if chain.notice:
            say(chain.notice)
        database = Database(home)
        make_bot = partial(PullquoteBot, settings, chain, database, home, say)
        finished = asyncio.run(_serve(make_bot, token, settings, say))
        database.close()
        if finished:
            chain.close()
    if any(thread is not threading.main_thread() and not thread.daemon for thread in threading.enumerate()):
        # Something is still at work that nobody waits for any more; Python itself would wait for it.
        logging.shutdown()
        sys.stdout.flush()
        os._exit(0)


class _UnawaitedExecutor(ThreadPoolExecutor):
    """The event loop's own threads, for which the end of the loop does not wait."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work."""
        super().shutdown(wait=False, cancel_futures=True)


async def _serve(
    make_bot: Callable[..., PullquoteBot], token: str, settings: Settings, say: Callable[[str], None]
) -> bool:
    """Be online until told to stop; True when everything was finished."""
    asyncio.get_running_loop().set_default_executor(_UnawaitedExecutor())
    try:
        return await _connect(make_bot(read_content=settings.read_threads or settings.message_content), token)
    except discord.PrivilegedIntentsRequired:
        say(INTENT_REMEDY)
        return await _connect(make_bot(read_content=False), token)


async def _connect(bot: PullquoteBot, token: str) -> bool:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, bot.stop_soon)
    async with bot:
        online = asyncio.create_task(_be_online(bot, token))
        ended = asyncio.create_task(bot.ended())
        await asyncio.wait({online, ended}, return_when=asyncio.FIRST_COMPLETED)
        if bot.answer_service.stopping:
            await ended
            # It may be waiting for its next attempt to connect; what comes of closing in the middle is no error.
            online.cancel()
            await asyncio.gather(online, return_exceptions=True)
            return bot.finished_everything
        ended.cancel()
        try:
            await online
        except Exception as error:
            raise plain_error(error, bot) from error
    return True


async def _be_online(bot: PullquoteBot, token: str) -> None:
    await bot.login(token)
    await bot.connect()
