"""The post of a question is read back as it was written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.discord.formatting.gap_post import MOST_REPEATS, POST_UNITS, Gap, GapKind, GapPost
from bot.discord.texts import LANGUAGES
from tests.bot.discord.formatting.nasty import PIECES
from tests.discord.discord_markdown import active

GUILD = 1
GAP = Gap("Who raised the mill?", GapKind.NOT_FOUND, 2, 3)


def read_back(post: GapPost, language: str = "en") -> GapPost | None:
    return GapPost.read(post.gap.custom_id, post.description(LANGUAGES[language], GUILD))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", ["Who?", "", "-# small?", "#1 or *two*?", "a\nb"])
def test_a_post_comes_back(language: str, question: str) -> None:
    for gap in (
        replace(GAP, question=question),
        Gap(question or "x", GapKind.VOTED_DOWN, 2, 0, times=12, answered=True),
    ):
        post = GapPost(gap).with_reason("Not *that*\nmill")
        back = read_back(post, language)
        assert back is not None
        assert back.gap == replace(gap, question=" ".join(gap.question.split()))
        assert back.added == post.added
        assert read_back(back, language) == back


def test_an_answer_takes_the_place_of_an_earlier_one_below_the_reasons() -> None:
    texts = LANGUAGES["en"]
    post = GapPost(GAP).with_reason("No").with_answer("Old", "<@1>", texts).with_answer("**New**\nline", "<@2>", texts)
    assert post.added == ("👎 No", "**Answered by <@2>:**", r"> \*\*New\*\* line")
    assert post.gap.answered


def test_reasons_are_added_as_long_as_there_is_room() -> None:
    post = GapPost(replace(GAP, question="? " * 2000, times=50, repeats=((10**19, 10**19),) * MOST_REPEATS))
    for number in range(50):
        post = post.with_reason(f"{number} " + "*" * 1000)
    whole = post.with_answer("*" * 4000, "<@1>", LANGUAGES["en"]).description(LANGUAGES["en"], 10**19)
    assert len(whole) <= POST_UNITS
    assert "👎" in whole


@pytest.mark.parametrize("nasty", PIECES)
def test_nothing_acts_in_a_post(nasty: str) -> None:
    post = GapPost(replace(GAP, question=f"x{nasty}", message_id=0)).with_reason(nasty)
    assert active(post.description(LANGUAGES["en"], GUILD).replace("<#2>", "").replace("\n-# ", "\n")) == []


def test_repetitions_come_back_and_go_one_by_one() -> None:
    again = replace(GAP, channel_id=4, message_id=5)
    gap = GAP.asked_again(again).asked_again(replace(GAP, message_id=0))
    back = read_back(GapPost(gap))
    assert back is not None
    assert back.gap == gap == replace(GAP, times=3, repeats=((4, 5),))
    assert [gap.is_answered_by(one) for one in (3, 5, 7)] == [True, True, False]
    assert gap.without(5) == replace(GAP, times=2)
    left = gap.without(3)
    assert left == replace(again, times=2)
    assert left is not None
    assert left.without(5) == replace(again, message_id=0)
    assert GAP.without(3) is None


def test_links_that_people_write_are_no_repetitions() -> None:
    link = "[2](https://discord.com/channels/1/2/9)"
    for question in (link, f"-# {link}"):
        back = read_back(GapPost(replace(GAP, question=question)).with_reason(f"-# {link}"))
        assert back is not None
        assert back.gap.repeats == ()


def test_what_makes_two_questions_the_same() -> None:
    assert GAP.is_same(replace(GAP, question=" who RAISED  the mill", message_id=9))
    assert not GAP.is_same(replace(GAP, question="Who razed the mill?"))
    assert not replace(GAP, question="???").is_same(replace(GAP, question="!!!"))
    hidden = replace(GAP, question="")
    assert hidden.is_same(GAP)
    assert not hidden.is_same(replace(hidden, message_id=4))
    assert not replace(hidden, message_id=0).is_same(replace(hidden, message_id=0))


def test_another_button_is_no_post() -> None:
    assert GapPost.read("pullquote:up:AAAAAAAAAAAAAAAA", "Who?") is None
