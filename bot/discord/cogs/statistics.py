"""``/stats`` and ``/export votes``, for the people who run the server."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.asking.interactions import defer, respond
from bot.discord.asking.payloads import Payload, embed_payload
from bot.discord.records import counters, votes
from bot.discord.records.counters import Statistics
from bot.discord.services import BotServices
from bot.discord.texts import Texts, texts_for

EXPORT_FILE = "votes.jsonl"
MANAGE_SERVER = discord.Permissions(manage_guild=True)


class StatisticsCog(commands.Cog):
    """How the bot does in one server."""

    export = app_commands.Group(
        name="export",
        description="Export what is stored for this server",
        guild_only=True,
        default_permissions=MANAGE_SERVER,
    )

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot

    @app_commands.command(name="stats", description="Questions, refusals, votes and waiting times in this server")
    @app_commands.describe(days="How many days to look back (default: since I joined)")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def stats(
        self, interaction: discord.Interaction, days: app_commands.Range[int, 1, 3650] | None = None
    ) -> None:
        """Say how many questions there were, and how they went."""
        await defer(interaction)
        texts = texts_for(str(interaction.locale))
        since = None if days is None else datetime.now(UTC).date() - timedelta(days=days - 1)
        statistics = await self.bot.database.run(counters.statistics, interaction.guild_id, since)
        tally = await self.bot.database.run(votes.tally, interaction.guild_id)
        heading = texts.stats_heading if days is None else texts.stats_heading_days.format(days=days)
        await respond(interaction, embed_payload("\n".join([heading, *_lines(statistics, tally, texts)])))

    @export.command(name="votes", description="All votes of this server as JSON Lines, for your eyes only")
    async def votes(self, interaction: discord.Interaction) -> None:
        """Send the votes as a file, privately."""
        await defer(interaction)
        texts = texts_for(str(interaction.locale))
        assert interaction.guild_id is not None  # noqa: S101 (the command works in servers only)
        rows = await self.bot.database.run(votes.export, interaction.guild_id)
        if not rows:
            await respond(interaction, embed_payload(texts.export_empty))
            return
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        sentence = texts.export_sent.format(votes=texts.votes(len(rows)))
        await respond(interaction, Payload(sentence, attachment=(EXPORT_FILE, lines)))


def _lines(statistics: Statistics, tally: tuple[int, int], texts: Texts) -> list[str]:
    if not statistics.questions:
        return [texts.stats_none]
    up, down = tally
    lines = [
        texts.stats_questions.format(count=texts.number(statistics.questions)),
        texts.stats_refusals.format(
            count=texts.number(statistics.refusals),
            percent=texts.number(100 * statistics.refusals / statistics.questions),
        ),
        texts.stats_votes.format(up=texts.number(up), down=texts.number(down)),
    ]
    if statistics.median_ms is not None and statistics.p95_ms is not None:
        median, slow = (texts.number(value / 1000, 1) for value in (statistics.median_ms, statistics.p95_ms))
        lines.append(texts.stats_latency.format(median=median, slow=slow))
    return lines
