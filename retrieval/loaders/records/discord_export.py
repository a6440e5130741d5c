"""A Discord channel, as DiscordChatExporter writes it in JSON -> text: each message with its author and its link."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from retrieval.errors import SourceError
from retrieval.loaders import markdown
from retrieval.loaders.composer import BlockLabel, Composer, TextBlock, clean, clean_paragraphs
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.front_matter import FrontMatter
from retrieval.loaders.labels import MAX_WORDS_CHARACTERS, announcement
from retrieval.loaders.load_errors import damaged, refusing_damage
from retrieval.loaders.plain import decode
from retrieval.loaders.records.json_values import as_dict, as_dicts, as_text
from retrieval.loaders.shortened_text import ShortenedText
from retrieval.types import PATH_SEPARATOR, LabelKind, Span

KIND = "a Discord export"
# What is looked at; roles, colours, pictures and who reacted are most of a file, and would take most of the memory.
KEPT = frozenset((
    "attachments", "author", "category", "channel", "channelId", "content", "description", "embeds", "fields",
    "fileName", "forwardedMessage", "guild", "id", "mentions", "messageId", "messages", "name", "nickname", "reference",
    "timestamp", "title", "type", "url", "value",
))  # fmt: skip
# What Discord itself says in a channel: who joined, left, called, or pinned a message. Some exports have numbers.
NOTICES = frozenset((
    "RecipientAdd", "RecipientRemove", "Call", "ChannelNameChange", "ChannelIconChange", "ChannelPinnedMessage",
    "GuildMemberJoin", "ThreadCreated", *map(str, range(1, 19)),
))  # fmt: skip
DIRECT = frozenset(("DirectTextChat", "DirectGroupTextChat", "1", "3"))
THREADS = frozenset(("GuildNewsThread", "GuildPublicThread", "GuildPrivateThread", "10", "11", "12"))
NO_GUILD, DIRECT_PATH = "0", "@me"
SNOWFLAKE = re.compile(r"[0-9]{1,20}")
DAY_AND_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})")
# As they are written where the exporter was told to leave the Markdown alone.
EMOJI = re.compile(r"<a?(:\w+:)\d+>")
MENTION = re.compile(r"<@!?(\d+)>")
# Only these may hold more than one thing that a label can tell apart.
MARKED = re.compile(r"\n|\A\s*[*_`]")
# A file that is not read may still be asked for by its name, but nobody asks for "image0.jpg".
PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|bmp|heic|svg|avif|mp3|mp4|m4a|mov|ogg|opus|wav|webm)\Z", re.IGNORECASE)
FORWARDED = " (forwarded)"
NOT_READ = "{name} names {count} attached files that were not read; index those that matter on their own."


def extract(data: bytes) -> Extracted:
    """The messages in their order. Each is a place of its own; its author is its label.

    A message that answers another has that one's words as a label, too, as far as they are short and exported.

    Source of the format: what DiscordChatExporter's ``JsonMessageWriter`` writes.

    Raises:
        SourceError: If it is no such export, or holds no words.
    """
    with refusing_damage(KIND):
        text, encoding = decode(data)
        # A number of any length is read as it is written.
        export = json.loads(text, object_hook=_kept, parse_int=str, parse_float=str)
        del text
        if not isinstance(export, dict) or not isinstance(export.get("messages"), list):
            raise SourceError(damaged(KIND))
        return _Channel(export).extracted(encoding)


def _kept(value: dict[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in value.items() if key in KEPT}


class _Channel:
    """One channel on its way into a text."""

    def __init__(self, export: dict[str, Any]) -> None:
        self._messages = as_dicts(export.get("messages"))
        self._guild, self._channel = as_dict(export.get("guild")), as_dict(export.get("channel"))
        self._composer = Composer()
        self._said: dict[str, TextBlock] = {}  # by the messages' ids
        self._named: TextBlock | None = None  # the name under which the text stands
        self._words = self._attached = 0
        self._date = ""

    def extracted(self, encoding: str) -> Extracted:
        """The whole; its day is the last on which somebody wrote."""
        for message in self._messages:
            self._add(message)
        warnings = [NOT_READ.replace("{count}", f"{self._attached:,}")] if self._attached else []
        return self._composer.extracted(
            self._title(), encoding, date=self._date, warnings=warnings, words_in=self._words
        )

    def _title(self) -> str:
        """The server, the channel, and the thread if it is one."""
        kind, name, above = (as_text(self._channel.get(key)) for key in ("type", "name", "category"))
        is_direct = kind in DIRECT or as_text(self._guild.get("id")) == NO_GUILD
        if is_direct or kind in THREADS:
            path = [name if is_direct else f"#{above}{PATH_SEPARATOR}{name}" if above else name]
        else:
            path = [f"#{name}" if name else ""]
        return PATH_SEPARATOR.join(filter(None, [clean(as_text(self._guild.get("name"))), *map(clean, path)]))

    def _add(self, message: dict[str, Any]) -> None:
        content = _words_of(message)
        forwarded = as_dict(message.get("forwardedMessage"))
        embeds = as_dicts(message.get("embeds")) + as_dicts(forwarded.get("embeds"))
        passed_on = _words_of(forwarded)
        self._words += sum(len(part.split()) for part in (content, passed_on))
        if as_text(message.get("type")) in NOTICES:
            return
        author, when = _author(message), DAY_AND_TIME.match(as_text(message.get("timestamp")))
        self._date = max(self._date, when[1] if when else "")
        heading = ", ".join(filter(None, [author, f"{when[1]} {when[2]}" if when else ""]))
        self._composer.set_path((heading,), self._link(message))
        name = TextBlock(author)
        block = _message_block(content, name, self._said.get(_answered(message)))
        if content:
            self._said[as_text(message.get("id"))] = block
            self._put(name, block)
        if passed_on:
            name = TextBlock(f"{author}{FORWARDED}" if author else "")
            self._put(name, _message_block(passed_on, name))
        self._add_embeds(embeds, name, content)
        self._add_attachments(
            as_dicts(message.get("attachments")) + as_dicts(forwarded.get("attachments")), name, block
        )

    def _put(self, name: TextBlock, block: TextBlock) -> None:
        """Add what somebody said, below the name unless that stands there already."""
        if not block.text:
            return
        if self._named is not name:
            self._composer.add(name)
            self._named = name
        self._composer.add(block)

    def _add_embeds(self, embeds: list[dict[str, Any]], name: TextBlock, content: str) -> None:
        """What is shown in a frame. Of a page that the message links to, nothing is the author's own."""
        for embed in embeds:
            url = as_text(embed.get("url"))
            is_own = not (url and url in content)
            names = [name] if is_own else []
            words = clean_paragraphs(as_text(embed.get("title")))
            self._words += len(words.split())
            title = TextBlock(words, labels=_named(words, names))
            self._put(name, title)
            names.append(title)
            for words in _said_in(embed):
                self._words += len(words.split())
                self._put(name, TextBlock(words, labels=_named(words, names)))

    def _add_attachments(self, attachments: list[dict[str, Any]], name: TextBlock, block: TextBlock) -> None:
        files = [clean(as_text(one.get("fileName"))) for one in attachments]
        told = [file for file in files if file and not PICTURE.search(file)]
        self._attached += len(told)
        if told:
            words = ", ".join(told)
            lead = announcement(block.text, Span(0, len(block.text)))
            led = [BlockLabel(LabelKind.LEAD_IN, lead, Span(0, len(words)), block)] if lead else []
            self._put(name, TextBlock(words, labels=(*led, *_named(words, [name]))))

    def _link(self, message: dict[str, Any]) -> str | None:
        ids = [as_text(part.get("id")) for part in (self._guild, self._channel, message)]
        if not all(SNOWFLAKE.fullmatch(one) for one in ids):
            return None
        path = "/".join([DIRECT_PATH if ids[0] == NO_GUILD else ids[0], *ids[1:]])
        return f"https://discord.com/channels/{path}"


def _message_block(content: str, name: TextBlock, answered: TextBlock | None = None) -> TextBlock:
    """What somebody said, with what is known of it: who said it, to what, and what its Markdown tells."""
    whole = Span(0, len(content))
    labels = list(_named(content, [name]))
    if answered and len(answered.text) <= MAX_WORDS_CHARACTERS:
        labels.append(BlockLabel(LabelKind.LEAD_IN, Span(0, len(answered.text)), whole, answered))
    if MARKED.search(content):
        inner = markdown.extract_from(ShortenedText(content), FrontMatter()).labels
        labels += [BlockLabel(label.kind, label.words, label.span) for label in inner]
    return TextBlock(content, labels=tuple(labels))


def _named(words: str, names: list[TextBlock]) -> tuple[BlockLabel, ...]:
    whole = Span(0, len(words))
    return tuple(BlockLabel(LabelKind.TERM, Span(0, len(name.text)), whole, name) for name in names if name.text)


def _said_in(embed: dict[str, Any]) -> Iterator[str]:
    """The texts of an embed below its title, in order."""
    yield clean_paragraphs(as_text(embed.get("description")))
    for field in as_dicts(embed.get("fields")):
        name, value = clean(as_text(field.get("name"))), clean_paragraphs(as_text(field.get("value")))
        yield f"{name}: {value}" if name and value else name or value


def _words_of(message: dict[str, Any]) -> str:
    """What a message says, with names for the numbers of emoji and of the people it mentions."""
    names = {as_text(one.get("id")): _name(one) for one in as_dicts(message.get("mentions"))}
    content = MENTION.sub(lambda found: f"@{names.get(found[1]) or found[1]}", as_text(message.get("content")))
    return clean_paragraphs(EMOJI.sub(r"\1", content))


def _author(message: dict[str, Any]) -> str:
    return _name(as_dict(message.get("author")))


def _name(person: dict[str, Any]) -> str:
    """The name that is shown in the channel, else that of the account."""
    return clean(as_text(person.get("nickname"))) or clean(as_text(person.get("name")))


def _answered(message: dict[str, Any]) -> str:
    return as_text(as_dict(message.get("reference")).get("messageId"))
