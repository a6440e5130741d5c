"""Questions that the documents do not answer: posted, answered by people, and summed up each week."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class GapTexts:
    """Questions that the documents do not answer: posted, answered by people, and summed up each week."""

    # A question that is posted.
    gap_not_found: str
    gap_voted_down: str
    gap_answered: str
    gap_place: str
    gap_private: str
    gap_link: str
    gap_times: str
    gap_hidden: str
    gap_answered_by: str

    # Answering it.
    button_answer_gap: str
    button_change_answer: str
    gap_form_title: str
    gap_form_label: str
    gap_form_description_all: str
    gap_form_description_channel: str
    gap_saved: str
    gap_question_gone: str
    gap_no_access: str
    gap_told: str
    faq_title: str
    faq_answered_by: str

    # The weekly digest.
    digest_title: str
    digest_counts: str
    digest_topics: str
    digest_no_topics: str
    button_stop_digest: str
    digest_stopped: str
    digest_not_allowed: str

    # Asking a person.
    button_human: str
    button_human_asked: str
    human_wanted: str
    human_hidden: str
    human_asked_by: str
    human_asked: str
    human_already: str
    human_too_many: str
    human_off: str
    human_may_not_post: str
    human_may_not_ping: str
