"""The panel of settings: their names, what they are, and what is in the way of a change."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PanelTexts:
    """The panel of settings: their names, what they are, and what is in the way of a change."""

    # The pages of the panel, and what is on each.
    panel_pages: str
    page_places: str
    page_people: str
    page_answers: str
    page_helpers: str
    page_sources: str
    page_about_places: str
    page_about_people: str
    page_about_answers: str
    page_about_helpers: str
    page_about_sources: str

    # The settings.
    setting_channels: str
    setting_denied_channels: str
    setting_forum_channels: str
    setting_asking_roles: str
    setting_denied_roles: str
    setting_denied_people: str
    setting_library_roles: str
    setting_language: str
    setting_shared_documents: str
    setting_private_refusals: str
    setting_questions_per_minute: str
    setting_questions_per_day: str
    setting_server_questions_per_day: str
    setting_gaps_channel: str
    setting_weekly_digest: str
    setting_human_channel: str
    setting_human_role: str
    setting_read_channels: str
    setting_read_pins: str

    # What they are.
    value_on: str
    value_off: str
    value_none: str
    value_all_channels: str
    value_no_channel: str
    value_everyone: str
    value_nobody: str
    value_managers: str
    value_managers_too: str
    value_more: str
    value_server_language: str

    # What people press and choose from.
    button_switch_on: str
    button_switch_off: str
    button_limits: str
    button_back: str
    button_no_channel: str
    button_all_channels: str
    button_nobody: str
    button_everyone: str
    placeholder_choose: str
    option_server_language: str
    limits_title: str
    limits_no_number: str

    # The last one of a list.
    empty_question_channels: str
    empty_question_asking_roles: str

    # What a setting needs.
    need_message_content: str
    instead_forum_channels: str
    instead_read_channels: str
    instead_read_pins: str
    need_permissions: str
    need_mentionable: str
    need_human_role: str
    need_human_channel: str
    need_gaps_channel: str
    need_allowed: str
    permission_view_channel: str
    permission_send_messages: str
    permission_send_messages_in_threads: str
    permission_embed_links: str
    permission_read_message_history: str
    permission_mention_everyone: str

    # What is not changed.
    panel_not_allowed: str
    refused_added_and_removed: str
    refused_added_and_all: str
    refused_not_listed: str
    refused_channel_denied: str
    refused_role_denied: str
    refused_forum_denied: str
    refused_owner_denied: str
    refused_manager_denied: str
    refused_everyone: str
    refused_digest_nowhere: str
    refused_changed_meanwhile: str

    # What was deleted in Discord.
    lost_message: str
    lost_channel: str
    lost_channel_unnamed: str
    lost_role: str
    lost_role_unnamed: str
    consequence_channels: str
    consequence_asking_roles: str
    consequence_gaps_channel: str
    consequence_human_channel: str
    consequence_human_role: str

    # What a command has changed.
    settings_changed: str

    def page(self, page: str) -> str:
        """The name of a page."""
        return str(getattr(self, f"page_{page}"))

    def page_about(self, page: str) -> str:
        """What is on a page."""
        return str(getattr(self, f"page_about_{page}"))

    def setting(self, field: str) -> str:
        """The name of a setting."""
        return str(getattr(self, f"setting_{field}"))

    def empty_list(self, field: str, *, means_all: bool) -> str:
        """What a list without entries means."""
        if field == "channels":
            return self.value_all_channels if means_all else self.value_no_channel
        if field == "asking_roles":
            return self.value_everyone if means_all else self.value_nobody
        return self.value_managers if field == "library_roles" else self.value_none

    def empty_question(self, field: str) -> str:
        """The question what a list shall mean that loses its last entry."""
        return str(getattr(self, f"empty_question_{field}"))

    def empty_button(self, field: str, *, means_all: bool) -> str:
        """An answer to it."""
        if field == "channels":
            return self.button_all_channels if means_all else self.button_no_channel
        return self.button_everyone if means_all else self.button_nobody

    def instead(self, field: str) -> str:
        """What people do where the bot may not read messages."""
        return str(getattr(self, f"instead_{field}"))

    def permission(self, name: str) -> str:
        """What Discord's app calls a permission."""
        return str(getattr(self, f"permission_{name}"))

    def refused(self, refusal: str) -> str:
        """Why a change was refused."""
        return str(getattr(self, f"refused_{refusal}"))

    def consequence(self, field: str) -> str | None:
        """What follows when a setting has lost its only channel or role."""
        return getattr(self, f"consequence_{field}", None)
