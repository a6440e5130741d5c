"""Which sentences there are: one field each, so that a language cannot miss one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.replies import SmallTalk
from bot.types import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The sentences of one language; what stands in braces is filled in with ``str.format``.

    Counted things have one singular and one plural; a language with more forms needs a change of the methods below.
    Whatever is filled in from outside (titles, names) must be escaped for Discord's Markdown first.
    """

    # The first part of the names that Discord gives to locales: "it", "pt".
    locale: str
    # What the language calls itself.
    language: str
    decimal_mark: str
    thousands_mark: str

    # Counted things, through the methods below.
    document_one: str
    documents_many: str
    passage_one: str
    passages_many: str
    question_one: str
    questions_many: str
    vote_one: str
    votes_many: str

    # Answers.
    not_found: str
    closest: str
    unsure: str
    unsure_remark: str
    place_line: str
    place_page: str
    page_number: str
    not_shown: str
    rest_attached: str
    rest_left_out: str
    quotes_heading: str
    quote_checked: str
    quotes_checked: str
    no_chat_model: str
    chat_model: str
    trouble_too_long: str
    trouble_bad_key: str
    trouble_forbidden: str
    trouble_unknown_model: str
    trouble_rate_limit: str
    trouble_no_credit: str
    trouble_too_slow: str
    trouble_unreachable: str
    trouble_server_error: str
    trouble_not_accepted: str
    trouble_unreadable: str
    trouble_silent: str
    trouble_declined: str
    trouble_cut_off: str
    trouble_spent: str
    trouble_unproven: str
    trouble_nothing_found: str
    read_as: str
    seconds: str
    writing: str
    older_left_out: str

    # What is said back to small talk.
    reply_greeting: str
    reply_thanks: str
    reply_praise: str
    reply_farewell: str
    reply_help: str
    reply_other: str

    # A quote in its paragraph.
    passage_counter: str
    passage_line: str
    passage_page: str
    passage_still_there: str
    passage_changed: str
    passage_changed_remark: str
    passage_removed: str
    passage_removed_remark: str
    passage_too_long: str
    passage_quote_heading: str
    passage_paragraph_heading: str
    proof_expired: str

    # Buttons.
    button_passage: str
    button_follow_up: str
    button_delete: str

    # Votes and the form for the reason.
    vote_up_counted: str
    vote_already: str
    vote_changed: str
    reason_title: str
    reason_label: str
    reason_description: str
    reason_placeholder: str
    reason_stored: str
    reason_without_vote: str

    # Follow-ups and deleting.
    follow_up_title: str
    follow_up_label: str
    follow_up_placeholder: str
    delete_not_allowed: str

    # Questions that are not answered, and what to do.
    question_blank: str
    question_too_long: str
    question_broken: str
    message_without_text: str
    how_to_ask: str
    text_withheld: str
    channel_not_allowed: str
    role_not_allowed: str
    limit_person_minute: str
    limit_person_day: str
    limit_server_day: str

    # What goes wrong.
    stopping: str
    stopped_in_the_middle: str
    failure: str
    may_not_post: str

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

    # Settings.
    settings_heading: str
    settings_channels: str
    settings_channels_all: str
    settings_asking_roles: str
    settings_asking_roles_all: str
    settings_library_roles: str
    settings_library_roles_none: str
    settings_language: str
    settings_language_automatic: str
    settings_limits: str
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

    # About the bot.
    help: str
    about: str

    # The descriptions of commands and their options, by the English ones that stand where the commands are defined.
    descriptions: Mapping[str, str]

    def documents(self, count: int) -> str:
        """How many documents, in words: "1 document", "12 documents"."""
        return self._counted(count, self.document_one, self.documents_many)

    def passages(self, count: int) -> str:
        """How many passages, in words."""
        return self._counted(count, self.passage_one, self.passages_many)

    def questions(self, count: int) -> str:
        """How many questions, in words."""
        return self._counted(count, self.question_one, self.questions_many)

    def votes(self, count: int) -> str:
        """How many votes, in words."""
        return self._counted(count, self.vote_one, self.votes_many)

    def number(self, value: float, digits: int = 0) -> str:
        """A number as it is written in the language."""
        whole, mark, fraction = f"{value:,.{digits}f}".partition(".")
        return whole.replace(",", self.thousands_mark) + (self.decimal_mark if mark else "") + fraction

    def trouble(self, trouble: Trouble) -> str:
        """What went wrong with the chat model."""
        return str(getattr(self, f"trouble_{trouble.value}"))

    def reply(self, to: SmallTalk) -> str:
        """What is said back to small talk."""
        return str(getattr(self, f"reply_{to.value}"))

    def small_print(self, parts: Sequence[str]) -> str:
        """The parts on one line, which begins with a capital."""
        line = " · ".join(parts)
        return line[:1].upper() + line[1:]

    def _counted(self, count: int, one: str, many: str) -> str:
        return one if count == 1 else many.format(count=self.number(count))
