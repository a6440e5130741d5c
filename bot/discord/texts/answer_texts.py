"""What stands in and under an answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AnswerTexts:
    """What stands in and under an answer."""

    # Answers.
    not_found: str
    not_found_several: str
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
    writing: str
    ask_in_language: str
    older_left_out: str

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
