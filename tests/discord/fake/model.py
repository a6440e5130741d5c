"""What Discord remembers: people, servers, channels, messages, files and interactions, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.discord.fake.errors import Json
from tests.discord.fake.seen import Choice, Message, Pings

TEXT_CHANNEL, DIRECT_MESSAGES, CATEGORY, PUBLIC_THREAD = 0, 1, 4, 11
VOICE, ANNOUNCEMENTS, ANNOUNCEMENT_THREAD, PRIVATE_THREAD, STAGE, FORUM, MEDIA = 2, 5, 10, 12, 13, 15, 16
THREADS = {ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD}
PLAIN, PIN_NOTICE, REPLY, SLASH_RESPONSE, THREAD_STARTER, MENU_RESPONSE = 0, 6, 19, 20, 21, 23
SUPPRESS_EMBEDS, HAS_THREAD, EPHEMERAL, LOADING = 1 << 2, 1 << 5, 1 << 6, 1 << 7
LAYOUT = 1 << 15
COMMAND, COMPONENT, AUTOCOMPLETE, FORM_SUBMIT = 2, 3, 4, 5


@dataclass(eq=False)
class UserRecord:
    """An account: a person or the bot."""

    id: int
    name: str
    bot: bool = False
    accepts_direct_messages: bool = True


@dataclass(eq=False)
class RoleRecord:
    id: int
    name: str
    permissions: int
    position: int
    mentionable: bool = False
    managed: bool = False
    bot_id: int | None = None  # whose it is, if Discord made it for a bot


@dataclass(eq=False)
class MemberRecord:
    user: UserRecord
    joined_at: float
    role_ids: list[int] = field(default_factory=list)
    timed_out_until: float = 0.0


@dataclass(eq=False)
class GuildRecord:
    """A server; the role with the server's own id is @everyone."""

    id: int
    name: str
    locale: str
    owner_id: int
    system_channel_id: int | None = None
    in_outage: bool = False
    roles: dict[int, RoleRecord] = field(default_factory=dict)
    members: dict[int, MemberRecord] = field(default_factory=dict)
    channels: list[ChannelRecord] = field(default_factory=list)


@dataclass
class Overwrite:
    """What a channel allows and denies to one role or member, other than the server does."""

    allow: int = 0
    deny: int = 0


@dataclass(eq=False)
class ChannelRecord:
    """A text channel, a thread (it has a parent), or the direct messages with one person (no guild)."""

    id: int
    kind: int
    name: str
    guild: GuildRecord | None = None
    parent: ChannelRecord | None = None
    category: ChannelRecord | None = None
    recipient: UserRecord | None = None
    owner_id: int = 0
    created_at: float = 0.0
    archived: bool = False
    archived_at: float = 0.0  # or opened again
    locked: bool = False
    slow_seconds: int = 0
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    member_ids: set[int] = field(default_factory=set)  # of a private thread
    messages: list[MessageRecord] = field(default_factory=list)
    typing_at: list[float] = field(default_factory=list)
    available_tags: dict[int, str] = field(default_factory=dict)  # of a forum
    applied_tags: list[int] = field(default_factory=list)  # of a post in it

    @property
    def guild_id(self) -> int | None:
        return self.guild.id if self.guild else None


@dataclass(eq=False)
class FileRecord:
    """A file as it was uploaded, under the name that Discord gave it."""

    id: int
    name: str
    content: bytes
    description: str | None
    url: str
    ephemeral: bool = False


@dataclass(eq=False)
class MessageRecord:
    """A message as it is now, with every earlier state as a test sees it."""

    id: int
    channel: ChannelRecord
    author: UserRecord
    kind: int
    created_at: float
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    files: list[FileRecord] = field(default_factory=list)
    flags: int = 0
    reference: MessageRecord | None = None
    forwarded: MessageRecord | None = None
    reactions: list[str] = field(default_factory=list)  # those of the bot
    mentions: list[UserRecord] = field(default_factory=list)
    mentioned_roles: list[int] = field(default_factory=list)
    mentions_everyone: bool = False
    pings: Pings = field(default_factory=Pings)
    allowed_mentions: Json | None = None
    nonce: str | None = None
    interaction: InteractionRecord | None = None
    original_response_id: int | None = None
    ephemeral_to: UserRecord | None = None
    edited_at: float | None = None
    deleted: bool = False
    pinned_at: float | None = None
    thread: ChannelRecord | None = None
    states: list[Message] = field(default_factory=list)

    @property
    def loading(self) -> bool:
        return bool(self.flags & LOADING)


@dataclass(eq=False)
class InteractionRecord:
    """Something that a person did with the bot, and what the bot answered."""

    id: int
    token: str
    kind: int
    user: UserRecord
    channel: ChannelRecord
    locale: str
    data: Json
    sent_at: float
    source: MessageRecord | None = None  # the message whose button was pressed
    target: MessageRecord | None = None  # the message whose menu was used
    opener: InteractionRecord | None = None  # the interaction that opened the form
    acknowledged: int | None = None  # the type of the first response
    acknowledged_at: float = 0.0
    ephemeral: bool = False
    original: MessageRecord | None = None
    followups: list[MessageRecord] = field(default_factory=list)
    form: Json | None = None
    choices: list[Choice] | None = None
    expired: bool = False
