"""Exports of Discord channels, as DiscordChatExporter writes them."""

from __future__ import annotations

import json
from typing import Any

GUILD, CHANNEL = "900", "800"


def person(name: str, nickname: str | None = None, number: int = 1) -> dict[str, Any]:
    return {
        "id": str(number),
        "name": name,
        "discriminator": "0000",
        "nickname": nickname,
        "color": "#FFFFFF",
        "isBot": False,
        "roles": [{"id": "5", "name": "Crew", "color": None, "position": 1}],
        "avatarUrl": "https://cdn.example/1.png",
    }


ANNA, BOB, BOT = person("anna.stone", "Anna"), person("Bob", number=2), person("raceday", "RaceBot", 3)


def message(number: int, author: dict[str, Any], content: str, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "type": "Default",
        "timestamp": f"2021-05-12T14:{number % 60:02}:07.123+00:00",
        "timestampEdited": None,
        "callEndedTimestamp": None,
        "isPinned": False,
        "content": content,
        "author": author,
        "attachments": [],
        "embeds": [],
        "stickers": [],
        "reactions": [{"emoji": {"id": "", "name": "👍"}, "count": 1, "users": [BOB]}],
        "mentions": [],
        "inlineEmojis": [],
    } | more


def reply(number: int, author: dict[str, Any], content: str, to: int, **more: Any) -> dict[str, Any]:
    reference = {"type": "Default", "messageId": str(to), "channelId": CHANNEL, "guildId": GUILD}
    return message(number, author, content, type="Reply", reference=reference, **more)


def export(
    *messages: dict[str, Any], guild: dict[str, Any] | None = None, channel: dict[str, Any] | None = None
) -> bytes:
    whole = {
        "guild": {"id": GUILD, "name": "Rowing Club", "iconUrl": "https://cdn.example/2.png"} | (guild or {}),
        "channel": {
            "id": CHANNEL,
            "type": "GuildTextChat",
            "categoryId": "7",
            "category": "Text Channels",
            "name": "general",
            "topic": None,
        }
        | (channel or {}),
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2022-01-01T00:00:00+00:00",
        "messages": messages,
        "messageCount": len(messages),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def channel() -> bytes:
    return export(
        message(1, BOB, "Joined the server.", type="GuildMemberJoin"),
        message(2, ANNA, "The race starts at noon. Please bring your own oars."),
        message(3, BOB, "Will there be food?"),
        reply(4, ANNA, "Yes, sandwiches for forty.", to=3),
        message(5, ANNA, "Pinned a message.", type="ChannelPinnedMessage"),
        message(6, BOB, ""),
    )


def thread() -> bytes:
    return export(
        message(2, BOB, "Run this:\n```sh\nregatta join\n\nregatta pay\n```\nThen wait.\n\n\n\nThat is all.  "),
        message(3, ANNA, "- oars\n- a coat"),
        channel={"type": "GuildPublicThread", "category": "regatta", "name": "How to join"},
    )


def direct() -> bytes:
    return export(
        message(2, ANNA, "<@2> is here <a:wave:77>", mentions=[BOB]),
        message(3, ANNA, "Ask <@!9>."),
        guild={"id": "0", "name": "Direct Messages"},
        channel={"type": 1, "category": "Private", "name": "Bob"},
    )


def news() -> bytes:
    fields = [{"name": "Wind", "value": "12 knots", "isInline": True}, {"name": "Note", "value": "Two\nlines"}]
    weather = {"title": "Weather", "url": "", "description": "Sunny and warm.", "fields": fields, "images": []}
    page = {"title": "Regatta", "url": "https://a.example/r", "description": "Heron won last year.", "fields": []}
    return export(
        message(2, BOT, "", embeds=[weather]), message(3, ANNA, "See https://a.example/r for more.", embeds=[page])
    )


def forwarded() -> bytes:
    passed_on = {"timestamp": "2021-05-01T10:00:00+00:00", "content": "The bridge is closed.", "embeds": []}
    files = [{"fileName": "rules.pdf"}, {"fileName": "image0.JPG"}, {"fileName": "plan.docx"}]
    return export(
        message(2, ANNA, "", reference={"type": "Forward", "messageId": "77"}, forwardedMessage=passed_on),
        message(3, BOB, "The papers:", attachments=files),
        message(4, BOB, "", attachments=files[1:2]),
    )
