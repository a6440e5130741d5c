"""Where the messages stand that are documents: chosen channels, the posts of chosen forums, and what is pinned."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import discord

from bot.discord.asking.audience import limits_of
from bot.discord.library.message_addresses import MessageSet, MessageSource
from bot.discord.services import BotServices

logger = logging.getLogger(__name__)

# Of a forum, so many posts are documents, the newest.
MOST_POSTS = 200

Readable = discord.TextChannel | discord.Thread


class MessagePlaces:
    """Knows what is to be a document now.

    Args:
        bot: The bot; without the grant to read messages nothing is.
    """

    def __init__(self, bot: BotServices) -> None:
        self._bot = bot
        # Discord forgets to tell of posts that are archived; they are remembered by their ids.
        self._posts: dict[int, discord.Thread] = {}
        self._looked_into: set[int] = set()

    async def look_into_forums(self, guild: discord.Guild, *, anew: bool) -> None:
        """Ask for the archived posts of the chosen forums, once or anew."""
        for forum in self._forums(guild):
            if _may_read(forum) and (anew or forum.id not in self._looked_into):
                try:
                    async for post in forum.archived_threads(limit=MOST_POSTS):
                        self._posts[post.id] = post
                except discord.HTTPException as error:  # the next look may succeed, and other places are read now
                    logger.warning("The archived posts of a forum could not be listed (%s).", error.code)
                else:
                    self._looked_into.add(forum.id)

    def forget_post(self, thread_id: int) -> None:
        """A post was deleted."""
        self._posts.pop(thread_id, None)

    def wanted(self, guild: discord.Guild) -> dict[MessageSource, Readable]:
        """What is to be a document, and where it is read."""
        ids = [channel.id for channel in guild.text_channels]
        for forum in self._forums(guild):
            self._posts |= {post.id: post for post in forum.threads}
            posts = sorted((post.id for post in self._posts.values() if post.parent_id == forum.id), reverse=True)
            ids += posts[:MOST_POSTS]
            for old in posts[MOST_POSTS:]:
                self.forget_post(old)
        sources = (MessageSource(guild.id, one, which) for one in ids for which in MessageSet)
        places = ((source, self.place_of(source)) for source in sources)
        return {source: place for source, place in places if place is not None}

    def place_of(self, source: MessageSource) -> Readable | None:
        """Where the messages of a document stand; None where it is not to be one."""
        settings = self._bot.settings_of(source.guild_id)
        is_asked_for = settings.read_channels if source.which is MessageSet.ALL else settings.read_pins
        guild = self._bot.get_guild(source.guild_id) if is_asked_for and self._bot.reads_content else None
        if guild is None:
            return None
        place = guild.get_channel_or_thread(source.channel_id) or self._posts.get(source.channel_id)
        if isinstance(place, discord.Thread) and isinstance(place.parent, discord.ForumChannel):
            parent: discord.TextChannel | discord.ForumChannel = place.parent
            is_wanted = source.which is MessageSet.ALL and parent.id in settings.read_channels
            if is_wanted:
                self._posts[place.id] = place
        elif isinstance(place, discord.TextChannel):
            parent = place
            is_wanted = place.id in settings.read_channels
            if source.which is MessageSet.PINNED:  # what is pinned in a channel that is read is in that document
                is_wanted = not is_wanted and not limits_of(place).is_limited
        else:
            return None
        return place if is_wanted and _may_read(parent) else None

    def _forums(self, guild: discord.Guild) -> Iterator[discord.ForumChannel]:
        chosen = self._bot.settings_of(guild.id).read_channels if self._bot.reads_content else frozenset()
        return (forum for forum in guild.forums if forum.id in chosen)


def _may_read(channel: discord.TextChannel | discord.ForumChannel) -> bool:
    may = channel.permissions_for(channel.guild.me)
    return may.view_channel and may.read_message_history
