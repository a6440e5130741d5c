"""Lists of the settings: who and where is shut out, what an emptied list means, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.discord.texts import LANGUAGES, Texts
from bot.discord.views.settings_panel.registry import PanelPage
from tests.discord.fake import FakeDiscord, Message, Permission, Person
from tests.discord.one_program import (
    PATIENCE,
    QUESTION,
    UNANSWERED,
    Place,
    Program,
    ask,
    new_place,
    new_role,
    running_program,
    shared_program,
)
from tests.discord.settings_panel import choose, open_panel, stored, switch, turn_to, value_of

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
BOTH = pytest.mark.parametrize(("locale", "texts"), [("en-US", ENGLISH), ("it", ITALIAN)])


@pytest.fixture(scope="module")
def program_online(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return shared_program(request, tmp_path_factory)[0]


@pytest.fixture
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


def tell(place: Place, command: str, *, locale: str = "en-US", **options: object) -> Message:
    """Call a command of the settings, and give what it says."""
    called = place.ada.slash(place.channel, command, locale=locale, **options)
    assert called.ephemeral
    return called.message()


# The last one of a list


@BOTH
def test_taking_away_the_last_channel_asks_and_does_what_was_chosen(
    program_online: Program, place: Place, locale: str, texts: Texts
) -> None:
    elsewhere = place.guild.add_channel("elsewhere")
    tell(place, "settings channels", add=place.channel)
    asked = tell(place, "settings channels", remove=place.channel, locale=locale)
    assert texts.empty_question_channels in asked.text
    assert [one.label for one in asked.buttons] == [
        texts.button_no_channel,
        texts.button_all_channels,
        texts.button_back,
    ]
    # Nothing has changed before, and nothing changes by going back.
    assert stored(program_online, place)["channels"] == [place.channel.id]
    back = place.ada.click(asked, texts.button_back, locale=locale).updated()
    assert value_of(back, "channels", texts) == place.channel.mention
    asked = choose(place.ada, back, "channels", [], locale=locale)
    assert texts.empty_question_channels in asked.text
    nowhere = place.ada.click(asked, texts.button_no_channel, locale=locale).updated()
    assert value_of(nowhere, "channels", texts) == texts.value_no_channel
    for channel in (place.channel, elsewhere):
        refused = place.bruno.slash(channel, "ask", question=QUESTION, locale=locale)
        assert refused.message().text == texts.no_channel_allowed
    tell(place, "settings channels", add=place.channel)
    asked = tell(place, "settings channels", remove=place.channel, locale=locale)
    everywhere = place.ada.click(asked, texts.button_all_channels, locale=locale).updated()
    assert value_of(everywhere, "channels", texts) == texts.value_all_channels
    ask(place.bruno, elsewhere)


@BOTH
def test_taking_away_the_last_role_asks_too(program_online: Program, place: Place, locale: str, texts: Texts) -> None:
    role = new_role(place, "Millers")
    for answer, sentence in ((texts.button_nobody, texts.nobody_allowed), (texts.button_everyone, None)):
        tell(place, "settings roles", purpose="ask questions", add=role)
        asked = tell(place, "settings roles", purpose="ask questions", remove=role, locale=locale)
        assert texts.empty_question_asking_roles in asked.text
        assert stored(program_online, place)["asking_roles"] == [role.id]
        place.ada.click(asked, answer, locale=locale).updated()
        called = place.bruno.slash(place.channel, "ask", question=QUESTION, locale=locale)
        if sentence is None:
            called.final(PATIENCE)
        else:
            assert called.message().text == sentence
    # The list of those who may change the library means nobody else when it is empty, so there is nothing to ask.
    tell(place, "settings roles", purpose="change the library", add=role)
    said = tell(place, "settings roles", purpose="change the library", remove=role, locale=locale)
    assert said.text == texts.settings_library_roles_closed


def test_an_answer_that_comes_after_somebody_else_s_change_changes_nothing(
    program_online: Program, place: Place
) -> None:
    other = place.guild.add_channel("other")
    tell(place, "settings channels", add=place.channel)
    asked = tell(place, "settings channels", remove=place.channel)
    tell(place, "settings channels", add=other)
    late = place.ada.click(asked, ENGLISH.button_no_channel).updated()
    assert ENGLISH.refused_changed_meanwhile in late.text
    assert stored(program_online, place)["channels"] == [place.channel.id, other.id]


# Who and where is shut out


@BOTH
def test_channels_roles_and_people_are_shut_out_and_let_in_again(place: Place, locale: str, texts: Texts) -> None:
    category = place.guild.add_category()
    below, role = place.guild.add_channel("below", category=category), new_role(place, "Trolls")
    troll = place.guild.add_member("Tino", roles=[role], locale=locale)
    said = tell(place, "settings deny", channel=category, role=role, person=place.bruno, locale=locale)
    assert said.text.split("\n") == [
        texts.settings_changed,
        f"**{texts.setting_denied_channels}**: {category.mention}",
        f"**{texts.setting_denied_roles}**: {role.mention}",
        f"**{texts.setting_denied_people}**: {place.bruno.mention}",
    ]
    for person in (troll, place.bruno):
        quiet = person.say(place.channel, QUESTION, mention_bot=True)
        refused = person.slash(place.channel, "ask", question=QUESTION, locale=locale)
        assert refused.message().text == texts.person_denied
        assert refused.ephemeral
        quiet.silence(0)
    other = place.guild.add_member("Olga")
    thread = other.start_thread(other.say(below, "the mill").said)
    for where in (below, thread):
        refused = other.slash(where, "ask", question=QUESTION, locale=locale)
        assert refused.message().text == texts.channel_denied
    ask(other, place.channel)
    tell(place, "settings deny", channel=category, role=role, person=place.bruno, again=True)
    for person in (troll, place.bruno):
        ask(person, below)


def test_a_category_that_is_allowed_allows_its_channels_and_their_threads(place: Place) -> None:
    category = place.guild.add_category()
    below = place.guild.add_channel("below", category=category)
    tell(place, "settings channels", add=category)
    thread = place.bruno.start_thread(place.bruno.say(below, "the mill").said)
    for where in (below, thread):
        ask(place.bruno, where)
        assert place.bruno.say(where, QUESTION, mention_bot=True).final(PATIENCE).buttons
    refused = place.bruno.slash(place.channel, "ask", question=QUESTION).message()
    assert refused.text == ENGLISH.channel_not_allowed.format(channels=category.mention)


def test_who_manages_the_server_is_not_locked_out_by_a_role_of_theirs(place: Place) -> None:
    role = new_role(place, "Trolls")
    boss = place.guild.add_member("Boss", permissions=Permission.MANAGE_GUILD, roles=[role])
    tell(place, "settings deny", role=role)
    ask(boss, place.channel)
    assert open_panel(place, boss).ephemeral


@BOTH
def test_who_is_shut_out_asks_no_person_for_help_under_the_answer_to_another_one(
    place: Place, locale: str, texts: Texts
) -> None:
    desk, helpers = place.guild.add_channel("desk"), place.guild.add_role("Helpers", mentionable=True)
    tell(place, "settings modes", human_channel=desk, human_role=helpers)
    tell(place, "settings deny", person=place.bruno)
    refused = ask(place.guild.add_member("Olga"), place.channel, f"Really {UNANSWERED}")
    pressed = place.bruno.click(refused, ENGLISH.button_human, locale=locale)
    place.guild.stage.waiter.until(lambda: pressed.followups, PATIENCE, "a word about that")
    assert [one.text for one in pressed.followups] == [texts.person_denied]
    assert desk.messages() == []


# What contradicts itself


@BOTH
def test_contradicting_options_are_refused_with_a_sentence_and_change_nothing(
    program_online: Program, place: Place, locale: str, texts: Texts
) -> None:
    category, role = place.guild.add_category(), new_role(place, "Millers")
    below = place.guild.add_channel("below", category=category)
    owner = Person(place.guild.stage.world.owner, place.guild.stage)
    everyone = place.guild.everyone
    tell(place, "settings channels", add=below)
    tell(place, "settings roles", purpose="ask questions", add=role)
    before = stored(program_online, place)
    here, mention = place.channel, place.channel.mention
    ask_role = {"purpose": "ask questions"}
    refused: list[tuple[str, dict[str, object], str]] = [
        ("channels", {"add": here, "remove": here}, texts.refused_added_and_removed.format(what=mention)),
        ("channels", {"add": here, "everywhere": True}, texts.refused_added_and_all),
        ("channels", {"remove": below, "everywhere": True}, texts.refused_added_and_all),
        ("channels", {"remove": here}, texts.refused_not_listed.format(what=mention)),
        ("roles", ask_role | {"add": role, "remove": role}, texts.refused_added_and_removed.format(what=role.mention)),
        ("roles", ask_role | {"add": role, "clear": True}, texts.refused_added_and_all),
        ("roles", ask_role | {"add": everyone}, texts.refused_everyone.format(what=everyone.mention)),
        ("deny", {"channel": below}, texts.refused_channel_denied.format(what=below.mention)),
        ("deny", {"channel": category}, texts.refused_channel_denied.format(what=below.mention)),
        ("deny", {"role": role}, texts.refused_role_denied.format(what=role.mention)),
        ("deny", {"role": everyone}, texts.refused_everyone.format(what=everyone.mention)),
        ("deny", {"person": owner}, texts.refused_owner_denied.format(what=owner.mention)),
        ("deny", {"person": place.ada}, texts.refused_manager_denied.format(what=place.ada.mention)),
        ("deny", {"channel": here, "again": True}, texts.refused_not_listed.format(what=mention)),
        ("deny", {}, texts.settings_nothing_given),
        ("modes", {"human_role": everyone}, texts.refused_everyone.format(what=everyone.mention)),
        ("modes", {"weekly_digest": True}, texts.refused_digest_nowhere),
        ("modes", {"private_refusals": True, "weekly_digest": True}, texts.refused_digest_nowhere),
        ("modes", {}, texts.settings_nothing_given),
    ]
    for command, options, sentence in refused:
        assert tell(place, f"settings {command}", locale=locale, **options).text == sentence, (command, options)
        assert stored(program_online, place) == before


@BOTH
def test_the_panel_refuses_the_same_and_shows_what_holds(
    program_online: Program, place: Place, locale: str, texts: Texts
) -> None:
    tell(place, "settings deny", channel=place.channel)
    before = stored(program_online, place)
    shown = choose(place.ada, open_panel(place, locale=locale), "channels", [place.channel], locale=locale)
    assert f"⚠️ {texts.refused_channel_denied.format(what=place.channel.mention)}" in shown.text
    assert shown.list_of(":channels:").chosen == ()
    shown = choose(place.ada, shown, "forum_channels", [place.channel], locale=locale)
    assert f"⚠️ {texts.refused_forum_denied.format(what=place.channel.mention)}" in shown.text
    shown = turn_to(place.ada, shown, PanelPage.PEOPLE, locale=locale)
    shown = choose(place.ada, shown, "denied_people", [place.ada], locale=locale)
    assert f"⚠️ {texts.refused_manager_denied.format(what=place.ada.mention)}" in shown.text
    shown = turn_to(place.ada, shown, PanelPage.HELPERS, locale=locale)
    shown = switch(place.ada, shown, "weekly_digest", locale=locale)
    assert f"⚠️ {texts.refused_digest_nowhere}" in shown.text
    assert stored(program_online, place) == before
    shown = choose(place.ada, shown, "gaps_channel", [place.channel], locale=locale)
    shown = switch(place.ada, shown, "weekly_digest", locale=locale)
    assert value_of(shown, "weekly_digest", texts) == texts.value_on
    shown = choose(place.ada, shown, "gaps_channel", [], locale=locale)
    assert f"⚠️ {texts.refused_digest_nowhere}" in shown.text
    assert value_of(shown, "gaps_channel", texts) == place.channel.mention


# Two at once


@pytest.fixture(scope="module")
def slow_program(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program whose records take their time."""
    script = "tests.discord.scripts.slow_records:slow_settings"
    with (
        FakeDiscord() as discord,
        running_program(discord, tmp_path_factory.mktemp("slow"), script=script) as program,
    ):
        yield program


def test_two_changes_at_once_both_hold(slow_program: Program) -> None:
    place = new_place(slow_program.discord)
    dora = place.guild.add_member("Dora", permissions=Permission.MANAGE_GUILD)
    second, third = place.guild.add_channel("second"), place.guild.add_channel("third")
    panels = [open_panel(place, person) for person in (place.ada, dora)]
    # Each puts on one channel, and neither panel shows what the other one does.
    pressed = [
        person.choose(panel, ":channels:", [channel])
        for person, panel, channel in zip((place.ada, dora), panels, (second, third), strict=True)
    ]
    panels = [one.updated() for one in pressed]
    assert stored(slow_program, place)["channels"] == [second.id, third.id]
    # Different settings by a command and the panel.
    called = place.ada.slash(place.channel, "settings language", language="Italiano")
    dora.choose(panels[1], ":denied_channels:", [place.channel]).updated()
    called.message()
    settings = stored(slow_program, place)
    assert (settings["language"], settings["denied_channels"]) == ("it", [place.channel.id])
    # Two people take away the two that are left: the second is asked, and the list does not become empty unasked.
    first = place.ada.slash(place.channel, "settings channels", remove=second)
    asked = dora.slash(place.channel, "settings channels", remove=third).message(
        until=lambda state: ENGLISH.empty_question_channels in state.text
    )
    first.message()
    assert asked.buttons[0].label == ENGLISH.button_no_channel
    assert stored(slow_program, place)["channels"] == [third.id]
    refused = place.bruno.slash(place.channel, "ask", question=QUESTION).message()
    assert refused.text == ENGLISH.channel_not_allowed.format(channels=third.mention)
