"""The settings of a server, and what is recorded of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SettingsTexts:
    """The settings of a server, and what is recorded of it."""

    # Settings.
    settings_heading: str
    settings_channels_changed: str
    settings_channels_opened: str
    settings_asking_roles_changed: str
    settings_asking_roles_opened: str
    settings_library_roles_changed: str
    settings_library_roles_closed: str
    settings_language_changed: str
    settings_language_followed: str
    settings_limits_changed: str
    settings_nothing_given: str

    # Statistics and votes for the people who run the server.
    stats_heading: str
    stats_heading_days: str
    stats_none: str
    stats_questions: str
    stats_refusals: str
    stats_votes: str
    stats_latency: str
    export_empty: str
    export_sent: str
