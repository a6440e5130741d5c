"""Every setting of a server, in the order of the panel: what kind it is, and what the bot needs for it.

A new field of ``ServerSettings`` gets its line here, and its name in the texts as ``setting_`` and the field.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from discord import ChannelType


class PanelPage(StrEnum):
    """The pages of the panel; their names are ``page_…`` of the texts."""

    PLACES = "places"
    PEOPLE = "people"
    ANSWERS = "answers"
    HELPERS = "helpers"
    SOURCES = "sources"


class SettingKind(StrEnum):
    """What a setting holds, and so with what it is chosen."""

    CHANNELS = "channels"
    CHANNEL = "channel"
    ROLES = "roles"
    ROLE = "role"
    PEOPLE = "people"
    LANGUAGE = "language"
    SWITCH = "switch"
    NUMBER = "number"


LISTS = {SettingKind.CHANNELS, SettingKind.ROLES, SettingKind.PEOPLE}
# How what a setting names is mentioned.
MARKS = {
    SettingKind.CHANNELS: "#",
    SettingKind.CHANNEL: "#",
    SettingKind.ROLES: "@&",
    SettingKind.ROLE: "@&",
    SettingKind.PEOPLE: "@",
}

POSTED_IN = (ChannelType.text, ChannelType.news)
READ_IN = (*POSTED_IN, ChannelType.forum, ChannelType.media)
ASKED_IN = (*READ_IN, ChannelType.voice, ChannelType.stage_voice, ChannelType.category)

WRITE = ("view_channel", "send_messages", "embed_links")
READ = ("view_channel", "read_message_history")
WRITE_AND_READ = (*WRITE, "read_message_history")
PING = "mention_everyone"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        field: Its field of ``ServerSettings``.
        page: Where it stands.
        kind: What it holds.
        channel_types: Which channels can be chosen, where it names some.
        rights: The permissions that the bot needs in a chosen channel.
        words_of_messages: Whether it does nothing without the Message Content intent; what people do instead is
            ``instead_…`` of the texts.
    """

    field: str
    page: PanelPage
    kind: SettingKind
    channel_types: tuple[ChannelType, ...] = ()
    rights: tuple[str, ...] = ()
    words_of_messages: bool = False


SETTINGS = (
    Setting("channels", PanelPage.PLACES, SettingKind.CHANNELS, ASKED_IN, WRITE),
    Setting("denied_channels", PanelPage.PLACES, SettingKind.CHANNELS, ASKED_IN),
    Setting("forum_channels", PanelPage.PLACES, SettingKind.CHANNELS, READ_IN, WRITE_AND_READ, words_of_messages=True),
    Setting("asking_roles", PanelPage.PEOPLE, SettingKind.ROLES),
    Setting("denied_roles", PanelPage.PEOPLE, SettingKind.ROLES),
    Setting("denied_people", PanelPage.PEOPLE, SettingKind.PEOPLE),
    Setting("library_roles", PanelPage.PEOPLE, SettingKind.ROLES),
    Setting("language", PanelPage.ANSWERS, SettingKind.LANGUAGE),
    Setting("shared_documents", PanelPage.ANSWERS, SettingKind.SWITCH),
    Setting("private_refusals", PanelPage.ANSWERS, SettingKind.SWITCH),
    Setting("questions_per_minute", PanelPage.ANSWERS, SettingKind.NUMBER),
    Setting("questions_per_day", PanelPage.ANSWERS, SettingKind.NUMBER),
    Setting("server_questions_per_day", PanelPage.ANSWERS, SettingKind.NUMBER),
    Setting("gaps_channel", PanelPage.HELPERS, SettingKind.CHANNEL, POSTED_IN, WRITE_AND_READ),
    Setting("weekly_digest", PanelPage.HELPERS, SettingKind.SWITCH),
    Setting("human_channel", PanelPage.HELPERS, SettingKind.CHANNEL, POSTED_IN, WRITE),
    Setting("human_role", PanelPage.HELPERS, SettingKind.ROLE),
    Setting("read_channels", PanelPage.SOURCES, SettingKind.CHANNELS, READ_IN, READ, words_of_messages=True),
    Setting("read_pins", PanelPage.SOURCES, SettingKind.SWITCH, words_of_messages=True),
)
BY_FIELD = {setting.field: setting for setting in SETTINGS}


def settings_on(page: PanelPage) -> list[Setting]:
    """The settings of one page."""
    return [setting for setting in SETTINGS if setting.page is page]
