"""What people can call: a file a group of commands."""

from __future__ import annotations

from bot.discord.cogs.about import AboutCog
from bot.discord.cogs.deleted_places import DeletedPlacesCog
from bot.discord.cogs.deleted_questions import DeletedQuestionsCog
from bot.discord.cogs.digests import DigestsCog
from bot.discord.cogs.gaps import GapsCog
from bot.discord.cogs.library import LibraryCog
from bot.discord.cogs.membership import MembershipCog
from bot.discord.cogs.message_sources import MessageSourcesCog
from bot.discord.cogs.messages import MessagesCog
from bot.discord.cogs.online_file import OnlineFileCog
from bot.discord.cogs.posts import PostsCog
from bot.discord.cogs.questions import QuestionsCog
from bot.discord.cogs.settings import SettingsCog
from bot.discord.cogs.statistics import StatisticsCog

COGS = (
    DeletedPlacesCog,
    QuestionsCog,
    MessagesCog,
    LibraryCog,
    MessageSourcesCog,
    SettingsCog,
    StatisticsCog,
    AboutCog,
    MembershipCog,
    DeletedQuestionsCog,
    GapsCog,
    DigestsCog,
    PostsCog,
    OnlineFileCog,
)
