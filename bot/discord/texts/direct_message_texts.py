"""The servers that direct messages are answered from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DirectMessageTexts:
    """The servers that direct messages are answered from."""

    from_server: str
    server_question: str
    server_placeholder: str
    server_chosen: str
    server_left: str
    button_server: str
