"""The lists from which a setting is chosen, and what somebody has changed in one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import discord

from bot.discord import custom_ids
from bot.discord.records.server_settings import Change, ServerSettings
from bot.discord.records.setting_changes import Refusal, RefusedChangeError, list_change, value_change
from bot.discord.texts import LANGUAGES, Texts
from bot.discord.views.settings_panel.registry import LISTS, PanelPage, Setting, SettingKind
from bot.discord.views.settings_panel.setting_values import channels_among, shown_of

# What Discord's app lets somebody choose at once.
MOST_CHOSEN = 25
FOLLOW_SERVER = "server"

AnySelect = (
    discord.ui.Select[Any] | discord.ui.ChannelSelect[Any] | discord.ui.RoleSelect[Any] | discord.ui.UserSelect[Any]
)


def setting_select(
    setting: Setting, settings: ServerSettings, viewer: discord.Member, texts: Texts, drawing: int
) -> AnySelect:
    """The list for one setting, with what it is now as chosen."""
    custom_id = custom_ids.setting(setting.field, drawing)
    if setting.kind is SettingKind.LANGUAGE:
        return discord.ui.Select(custom_id=custom_id, options=_languages(settings.language, texts))
    arguments: dict[str, Any] = {
        "custom_id": custom_id,
        "placeholder": texts.placeholder_choose,
        "min_values": 0,
        "max_values": MOST_CHOSEN if setting.kind in LISTS else 1,
        "default_values": _chosen_now(setting, settings, viewer),
    }
    if setting.channel_types:
        return discord.ui.ChannelSelect(channel_types=list(setting.channel_types), **arguments)
    if setting.kind is SettingKind.PEOPLE:
        return discord.ui.UserSelect(**arguments)
    return discord.ui.RoleSelect(**arguments)


def page_select(current: PanelPage | None, texts: Texts, drawing: int) -> discord.ui.Select[Any]:
    """The list of the panel's pages."""
    options = [
        discord.SelectOption(
            label=texts.page(page.value),
            description=texts.page_about(page.value),
            value=page.value,
            default=page is current,
        )
        for page in PanelPage
    ]
    return discord.ui.Select(custom_id=custom_ids.page_list(drawing), options=options)


def change_chosen(setting: Setting, select: AnySelect, interaction: discord.Interaction[Any]) -> Change:
    """The change that somebody has made in a list: what they took off and what they put on, and nothing else.

    Args:
        setting: Which one.
        select: The list as it was shown.
        interaction: What was chosen.

    Raises:
        RefusedChangeError: If somebody would be denied who is never locked out.
    """
    data: Any = interaction.data
    values: list[str] = data.get("values") or []
    if setting.kind is SettingKind.LANGUAGE:
        return value_change(setting.field, values[0] if values[0] in LANGUAGES else None)
    chosen = frozenset(map(int, values))
    if setting.kind not in LISTS:
        return value_change(setting.field, next(iter(chosen), None))
    assert not isinstance(select, discord.ui.Select)  # noqa: S101 (only the language has texts to choose from)
    shown = frozenset(int(default.id) for default in select.default_values)
    if setting.kind is SettingKind.PEOPLE:
        refuse_managers(one for one in select.values if one.id not in shown)
    return list_change(setting.field, add=chosen - shown, remove=shown - chosen)


def refuse_managers(people: Iterable[object]) -> None:
    """Refuse to deny somebody who manages the server: it would change nothing. The owner has a sentence of their own.

    Raises:
        RefusedChangeError: If there is one among them.
    """
    members = (one for one in people if isinstance(one, discord.Member))
    managers = frozenset(
        one.id for one in members if one.guild_permissions.manage_guild and one.id != one.guild.owner_id
    )
    if managers:
        raise RefusedChangeError(Refusal.MANAGER_DENIED, managers)


def _chosen_now(setting: Setting, settings: ServerSettings, viewer: discord.Member) -> list[discord.SelectDefaultValue]:
    """What is set, without channels that this person does not see: Discord's app would take them off unasked."""
    value = getattr(settings, setting.field)
    ids = shown_of(value) if setting.kind in LISTS else [value] if value else []
    if setting.channel_types:
        return [
            discord.SelectDefaultValue(id=channel.id, type=discord.SelectDefaultValueType.channel)
            for channel in channels_among(viewer.guild, ids)
            if channel.permissions_for(viewer).view_channel
        ]
    people = setting.kind is SettingKind.PEOPLE
    kind = discord.SelectDefaultValueType.user if people else discord.SelectDefaultValueType.role
    return [
        discord.SelectDefaultValue(id=one, type=kind) for one in ids if people or viewer.guild.get_role(one) is not None
    ]


def _languages(current: str | None, texts: Texts) -> list[discord.SelectOption]:
    followed = discord.SelectOption(label=texts.option_server_language, value=FOLLOW_SERVER, default=current is None)
    return [
        followed,
        *(
            discord.SelectOption(label=one.language, value=code, default=code == current)
            for code, one in LANGUAGES.items()
        ),
    ]
