"""*Answer it*: what people answer becomes an entry of the server's FAQ, and is quoted with their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from filelock import FileLock

from bot.discord.texts import LANGUAGES, Texts
from retrieval.files import LOCK
from tests.discord.fake import Channel, FakeDiscord, Form, Message, Permission, Person
from tests.discord.gap_servers import MOUNTAIN, ROOF, GapServer, hide, new_gap_server, only_post, settle
from tests.discord.one_program import PATIENCE, Program, ask, listed, remove, running_program

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
NAMES = ("Answered", "Structure", "Two", "Staff", "Closed", "Rights", "Waiting", "Porto")
ANSWER = "The roof was mended by Enzo Galli in 1950."
Servers = dict[str, GapServer]


@pytest.fixture(scope="module")
def running(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Program, Servers]]:
    with FakeDiscord() as discord, running_program(discord, tmp_path_factory.mktemp("answers")) as program:
        servers = {name: new_gap_server(discord, name, "it" if name == "Porto" else "en-US") for name in NAMES}
        settle(program, list(servers.values()))
        yield program, servers


@pytest.fixture
def servers(running: tuple[Program, Servers]) -> Servers:
    return running[1]


def post_of(server: GapServer, question: str, channel: Channel | None = None) -> Message:
    """Ask what is not answered, and wait for its post."""
    ask(server.place.bruno, channel or server.place.channel, question)
    return server.gaps.wait_message(until=lambda post: question in post.text)


def opened(person: Person, post: Message, texts: Texts = ENGLISH) -> Form:
    return person.click(post, texts.button_answer_gap).form()


def answer(person: Person, post: Message, words: str, texts: Texts = ENGLISH) -> str:
    """Answer a post, and give what is said about it."""
    return person.submit(opened(person, post, texts), words).message(PATIENCE).text


def faq_of(program: Program) -> str:
    """The FAQ documents as they are stored, one after the other."""
    texts = (path.read_text("utf-8") for path in (program.home / "texts").glob("*.txt"))
    return "\n".join(text for text in texts if text.startswith("# FAQ"))


def test_an_answer_is_quoted_with_its_author_and_shown_where_it_was_asked(running: tuple[Program, Servers]) -> None:
    program, servers = running
    server = servers["Answered"]
    place = server.place
    post = post_of(server, ROOF)
    form = opened(place.ada, post)
    assert ROOF in str(form.payload)
    assert form.fields[0].description == ENGLISH.gap_form_description_all
    said = place.ada.submit(form, ANSWER)
    assert said.ephemeral
    assert said.message(PATIENCE).text == ENGLISH.gap_saved.format(title="FAQ of Answered")
    told = place.channel.wait_message(until=lambda one: "Ada Lovelace" in one.text)
    assert told.text == ENGLISH.gap_told.format(name="Ada Lovelace", title="FAQ of Answered")
    assert not told.pings
    marked = server.gaps.wait_message(until=lambda one: ANSWER in one.text)
    assert marked.id == post.id
    assert marked.embeds[0]["title"] == ENGLISH.gap_answered
    assert ENGLISH.gap_answered_by.format(person=place.ada.mention) in marked.text
    assert not marked.pings

    quoted = ask(place.bruno, place.channel, ROOF).text
    day = datetime.now(UTC).date().isoformat()
    assert f"“{ANSWER}”" in quoted
    author = ENGLISH.faq_answered_by.format(name="Ada Lovelace", day=day)
    assert f"FAQ of Answered › {author}" in quoted
    assert "FAQ of Answered" in listed(place).text

    again = place.ada.click(marked, ENGLISH.button_change_answer).form()
    assert again.fields[0].value == ANSWER
    place.ada.submit(again, "The roof was mended by Dora Bini in 1951.").message(PATIENCE)
    quoted = ask(place.bruno, place.channel, ROOF).text
    assert "Dora Bini" in quoted
    assert "Enzo" not in quoted
    assert [one.text for one in place.channel.messages(by_bot=True)].count(told.text) == 1
    assert "FAQ of Answered" in remove(place, "FAQ of Answered")
    assert ENGLISH.not_found in ask(place.bruno, place.channel, ROOF).text
    assert not program.failures()


def test_headings_and_fences_of_an_answer_break_nothing(running: tuple[Program, Servers]) -> None:
    program, servers = running
    server = servers["Structure"]
    place = server.place
    wild = "# How to begin\n\nRun this:\n```bash\n# no heading\n./start.sh\n\n## Not closed either"
    answer(place.ada, post_of(server, MOUNTAIN), wild)
    answer(place.ada, post_of(server, ROOF), ANSWER)
    quoted = ask(place.bruno, place.channel, ROOF).text
    assert f"FAQ of Structure › {ENGLISH.faq_answered_by.partition('{')[0]}" in quoted
    faq = next(text for text in faq_of(program).split("\n# FAQ") if "Structure" in text)
    by = "## " + ENGLISH.faq_answered_by.format(name="Ada Lovelace", day=datetime.now(UTC).date().isoformat())
    headings = ["# FAQ of Structure", by, "# no heading", "## Not closed either", by]
    assert re.findall("^#+ .*$", faq, re.MULTILINE) == headings
    assert "## Not closed either\n```\n" in faq


def test_two_people_who_answer_at_once_both_hold_also_after_a_restart(running: tuple[Program, Servers]) -> None:
    program, servers = running
    server = servers["Two"]
    place = server.place
    carla = place.guild.add_member("Carla", permissions=Permission.MANAGE_GUILD)
    posts = post_of(server, MOUNTAIN), post_of(server, ROOF)
    program.restart()
    forms = opened(place.ada, posts[0]), opened(carla, posts[1])
    sent = place.ada.submit(forms[0], "It is 4,979 metres tall."), carla.submit(forms[1], ANSWER)
    for one in sent:
        assert one.message(PATIENCE).text == ENGLISH.gap_saved.format(title="FAQ of Two")
    assert "4,979" in ask(place.bruno, place.channel, MOUNTAIN).text
    assert ANSWER in ask(place.bruno, place.channel, ROOF).text


def test_only_those_who_may_change_the_library_answer(servers: Servers) -> None:
    server = servers["Rights"]
    place = server.place
    post = post_of(server, ROOF)
    refused = place.bruno.click(post, ENGLISH.button_answer_gap)
    assert refused.ephemeral
    assert refused.message().text == ENGLISH.library_not_allowed
    form = opened(place.ada, post)
    world = place.guild.stage.world
    with world.lock:
        place.guild.record.members[place.ada.id].role_ids.clear()
    assert place.ada.submit(form, ANSWER).message().text == ENGLISH.library_not_allowed
    assert ENGLISH.not_found in ask(place.bruno, place.channel, ROOF).text


def test_the_answer_to_a_staff_question_is_quoted_to_staff_alone(servers: Servers) -> None:
    server = servers["Staff"]
    place = server.place
    staff = place.guild.add_channel("staff")
    hide(staff, place, place.ada.id)
    outsider = place.guild.add_member("Olga", permissions=Permission.MANAGE_GUILD)
    ask(place.ada, staff, ROOF)
    post = only_post(server)
    assert outsider.click(post, ENGLISH.button_answer_gap).message().text == ENGLISH.gap_no_access.format(
        channel=staff.mention
    )
    form = opened(place.ada, post)
    assert ROOF in str(form.payload)
    assert form.fields[0].description == ENGLISH.gap_form_description_channel
    place.ada.submit(form, ANSWER).message(PATIENCE)
    assert ANSWER in ask(place.ada, staff, ROOF).text
    assert "Enzo" not in ask(place.ada, place.channel, ROOF).text
    assert "Enzo" not in ask(outsider, place.channel, ROOF, private=True).text
    assert "Enzo" not in "".join(str(one.payload) for one in server.gaps.messages())


def test_the_answer_is_not_shown_where_others_read_when_the_channel_was_closed_since(servers: Servers) -> None:
    server = servers["Closed"]
    place = server.place
    form = opened(place.ada, post_of(server, ROOF))
    hide(place.channel, place, place.ada.id)
    place.ada.submit(form, ANSWER).message(PATIENCE)
    marked = server.gaps.wait_message(until=lambda post: ENGLISH.gap_answered in str(post.payload))
    assert place.ada.mention in marked.text
    assert "Enzo" not in str(marked.payload)
    assert ANSWER in ask(place.ada, place.channel, ROOF).text


def test_an_answer_waits_for_another_change_of_the_library(running: tuple[Program, Servers]) -> None:
    program, servers = running
    server = servers["Waiting"]
    post = post_of(server, ROOF)
    form = opened(server.place.ada, post)
    with FileLock(program.home / LOCK):
        sent = server.place.ada.submit(form, ANSWER)
        assert sent.message().text == ENGLISH.library_waiting
    said = sent.message(PATIENCE, until=lambda state: state.text != ENGLISH.library_waiting)
    assert said.text == ENGLISH.gap_saved.format(title="FAQ of Waiting")
    assert server.place.ada.mention in listed(server.place).text


def test_an_answer_in_italian(servers: Servers) -> None:
    server = servers["Porto"]
    place = server.place
    question = "Chi ha riparato il tetto del mulino?"
    said = answer(place.ada, post_of(server, question), "Il tetto è stato riparato da Enzo Galli.", ITALIAN)
    assert "FAQ di Porto" in said
    quoted = place.bruno.slash(place.channel, "ask", question=question, locale="it").final(PATIENCE).text
    assert ITALIAN.faq_answered_by.partition("{")[0] + "Ada Lovelace" in quoted
    assert "Enzo Galli" in quoted
