"""The panel: a page at a time, redrawn after every change; it works after a restart, and for managers alone.

What somebody does on it is one change of one setting, so that two people with a panel open do not undo each other's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

from bot.discord import custom_ids
from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.interactions import defer, open_form, respond
from bot.discord.asking.payloads import Payload
from bot.discord.records import lost_places
from bot.discord.records.server_settings import Change
from bot.discord.records.setting_changes import (
    LastOneError,
    RefusedChangeError,
    ServerFacts,
    consistent,
    emptied,
    value_change,
)
from bot.discord.services import services_of
from bot.discord.texts import texts_for
from bot.discord.views.guard import guarded
from bot.discord.views.persistent_items import PersistentButton, PersistentItem
from bot.discord.views.settings_panel.limits_form import LimitsForm
from bot.discord.views.settings_panel.lost_words import first_lost, lost_lines
from bot.discord.views.settings_panel.missing_rights import setting_lines
from bot.discord.views.settings_panel.refusal_words import refusal_sentence
from bot.discord.views.settings_panel.registry import BY_FIELD, MARKS, PanelPage, Setting, SettingKind, settings_on
from bot.discord.views.settings_panel.selects import AnySelect, change_chosen, page_select, setting_select


def server_facts(guild: discord.Guild) -> ServerFacts:
    """What a change could contradict."""
    categories = {channel.id: channel.category_id for channel in guild.channels if channel.category_id}
    return ServerFacts(guild.id, guild.owner_id or 0, categories)


async def may_manage(interaction: discord.Interaction[Any]) -> bool:
    """Whether this person may use the panel, asked at each click: they may have lost the permission since."""
    if interaction.guild is not None and interaction.permissions.manage_guild:
        return True
    await respond_problem(interaction, texts_for(str(interaction.locale)).panel_not_allowed)
    return False


async def show_page(interaction: discord.Interaction[Any], page: PanelPage, notices: Sequence[str] = ()) -> None:
    """Draw a page where the panel stands, or as the answer to a command; the interaction was deferred."""
    bot, guild = services_of(interaction), interaction.guild
    assert guild is not None  # noqa: S101 (``may_manage`` has looked)
    lost = first_lost(await bot.database.run(lost_places.load, guild.id))
    told = [*notices, *lost_lines(lost, texts_for(str(interaction.locale)))]
    await respond(interaction, Payload(view=_page_view(interaction, guild, page, told)))
    if lost:
        await bot.database.run(lost_places.forget, guild.id, lost)


async def change_and_show(
    interaction: discord.Interaction[Any], page: PanelPage, change: Change, mark: str = "#"
) -> None:
    """Carry out a change and redraw the panel, which says why where it was refused."""
    texts = texts_for(str(interaction.locale))
    guild = interaction.guild
    assert guild is not None  # noqa: S101 (``may_manage`` has looked)
    try:
        await services_of(interaction).change_settings(guild.id, consistent(change, server_facts(guild)))
    except RefusedChangeError as refused:
        await show_page(interaction, page, [refusal_sentence(refused, texts, mark)])
    except LastOneError as last:
        await ask_what_empty_means(interaction, last)
    else:
        await show_page(interaction, page)


async def ask_what_empty_means(interaction: discord.Interaction[Any], last: LastOneError) -> None:
    """Ask whether a list without its last entry shall mean none or all; nothing has changed yet."""
    texts = texts_for(str(interaction.locale))
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
    for means_all in (False, True):
        custom_id = custom_ids.empty(last.field, last.before, allow_all=means_all)
        row.add_item(EmptyButton.of(custom_id, texts.empty_button(last.field, means_all=means_all)))
    row.add_item(PageButton.of(custom_ids.panel(BY_FIELD[last.field].page.value), texts.button_back))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.Container(discord.ui.TextDisplay(texts.empty_question(last.field)), row))
    await respond(interaction, Payload(view=view))


def _page_view(
    interaction: discord.Interaction[Any], guild: discord.Guild, page: PanelPage, notices: Sequence[str]
) -> discord.ui.LayoutView:
    texts = texts_for(str(interaction.locale))
    box: discord.ui.Container[Any] = discord.ui.Container()
    box.add_item(discord.ui.TextDisplay(f"### {texts.page(page.value)}"))
    for notice in notices:
        box.add_item(discord.ui.TextDisplay(f"⚠️ {notice}"))
    limits = [_setting_text(interaction, guild, one) for one in settings_on(page) if one.kind is SettingKind.NUMBER]
    for setting in settings_on(page):
        if setting.kind is not SettingKind.NUMBER:
            _add_setting(box, interaction, guild, setting)
    if limits:
        box.add_item(
            discord.ui.Section("\n".join(limits), accessory=LimitsButton.of(custom_ids.LIMITS, texts.button_limits))
        )
    box.add_item(discord.ui.Separator())
    box.add_item(discord.ui.TextDisplay(f"-# {texts.panel_pages}"))
    box.add_item(discord.ui.ActionRow(PageSelect(page_select(page, texts, interaction.id))))
    view = discord.ui.LayoutView(timeout=None)
    return view.add_item(box)


def _add_setting(
    box: discord.ui.Container[Any], interaction: discord.Interaction[Any], guild: discord.Guild, setting: Setting
) -> None:
    texts, settings = texts_for(str(interaction.locale)), services_of(interaction).settings_of(guild.id)
    text = _setting_text(interaction, guild, setting)
    if setting.kind is SettingKind.SWITCH:
        on = not getattr(settings, setting.field)
        button: discord.ui.Button[Any] = discord.ui.Button(
            label=texts.button_switch_on if on else texts.button_switch_off,
            style=discord.ButtonStyle.success if on else discord.ButtonStyle.secondary,
            custom_id=custom_ids.switch(setting.field, on=on),
        )
        box.add_item(discord.ui.Section(text, accessory=SwitchButton(button)))
        return
    assert isinstance(interaction.user, discord.Member)  # noqa: S101 (in a server)
    select = setting_select(setting, settings, interaction.user, texts, interaction.id)
    box.add_item(discord.ui.TextDisplay(text))
    box.add_item(discord.ui.ActionRow(SettingSelect(select)))


def _setting_text(interaction: discord.Interaction[Any], guild: discord.Guild, setting: Setting) -> str:
    bot = services_of(interaction)
    return setting_lines(setting, bot.settings_of(guild.id), guild, texts_for(str(interaction.locale)), bot)


class SettingSelect(PersistentItem[AnySelect], template=custom_ids.SETTING):
    """A list with what is set as chosen."""

    @guarded("changing a setting")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Change what was taken off and put on."""
        if not await may_manage(interaction):
            return
        await defer(interaction, update=True)
        setting = BY_FIELD[self.parts["field"]]
        mark = MARKS.get(setting.kind, "")
        try:
            change = change_chosen(setting, self.item, interaction)
        except RefusedChangeError as refused:
            sentence = refusal_sentence(refused, texts_for(str(interaction.locale)), mark)
            await show_page(interaction, setting.page, [sentence])
        else:
            await change_and_show(interaction, setting.page, change, mark)


class SwitchButton(PersistentButton, template=custom_ids.SWITCH):
    """On or off, whichever it says: pressed by two people at once, it does not switch twice."""

    @guarded("switching a setting")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Switch."""
        if await may_manage(interaction):
            await defer(interaction, update=True)
            field = self.parts["field"]
            await change_and_show(interaction, BY_FIELD[field].page, value_change(field, self.parts["on"] == "1"))


class LimitsButton(PersistentButton, template=custom_ids.LIMITS):
    """Opens the form for the limits."""

    @guarded("opening the form for the limits")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Open the form, with today's limits."""
        if await may_manage(interaction):
            settings = services_of(interaction).settings_of(interaction.guild_id)
            await open_form(interaction, LimitsForm(settings, texts_for(str(interaction.locale)), _finish_limits))


async def _finish_limits(interaction: discord.Interaction[Any], change: Change | None) -> None:
    if not await may_manage(interaction):
        return
    await defer(interaction, update=True)
    if change is None:
        await show_page(interaction, PanelPage.ANSWERS, [texts_for(str(interaction.locale)).limits_no_number])
    else:
        await change_and_show(interaction, PanelPage.ANSWERS, change)


class PageSelect(PersistentItem[discord.ui.Select[Any]], template=custom_ids.PAGES):
    """The list of pages."""

    @guarded("turning to a page of the panel")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Turn to the page."""
        if await may_manage(interaction):
            await defer(interaction, update=True)
            await show_page(interaction, PanelPage(self.item.values[0]))


class PageButton(PersistentButton, template=custom_ids.PANEL):
    """Leads to a page and changes nothing."""

    @guarded("turning to a page of the panel")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Turn to the page."""
        if await may_manage(interaction):
            await defer(interaction, update=True)
            await show_page(interaction, PanelPage(self.parts["page"]))


class EmptyButton(PersistentButton, template=custom_ids.EMPTY):
    """Says what a list shall mean that loses its last entry."""

    @guarded("emptying a list of the settings")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Do what was chosen."""
        if await may_manage(interaction):
            await defer(interaction, update=True)
            field = self.parts["field"]
            change = emptied(field, self.parts["before"], allow_all=self.parts["meaning"] == "all")
            await change_and_show(interaction, BY_FIELD[field].page, change)


PANEL_ITEMS = (SettingSelect, SwitchButton, LimitsButton, PageSelect, PageButton, EmptyButton)
