"""Adding documents: files, pages from the web, and messages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AdditionTexts:
    """Adding documents: files, pages from the web, and messages."""

    # Counted through a method of Texts.
    file_one: str
    files_many: str

    # While a change goes on, and what came of it.
    library_all: str
    library_waiting: str
    sources_counts: str
    sources_line_added: str
    sources_line_replaced: str
    sources_line_unchanged: str
    sources_rest: str
    sources_same_name: str
    sources_file_gone: str
    sources_empty_archive: str
    sources_passed_over: str
