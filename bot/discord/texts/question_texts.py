"""What is said back to small talk, and to questions that are not answered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class QuestionTexts:
    """What is said back to small talk, and to questions that are not answered."""

    # What is said back to small talk.
    reply_greeting: str
    reply_thanks: str
    reply_praise: str
    reply_farewell: str
    reply_help: str
    reply_other: str

    # Questions that are not answered, and what to do.
    question_blank: str
    question_too_long: str
    question_broken: str
    message_without_text: str
    how_to_ask: str
    text_withheld: str
    channel_not_allowed: str
    channel_denied: str
    no_channel_allowed: str
    role_not_allowed: str
    nobody_allowed: str
    person_denied: str
    limit_person_minute: str
    limit_person_day: str
    limit_server_day: str

    # What goes wrong.
    stopping: str
    stopped_in_the_middle: str
    failure: str
    may_not_post: str
