"""Messages as HTML: who wrote them, what they answer, embeds, files, and what hangs below."""

from __future__ import annotations

from html import escape

from tests.discord.fake.errors import Json
from tests.discord.fake.model import COMMAND, MENU_RESPONSE, MessageRecord, UserRecord
from tests.discord.fake.seen import Message
from tests.discord.fake.world import World
from tests.discord.pictures.components_html import component
from tests.discord.pictures.discord_html import to_html

TIME = "Today at 9:41 AM"
FACES = ("#3ba55c", "#eb459e", "#faa61a", "#ed4245", "#00a8fc", "#9b59b6")
SUBCOMMANDS = (1, 2)
NO_COLOUR = "#1e1f22"


def message_html(message: Message, world: World) -> str:
    """One state of a message."""
    record = world.messages[message.id]
    parts = [to_html(message.content, world)]
    parts += [_embed(one, world) for one in message.embeds]
    parts += [_file(name, data) for name, data in message.files.items()]
    parts += [component(one, world) for one in message.components]
    if message.ephemeral:
        parts.append('<div class="note">👁 Only you can see this • <a>Dismiss message</a></div>')
    author = record.author
    app = '<span class="app">APP</span>' if author.bot else ""
    edited = ' <span class="edited">(edited)</span>' if message.edited and not record.interaction else ""
    pinged = " pinged" if message.pings else ""
    head = f'<div class="head"><b>{escape(author.name)}</b>{app}<span class="time">{TIME}</span></div>'
    words = f'<div class="words">{head}{"".join(parts)}{edited}</div>'
    body = f'<div class="body">{_face(author)}{words}</div>'
    return f'<div class="message{pinged}">{_above(record, world)}{body}</div>'


def channel_html(name: str) -> str:
    """The bar with a channel's name, above its messages."""
    return f'<div class="channel"><span>#</span> {escape(name)}</div>'


def post_html(title: str, tags: list[str], messages: str) -> str:
    """A post of a forum: its title, its tags, and the messages in it."""
    shown = "".join(f'<span class="tag">{escape(tag)}</span>' for tag in tags)
    return f'<div class="post"><div class="h1">{escape(title)}</div><div class="tags">{shown}</div></div>{messages}'


def _above(record: MessageRecord, world: World) -> str:
    """What the message answers: a command by somebody, or another message."""
    interaction, target = record.interaction, record.reference
    if interaction is not None and interaction.kind == COMMAND and record.kind != MENU_RESPONSE:
        used = f'used <span class="mention">/{escape(_command(interaction.data))}</span>'
        return _bar(interaction.user, escape(interaction.user.name), used)
    if target is None:
        return ""
    at = "@" if target.author in record.mentions else ""
    words = to_html(target.content, world) or "Click to see attachment"
    return _bar(target.author, f"{at}{escape(target.author.name)}", f'<span class="said">{words}</span>')


def _command(data: Json) -> str:
    """A command's name, with the names of the subcommand and its group."""
    inner = next((one for one in data.get("options") or () if one["type"] in SUBCOMMANDS), None)
    return f"{data['name']} {_command(inner)}" if inner else str(data["name"])


def _bar(user: UserRecord, name: str, words: str) -> str:
    return f'<div class="above">{_face(user, " small")}<b>{name}</b> {words}</div>'


def _face(user: UserRecord, size: str = "") -> str:
    if user.bot:
        return f'<span class="face{size} bot">”</span>'
    colour = FACES[sum(map(ord, user.name)) % len(FACES)]
    return f'<span class="face{size}" style="background: {colour}">{escape(user.name[0])}</span>'


def _embed(embed: Json, world: World) -> str:
    colour = embed.get("color")
    stripe = f"#{colour:06x}" if colour else NO_COLOUR
    title = f'<div class="embed-title">{to_html(embed["title"], world)}</div>' if embed.get("title") else ""
    words = to_html(embed.get("description") or "", world)
    fields = "".join(
        f'<div class="embed-field"><b>{to_html(one["name"], world)}</b>{to_html(one["value"], world)}</div>'
        for one in embed.get("fields") or ()
    )
    footer = (embed.get("footer") or {}).get("text")
    foot = f'<div class="footer">{escape(footer)}</div>' if footer else ""
    return f'<div class="embed" style="border-left-color: {stripe}">{title}{words}{fields}{foot}</div>'


def _file(name: str, data: bytes) -> str:
    about = f'<div class="about">{len(data):,} bytes</div>'
    return f'<div class="file"><span>📄</span><div><a>{escape(name)}</a>{about}</div></div>'
