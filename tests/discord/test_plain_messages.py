"""Plain messages in the bot's own threads: with the setting they are follow-ups."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.discord.fake import Permission
from tests.discord.one_program import PATIENCE, ask, look_alike, new_place
from tests.discord.talking import Bot, conversing, turns

SILENCE_SECONDS = 0.7


@pytest.fixture(scope="module")
def reading(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with conversing(tmp_path_factory.mktemp("reading"), reads_threads=True) as bot:
        yield bot


def test_with_the_setting_plain_messages_in_own_threads_are_follow_ups(reading: Bot) -> None:
    place = new_place(reading.program.discord)
    answer = ask(place.ada, place.channel, "Plainly one?")
    thread = place.bruno.start_thread(answer)
    other = place.ada.start_thread(place.ada.say(place.channel, "Let us talk.").said)
    second = place.bruno.say(thread, "Plainly two?").final(PATIENCE)
    third = place.ada.say(thread, "Plainly three?").final(PATIENCE)
    assert reading.told(second) == turns("Plainly one?")
    assert reading.told(third) == turns("Plainly one?", "Plainly two?")

    talk = place.ada.say(place.channel, "What triggered the protests?")
    aside = place.ada.say(other, "What triggered the protests?")
    to_bruno = place.ada.say(thread, "And you?", reply_to=place.bruno.say(other, "Yes.").said)
    forged = look_alike(place, thread, answer)
    talk.silence(SILENCE_SECONDS)
    aside.silence(0)
    to_bruno.silence(0)
    assert not [message for message in thread.messages(by_bot=True) if message.id > forged.id]
    # Neither the other bot's message nor what people said to each other has become a part of the conversation.
    last = place.ada.say(thread, "Plainly four?").final(PATIENCE)
    assert [question for question, _ in reading.told(last)] == ["Plainly one?", "Plainly two?", "Plainly three?"]


def test_of_two_people_talking_in_a_thread_only_questions_to_the_bot_are_answered(reading: Bot) -> None:
    place = new_place(reading.program.discord)
    thread = place.bruno.start_thread(ask(place.ada, place.channel, "Talking one?"))
    first = place.ada.say(thread, "Who raised the mill at the harbour?").final(PATIENCE)
    talk = [
        (place.ada, "I think the mill is older."),
        (place.bruno, "How much older?"),
        (place.ada, "ok thanks Bruno"),
        (place.bruno, "Ada, did you see it?"),
        (place.ada, f"{place.bruno.mention} who told you that?"),
        (place.bruno, "what do you think?"),
        (place.ada, "Is Bruno coming to the mill tomorrow?"),
        (place.bruno, "lol who said that?"),
        (place.ada, "shall we go there tomorrow?"),
        (place.bruno, "Hai visto il mulino?"),
        (place.ada, "Il mulino è vecchio, vero?"),
        (place.bruno, "Andiamo domani?"),
    ]
    for person, text in talk:
        person.say(thread, text)
    second = place.ada.say(thread, "Quanto costa il biglietto per il mulino?").final(PATIENCE)
    third = place.bruno.say(thread, "can you tell me when it opens?").final(PATIENCE)
    assert thread.messages(by_bot=True) == [first, second, third]


def test_who_has_not_spoken_to_the_bot_is_not_told_that_it_may_not_write(reading: Bot) -> None:
    place = new_place(reading.program.discord)
    thread = place.bruno.start_thread(ask(place.ada, place.channel, "Closed one?"))
    place.channel.deny(Permission.SEND_MESSAGES_IN_THREADS)
    place.ada.say(thread, "Who raised the mill at the harbour?")
    place.bruno.say(thread, "Who raised the mill at the harbour?", mention_bot=True)
    assert place.bruno.dm_channel.wait_message(PATIENCE)
    assert ask(place.ada, thread, "Closed two?").buttons
    assert place.ada.dm_channel.messages(by_bot=True) == []
