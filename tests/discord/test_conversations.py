"""Conversations: what the chain is told of what was said before, by every way in which a conversation goes on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.discord.texts import LANGUAGES
from bot.types import NOT_FOUND_TEXT
from tests.discord.fake import Permission
from tests.discord.one_program import PATIENCE, QUOTE, UNANSWERED, Place, ask, look_alike, new_place, post_as_the_bot
from tests.discord.talking import Bot, conversing, follow, follow_up, footer, said, turns

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
LEFT_OUT = ENGLISH.older_left_out
SILENCE_SECONDS = 0.7
MESSAGES = Path(__file__).parents[1] / "bot" / "discord" / "formatting" / "messages_without_layout.json"
# Of each kind, in both languages, as embeds and as plain text.
OLD = [
    message
    for message in json.loads(MESSAGES.read_text("utf-8"))
    if message["what"]
    in (
        "quotes, it, text",
        "refusal with the closest sentence, en, text",
        "refusal with the closest sentence, it, embed",
        "statements with code, en, embed",
    )
]
FOLLOWS = re.compile(r"^(pullquote:follow:\d):\d+$")


@pytest.fixture(scope="module")
def bot(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with conversing(tmp_path_factory.mktemp("conversations")) as bot:
        yield bot


@pytest.fixture
def place(bot: Bot) -> Place:
    return new_place(bot.program.discord)


# Ask a follow-up


def test_a_follow_up_is_a_form_with_one_text_field_and_anyone_may_send_it(bot: Bot, place: Place) -> None:
    first = ask(place.ada, place.channel, "Form one?")
    form = place.bruno.click(first, "Ask a follow-up").form()
    assert form.title == ENGLISH.follow_up_title
    (field,) = form.fields
    assert (field.kind, field.required, field.label) == (4, True, ENGLISH.follow_up_label)
    sent = place.bruno.submit(form, "Form two?")
    second = sent.final(PATIENCE)
    assert sent.deferred
    assert not sent.ephemeral
    assert bot.told(second) == turns("Form one?")
    assert footer(second).startswith("Quote checked")
    assert LEFT_OUT not in footer(second)


def test_a_follow_up_of_a_private_answer_is_private(bot: Bot, place: Place) -> None:
    first = ask(place.ada, place.channel, "Private one?", private=True)
    second = follow(place.ada, first, "Private two?")
    assert second.ephemeral
    assert bot.told(second) == turns("Private one?")
    third = follow(place.ada, second, "Private three?")
    assert third.ephemeral
    assert not place.channel.messages()
    # Discord does not give private messages out again, so all but the one under the button is lost, and said to be.
    assert bot.told(third) == turns("Private two?", first=1)
    assert LEFT_OUT in footer(third)


def test_a_conversation_is_bounded_and_says_so(bot: Bot, place: Place) -> None:
    answers = [ask(place.ada, place.channel, "Bounded 0?")]
    for number in range(1, 9):
        person = (place.ada, place.bruno)[number % 2]
        answers.append(follow(person, answers[-1], f"Bounded {number}?"))
    for number, answer in enumerate(answers):
        asked = [f"Bounded {earlier}?" for earlier in range(number)][-6:]
        assert bot.told(answer) == [
            [question, said(min(6, number - len(asked) + index))] for index, question in enumerate(asked)
        ]
        assert (LEFT_OUT in footer(answer)) == (number > 6), number


def test_a_blank_follow_up_is_told_so_privately_and_a_long_one_is_answered(bot: Bot, place: Place) -> None:
    answer = ask(place.ada, place.channel, "Blank one?")
    sent = follow_up(place.bruno, answer, " \n ")
    assert sent.message().text == ENGLISH.question_blank
    assert sent.ephemeral
    assert follow(place.bruno, answer, "mill " * 800).embeds[0]["title"].startswith("mill mill")


def test_a_follow_up_form_works_after_its_answer_was_deleted(bot: Bot, place: Place) -> None:
    first = ask(place.ada, place.channel, "Deleted one?")
    form = place.bruno.click(first, "Ask a follow-up").form()
    place.ada.click(first, "Delete")
    bot.program.discord.wait_until(lambda: bot.program.discord.message(first.id) is None, what="the deletion")
    assert bot.told(place.bruno.submit(form, "Deleted two?").final(PATIENCE)) == turns("Deleted one?")


# What is read back


def test_every_kind_of_answer_is_read_back_as_it_was(bot: Bot, place: Place) -> None:
    question = "*Back* `about` @everyone, https://x.example/a_b? 1. #5 “quoted” [1] \\_o_/ <@1>"
    read = "Back about @everyone, https://x.example/a_b? 1. #5 “quoted” [1] _o_/"
    assert bot.told(follow(place.ada, ask(place.ada, place.channel, question), "Back 1?")) == turns(read)

    quoted = ask(place.ada, place.channel, "Really what triggered the protests?")
    ((asked, answered),) = bot.told(follow(place.ada, quoted, "Back 2?"))
    assert asked == "Really what triggered the protests?"
    assert answered.startswith(QUOTE)
    assert answered.rstrip().endswith("]")
    assert "Kazakhstan protests, January 2022" not in answered

    refusal = place.ada.slash(place.channel, "ask", question=f"Really {UNANSWERED}", locale="it").final(PATIENCE)
    assert ITALIAN.not_found in refusal.text
    assert bot.told(follow(place.ada, refusal, "Back 3?")) == [[f"Really {UNANSWERED}", NOT_FOUND_TEXT]]

    long = ask(place.ada, place.channel, "Long " + "and long " * 60 + "question?")
    assert "answer.md" in long.files
    ((asked, answered),) = bot.told(follow(place.ada, long, "Back 4?"))
    assert asked.startswith("Long and long")
    assert asked.endswith("…")
    assert answered.startswith("word word word")


def test_the_answers_of_older_programs_are_read_back_too(bot: Bot, place: Place) -> None:
    answer = None
    for old in OLD:
        ids = [FOLLOWS.sub(rf"\1:{answer.id if answer else 0}", one) for one in old["custom_ids"]]
        answer = post_as_the_bot(place, ids, old["title"], old["description"], old["content"])
    assert answer is not None
    told = [old["turn"] for old in OLD]
    last = place.ada.submit(place.ada.click(answer, ids[-2]).form(), "Older one?").final(PATIENCE)
    assert bot.told(last) == told
    assert LEFT_OUT not in footer(last)
    assert bot.told(follow(place.ada, last, "Older two?")) == [*told, ["Older one?", said(len(told))]]


def test_an_answer_in_the_layout_of_a_newer_program_is_not_read_but_can_be_followed(bot: Bot, place: Place) -> None:
    newer = post_as_the_bot(place, ["pullquote:follow:0:0:quotes-99"], "Why?", "“So.” [1]\n-# rules, line 1", "")
    form = place.ada.click(newer, "pullquote:follow:0:0:quotes-99").form()
    assert bot.told(place.ada.submit(form, "Newer one?").final(PATIENCE)) == []


def test_plain_text_answers_are_read_back_like_embeds(bot: Bot, place: Place) -> None:
    place.channel.deny(Permission.EMBED_LINKS)
    first = ask(place.ada, place.channel, "Plain one?")
    assert not first.embeds
    second = follow(place.bruno, first, "Plain two?")
    place.channel.allow(Permission.EMBED_LINKS)
    third = follow(place.ada, second, "Plain three?")
    assert bot.told(second) == turns("Plain one?")
    assert bot.told(third) == turns("Plain one?", "Plain two?")


def test_a_deleted_link_ends_the_conversation_and_is_said(bot: Bot, place: Place) -> None:
    first = ask(place.ada, place.channel, "Link one?")
    second = follow(place.ada, first, "Link two?")
    third = follow(place.ada, second, "Link three?")
    place.ada.click(second, "Delete")
    bot.program.discord.wait_until(lambda: bot.program.discord.message(second.id) is None, what="the deletion")
    fourth = follow(place.ada, third, "Link four?")
    assert bot.told(fourth) == turns("Link three?", first=2)
    assert LEFT_OUT in footer(fourth)


# Replies and direct messages


def test_replies_go_on_whoever_writes_in_between(bot: Bot, place: Place) -> None:
    answers = [place.ada.say(place.channel, "Reply 0?", mention_bot=True).final(PATIENCE)]
    for number in range(1, 6):
        person = (place.bruno, place.ada)[number % 2]
        person.say(place.channel, f"I wonder about {number}.").silence(0)
        place.bruno.say(place.channel, "Something else?", mention_bot=True).final(PATIENCE)
        answers.append(person.say(place.channel, f"Reply {number}?", reply_to=answers[-1]).final(PATIENCE))
        assert answers[-1].reference_id is not None
        assert bot.told(answers[-1]) == turns(*(f"Reply {earlier}?" for earlier in range(number)))
    # A reply and a follow-up may take turns.
    assert bot.told(follow(place.ada, answers[1], "Reply other?")) == turns("Reply 0?", "Reply 1?")


def test_a_mention_without_a_reply_begins_anew(bot: Bot, place: Place) -> None:
    ask(place.ada, place.channel, "Anew one?")
    assert bot.told(place.ada.say(place.channel, "Anew two?", mention_bot=True).final(PATIENCE)) == []


def test_direct_messages_go_on_by_reply_and_by_follow_up(bot: Bot, place: Place) -> None:
    first = place.bruno.dm("Direct one?").final(PATIENCE)
    second = place.bruno.dm("Direct two?", reply_to=first, ping=False).final(PATIENCE)
    third = follow(place.bruno, second, "Direct three?")
    assert bot.told(second) == turns("Direct one?")
    assert bot.told(third) == turns("Direct one?", "Direct two?")


# Threads


def test_a_thread_from_an_answer_goes_on_by_mention_and_by_command(bot: Bot, place: Place) -> None:
    zeroth = ask(place.ada, place.channel, "Thread 0?")
    first = follow(place.ada, zeroth, "Thread 1?")
    thread = place.bruno.start_thread(first, "The mill")
    place.ada.say(thread, "I have seen that mill.").silence(0)
    second = place.bruno.say(thread, "Thread 2?", mention_bot=True).final(PATIENCE)
    third = ask(place.ada, thread, "Thread 3?")
    private = ask(place.ada, thread, "Thread private?", private=True)
    fourth = ask(place.bruno, thread, "Thread 4?")
    asked = [f"Thread {number}?" for number in range(4)]
    assert bot.told(second) == turns(*asked[:2])
    assert bot.told(third) == turns(*asked[:3])
    assert bot.told(private) == turns(*asked[:4])
    assert bot.told(fourth) == turns(*asked[:4])
    # Outside, the conversation has not gone on.
    assert bot.told(follow(place.ada, first, "Thread outside?")) == turns(*asked[:2])


def test_a_thread_is_bounded_and_says_so(bot: Bot, place: Place) -> None:
    thread = place.ada.start_thread(ask(place.ada, place.channel, "Many 0?"))
    answers = [ask(place.ada, thread, f"Many {number}?") for number in range(1, 8)]
    assert LEFT_OUT not in footer(answers[5])
    assert LEFT_OUT in footer(answers[6])
    assert [question for question, _ in bot.told(answers[6])] == [f"Many {number}?" for number in range(1, 7)]


def test_a_long_talk_in_a_thread_is_said_to_be_left_out(bot: Bot, place: Place) -> None:
    thread = place.ada.start_thread(ask(place.ada, place.channel, "Talk 0?"))
    ask(place.ada, thread, "Talk 1?")
    for number in range(70):
        place.bruno.say(thread, f"I have seen {number} mills.").silence(0)
    last = ask(place.ada, thread, "Talk 2?")
    assert bot.told(last) == turns("Talk 0?")
    assert LEFT_OUT in footer(last)


def test_a_thread_whose_first_answer_was_deleted_goes_on_with_what_is_left(bot: Bot, place: Place) -> None:
    start = ask(place.ada, place.channel, "Start 0?")
    thread = place.ada.start_thread(start)
    first = ask(place.ada, thread, "Start 1?")
    place.ada.click(start, "Delete")
    bot.program.discord.wait_until(lambda: bot.program.discord.message(start.id) is None, what="the deletion")
    second = place.ada.say(thread, "Start 2?", reply_to=first, mention_bot=True).final(PATIENCE)
    assert bot.told(second) == turns("Start 1?", first=1)
    assert LEFT_OUT in footer(second)
    third = ask(place.ada, thread, "Start 3?")
    assert bot.told(third) == [["Start 1?", said(1)], ["Start 2?", said(1)]]
    assert LEFT_OUT in footer(third)


def test_in_a_thread_of_people_each_question_knows_those_before_it(bot: Bot, place: Place) -> None:
    thread = place.ada.start_thread(place.ada.say(place.channel, "Let us talk.").said)
    ask(place.ada, thread, "Other one?")
    place.bruno.say(thread, "I have seen that mill.")
    second = place.bruno.say(thread, "Other two?", mention_bot=True).final(PATIENCE)
    assert bot.told(second) == turns("Other one?")
    assert LEFT_OUT not in footer(second)
    assert bot.told(ask(place.ada, thread, "Other three?")) == turns("Other one?", "Other two?")
    elsewhere = place.ada.start_thread(place.ada.say(place.channel, "Let us talk.").said)
    assert bot.told(ask(place.ada, elsewhere, "Other four?")) == []


# Other bots


def test_what_another_bot_says_is_never_read_as_an_answer(bot: Bot, place: Place) -> None:
    answer = ask(place.ada, place.channel, "Alike one?")
    forged = look_alike(place, place.channel, answer)
    replied = place.ada.say(place.channel, "Alike two?", reply_to=forged, mention_bot=True).final(PATIENCE)
    assert bot.told(replied) == []
    thread = place.ada.start_thread(forged)
    assert bot.told(ask(place.ada, thread, "Alike three?")) == []
    own = place.ada.start_thread(answer)
    look_alike(place, own, answer)
    assert bot.told(ask(place.ada, own, "Alike four?")) == turns("Alike one?")


# Plain messages in the bot's own threads


def test_a_plain_message_is_not_read_without_the_setting(bot: Bot, place: Place) -> None:
    thread = place.ada.start_thread(ask(place.ada, place.channel, "Plainly one?"))
    place.ada.say(thread, "Plainly two?").silence(SILENCE_SECONDS)
