"""Who may see a document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AccessTexts:
    """Who may see a document."""

    access_question: str
    access_cancelled: str
    access_too_late: str
    button_access_all: str
    button_access_channel: str
    button_access_cancel: str
    access_form_title: str
    access_form_text: str
    access_channels_label: str
    access_roles_label: str
    access_nothing_chosen: str
    access_too_many: str
    access_opened: str
    access_limited: str
    access_not_for_you: str
    access_ask_alone: str

    # The list of documents.
    list_added: str
    list_kilobytes: str
    list_megabytes: str
    list_everybody: str
    list_limited: str
    list_readers: str
    list_readers_gone: str

    # Asking one document.
    ask_unknown_document: str
