"""What a setting is today, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import discord

from bot.discord.asking.payloads import mentions
from bot.discord.records.server_settings import ServerSettings
from bot.discord.texts import Texts
from bot.discord.views.settings_panel.registry import LISTS, MARKS, PanelPage, Setting, SettingKind, settings_on

# Discord lets somebody choose 25 at once; so many stand chosen, with room for a few more.
MOST_SHOWN = 20
# So many are named in words; the others are counted.
MOST_NAMED = 12


def value_line(setting: Setting, settings: ServerSettings, texts: Texts, spoken: Texts) -> str:
    """The setting's name and what it is.

    Args:
        setting: Which one.
        settings: What the server has set.
        texts: The words, in the reader's language.
        spoken: The texts of the language in which messages are written.
    """
    return f"**{texts.setting(setting.field)}**: {value_words(setting, settings, texts, spoken)}"


def all_lines(settings: ServerSettings, texts: Texts, spoken: Texts) -> list[str]:
    """Every setting, page by page."""
    lines = []
    for page in PanelPage:
        lines += ["", f"__{texts.page(page.value)}__"]
        lines += [value_line(setting, settings, texts, spoken) for setting in settings_on(page)]
    return lines


def value_words(setting: Setting, settings: ServerSettings, texts: Texts, spoken: Texts) -> str:
    """What the setting is."""
    value = getattr(settings, setting.field)
    if setting.kind is SettingKind.SWITCH:
        return texts.value_on if value else texts.value_off
    if setting.kind is SettingKind.NUMBER:
        return texts.number(value)
    if setting.kind is SettingKind.LANGUAGE:
        return spoken.language if value else texts.value_server_language.format(language=spoken.language)
    if setting.kind in LISTS:
        return _list_words(setting, value, texts)
    return texts.value_none if value is None else mentions(MARKS[setting.kind], (value,))


def shown_of(ids: frozenset[int] | None) -> list[int]:
    """Those of a list that stand chosen and can be taken off in the panel."""
    return sorted(ids or ())[:MOST_SHOWN]


def channels_among(guild: discord.Guild, ids: Iterable[int | None]) -> Iterator[discord.abc.GuildChannel]:
    """The channels with these ids, as far as there are such channels."""
    for one in ids:
        channel = guild.get_channel(one or 0)
        if channel is not None:
            yield channel


def _list_words(setting: Setting, ids: frozenset[int] | None, texts: Texts) -> str:
    if not ids:
        return texts.empty_list(setting.field, means_all=ids is None)
    words = mentions(MARKS[setting.kind], sorted(ids)[:MOST_NAMED])
    if (more := len(ids) - MOST_NAMED) > 0:
        words = texts.value_more.format(named=words, count=texts.number(more))
    return texts.value_managers_too.format(roles=words) if setting.field == "library_roles" else words
