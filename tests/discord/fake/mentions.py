"""Whom a message mentions by Discord's rules: what its text says, cut down by its allowed mentions."""

from __future__ import annotations

import re
from typing import Any

from tests.discord.fake.errors import Json
from tests.discord.fake.seen import Pings

USER = re.compile(r"<@!?(\d+)>")
ROLE = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(everyone|here)\b")


def pings_of(content: str, allowed: Json | None, replied_to: int | None) -> Pings:
    """Return who is mentioned; without any allowed mentions, everything in the text counts.

    Embeds, forms and file names never mention anybody. ``replied_to`` is the author of the message that this one
    replies to: pinged unless ``replied_user`` is there and false (or left out of allowed mentions that are there).
    """
    users = frozenset(int(user) for user in USER.findall(content))
    roles = frozenset(int(role) for role in ROLE.findall(content))
    everyone = bool(EVERYONE.search(content))
    reply_pings = True
    if allowed is not None:
        users &= _allowed(allowed, "users", users)
        roles &= _allowed(allowed, "roles", roles)
        everyone = everyone and "everyone" in _parsed(allowed)
        reply_pings = bool(allowed.get("replied_user", False))
    if replied_to is not None and reply_pings:
        users |= {replied_to}
    return Pings(users, roles, everyone)


def _parsed(allowed: Json) -> list[str]:
    """Return the kinds that are read from the text: all of them, unless the sender said anything about it."""
    parse: Any = allowed.get("parse")
    if parse is not None:
        return list(parse)
    return [] if "users" in allowed or "roles" in allowed else ["users", "roles", "everyone"]


def _allowed(allowed: Json, kind: str, named: frozenset[int]) -> frozenset[int]:
    return named if kind in _parsed(allowed) else frozenset(int(one) for one in allowed.get(kind) or ())
