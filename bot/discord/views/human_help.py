"""*Ask a human*: the button under an answer that may be none; it pings one role in one channel, once an answer."""

from __future__ import annotations

from datetime import UTC, datetime

import discord

from bot.discord import custom_ids
from bot.discord.asking.askers import asker_of, place_ids
from bot.discord.asking.history import turn_of
from bot.discord.asking.interactions import CONNECTION_ERRORS, defer, with_retries
from bot.discord.asking.payloads import embed_payload
from bot.discord.asking.posting_rights import may_ping, may_post, sees_all_of, text_channel
from bot.discord.formatting.answer_page import UNSURE
from bot.discord.formatting.discord_markdown import SMALL
from bot.discord.formatting.gap_post import escape_line
from bot.discord.help_calls import clear_call
from bot.discord.permissions import AskPermission, may_ask
from bot.discord.records import help_requests, question_messages
from bot.discord.records.database import RecordsError
from bot.discord.records.help_requests import MOST_AN_HOUR, HelpCall, HelpClaim
from bot.discord.records.server_settings import ServerSettings
from bot.discord.redacted_log import log_failure
from bot.discord.services import BotServices, services_of
from bot.discord.texts import Texts, texts_for
from bot.discord.views.guard import guarded
from bot.discord.views.persistent_items import PersistentButton
from bot.types import Answer, Certainty, Status


class HumanButton(PersistentButton, template=custom_ids.HUMAN):
    """Ask a human: whoever sees it may press it, unless the server shuts them out."""

    emoji = "🙋"

    @guarded("asking a person for help")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Ask, and tell the person who was asked, or what is in the way."""
        await defer(interaction, update=True)
        sentence = await self._ask(interaction, texts_for(str(interaction.locale)))
        await interaction.followup.send(**embed_payload(sentence).for_send(), ephemeral=True)

    async def _ask(self, interaction: discord.Interaction, texts: Texts) -> str:
        bot, guild = services_of(interaction), interaction.guild
        settings = bot.settings_of(interaction.guild_id)
        asker = asker_of(interaction.user, manages_server=interaction.permissions.manage_guild)
        permission = may_ask(settings, place_ids(interaction.channel), asker, is_direct=guild is None)
        if permission is AskPermission.DENIED:
            return texts.person_denied
        channel, role = asked_for_help(guild, settings)
        if guild is None or channel is None or role is None:
            return texts.human_off
        problem = help_problem(guild, settings, texts)
        if problem is not None:
            return problem
        now = datetime.now(UTC)
        person = bot.pseudonyms.hash(guild.id, interaction.user.id, now.date())
        claimed = await bot.database.run(help_requests.claim, guild.id, self.parts["answer"], person, now)
        if claimed is HelpClaim.TOO_MANY:
            return texts.human_too_many.format(count=texts.number(MOST_AN_HOUR))
        if claimed is HelpClaim.GRANTED:
            try:
                call = await self._ping(interaction, channel, role, bot.texts_of(guild, settings))
            except Exception as error:  # noqa: BLE001 (whatever it was, nobody was asked)
                await bot.database.run(help_requests.release, guild.id, self.parts["answer"])
                log_failure(error, "asking a person for help")
                return texts.human_may_not_post.format(role=role.mention, channel=channel.mention)
            await self._keep(bot, guild.id, HelpCall(channel.id, call.id))
        await self._mark_asked(interaction, texts)
        sentence = texts.human_asked if claimed is HelpClaim.GRANTED else texts.human_already
        return sentence.format(role=role.mention, channel=channel.mention)

    async def _ping(
        self, interaction: discord.Interaction, channel: discord.TextChannel, role: discord.Role, texts: Texts
    ) -> discord.Message:
        """Post the question and where it is; the words only where nobody reads them who did not before."""
        answer = interaction.message
        turn = await turn_of(answer) if answer is not None and sees_all_of(channel, interaction.channel) else None
        place = f"<#{interaction.channel_id}>"
        said = escape_line(turn.question) if turn is not None else texts.human_hidden.format(channel=place)
        parts = [texts.human_asked_by.format(person=interaction.user.mention), place]
        if answer is not None and not answer.flags.ephemeral:
            parts.append(f"[{texts.gap_link}]({answer.jump_url})")
        embed = discord.Embed(description=f"{said}\n{SMALL}{' · '.join(parts)}", colour=UNSURE)
        return await with_retries(
            lambda: channel.send(
                f"{role.mention} {texts.human_wanted}",
                embed=embed,
                allowed_mentions=discord.AllowedMentions(everyone=False, users=False, roles=[role]),
                nonce=f"human-{self.parts['answer']}",
            )
        )

    async def _keep(self, bot: BotServices, guild_id: int, call: HelpCall) -> None:
        """Keep which message it was, for when the question is deleted, which may have happened just now."""
        try:
            await bot.database.run(help_requests.record_call, guild_id, self.parts["answer"], call)
            if await bot.database.run(question_messages.is_deleted, self.parts["answer"]):
                await clear_call(bot, guild_id, call)
        except (RecordsError, discord.HTTPException, *CONNECTION_ERRORS) as error:
            log_failure(error, "keeping who was asked for help")

    async def _mark_asked(self, interaction: discord.Interaction, texts: Texts) -> None:
        """Switch the button off; that it cannot be does not matter, because it asks nobody twice."""
        assert interaction.message is not None  # noqa: S101 (a button stands under a message)
        view = discord.ui.View.from_message(interaction.message, timeout=None)
        for item in view.children:
            if isinstance(item, discord.ui.Button) and item.custom_id == self.custom_id:
                item.disabled, item.label = True, texts.button_human_asked
        view.stop()  # the other buttons are dynamic items, so that nothing has to wait for their clicks
        try:
            await interaction.edit_original_response(view=view)
        except discord.HTTPException as error:
            log_failure(error, "switching off a button")


def add_human_button(
    view: discord.ui.View, answer_id: str, answer: Answer, settings: ServerSettings, texts: Texts
) -> None:
    """Add the button, where the server has said whom to ask, and the answer is not sure or none."""
    sure = answer.status is Status.ANSWERED and answer.certainty is Certainty.SURE
    if settings.human_channel and settings.human_role and not sure:
        view.add_item(HumanButton.of(custom_ids.human(answer_id), texts.button_human))


def asked_for_help(
    guild: discord.Guild | None, settings: ServerSettings
) -> tuple[discord.TextChannel | None, discord.Role | None]:
    """Where and whom to ask, as far as that is there; everybody is never asked."""
    if guild is None:
        return None, None
    role = guild.get_role(settings.human_role) if settings.human_role else None
    return text_channel(guild, settings.human_channel), None if role is None or role.is_default() else role


def help_problem(guild: discord.Guild, settings: ServerSettings, texts: Texts) -> str | None:
    """Why the role cannot be asked in the channel, and what to do; None where it can, or where none is set."""
    channel, role = asked_for_help(guild, settings)
    if channel is None or role is None:
        return None
    if not may_post(channel):
        return texts.human_may_not_post.format(role=role.mention, channel=channel.mention)
    if not may_ping(role, channel):
        return texts.human_may_not_ping.format(role=role.mention, channel=channel.mention)
    return None


HUMAN_BUTTONS = (HumanButton,)
