"""The documents of a server."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DocumentTexts:
    """The documents of a server."""

    # The library.
    library_empty: str
    library_own: str
    library_shared: str
    library_list_rest: str
    library_format: str
    library_too_large: str
    library_binary: str
    library_encoding: str
    library_blank: str
    library_damaged: str
    library_no_text: str
    library_protected: str
    library_too_complex: str
    library_reading: str
    library_indexing: str
    library_added: str
    library_replaced: str
    library_warnings: str
    library_unchanged: str
    library_removed: str
    library_clear_name: str
    library_cleared: str
    library_clear_empty: str
    library_unknown: str
    library_shared_stays: str
    library_busy: str
    library_stopped: str
    library_several: str
    library_not_allowed: str
    library_not_allowed_roles: str
    library_status_heading: str
    library_status_own: str
    library_status_shared: str
    library_status_model: str
    library_status_sound: str
    library_status_problem: str
    library_status_outdated: str
