"""What somebody gives to be added: named files whose content is fetched when it is their turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import discord

UNNAMED = "document"


class FileGoneError(Exception):
    """What was attached is no longer there; Discord keeps the files of a command for a time only."""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file: its name without any folder, how many bytes it has, and how to get them.

    ``fetch`` raises ``FileGoneError`` where the file is no longer there.
    """

    name: str
    size: int
    fetch: Callable[[], Awaitable[bytes]]


def attached(attachments: Sequence[discord.Attachment]) -> list[GivenFile]:
    """The files that came with a command, a form or a message."""

    def one(attachment: discord.Attachment) -> GivenFile:
        async def fetch() -> bytes:
            try:
                return await attachment.read()
            except (discord.NotFound, discord.Forbidden) as error:
                raise FileGoneError from error

        return GivenFile(plain_name(attachment.filename), attachment.size, fetch)

    return [one(attachment) for attachment in attachments]


def plain_name(name: str) -> str:
    """A file's name without the folders that may stand before it."""
    return PurePosixPath(name.replace("\\", "/")).name.strip() or UNNAMED


def repeated_names(files: Sequence[GivenFile]) -> set[str]:
    """The names that several of the files have: each would replace the one before it."""
    return {name for name, count in Counter(file.name for file in files).items() if count > 1}
