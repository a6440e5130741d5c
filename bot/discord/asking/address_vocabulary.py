"""By which words of one language it is told to whom a message speaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddressWords:
    """The words of one language.

    Attributes:
        question_words: With what a question begins.
        openings: Patterns of how a question begins where no question mark follows.
        verbs_before: Verbs before a mention that make it what people talk about: "ask @bot".
        words_before: Other words that do the same, except at the end of a question.
        announcements: Patterns of what says that a question to the bot follows: "let me ask @bot".
        predicates: What is said about somebody right after their name: "@bot knows".
        auxiliaries: Verbs that may begin a question or say something about the bot: "@bot can".
        said_of_bots: What follows an auxiliary where it says something about the bot: "@bot can answer".
        adverbs: What may stand before any of these.
        tags: Questions behind a statement that ask for agreement alone.
        pointers: What asks the bot to look at what somebody else has written.
        beside_pointers: What may stand beside.
        second_person: Words that speak to somebody.
        requests: Patterns of requests that speak to somebody and are put to a bot.
        plans: Patterns of what people ask each other about what they do together.
        to_all: Words that speak to everybody.
        to_all_requests: Patterns of questions to everybody, which the bot may answer, too.
        reactions: Patterns of how a message begins that is talk.
        chatter: Questions that are talk by themselves.
        openers: Words that may stand before a comma like a name, and are none.
    """

    question_words: str
    openings: str
    verbs_before: str
    words_before: str
    announcements: str
    predicates: str
    auxiliaries: str
    said_of_bots: str
    adverbs: str
    tags: str
    pointers: str
    beside_pointers: str
    second_person: str
    requests: str
    plans: str
    to_all: str
    to_all_requests: str
    reactions: str
    chatter: str
    openers: str
