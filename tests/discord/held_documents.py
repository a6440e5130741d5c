"""What the library holds of the messages of a channel, as a test looks for it."""

from __future__ import annotations

from bot.discord.library.message_addresses import MessageSet, MessageSource
from bot.settings import Settings
from retrieval import Library
from tests.discord.fake import Channel
from tests.discord.one_program import Program


def document(program: Program, channel: Channel, which: MessageSet = MessageSet.ALL) -> str | None:
    """The text of the document that is made of a channel's messages; None where there is none."""
    assert channel.record.guild is not None
    uri = MessageSource(channel.record.guild.id, channel.id, which).uri
    library = Library(Settings(home=program.home))

    def look() -> str | None:
        manifest = library.manifest()
        held = manifest.collections.values() if manifest else ()
        records = [record for one in held for record in one.sources.values() if record.uri == uri]
        return library.texts.read(records[0].sha256) if records else None

    try:
        return library.read_consistently(look)  # the program may be changing it
    finally:
        library.close()


def wait_document(program: Program, channel: Channel, *said: str, which: MessageSet = MessageSet.ALL) -> str:
    """Wait for a document that has these words in it."""

    def look() -> str | None:
        text = document(program, channel, which)
        return text if text is not None and all(one in text for one in said) else None

    return program.discord.wait_until(look, what=f"a document with {said}", timeout=30)


def wait_gone(program: Program, channel: Channel, said: str = "", which: MessageSet = MessageSet.ALL) -> None:
    """Wait until a document is gone, or no longer has these words in it."""

    def is_gone() -> bool:
        text = document(program, channel, which)
        return text is None or (bool(said) and said not in text)

    program.discord.wait_until(is_gone, what=f"{said!r} to be gone", timeout=30)
