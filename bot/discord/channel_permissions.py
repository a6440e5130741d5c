"""Where the bot lacks what it needs, channel by channel, and which channels are closed to it on purpose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import discord

from bot.discord.startup_report import LEAST_PERMISSIONS
from bot.safe_text import one_line

# No more channels than a line can hold; the others are counted.
MOST_NAMED = 10
NEEDED = tuple(name for name, given in LEAST_PERMISSIONS if given)
POSTS = (discord.ChannelType.forum, discord.ChannelType.media)  # people write in their threads alone
WITHOUT_THREADS = (discord.ChannelType.voice, discord.ChannelType.stage_voice)


@dataclass(frozen=True, slots=True)
class ChannelPermissions:
    """What the bot may do in the channels of a server.

    Attributes:
        open: In how many channels it has all that it needs.
        closed: How many channels nobody may see or write in without being let in, and the bot was not.
        lacking: The others, each with the permissions that the bot lacks, as Discord names them.
    """

    open: int
    closed: int
    lacking: Sequence[tuple[str, Sequence[str]]]

    @property
    def sentence(self) -> str:
        """All of that on one line; with the remedy where something lacks."""
        closed = f"; {_channels(self.closed)} closed to it on purpose" if self.closed else ""
        if not self.lacking:
            return f"all it needs in {_channels(self.open)}{closed}"
        named = [f"#{name} ({', '.join(permissions)})" for name, permissions in self.lacking[:MOST_NAMED]]
        if len(self.lacking) > MOST_NAMED:
            named.append(f"{_channels(len(self.lacking) - MOST_NAMED)} more")
        rest = f"all it needs in {_channels(self.open)}{closed}"
        return f"the bot lacks permissions in {', '.join(named)}; give them to its role there; {rest}"


def channel_permissions(channels: Sequence[discord.abc.GuildChannel], bot: discord.Member) -> ChannelPermissions:
    """Look at all channels in which people write.

    A channel that is closed to everybody, or in which nobody may write, is closed on purpose; where others may and the
    bot may not, it lacks a permission.

    Args:
        channels: The channels of the server.
        bot: The bot as a member of it.
    """
    places = [channel for channel in channels if not isinstance(channel, discord.CategoryChannel)]
    closed, lacking = 0, []
    for channel in sorted(places, key=lambda one: one.position):
        missing = list(_missing(channel, bot))
        if missing and _is_closed(channel, missing):
            closed += 1
        elif missing:
            lacking.append((one_line(channel.name), [_label(name) for name in missing]))
    return ChannelPermissions(len(places) - closed - len(lacking), closed, lacking)


def _missing(channel: discord.abc.GuildChannel, bot: discord.Member) -> Iterator[str]:
    may = channel.permissions_for(bot)
    if not may.view_channel:
        yield "view_channel"  # which takes all others along
        return
    for name in NEEDED:
        applies = not (
            (channel.type in POSTS and name == "send_messages")
            or (channel.type in WITHOUT_THREADS and name == "send_messages_in_threads")
        )
        # discord.py takes these away where the bot may not write, or begin no post, whatever is set.
        follows = name in ("embed_links", "attach_files") and not may.send_messages
        if applies and not follows and not getattr(may, name):
            yield name


def _is_closed(channel: discord.abc.GuildChannel, missing: Sequence[str]) -> bool:
    """Whether everybody lacks what comes first: seeing the channel, or writing in it."""
    everybody = channel.permissions_for(channel.guild.default_role)
    first = missing[0]
    return first in ("view_channel", "send_messages", "send_messages_in_threads") and not getattr(everybody, first)


def _label(name: str) -> str:
    return name.replace("_", " ").title().replace(" In ", " in ")


def _channels(count: int) -> str:
    return f"{count} channel{'' if count == 1 else 's'}"
