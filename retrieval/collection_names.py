"""What a collection may be called, and the sentences and commands that name one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from shlex import quote

from retrieval.errors import CollectionError
from retrieval.types import DEFAULT_COLLECTION

MAX_COLLECTION_NAME = 200


def check_collection_name(name: str) -> None:
    """Accept any printable name.

    Raises:
        CollectionError: If the name is blank, unprintable or too long.
    """
    if not name.strip() or not name.isprintable() or len(name) > MAX_COLLECTION_NAME:
        raise CollectionError(
            f"A collection's name must be 1 to {MAX_COLLECTION_NAME} printable characters; choose another one."
        )


def check_collections(names: Collection[str]) -> None:
    """Accept names of collections, of which there is at least one.

    Raises:
        CollectionError: If there is none, or if it is a text, which would be taken for its letters.
    """
    if isinstance(names, str):
        raise CollectionError(f'`collections` is a text; write `("{names}",)`.')
    if not names:
        raise CollectionError('No collection is named; name at least one, such as `("default",)`.')


def no_collection(name: str, others: Iterable[str]) -> str:
    """The sentence that there is no such collection, with those that there are."""
    names = ", ".join(f"“{other}”" for other in sorted(others))
    there_are = f" (there are {names})" if names else ""
    return f"There is no collection “{name}”{there_are}; make it with {index_command(name)}."


def index_command(name: str) -> str:
    """What adds documents to that collection."""
    return f"`pullquote index PATH{collection_option(name)}`"


def collection_option(name: str) -> str:
    """What a command needs for that collection, with a space before it; nothing for the default one."""
    return "" if name == DEFAULT_COLLECTION else f" --collection {quote(name)}"
