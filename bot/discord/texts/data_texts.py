"""Joining a server, examples of questions, and deleting what is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DataTexts:
    """Joining a server, examples of questions, and deleting what is kept."""

    # Deleting all data of a server.
    deletion_title: str
    deletion_warning: str
    deletion_label: str
    deletion_not_allowed: str
    deletion_wrong_name: str
    deletion_later: str
    deletion_done: str

    # A question that its author has deleted.
    question_deleted: str

    # Where there are no documents.
    library_empty_add: str
    library_empty_roles: str
    library_empty_direct: str

    # Examples of questions, and joining a server.
    examples: str
    welcome: str
    welcome_direct: str
    welcome_examples: str
