"""What a person sees: one state of a message, its buttons, a form, the choices while typing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.discord.fake.errors import Json


@dataclass(frozen=True)
class Pings:
    """Who really gets a notification from a message."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


@dataclass(frozen=True)
class Button:
    """A button as it is drawn: an emoji, a label, or both."""

    label: str
    emoji: str
    custom_id: str
    style: int
    disabled: bool
    url: str = ""

    @property
    def face(self) -> str:
        """What is written on it."""
        return f"{self.emoji} {self.label}".strip()

    def answers_to(self, name: str) -> bool:
        """Whether a test means this button: by custom id, label, emoji, or all that is written on it."""
        return name != "" and name in (self.custom_id, self.label, self.emoji, self.face)


@dataclass(frozen=True)
class Choice:
    """One suggestion while somebody types."""

    name: str
    value: str | int | float


@dataclass(frozen=True)
class Field:
    """One field of a form."""

    custom_id: str
    label: str
    kind: int
    description: str = ""
    placeholder: str = ""
    value: str = ""
    required: bool = True
    min_length: int = 0
    max_length: int = 4000
    style: int = 1
    min_values: int = 1
    max_values: int = 1


@dataclass(frozen=True)
class Form:
    """A form that the bot opened; ``opened_by`` is the id of the interaction that it answered."""

    title: str
    custom_id: str
    fields: tuple[Field, ...]
    opened_by: int
    payload: Json = field(repr=False)


@dataclass(frozen=True)
class Selection:
    """A list to choose from, with what is chosen in it: texts, or the ids of channels, roles or people."""

    custom_id: str
    kind: int
    chosen: tuple[str, ...]
    placeholder: str
    payload: Json = field(repr=False)


@dataclass(frozen=True)
class Message:
    """One state of a message."""

    id: int
    channel_id: int
    author_id: int
    type: int
    content: str
    embeds: tuple[Json, ...]
    components: tuple[Json, ...] = field(repr=False)
    files: dict[str, bytes]
    flags: int
    reference_id: int | None
    at: float
    edited: bool
    pings: Pings
    allowed_mentions: Json | None
    payload: Json = field(repr=False)

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.flags & 64)

    @property
    def loading(self) -> bool:
        """Whether it still says that the bot is thinking."""
        return bool(self.flags & 128)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Its buttons, row by row."""
        return tuple(
            Button(
                label=part.get("label") or "",
                emoji=(part.get("emoji") or {}).get("name") or "",
                custom_id=part.get("custom_id") or "",
                style=part.get("style", 0),
                disabled=bool(part.get("disabled")),
                url=part.get("url") or "",
            )
            for part in self._parts()
            if part["type"] == 2
        )

    @property
    def lists(self) -> tuple[Selection, ...]:
        """The lists to choose from, from top to bottom."""
        return tuple(
            Selection(part["custom_id"], part["type"], _chosen(part), part.get("placeholder") or "", part)
            for part in self._parts()
            if part["type"] in (3, 5, 6, 7, 8)
        )

    @property
    def text(self) -> str:
        """All that can be read in it: content or the words of its layout, then each embed from top to bottom."""
        parts: list[str | None] = [self.content]
        parts += [part["content"] for part in self._parts() if part["type"] == 10]
        for embed in self.embeds:
            parts += [(embed.get("author") or {}).get("name"), embed.get("title"), embed.get("description")]
            for entry in embed.get("fields", ()):
                parts += [entry["name"], entry["value"]]
            parts.append((embed.get("footer") or {}).get("text"))
        return "\n".join(part for part in parts if part)

    def button(self, name: str) -> Button:
        """Return a button by label, emoji or custom id."""
        found = [button for button in self.buttons if button.answers_to(name)]
        assert len(found) == 1, f"{len(found)} buttons answer to {name!r} among {[b.face for b in self.buttons]}"
        return found[0]

    def list_of(self, name: str) -> Selection:
        """Return a list by its custom id, or by a part of it that no other one has."""
        found = [one for one in self.lists if name in one.custom_id]
        assert len(found) == 1, f"{len(found)} lists are called {name!r} among {[one.custom_id for one in self.lists]}"
        return found[0]

    def _parts(self) -> Iterator[Json]:
        """All components, from top to bottom, each before what it holds."""
        waiting = list(reversed(self.components))
        while waiting:
            part = waiting.pop()
            yield part
            inside = [*(part.get("components") or ()), *([part["accessory"]] if part.get("accessory") else ())]
            waiting.extend(reversed(inside))

    def looks_like(self, other: Message) -> bool:
        """Whether nothing that can be seen differs."""
        ours, theirs = ((m.content, m.embeds, m.components, m.files, m.flags) for m in (self, other))
        return json.dumps(ours, default=repr, sort_keys=True) == json.dumps(theirs, default=repr, sort_keys=True)


def _chosen(part: Json) -> tuple[str, ...]:
    texts = [option["value"] for option in part.get("options") or () if option.get("default")]
    return (*texts, *(str(default["id"]) for default in part.get("default_values") or ()))
