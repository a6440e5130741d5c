"""Where the bot may not write, who asks is told why and what to do; commands are answered there all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.discord.texts import texts_for
from tests.discord.answers_fixtures import PATIENCE, QUESTION, Scene, Town, shared_town
from tests.discord.fake import Channel, Message, Permission, Person
from tests.discord.fake.model import ANNOUNCEMENTS, STAGE, TEXT_CHANNEL, VOICE
from tests.discord.scripts.answers import END
from tests.discord.test_not_allowed_here import MOMENT

ENGLISH, ITALIAN = texts_for("en-US"), texts_for("it")
TIMEOUT = 3_600
COULD_NOT = "A question could not be answered, because"


@pytest.fixture(scope="module")
def town(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with shared_town(request.config, tmp_path_factory) as town:
        yield town


@pytest.fixture(params=["en-US", "it"])
def scene(town: Town, request: pytest.FixtureRequest) -> Scene:
    return town.scene(locale=request.param)


def thread_in(scene: Scene) -> Channel:
    """A thread of people, which is not the bot's."""
    return scene.ada.start_thread(scene.ada.say(scene.channel, "the mill").said)


def moderator(scene: Scene) -> Person:
    """Somebody who may write in locked threads."""
    return scene.guild.add_member("Mara", permissions=Permission.MANAGE_THREADS)


def told_privately(scene: Scene, person: Person) -> str:
    """What the bot has written to a person, with times left out; in the channel it has said nothing."""
    message: Message = person.dm_channel.wait_message(PATIENCE)
    assert message.embeds == ()
    return MOMENT.sub("WHEN", message.content)


def expected(scene: Scene, sentence: str, channel: Channel) -> str:
    """The sentence in the server's language, by the name of its field."""
    texts = ITALIAN if scene.guild.record.locale == "it" else ENGLISH
    return str(getattr(texts, sentence)).format(channel=channel.mention, when="WHEN")


def log_lines(town: Town) -> list[str]:
    """What the log tells of questions that could not be answered."""
    (log,) = (town.gates.parent / "home" / "logs").glob("*.log")
    return [line for line in log.read_text("utf-8").splitlines() if COULD_NOT in line]


Close = Callable[[Scene, Channel], None]
CLOSED: dict[str, tuple[str, Close]] = {
    "the bot may see and not write": ("may_not_post", lambda _, channel: channel.deny(Permission.SEND_MESSAGES)),
    "the bot may not write in threads": (
        "may_not_post",
        lambda scene, _: scene.channel.deny(Permission.SEND_MESSAGES_IN_THREADS),
    ),
    "the thread is locked": ("thread_locked", lambda _, thread: thread.archive(locked=True)),
    "the bot is timed out": ("bot_timed_out", lambda scene, _: scene.guild.time_out_bot(TIMEOUT)),
}


@pytest.mark.parametrize("situation", CLOSED)
@pytest.mark.parametrize("meanwhile", [False, True], ids=["before", "while it answers"])
def test_who_asks_where_the_bot_may_not_write_is_told_why_in_a_direct_message(
    scene: Scene, situation: str, meanwhile: bool
) -> None:
    sentence, close = CLOSED[situation]
    person = moderator(scene)
    place = thread_in(scene) if "thread" in situation else scene.channel
    gate = f"closed-{scene.guild.id}"
    if meanwhile:
        person.say(place, f"gate {gate} {QUESTION}", mention_bot=True)
        scene.discord.wait_until(lambda: place.typing_count, PATIENCE, "typing")
        close(scene, place)
        scene.town.open(gate)
    else:
        close(scene, place)
        person.say(place, QUESTION, mention_bot=True)
    assert told_privately(scene, person) == expected(scene, sentence, place)
    # Commands are answered there, with working buttons.
    answer = person.slash(place, "ask", question=QUESTION).final(PATIENCE)
    assert person.click(answer, "📖").message(PATIENCE).ephemeral
    assert [one.id for one in place.messages(by_bot=True)] == [answer.id]
    assert not scene.errors


def test_who_asks_again_and_again_is_told_once_and_closed_direct_messages_leave_a_line_in_the_log(town: Town) -> None:
    scene = town.scene()
    scene.channel.deny(Permission.SEND_MESSAGES)
    before = len(log_lines(town))
    for _ in range(5):
        scene.ada.say(scene.channel, QUESTION, mention_bot=True)
    scene.discord.wait_until(lambda: len(log_lines(town)) == before + 5, PATIENCE, "a line in the log for each")
    assert told_privately(scene, scene.ada) == expected(scene, "may_not_post", scene.channel)
    scene.boss.close_dms()
    scene.boss.say(scene.channel, QUESTION, mention_bot=True)
    scene.discord.wait_until(lambda: len(log_lines(town)) == before + 6, PATIENCE, "one more line")
    # The bot goes on, and has told nobody anything else.
    assert scene.boss.slash(scene.channel, "ask", question=QUESTION).final(PATIENCE)
    assert len(scene.ada.dm_channel.messages(by_bot=True)) == 1
    assert not scene.boss.dm_channel.messages(by_bot=True)
    assert not scene.errors


def test_who_closes_direct_messages_while_the_answer_is_made_gets_nothing(town: Town) -> None:
    scene, gate = town.scene(), "closing"
    before = len(log_lines(town))
    scene.ada.dm(f"gate {gate} {QUESTION}")
    scene.discord.wait_until(lambda: scene.ada.dm_channel.typing_count, PATIENCE, "typing")
    scene.ada.close_dms()
    town.open(gate)
    scene.discord.wait_until(lambda: len(log_lines(town)) == before + 1, PATIENCE, "a line in the log")
    assert not scene.ada.dm_channel.messages(by_bot=True)
    assert not scene.errors


def test_a_thread_archived_while_the_answer_grows_is_opened_by_the_whole_answer(town: Town) -> None:
    scene = town.scene()
    thread = thread_in(scene)
    said = scene.ada.say(thread, f"grow {QUESTION}", mention_bot=True)
    part = said.message(PATIENCE)
    thread.archive()
    answer = said.message(PATIENCE, until=lambda state: END in state.text)
    assert answer.id != part.id
    scene.discord.wait_until(lambda: scene.discord.message(part.id) is None, PATIENCE, "the part to be deleted")
    assert not thread.record.archived
    assert not scene.ada.dm_channel.messages(by_bot=True)
    assert not scene.errors


def test_the_answer_to_a_command_in_a_thread_archived_meanwhile_opens_it(town: Town) -> None:
    scene, gate = town.scene(), "archived"
    thread = thread_in(scene)
    asked = scene.ada.slash(thread, "ask", question=f"gate {gate} {QUESTION}")
    assert asked.deferred
    thread.archive()
    town.open(gate)
    answer = thread.wait_message(PATIENCE, until=lambda state: bool(state.buttons))
    assert not thread.record.archived
    assert answer.buttons
    assert not scene.errors


@pytest.mark.parametrize("by_command", [False, True], ids=["mention", "command"])
@pytest.mark.parametrize("in_thread", [False, True], ids=["channel", "thread"])
def test_a_place_deleted_while_it_answers_is_forgotten(town: Town, by_command: bool, in_thread: bool) -> None:
    scene = town.scene()
    place = thread_in(scene) if in_thread else scene.guild.add_channel("doomed")
    gate = f"deleted-{scene.guild.id}"
    question = f"gate {gate} {QUESTION}"
    if by_command:
        assert scene.ada.slash(place, "ask", question=question).deferred
    else:
        scene.ada.say(place, question, mention_bot=True)
        scene.discord.wait_until(lambda: place.typing_count, PATIENCE, "typing")
    place.delete()
    sent = len(scene.discord.requests())
    town.open(gate)
    scene.discord.wait_until(lambda: len(scene.discord.requests()) > sent, PATIENCE, "the attempt to answer")
    assert scene.ada.slash(scene.channel, "ask", question=QUESTION).final(PATIENCE).buttons
    assert not scene.ada.dm_channel.messages(by_bot=True)
    assert not scene.errors


def test_slow_mode_does_not_hold_the_bot_up_and_if_it_does_the_asker_hears_of_it(scene: Scene) -> None:
    scene.channel.slow_down(30)
    assert scene.ada.say(scene.channel, QUESTION, mention_bot=True).final(PATIENCE).buttons
    path = f"/channels/{scene.channel.id}/messages$"
    scene.discord.faults.refuse("POST", path, 429, 20016, "This action cannot be performed due to slowmode rate limit")
    scene.boss.say(scene.channel, QUESTION, mention_bot=True)
    assert told_privately(scene, scene.boss) == expected(scene, "slow_mode", scene.channel)
    assert not scene.errors


@pytest.mark.parametrize("kind", [TEXT_CHANNEL, ANNOUNCEMENTS, VOICE, STAGE])
def test_it_answers_in_every_kind_of_channel_that_has_text(town: Town, kind: int) -> None:
    scene = town.scene()
    place = scene.guild.add_channel("place", kind=kind)
    places = [place]
    if kind in (TEXT_CHANNEL, ANNOUNCEMENTS):
        places.append(scene.ada.start_thread(scene.ada.say(place, "the mill").said))
    for where in places:
        for asked in (
            scene.ada.say(where, QUESTION, mention_bot=True),
            scene.ada.slash(where, "ask", question=QUESTION),
            scene.ada.menu(scene.boss.say(where, QUESTION).said, "Ask about this message"),
        ):
            answer = asked.final(PATIENCE)
            assert answer.channel_id == where.id
            assert scene.ada.click(answer, "📖").message(PATIENCE).ephemeral
    assert not scene.errors
