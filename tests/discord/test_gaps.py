"""Questions that were not answered are posted where the server wants them; the program runs in its own process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.discord.texts import LANGUAGES
from tests.discord.fake import FakeDiscord, Permission
from tests.discord.gap_servers import MOUNTAIN, ROOF, GapServer, hide, new_gap_server, only_post, stored
from tests.discord.one_program import PATIENCE, QUESTION, Program, ask, running_program

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
NAMES = ("Posted", "Counted", "Voted", "Private", "Staff", "Shut", "Deleted", "Twice", "Alone", "Porto")


@pytest.fixture(scope="module")
def running(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Program, dict[str, GapServer]]]:
    with FakeDiscord() as discord, running_program(discord, tmp_path_factory.mktemp("gaps")) as program:
        servers = {name: new_gap_server(discord, name, "it" if name == "Porto" else "en-US") for name in NAMES}
        alone = {"Alone": {"private_refusals": True}}
        program.restart(stored({one.guild_id: one.settings | alone.get(name, {}) for name, one in servers.items()}))
        yield program, servers


@pytest.fixture
def servers(running: tuple[Program, dict[str, GapServer]]) -> dict[str, GapServer]:
    return running[1]


def test_a_question_that_was_not_answered_is_posted_without_a_name_or_a_ping(servers: dict[str, GapServer]) -> None:
    server = servers["Posted"]
    place = server.place
    ask(place.bruno, place.channel, QUESTION)
    answer = ask(place.bruno, place.channel, MOUNTAIN)
    post = only_post(server)
    first, second = post.embeds[0]["description"].split("\n")
    assert post.embeds[0]["title"] == ENGLISH.gap_not_found
    assert first == MOUNTAIN
    assert place.channel.mention in second
    assert f"https://discord.com/channels/{place.guild.id}/{place.channel.id}/{answer.id}" in second
    assert not post.pings
    assert post.allowed_mentions == {"parse": []}
    told = str(post.payload)
    assert place.bruno.name not in told.replace(str(post.payload["author"]), "")
    assert str(place.bruno.id) not in told
    assert [button.label for button in post.buttons] == [ENGLISH.button_answer_gap]


def test_the_same_question_is_counted_on_its_post_and_another_one_is_posted(servers: dict[str, GapServer]) -> None:
    server = servers["Counted"]
    place = server.place
    ask(place.bruno, place.channel, MOUNTAIN)
    first = only_post(server)
    asked = MOUNTAIN.lower().replace("?", " ?!")
    place.ada.say(place.channel, asked, mention_bot=True).final(PATIENCE)
    counted = server.gaps.wait_message(until=lambda post: ENGLISH.gap_times.format(count=2) in post.text)
    assert counted.id == first.id
    ask(place.ada, place.channel, ROOF)
    other = server.gaps.wait_message(after=first)
    assert ROOF in other.text
    assert len(server.gaps.messages(by_bot=True)) == 2


def test_an_answer_that_was_voted_down_is_posted_once_and_the_reason_added(servers: dict[str, GapServer]) -> None:
    server = servers["Voted"]
    place = server.place
    answer = ask(place.ada, place.channel, QUESTION)
    assert server.gaps.messages(by_bot=True) == []
    form = place.bruno.click(answer, "👎").form()
    post = only_post(server)
    assert post.embeds[0]["title"] == ENGLISH.gap_voted_down
    assert post.embeds[0]["description"].split("\n")[0] == QUESTION
    place.bruno.submit(form, "It is about\n*another* year.").message()
    told = server.gaps.wait_message(until=lambda one: "another" in one.text)
    assert told.embeds[0]["description"].split("\n")[2] == r"👎 It is about \*another\* year."
    place.ada.click(answer, "👎").form()
    place.ada.click(answer, "👎").form()
    assert len(server.gaps.messages(by_bot=True)) == 1
    assert ENGLISH.gap_times.format(count=2) not in server.gaps.messages(by_bot=True)[0].text


def test_a_deleted_question_or_answer_takes_its_post_along(running: tuple[Program, dict[str, GapServer]]) -> None:
    program, servers = running
    server = servers["Deleted"]
    place = server.place
    said = place.bruno.say(place.channel, MOUNTAIN, mention_bot=True)
    answer = said.final(PATIENCE)
    post = only_post(server)
    place.bruno.delete(said.said)
    program.discord.wait_until(lambda: program.discord.message(post.id) is None, what="the post to be deleted")
    place.ada.submit(place.ada.click(answer, "👎").form(), "Not that").message()
    place.bruno.click(ask(place.bruno, place.channel, ROOF), "Delete")
    program.discord.wait_until(lambda: not server.gaps.messages(by_bot=True), what="the other post to be deleted")
    said = place.bruno.say(place.channel, ROOF, mention_bot=True)
    answer = said.final(PATIENCE)
    only_post(server)
    place.channel.purge(answer)  # as a moderator does
    program.discord.wait_until(lambda: not server.gaps.messages(by_bot=True), what="the third post to be deleted")
    first = ask(place.bruno, place.channel, ROOF)
    ask(place.ada, place.channel, ROOF)
    server.gaps.wait_message(until=lambda post: ENGLISH.gap_times.format(count=2) in post.text)
    place.bruno.click(first, "Delete")
    server.gaps.wait_message(until=lambda post: ENGLISH.gap_times.format(count=2) not in post.text)
    assert ROOF in only_post(server).text
    assert str(first.id) not in only_post(server).text


def test_who_asked_twice_and_deletes_both_questions_leaves_no_post(
    running: tuple[Program, dict[str, GapServer]],
) -> None:
    program, servers = running
    server = servers["Twice"]
    place = server.place
    asked = [place.bruno.say(place.channel, MOUNTAIN, mention_bot=True) for _ in range(2)]
    answers = [one.final(PATIENCE) for one in asked]
    post = server.gaps.wait_message(until=lambda post: ENGLISH.gap_times.format(count=2) in post.text)
    assert all(f"/{place.channel.id}/{answer.id}" in post.text for answer in answers)
    for one in asked:
        place.bruno.delete(one.said)
    program.discord.wait_until(lambda: not server.gaps.messages(by_bot=True), what="the post to be deleted")


def test_a_private_question_is_posted_without_a_link_and_never_where_all_see_it(servers: dict[str, GapServer]) -> None:
    server = servers["Private"]
    place = server.place
    ask(place.bruno, place.channel, MOUNTAIN, private=True)
    place.bruno.dm(MOUNTAIN).final(PATIENCE)
    hide(server.gaps, place, server.helpers.id)
    ask(place.bruno, place.channel, ROOF, private=True)
    post = only_post(server)
    assert post.embeds[0]["description"].split("\n")[0] == ROOF
    assert "https" not in post.text
    assert ENGLISH.gap_private in post.text
    assert place.channel.mention not in post.text


def test_a_refusal_that_the_asker_alone_sees_is_posted_without_a_link(servers: dict[str, GapServer]) -> None:
    server = servers["Alone"]
    place = server.place
    hide(server.gaps, place, server.helpers.id)
    place.bruno.say(place.channel, MOUNTAIN, mention_bot=True)
    post = only_post(server)
    ask(place.bruno, place.channel, ROOF)
    other = server.gaps.wait_message(after=post)
    for question, shown in ((MOUNTAIN, post), (ROOF, other)):
        assert shown.embeds[0]["description"].split("\n") == [question, f"-# {ENGLISH.gap_private}"]


def test_words_from_a_staff_channel_are_not_posted_where_others_see_them(servers: dict[str, GapServer]) -> None:
    server = servers["Staff"]
    place = server.place
    staff = place.guild.add_channel("staff")
    hide(staff, place, place.ada.id)
    answer = ask(place.ada, staff, MOUNTAIN)
    post = only_post(server)
    assert "mountain" not in str(post.payload)
    assert f"/{staff.id}/{answer.id}" in post.text
    ask(place.ada, staff, ROOF, private=True)
    place.ada.click(answer, "👎").form()
    open_question = ask(place.ada, place.channel, ROOF)
    wanted = server.gaps.wait_message(after=post)
    assert f"/{place.channel.id}/{open_question.id}" in wanted.text
    hide(server.gaps, place, place.ada.id)
    other = ask(place.ada, staff, "Really, " + MOUNTAIN)
    narrow = server.gaps.wait_message(after=wanted)
    # Both channels are open to Ada alone, but Discord does not tell the bot that it is the same person everywhere.
    assert f"/{staff.id}/{other.id}" in narrow.text


def test_asking_goes_on_where_the_bot_may_not_post(running: tuple[Program, dict[str, GapServer]]) -> None:
    program, servers = running
    server = servers["Shut"]
    place = server.place
    server.gaps.deny(Permission.SEND_MESSAGES)
    for question in (MOUNTAIN, ROOF):
        assert ENGLISH.not_found in ask(place.bruno, place.channel, question).text
    log = program.home / "logs" / "pullquote.log"
    program.discord.wait_until(lambda: "cannot be posted" in log.read_text("utf-8"), what="a line in the log")
    server.gaps.allow(Permission.SEND_MESSAGES)
    ask(place.bruno, place.channel, f"So, {MOUNTAIN}")
    server.gaps.wait_message(until=lambda post: f"So, {MOUNTAIN}" in post.text)
    assert log.read_text("utf-8").count("cannot be posted") == 1
    assert not program.failures()


def test_a_post_is_in_the_language_of_the_server(servers: dict[str, GapServer]) -> None:
    server = servers["Porto"]
    ask(server.place.bruno, server.place.channel, MOUNTAIN)
    post = only_post(server)
    assert post.embeds[0]["title"] == ITALIAN.gap_not_found
    assert [button.label for button in post.buttons] == [ITALIAN.button_answer_gap]
