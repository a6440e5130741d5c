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
