"""Looking a library over without changing it: one finding a check, each failure with its remedy."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shlex import quote

from dotenv import dotenv_values

from retrieval.errors import DamagedLibraryError, RetrievalError
from retrieval.library import Library
from retrieval.maintenance.verify import verify_collection
from retrieval.models.langchain import SentenceTransformerEmbeddings
from retrieval.models.onnx_embedder import check_onnx_files
from retrieval.models.published_weights import BUNDLED_MODEL
from retrieval.settings import ENV_FILE, LibrarySettings
from retrieval.storage.interface import open_storage
from retrieval.storage.leases import check_locks
from retrieval.storage.manifest import MANIFEST

# So many documents are named that should be indexed again.
MOST_TITLES = 3
OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)
# The names of variables whose values are nobody else's business.
SECRET = re.compile(r"(?:TOKEN|KEY|SECRET|PASSWORD)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check; ``text`` is a sentence with the remedy when ``ok`` is false.

    ``needed`` is false where the rest works all the same.
    """

    name: str
    ok: bool
    text: str
    needed: bool = True


def diagnose(settings: LibrarySettings, collections: Sequence[str] | None = None) -> Iterator[Finding]:
    """Check Python, what the vector store needs, the model, the place of the library, the index and the settings.

    Args:
        settings: What is checked.
        collections: Which collections of the index; all of them when not given.
    """
    for name, check in _checks(settings, collections):
        try:
            yield Finding(name, True, check())
        except RetrievalError as error:
            yield Finding(name, False, str(error))
    yield from _outdated(settings, collections)


def _checks(settings: LibrarySettings, collections: Sequence[str] | None) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "Python", _python
    yield from open_storage(settings).machine_checks().items()
    yield "model", partial(_model, settings)
    yield "data folder", partial(_data_folder, settings)
    yield from open_storage(settings).checks().items()
    yield "index", partial(_index, settings, collections)
    yield "settings", partial(_settings, settings)


def _python() -> str:
    if not OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON:
        raise RetrievalError(f"Python {platform.python_version()} is not supported; use 3.11 to 3.13.")
    return platform.python_version()


def _model(settings: LibrarySettings) -> str:
    if settings.embedding_model == BUNDLED_MODEL:
        check_onnx_files()
        return f"{BUNDLED_MODEL}, every file as shipped"
    dimension = SentenceTransformerEmbeddings(settings.embedding_model).dimension
    return f"{settings.embedding_model}, {dimension} dimensions"


def _data_folder(settings: LibrarySettings) -> str:
    home = settings.home
    if not home.exists():
        return f"{home}, made when it is first needed"
    if not home.is_dir():
        raise RetrievalError(f"{home} is not a folder; set PULLQUOTE_HOME to a folder.")
    if not os.access(home, os.R_OK | os.X_OK):
        raise RetrievalError(f"{home} cannot be read; make it readable or set PULLQUOTE_HOME to another folder.")
    if not os.access(home, os.W_OK):
        if not (home / MANIFEST).exists():
            raise RetrievalError(f"{home} cannot be written; make it writable or set PULLQUOTE_HOME to another folder.")
        return f"{home}, which cannot be written: questions are answered, and nothing is indexed"
    check_locks(home / MANIFEST)
    mode = home.stat().st_mode & 0o777
    if mode & 0o077:
        return f"{home}, open to others (mode {mode:o}); `chmod -R go= {quote(str(home))}` closes it"
    return str(home)


def _index(settings: LibrarySettings, collections: Sequence[str] | None) -> str:
    library = Library(settings)
    try:
        manifest = library.usable_manifest()
        if manifest is None:
            return "none yet; the first question makes it"
        names = manifest.collections if collections is None else collections
        found = [verify_collection(library, name) for name in names]
        checks = [check for each in found for check in each.sources]
        of_sources = [f"“{check.source.title}”: {check.problem}" for check in checks if check.problem]
        problems = [problem for each in found for problem in (each.manifest, each.index) if problem] + of_sources
        if problems:
            raise DamagedLibraryError(problems[0])
        chunks = sum(check.source.chunks for check in checks)
        return f"{_count(chunks, 'chunk')} of {_count(len(checks), 'document')}, all sound"
    finally:
        library.close()


def _outdated(settings: LibrarySettings, collections: Sequence[str] | None) -> Iterator[Finding]:
    """Nothing where all documents were read by this version, or where they cannot be looked at."""
    library = Library(settings)
    try:
        manifest = library.manifest()
    except RetrievalError:  # the check of the index says why
        return
    finally:
        library.close()
    names = manifest.collections if manifest and collections is None else collections or ()
    held = [manifest.collections[name] for name in names if manifest and name in manifest.collections]
    outdated = [record for one in held for record in one.sources.values() if record.is_outdated]
    if outdated:
        were = "was" if len(outdated) == 1 else "were"
        from_web = ", or run `pullquote refresh`" if all(record.is_from_web for record in outdated) else ""
        titles = ", ".join(f"“{record.title}”" for record in outdated[:MOST_TITLES])
        rest = ", …" if len(outdated) > MOST_TITLES else ""
        yield Finding(
            "documents",
            True,
            f"{_count(len(outdated), 'document')} {were} read by an older version of Pullquote; index "
            f"{'it' if len(outdated) == 1 else 'them'} again{from_web}: {titles}{rest}",
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _settings(settings: LibrarySettings) -> str:
    unknown = settings.unknown_variables()
    if unknown:
        raise RetrievalError(f"No setting is called {unknown[0]}; correct the name, as .env.example lists them.")
    env = Path(ENV_FILE)
    if any(value and SECRET.search(name) for name, value in dotenv_values(env).items()) and env.stat().st_mode & 0o077:
        return "all names and values fit; others can read the secrets in .env, until `chmod go= .env`"
    return "all names and values fit"
