"""Adding documents: files, pages from the web, and messages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AdditionTexts:
    """Adding documents: files, pages from the web, and messages."""

    # Counted through a method of Texts.
    file_one: str
    files_many: str

    page_one: str
    pages_many: str

    # The form.
    add_form_title: str
    add_form_files: str
    add_form_files_description: str
    add_form_address: str
    add_form_address_description: str
    add_form_empty: str
    add_form_both: str

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

    # Pages from the web.
    web_fetching: str
    web_walking: str
    web_refreshing: str
    button_stop: str
    web_stop_too_late: str
    web_address: str
    web_private: str
    web_unreachable: str
    web_disallowed: str
    web_moved: str
    web_status: str
    web_unreadable: str
    web_no_pages: str
    web_none: str
    web_gone: str
    web_left_out: str
    web_end_pages: str
    web_end_time: str
    web_end_failures: str
    web_end_stopped: str

    # Messages as documents.
    messages_pinned: str
    messages_newest: str
    messages_not_removed: str
    messages_return: str
