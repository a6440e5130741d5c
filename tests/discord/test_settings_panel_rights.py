"""What a setting needs and the bot lacks, beside the setting; and the panel of a program that was started again."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bot.discord.texts import LANGUAGES, Texts
from bot.discord.views.settings_panel.lost_words import MOST_TOLD
from bot.discord.views.settings_panel.missing_rights import MOST_LINES
from bot.discord.views.settings_panel.registry import PanelPage
from tests.discord.fake import FakeDiscord, Message, Permission
from tests.discord.fake.model import FORUM
from tests.discord.one_program import Place, Program, new_place, new_role, running_program, shared_program
from tests.discord.settings_panel import choose, open_panel, switch, turn_to, value_of

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
BOTH = pytest.mark.parametrize(("locale", "texts"), [("en-US", ENGLISH), ("it", ITALIAN)])


@pytest.fixture(scope="module")
def program_online(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return shared_program(request, tmp_path_factory)[0]


@pytest.fixture
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


@pytest.fixture(scope="module")
def reading_program(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program that may read messages, and that is started again."""
    with (
        FakeDiscord(grant_message_content=True) as discord,
        running_program(discord, tmp_path_factory.mktemp("reading"), env={"PULLQUOTE_MESSAGE_CONTENT": "1"}) as program,
    ):
        yield program


def test_the_panel_works_after_a_restart(reading_program: Program) -> None:
    place = new_place(reading_program.discord)
    place.ada.slash(place.channel, "settings channels", add=place.channel).message()
    shown = open_panel(place)
    answers = open_panel(place, page=PanelPage.ANSWERS)
    asked = choose(place.ada, open_panel(place), "channels", [])
    reading_program.restart()
    second = place.guild.add_channel("second")
    everywhere = place.ada.click(asked, ENGLISH.button_all_channels).updated()
    assert value_of(everywhere, "channels") == ENGLISH.value_all_channels
    shown = choose(place.ada, shown, "denied_channels", [second])
    assert value_of(shown, "denied_channels") == second.mention
    answers = switch(place.ada, answers, "private_refusals")
    assert value_of(answers, "private_refusals") == ENGLISH.value_on
    form = place.ada.click(answers, ENGLISH.button_limits).form()
    answers = place.ada.submit(form, {ENGLISH.setting("questions_per_day"): "7"}).updated()
    assert value_of(answers, "questions_per_day") == "7"
    assert reading_program.failures() == []


# What the bot lacks


@BOTH
def test_a_setting_that_needs_the_words_of_messages_says_what_to_do(
    reading_program: Program, place: Place, locale: str, texts: Texts
) -> None:
    granted = new_place(reading_program.discord)
    need = {"forum_channels": PanelPage.PLACES, "read_channels": PanelPage.SOURCES, "read_pins": PanelPage.SOURCES}
    for field, page in need.items():
        line = f"-# ⚠️ {texts.need_message_content} {texts.instead(field)}"
        assert "PULLQUOTE_MESSAGE_CONTENT" in line
        assert line in under(open_panel(place, page=page, locale=locale), field, texts)
        assert under(open_panel(granted, page=page, locale=locale), field, texts) == []
    said = place.ada.slash(place.channel, "settings modes", read_pins=True, locale=locale).message()
    assert line in under(said, "read_pins", texts)


def test_a_forum_outside_of_the_allowed_channels_is_marked(reading_program: Program) -> None:
    place = new_place(reading_program.discord)
    other = place.guild.add_channel("help")
    place.ada.slash(place.channel, "settings channels", add=place.channel).message()
    shown = choose(place.ada, open_panel(place), "forum_channels", [other, place.channel])
    sentence = ENGLISH.need_allowed.format(channel=other.mention)
    assert under(shown, "forum_channels", ENGLISH) == [f"-# ⚠️ {sentence}"]


@BOTH
def test_a_setting_that_needs_a_permission_names_it(place: Place, locale: str, texts: Texts) -> None:
    channel, role = place.guild.add_channel("mill"), new_role(place, "Helpers")
    channel.deny(Permission.SEND_MESSAGES, Permission.READ_MESSAGE_HISTORY)
    shown = open_panel(place, page=PanelPage.HELPERS, locale=locale)
    assert under(shown, "weekly_digest", texts) == [f"-# ⚠️ {texts.need_gaps_channel}"]
    shown = choose(place.ada, shown, "gaps_channel", [channel], locale=locale)
    lacking = f"{texts.permission_send_messages}, {texts.permission_read_message_history}"
    sentence = texts.need_permissions.format(channel=channel.mention, permissions=lacking)
    assert under(shown, "gaps_channel", texts) == [f"-# ⚠️ {sentence}"]
    channel.deny(Permission.VIEW_CHANNEL)
    shown = turn_to(place.ada, shown, PanelPage.HELPERS, locale=locale)
    sentence = texts.need_permissions.format(channel=channel.mention, permissions=texts.permission_view_channel)
    assert under(shown, "gaps_channel", texts) == [f"-# ⚠️ {sentence}"]
    channel.allow(Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES, Permission.READ_MESSAGE_HISTORY)
    shown = choose(place.ada, shown, "human_role", [role], locale=locale)
    assert under(shown, "gaps_channel", texts) == []
    mentionable = texts.need_mentionable.format(role=role.mention, permission=texts.permission_mention_everyone)
    assert under(shown, "human_role", texts) == [f"-# ⚠️ {line}" for line in (texts.need_human_channel, mentionable)]
    channel.allow(Permission.MENTION_EVERYONE)
    shown = choose(place.ada, shown, "human_channel", [channel], locale=locale)
    assert under(shown, "human_role", texts) == under(shown, "human_channel", texts) == []


def under(panel: Message, field: str, texts: Texts) -> list[str]:
    """The lines below a setting."""
    before = f"**{texts.setting(field)}**: "
    lines = panel.text.split("\n")
    (start,) = [number for number, line in enumerate(lines) if line.startswith(before)]
    below = lines[start + 1 :]
    return below[: next((number for number, line in enumerate(below) if not line.startswith("-# ⚠️ ")), len(below))]


@BOTH
def test_the_fullest_panel_fits_into_its_message(reading_program: Program, locale: str, texts: Texts) -> None:
    place = new_place(reading_program.discord)
    channels = [place.guild.add_channel(f"channel-{number}") for number in range(30)]
    roles = [new_role(place, f"Role {number}") for number in range(30)]
    gone = [place.guild.add_channel("*" * 100) for _ in range(5)]
    for channel in channels:
        channel.deny(Permission.SEND_MESSAGES, Permission.READ_MESSAGE_HISTORY, Permission.SEND_MESSAGES_IN_THREADS)
    lists = {field: [one.id for one in channels] for field in ("denied_channels", "forum_channels", "read_channels")}
    lists |= {"channels": [one.id for one in (*channels, *gone)], "library_roles": [one.id for one in roles]}
    lists |= {"asking_roles": lists["library_roles"], "denied_roles": lists["library_roles"]}
    settings = json.dumps(lists | {"denied_people": list(range(10**18, 10**18 + 30))})
    reading_program.restart([f"INSERT INTO server_settings VALUES ({place.guild.id}, '{settings}')"])
    for channel in gone:
        place.guild.delete_channel(channel)
    reading_program.discord.wait_until(
        lambda: len(reading_program.read("SELECT * FROM lost_places WHERE guild_id = ?", place.guild.id)) == 5,
        what="five lost channels",
    )
    shown = open_panel(place, locale=locale)
    assert shown.text.count("⚠️ ") == MOST_TOLD + 2 * MOST_LINES
    for page in PanelPage:
        shown = turn_to(place.ada, shown, page, locale=locale)
        assert f"### {texts.page(page.value)}" in shown.text
    # Those that were not told at first are told the next time.
    assert place.ada.slash(place.channel, "settings show", locale=locale).message().text.count("⚠️ ") == 0
    assert reading_program.failures() == []


def test_a_channel_and_a_forum_need_what_writing_takes_there(reading_program: Program) -> None:
    place = new_place(reading_program.discord)
    channel, forum = place.guild.add_channel("help"), place.guild.add_channel("posts", kind=FORUM)
    for one in (channel, forum):
        one.deny(Permission.SEND_MESSAGES)
    shown = choose(place.ada, open_panel(place), "forum_channels", [channel, forum])
    (line,) = under(shown, "forum_channels", ENGLISH)
    assert channel.mention in line
    assert f": {ENGLISH.permission_send_messages}." in line
    forum.deny(Permission.SEND_MESSAGES_IN_THREADS)
    shown = choose(place.ada, shown, "forum_channels", [forum])
    (line,) = under(shown, "forum_channels", ENGLISH)
    assert f": {ENGLISH.permission_send_messages_in_threads}." in line
