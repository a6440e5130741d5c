"""What is said where there is no document to answer from, and what to do about it; pure: knows no Discord."""

from __future__ import annotations

from collections.abc import Collection

from bot.discord.library.collections import Audience, Scope
from bot.discord.texts import Texts
from retrieval import Library, RetrievalError


def is_empty(library: Library, audience: Audience, *, shared: bool) -> bool:
    """Whether a server has nothing that an audience could be answered from; a damaged library is not known to be."""
    try:
        return audience.guild_id is not None and not Scope.of(library, audience, shared=shared).collections
    except RetrievalError:  # a question will tell why
        return False


def empty_library_sentence(texts: Texts, *, in_server: bool, may_add: bool, roles: Collection[int] = ()) -> str:
    """Tell whoever may add documents how, and anybody else whom to ask.

    Args:
        texts: The words.
        in_server: Whether it is a server; a direct message has nothing that its writer could add to.
        may_add: Whether the person may change the library.
        roles: The roles that may, besides whoever manages the server.
    """
    if not in_server:
        return texts.library_empty_direct
    if may_add:
        return texts.library_empty_add
    if roles:
        return texts.library_empty_roles.format(roles=", ".join(f"<@&{role}>" for role in sorted(roles)))
    return texts.library_empty
