"""The digest of a week -> the text of its post; pure, knows no Discord."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.discord.formatting.discord_markdown import shorten, units
from bot.discord.texts import Texts
from bot.safe_text import one_line

MOST_TOPICS = 10
MOST_LINKS = 3
TOPIC_UNITS = 200
DIGEST_UNITS = 4000
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WantedTopic:
    """What several questions ask: the one that says it best, how often it was asked, and where that is posted.

    ``answered`` says whether people have answered all of it.
    """

    question: str
    times: int
    links: tuple[str, ...]
    answered: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """A week, which begins on the day ``week``: how many questions there were, and what was wanted."""

    week: date
    asked: int
    answered: int
    refused: int
    topics: tuple[WantedTopic, ...]


def digest_title(digest: Digest, texts: Texts) -> str:
    """Which week it is."""
    last = digest.week + WEEK - timedelta(days=1)
    return texts.digest_title.format(first=digest.week.isoformat(), last=last.isoformat())


def digest_text(digest: Digest, texts: Texts) -> str:
    """The counts, and the topics that were wanted most."""
    numbers = {name: texts.number(getattr(digest, name)) for name in ("asked", "answered", "refused")}
    lines = [texts.digest_counts.format(**numbers)]
    if not digest.topics:
        return "\n".join([*lines, texts.digest_no_topics])
    lines.append(texts.digest_topics)
    for number, topic in enumerate(most_wanted(digest.topics), start=1):
        line = f"{number}. {_topic_line(topic, texts)}"
        if units("\n".join([*lines, line])) > DIGEST_UNITS:
            break
        lines.append(line)
    return "\n".join(lines)


def most_wanted(topics: Sequence[WantedTopic]) -> list[WantedTopic]:
    """Those asked most often; of two asked as often, first what nobody has answered."""
    return sorted(topics, key=lambda topic: (-topic.times, topic.answered))[:MOST_TOPICS]


def _topic_line(topic: WantedTopic, texts: Texts) -> str:
    links = " ".join(f"[{number}]({link})" for number, link in enumerate(topic.links[:MOST_LINKS], start=1))
    words = f"{shorten(one_line(topic.question), TOPIC_UNITS)} · {texts.questions(topic.times)} · {links}"
    return f"{words} ✅" if topic.answered else words
