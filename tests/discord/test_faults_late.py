"""Answers that come too late for Discord, or to somebody who is no longer there."""

from __future__ import annotations

import pytest

from tests.discord.fake import Channel, Interaction, Message
from tests.discord.faults_fixtures import QUESTION, Place, Town, town

__all__ = ["town"]

LATE_SECONDS = 15 * 60 + 1


def ask_lost(place: Place, *, private: bool = False, where: Channel | None = None) -> Interaction:
    """Ask; Discord has given the interaction up before the bot could defer it."""
    with place.discord.world.lock:
        asked = place.ada.slash(where or place.channel, "ask", question=QUESTION, private=private)
        place.discord.faults.refuse("POST", f"/interactions/{asked.id}/", 404, 10062, "Unknown interaction")
        asked.expire()
    return asked


def only(place: Place) -> Message:
    """The only thing that the bot wrote, after it has had time for more."""
    place.discord.wait_until(place.told, 20, "something by the bot")
    settle(place)
    (message,) = place.told()
    return message


def settle(place: Place) -> None:
    """Let another question be answered meanwhile."""
    other = place.guild.add_channel("other")
    bert = place.guild.add_member("Bert")
    answer = bert.slash(other, "ask", question=QUESTION).final(20)
    place.ada.stage.world.messages[answer.id].deleted = True


def test_a_public_answer_to_a_lost_interaction_goes_to_the_channel_once(town: Town) -> None:
    place = town.place()
    ask_lost(place)
    answer = only(place)
    assert (answer.channel_id, answer.ephemeral) == (place.channel.id, False)
    assert answer.buttons
    assert answer.embeds[0]["title"] == QUESTION


def test_an_answer_to_a_lost_interaction_in_a_thread_goes_to_the_thread(town: Town) -> None:
    place = town.place()
    thread = place.ada.start_thread(place.ada.say(place.channel, "The mill").said)
    ask_lost(place, where=thread)
    assert only(place).channel_id == thread.id


def test_an_answer_to_a_lost_interaction_in_direct_messages_goes_there(town: Town) -> None:
    place = town.place()
    ask_lost(place, where=place.ada.dm_channel)
    assert only(place).channel_id == place.ada.dm_channel.id


def test_what_became_of_a_document_is_told_by_direct_message_when_that_took_too_long(town: Town) -> None:
    place = town.place()
    town.discord.faults.slow("GET", "/attachments/", 1.5)
    added = place.ada.slash(place.channel, "library add", file=("mill.md", b"# The mill\n\nIt was built in 1712."))
    added.message(until=lambda message: "Reading" in message.text)
    added.expire()
    told = place.ada.dm_channel.wait_message(20)
    assert "is in the library" in told.text


@pytest.mark.parametrize("fault", ["error_before", "drop_before"])
def test_a_document_that_cannot_be_fetched_is_told_about(town: Town, fault: str) -> None:
    place = town.place()
    getattr(town.discord.faults, fault)("GET", "/attachments/", times=9)
    added = place.ada.slash(place.channel, "library add", file=("mill.md", b"# The mill"))
    told = added.message(20, until=lambda message: "Reading" not in message.text)
    town.discord.faults.clear()
    assert "try again" in told.text
    assert "added" not in told.text


def test_a_private_answer_to_a_lost_interaction_goes_to_the_person_alone(town: Town) -> None:
    place = town.place()
    ask_lost(place, private=True)
    answer = only(place)
    assert answer.channel_id == place.ada.dm_channel.id
    assert answer.buttons
    assert not place.channel.messages(by_bot=True)


def test_a_private_answer_is_dropped_and_logged_where_direct_messages_are_closed(town: Town) -> None:
    place = town.place()
    place.ada.close_dms()
    seen = len(town.bot.err)
    ask_lost(place, private=True)
    (record,) = town.records(seen)
    assert "dropped" in record
    settle(place)
    assert not place.told()


@pytest.mark.parametrize("private", [False, True])
def test_an_answer_that_takes_longer_than_a_quarter_of_an_hour_arrives_all_the_same(town: Town, private: bool) -> None:
    place, gate = town.place(), f"quarter-{private}"
    asked = place.ada.slash(place.channel, "ask", question=f"{QUESTION} (hold {gate})", private=private)
    assert asked.deferred
    town.discord.clock.shift(LATE_SECONDS)
    town.open(gate)
    where = place.ada.dm_channel if private else place.channel
    answer = where.wait_message(until=lambda message: bool(message.buttons))
    settle(place)
    assert place.answers() == [answer]
    assert [message.channel_id for message in place.told()].count(place.channel.id) == (1 if private else 2)


def test_the_buttons_of_a_private_answer_that_came_as_a_direct_message_work(town: Town) -> None:
    place = town.place()
    ask_lost(place, private=True)
    answer = only(place)
    assert "still in the document" in place.ada.click(answer, "Show passage").message().text
    assert "counted" in place.ada.click(answer, "👍").message().text
    place.ada.click(answer, "Delete")
    place.discord.wait_until(lambda: place.discord.message(answer.id) is None, what="the answer deleted")


def test_an_answer_for_a_server_that_has_thrown_the_bot_out_is_dropped_and_logged(town: Town) -> None:
    place, gate = town.place(), "left"
    asked = place.ada.slash(place.channel, "ask", question=f"{QUESTION} (hold {gate})")
    assert asked.deferred
    seen = len(town.bot.err)
    place.guild.remove_bot()
    asked.expire()
    town.open(gate)
    (record,) = town.records(seen)
    assert "dropped" in record
    assert not place.answers()


def test_an_answer_whose_place_was_deleted_is_dropped_quietly(town: Town) -> None:
    place, gate = town.place(), "deleted"
    asked = place.ada.slash(place.channel, "ask", question=f"{QUESTION} (hold {gate})")
    assert asked.deferred
    (thinking,) = place.told()
    place.ada.delete(thinking)
    seen = len(town.bot.err)
    town.open(gate)
    town.discord.wait_for_request("PATCH", asked.record.token)
    settle(place)
    assert (place.told(), town.bot.err[seen:]) == ([], [])


def test_an_answer_to_a_deleted_question_is_dropped_quietly(town: Town) -> None:
    place, gate = town.place(), "unasked"
    said = place.ada.say(place.channel, f"{QUESTION} (hold {gate})", mention_bot=True)
    town.discord.wait_until(lambda: place.channel.typing_count, what="typing")
    place.ada.delete(said.said)
    seen = len(town.bot.err)
    town.open(gate)
    town.discord.wait_for_request("POST", f"/channels/{place.channel.id}/messages")
    settle(place)
    assert (place.told(), town.bot.err[seen:]) == ([], [])


COMMANDS = ("library list", "library status", "about", "help", "settings show", "stats", "export votes")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_first_response_that_took_effect_and_failed_is_no_failure(town: Town, command: str) -> None:
    place = town.place()
    seen = len(town.bot.err)
    with town.discord.world.lock:
        called = place.ada.slash(place.channel, command)
        town.discord.faults.error_after("POST", f"/interactions/{called.id}/")
    told = called.message(6)
    assert "went wrong" not in told.text
    settle(place)
    assert place.told() == [told]
    assert town.bot.err[seen:] == []


@pytest.mark.parametrize("button", ["Show passage", "👍", "Delete"])
def test_a_button_whose_first_response_took_effect_and_failed_works(town: Town, button: str) -> None:
    place = town.place()
    answer = place.ada.slash(place.channel, "ask", question=QUESTION).final(20)
    seen = len(town.bot.err)
    with town.discord.world.lock:
        pressed = place.ada.click(answer, button)
        town.discord.faults.error_after("POST", f"/interactions/{pressed.id}/")
    if button == "Delete":
        place.discord.wait_until(lambda: place.discord.message(answer.id) is None, what="the answer deleted")
    else:
        assert "went wrong" not in pressed.message(6).text
    assert town.bot.err[seen:] == []


@pytest.mark.parametrize("command", COMMANDS[:3])
def test_a_command_whose_first_response_was_cut_off_is_answered(town: Town, command: str) -> None:
    place = town.place()
    with town.discord.world.lock:
        called = place.ada.slash(place.channel, command)
        town.discord.faults.drop_after("POST", f"/interactions/{called.id}/")
    assert called.message(6).text
