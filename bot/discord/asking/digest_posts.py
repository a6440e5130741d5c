"""The digest of a week, made from the bot's own posts and counts, and posted where they stand, once.

Whether it was posted is read back, too: nothing is kept of it, so that it is posted late by a bot that was away, and
never twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import discord

from bot.discord import custom_ids
from bot.discord.asking.gap_posts import posts_in
from bot.discord.asking.payloads import Payload
from bot.discord.formatting.digest_page import WEEK, Digest, WantedTopic, digest_text, digest_title
from bot.discord.formatting.gap_post import Gap
from bot.discord.library.topics import MOST_QUESTIONS, group_by_meaning
from bot.discord.records import counters
from bot.discord.records.database import Database
from bot.discord.texts import Texts
from retrieval import Embedder

# Monday at this hour (UTC) the week before is summed up.
HOUR = 6
# How many messages of a week are looked through.
MOST_READ_BACK = 3000


def week_to_sum_up(now: datetime) -> date:
    """The Monday that begins the last whole week, which is summed up until the next one is over."""
    today = (now.astimezone(UTC) - timedelta(hours=HOUR)).date()
    return today - timedelta(days=today.weekday()) - WEEK


def midnight(day: date) -> datetime:
    """The beginning of a day."""
    return datetime.combine(day, time.min, UTC)


async def was_posted(channel: discord.TextChannel, week: date) -> bool:
    """Whether the digest of the week that begins on that day stands in the channel."""
    wanted = custom_ids.digest(week.isoformat())
    async for message in channel.history(limit=MOST_READ_BACK, after=midnight(week + WEEK), oldest_first=False):
        if message.author.id == channel.guild.me.id and wanted in _buttons_of(message):
            return True
    return False


async def make_digest(
    channel: discord.TextChannel, week: date, database: Database, embeddings: Embedder
) -> Digest | None:
    """What happened in a week; None where nothing did.

    Args:
        channel: Where the questions are posted.
        week: The Monday that begins it.
        database: Where questions are counted.
        embeddings: The model that compares questions.

    Raises:
        discord.HTTPException: If the channel cannot be read.
        RecordsError: If the counts cannot be read.
        ModelError: If the model cannot be used.
    """
    last = week + WEEK - timedelta(days=1)
    counted = await database.run(counters.counted_between, channel.guild.id, week, last)
    found = [
        (post.gap, message.jump_url)
        async for message, post in posts_in(channel, midnight(week), MOST_READ_BACK, before=midnight(week + WEEK))
        if post.gap.question
    ]
    if not any(counted) and not found:
        return None
    found = sorted(found, key=lambda pair: -pair[0].times)[:MOST_QUESTIONS]
    topics = await asyncio.to_thread(_topics, found, embeddings)
    return Digest(week, *counted, tuple(topics))


def digest_payload(digest: Digest, texts: Texts) -> Payload:
    """The digest as a message, with the button that stops it."""
    embed = discord.Embed(title=digest_title(digest, texts), description=digest_text(digest, texts))
    view = discord.ui.View(timeout=None)
    custom_id = custom_ids.digest(digest.week.isoformat())
    view.add_item(discord.ui.Button(label=texts.button_stop_digest, custom_id=custom_id))
    view.stop()  # a dynamic item answers the clicks, so that nothing has to wait for them
    return Payload(embed=embed, view=view)


def _topics(found: Sequence[tuple[Gap, str]], embeddings: Embedder) -> list[WantedTopic]:
    if not found:
        return []
    vectors = embeddings.embed_documents([gap.question for gap, _ in found])
    return [
        WantedTopic(
            found[topic.central][0].question,
            sum(found[one][0].times for one in topic.members),
            tuple(found[one][1] for one in topic.members),
            answered=all(found[one][0].answered for one in topic.members),
        )
        for topic in group_by_meaning(vectors)
    ]


def _buttons_of(message: discord.Message) -> list[str | None]:
    rows = (row for row in message.components if isinstance(row, discord.ActionRow))
    return [item.custom_id for row in rows for item in row.children if isinstance(item, discord.Button)]
