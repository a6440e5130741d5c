"""What people are told about the documents of a server; pure: knows no Discord."""

from __future__ import annotations

from collections.abc import Sequence

from bot.discord.guild_library import collections_to_ask, guild_collection
from bot.discord.markdown import escape, shorten, units
from bot.discord.texts import Texts
from bot.render import one_line
from retrieval import (
    DEFAULT_COLLECTION,
    Library,
    SourceError,
    SourceProblem,
    SourceRecord,
    verify_collection,
)
from retrieval.loaders import MAX_BYTES

MAX_LIST = 4000
MAX_NAME = 120
FORMATS = ".txt, .md"

Records = list[SourceRecord]


def records(library: Library, guild_id: int | None) -> tuple[Records, Records]:
    """The documents of a server, and those that all share; each sorted by title.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    asked = collections_to_ask(library, guild_id)
    own = guild_collection(guild_id) if guild_id is not None else ""
    return (
        library.records(own) if own in asked else [],
        library.records(DEFAULT_COLLECTION) if DEFAULT_COLLECTION in asked else [],
    )


def listed(own: Sequence[SourceRecord], shared: Sequence[SourceRecord], texts: Texts) -> tuple[str, str | None]:
    """The list as Markdown for a message, and the whole as a document where a message cannot hold it."""
    if not (own or shared):
        return texts.library_empty, None
    lines: list[str] = []
    for heading, documents in ((texts.library_own, own), (texts.library_shared, shared)):
        lines.append(heading.format(documents=texts.documents(len(documents))))
        lines += [f"- {shorten(one_line(document.title), MAX_NAME)}" for document in documents]
    whole = "\n".join(lines)
    if units(whole) <= MAX_LIST:
        return whole, None
    short: list[str] = []
    for line in lines:
        if units("\n".join([*short, line])) > MAX_LIST:
            break
        short.append(line)
    return "\n".join([*short, texts.library_list_rest]), whole + "\n"


def named(words: str, documents: Sequence[SourceRecord]) -> SourceRecord | None:
    """The document with that id or that title, if there is just one."""
    found = [document for document in documents if words in (document.id, document.title)]
    return found[0] if len(found) == 1 else None


def choice_name(document: SourceRecord, limit: int) -> str:
    """A document's title in a list of choices, which shows plain text."""
    title = one_line(document.title)
    return title if units(title) <= limit else title[: limit // 2 - 1] + "…"


def refused(error: SourceError, name: str, texts: Texts) -> str:
    """Why a file cannot be a document, in the person's language; ``name`` is escaped."""
    sentence = {
        SourceProblem.FORMAT: texts.library_format,
        SourceProblem.TOO_LARGE: texts.library_too_large,
        SourceProblem.BINARY: texts.library_binary,
        SourceProblem.NOT_UTF8: texts.library_encoding,
        SourceProblem.EMPTY: texts.library_blank,
        SourceProblem.UNREADABLE: texts.library_encoding,
    }[error.problem]
    return sentence.format(name=name, formats=FORMATS, limit=texts.number(MAX_BYTES // 1_000_000))


def status(library: Library, guild_id: int | None, texts: Texts) -> list[str]:
    """How large the library is, and whether every stored text is the one that was added.

    Raises:
        DamagedLibraryError: If an index is damaged as a whole.
    """
    own, shared = records(library, guild_id)
    lines = [texts.library_status_heading]
    for sentence, documents in ((texts.library_status_own, own), (texts.library_status_shared, shared)):
        chunks = sum(document.chunks for document in documents)
        lines.append(sentence.format(documents=texts.documents(len(documents)), passages=texts.passages(chunks)))
    lines.append(texts.library_status_model.format(model=escape(library.settings.embedding_model)))
    checks = [check for name in collections_to_ask(library, guild_id) for check in verify_collection(library, name)]
    problems = [
        f"{shorten(check.source.title, MAX_NAME)}: {escape(check.problem)}" for check in checks if check.problem
    ]
    return [*lines, *(texts.library_status_problem.format(problem=problem) for problem in problems[:10])] + (
        [] if problems else [texts.library_status_sound]
    )
