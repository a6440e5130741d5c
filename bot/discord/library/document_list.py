"""What people are told about the documents of a server; pure: knows no Discord."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from urllib.parse import unquote

from bot.discord.formatting.discord_markdown import escape, shorten, unescape, units
from bot.discord.library.collections import Audience, Scope, guild_collections
from bot.discord.library.document_details import DocumentDetails
from bot.discord.texts import Texts
from bot.safe_text import one_line
from retrieval import (
    DEFAULT_COLLECTION,
    Library,
    SourceError,
    SourceProblem,
    SourceRecord,
    verify_collection,
)
from retrieval.loaders.formats import known_suffixes

MAX_LIST = 4000
MAX_NAME = 120
MAX_CHOICES = 25
MAX_CHOICE_NAME = 100
# So many documents are named that should be added again.
MOST_TITLES = 5
FORMATS = ", ".join(known_suffixes())

Documents = list[SourceRecord]


def documents_of(library: Library, audience: Audience, *, shared: bool = True) -> tuple[Documents, Documents]:
    """The documents of a server that an audience may see, and those that all servers share; each sorted by title.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    scope = Scope.of(library, audience, shared=shared)
    own: Documents = []
    common: Documents = []
    for name in scope.collections:
        documents = common if name == DEFAULT_COLLECTION else own
        documents += [record for record in library.records(name) if scope.sources.admits(record.id)]
    once = {record.id: record for record in own}  # a change that was cut short leaves two of one
    return sorted(once.values(), key=attrgetter("title_order")), common


def lost_documents(library: Library, guild_id: int, places: Container[int]) -> Documents:
    """The documents of a server that are limited to channels and roles which are all gone; ``places`` are those there.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    named = guild_collections(library, guild_id).items()
    return [record for name, access in named if access.is_lost(places) for record in library.records(name)]


def render_list(
    own: Sequence[SourceRecord],
    shared: Sequence[SourceRecord],
    texts: Texts,
    details: Mapping[str, DocumentDetails] = MappingProxyType({}),
) -> tuple[str, str | None]:
    """The list as Markdown for a message, and the whole as a document where a message cannot hold it."""
    if not (own or shared):
        return texts.library_empty, None
    entries: list[str] = []
    whole: list[str] = []
    # Hardly any bot shares documents; that there are none tells nobody anything.
    for heading, documents in ((texts.library_own, own), (texts.library_shared, shared))[: 2 if shared else 1]:
        entries.append(heading.format(documents=texts.documents(len(documents))))
        whole.append(entries[-1])
        for document, label in zip(documents, document_labels(documents), strict=True):
            line, known = f"- {shorten(label, MAX_NAME)}", details.get(document.id)
            entries.append("\n".join([line, known.line(texts)] if known else [line]))
            whole.append("\n".join([line, known.plain_line(texts)] if known else [line]))
    if units("\n".join(entries)) <= MAX_LIST:
        return "\n".join(entries), None
    short: list[str] = []
    for entry in entries:
        if units("\n".join([*short, entry])) > MAX_LIST:
            break
        short.append(entry)
    return "\n".join([*short, texts.library_list_rest]), "\n".join(whole) + "\n"


def document_labels(documents: Sequence[SourceRecord]) -> list[str]:
    """A line for each document: its title, the file's name too where several have that, and a number where both."""
    titles = [one_line(document.title) for document in documents]
    shared = {title for title, count in Counter(titles).items() if count > 1}
    labels = [
        f"{title} ({one_line(unquote(document.uri.rpartition('/')[2]))})" if title in shared else title
        for document, title in zip(documents, titles, strict=True)
    ]
    before: Counter[str] = Counter()
    for number, label in enumerate(labels):
        before[label] += 1
        if before[label] > 1:
            labels[number] = f"{label} ({before[label]})"
    return labels


def find_documents(words: str, documents: Sequence[SourceRecord]) -> list[SourceRecord]:
    """The documents that may be meant: the one with that id, else those with that title or line in the list."""
    meant = one_line(words).casefold()
    by_name = [
        document
        for document, label in zip(documents, document_labels(documents), strict=True)
        if meant in (one_line(document.title).casefold(), label.casefold())
    ]
    return [document for document in documents if document.id == words] or by_name


def choices(typed: str, documents: Sequence[SourceRecord]) -> list[tuple[str, str]]:
    """What is offered while somebody types: lines of plain text, and the ids; as many and as long as Discord takes."""
    offered = zip(document_labels(documents), documents, strict=True)
    matching = [(label, document.id) for label, document in offered if typed.casefold() in label.casefold()]
    return [(unescape(shorten(label, MAX_CHOICE_NAME)), source_id) for label, source_id in matching[:MAX_CHOICES]]


def refusal_sentence(error: SourceError, name: str, texts: Texts) -> str:
    """Why a file cannot be a document, in the person's language; ``name`` is escaped."""
    sentence = {
        SourceProblem.FORMAT: texts.library_format,
        SourceProblem.TOO_LARGE: texts.library_too_large,
        SourceProblem.BINARY: texts.library_binary,
        SourceProblem.NOT_UTF8: texts.library_encoding,
        SourceProblem.EMPTY: texts.library_blank,
        SourceProblem.UNREADABLE: texts.library_damaged,
        SourceProblem.NO_TEXT: texts.library_no_text,
        SourceProblem.PROTECTED: texts.library_protected,
        SourceProblem.TOO_COMPLEX: texts.library_too_complex,
    }[error.problem]
    limit = texts.number(error.limit_bytes // 1_000_000)
    return sentence.format(name=name, formats=FORMATS, limit=limit)


def status_lines(library: Library, audience: Audience, texts: Texts, *, shared: bool = True) -> list[str]:
    """How large the library is, and whether every stored text is the one that was added.

    Raises:
        DamagedLibraryError: If neither the manifest nor its backup can be trusted.
    """
    own, common = documents_of(library, audience, shared=shared)
    lines = [texts.library_status_heading]
    for sentence, documents in ((texts.library_status_own, own), (texts.library_status_shared, common)):
        chunks = sum(document.chunks for document in documents)
        lines.append(sentence.format(documents=texts.documents(len(documents)), passages=texts.passages(chunks)))
    lines.append(texts.library_status_model.format(model=escape(library.settings.embedding_model)))
    lines += _outdated_lines(own, texts)
    found = [verify_collection(library, name) for name in Scope.of(library, audience, shared=shared).collections]
    checks = [check for each in found for check in each.sources if check.problem]
    problems = [escape(problem) for each in found for problem in (each.manifest, each.index) if problem]
    problems += [f"{shorten(check.source.title, MAX_NAME)}: {escape(check.problem)}" for check in checks]
    return [*lines, *(texts.library_status_problem.format(problem=problem) for problem in problems[:10])] + (
        [] if problems else [texts.library_status_sound]
    )


def _outdated_lines(own: Sequence[SourceRecord], texts: Texts) -> list[str]:
    """What the people of a server can do something about: the shared documents are not theirs to add again."""
    outdated = [document for document in own if document.is_outdated]
    if not outdated:
        return []
    titles = ", ".join(shorten(label, MAX_NAME) for label in document_labels(outdated)[:MOST_TITLES])
    rest = "" if len(outdated) <= MOST_TITLES else ", …"
    return [texts.library_status_outdated.format(documents=texts.documents(len(outdated)), titles=titles + rest)]
