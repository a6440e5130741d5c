"""Pages from the web as documents of a server: added, refreshed, and a site stopped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.discord import custom_ids
from bot.discord.texts import LANGUAGES
from tests.discord.discord_markdown import words
from tests.discord.one_program import (
    MILL_QUESTION,
    PATIENCE,
    Place,
    Program,
    ask,
    finished,
    forge,
    listed,
    new_place,
)
from tests.discord.staff_room import choose, new_staff_room
from tests.discord.web_pages import MILL_PAGE, add_page, page, program_on_the_web
from tests.retrieval.web.server import Site, answer, versioned

ENGLISH = LANGUAGES["en"]


@pytest.fixture(scope="module")
def program_online(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with program_on_the_web(tmp_path_factory.mktemp("web")) as program:
        yield program


@pytest.fixture
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/mill": answer(MILL_PAGE)}) as site:
        yield site


def test_who_does_not_see_that_others_have_the_same_page_takes_nothing_from_them(place: Place, site: Site) -> None:
    room, url = new_staff_room(place), f"http://site.example:{site.port}/mill"
    adding = room.carla.slash(room.channel, "library add", url=url)
    assert "Ask away" in choose(room.carla, adding, "channel").text
    assert add_page(place, url) == ENGLISH.library_added.format(title="The mill")
    removed = finished(place.ada.slash(place.channel, "library remove", document="The mill")).text
    assert removed == ENGLISH.library_removed.format(title="The mill")
    assert "Carla Neri" not in ask(place.bruno, place.channel, MILL_QUESTION).text
    assert "Carla Neri" in ask(room.carla, room.channel, MILL_QUESTION).text
    add_page(place, url)
    form = place.ada.slash(place.channel, "library access", document="The mill").form()
    assert str(room.channel.id) not in str(form.payload)
    chosen = {ENGLISH.access_channels_label: [place.channel], ENGLISH.access_roles_label: []}
    finished(place.ada.submit(form, chosen))
    assert "Carla Neri" in ask(room.carla, room.channel, MILL_QUESTION).text
    assert "Carla Neri" in ask(place.bruno, place.channel, MILL_QUESTION).text


def refresh(place: Place, language: str = "en-GB") -> str:
    return finished(place.ada.slash(place.channel, "library refresh", locale=language)).text


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_a_page_is_added_answers_and_is_refreshed(place: Place, site: Site, language: str) -> None:
    texts = LANGUAGES[language.partition("-")[0]]
    url = f"http://site.example:{site.port}/mill"
    site.answers["/mill"] = versioned(MILL_PAGE, '"1"')
    assert add_page(place, url, language) == texts.library_added.format(title="The mill")
    assert "Carla Neri" in ask(place.bruno, place.channel, MILL_QUESTION).text
    counted = texts.sources_counts.format(added=0, replaced=0, unchanged=1, refused=0)
    assert refresh(place, language) == counted
    site.answers["/mill"] = versioned(MILL_PAGE.replace(b"Carla Neri", b"Dora Bini"), '"2"')
    replaced = words(refresh(place, language))
    assert texts.sources_counts.format(added=0, replaced=1, unchanged=0, refused=0) in replaced
    assert "Dora Bini" in ask(place.bruno, place.channel, MILL_QUESTION).text
    del site.answers["/mill"]
    assert texts.web_gone.format(title="The mill") in refresh(place, language)
    assert "The mill" in listed(place).text


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_a_server_without_web_pages_is_told_how_to_add_one(place: Place, language: str) -> None:
    assert refresh(place, language) == LANGUAGES[language.partition("-")[0]].web_none


def test_a_page_of_the_form_is_added(place: Place, site: Site) -> None:
    form = place.ada.slash(place.channel, "library add").form()
    address = f" http://site.example:{site.port}/mill "
    told = finished(place.ada.submit(form, {ENGLISH.add_form_address: address}))
    assert told.text == ENGLISH.library_added.format(title="The mill")


def test_who_added_a_page_is_kept(program_online: Program, place: Place, site: Site) -> None:
    add_page(place, f"http://site.example:{site.port}/mill")
    kept = program_online.read("SELECT person, bytes FROM additions WHERE guild_id = ?", place.guild.id)
    assert kept == [(place.ada.id, len(MILL_PAGE))]


# Sites


def a_site(site: Site, pages: int) -> str:
    """Let the site have so many pages, each of which leads to the next."""
    for number in range(pages):
        text = f"Number {number} of the mills at the harbour was raised by Carla Neri."
        site.answers[f"/docs/{number or ''}"] = answer(page(f"Mill {number}", text, f"{number + 1}"))
    return f"http://site.example:{site.port}/docs/"


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_a_site_is_added_as_far_as_the_limit(place: Place, site: Site, language: str) -> None:
    texts = LANGUAGES[language.partition("-")[0]]
    url = a_site(site, 4)
    adding = place.ada.slash(place.channel, "library site", url=url, pages=2, locale=language)
    told = words(finished(adding).text)
    assert texts.sources_counts.format(added=2, replaced=0, unchanged=0, refused=0) in told
    assert words(texts.web_end_pages.format(pages=texts.web_pages(2))) in told
    assert not finished(adding).buttons
    again = place.ada.slash(place.channel, "library site", url=url, pages=3, locale=language)
    assert texts.sources_counts.format(added=1, replaced=0, unchanged=2, refused=0) in words(finished(again).text)
    assert "Mill 2" in listed(place).text


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_a_site_can_be_stopped_and_what_came_before_stays(place: Place, site: Site, language: str) -> None:
    texts = LANGUAGES[language.partition("-")[0]]
    url = a_site(site, 300)
    adding = place.ada.slash(place.channel, "library site", url=url, pages=300, locale=language)
    begun = texts.web_walking.partition("{done}")[0]
    shown = adding.message(PATIENCE, until=lambda state: begun in state.text and bool(state.buttons))
    place.ada.click(shown, texts.button_stop, locale=language)
    told = words(finished(adding).text)
    assert words(texts.web_end_stopped.partition("{pages}")[0]) in told
    assert "Mill 0" in listed(place).text
    assert len(site.targets) < 30


def test_a_button_that_stops_nothing_any_more_says_so(place: Place) -> None:
    answered = ask(place.ada, place.channel)
    late = forge(place.ada, answered, custom_ids.stop(answered.id))
    assert late.message().text == ENGLISH.web_stop_too_late


def test_a_site_without_pages_and_one_that_cannot_be_had_are_told(place: Place, site: Site) -> None:
    url = f"http://site.example:{site.port}/nothing/"
    told = words(finished(place.ada.slash(place.channel, "library site", url=url)).text)
    assert told == words(ENGLISH.web_status.format(name=url, status=404))


def test_a_page_from_a_staff_channel_is_asked_about_first(place: Place, site: Site) -> None:
    room = new_staff_room(place)
    adding = room.carla.slash(room.channel, "library add", url=f"http://site.example:{site.port}/mill")
    readers = ENGLISH.list_readers.format(readers=f"<#{room.channel.id}>")
    added = choose(room.carla, adding, "channel").text
    assert added == ENGLISH.library_added.format(title="The mill") + f"\n-# {readers}"
    assert "The mill" not in listed(place, place.bruno).text
    assert "The mill" in listed(place, room.carla).text


def test_only_who_may_change_the_library_may_fetch(place: Place, site: Site) -> None:
    url = f"http://site.example:{site.port}/mill"
    for command, options in (("library add", {"url": url}), ("library site", {"url": url}), ("library refresh", {})):
        called = place.bruno.slash(place.channel, command, options)
        assert called.message().text == ENGLISH.library_not_allowed
    assert site.targets == []


@pytest.mark.parametrize("language", ["en-GB", "it"])
@pytest.mark.usefixtures("programs")
def test_a_bot_that_stops_ends_a_site_and_keeps_what_came_before(
    tmp_path_factory: pytest.TempPathFactory, site: Site, language: str
) -> None:
    texts = LANGUAGES[language.partition("-")[0]]
    with program_on_the_web(tmp_path_factory.mktemp("stopping")) as program:
        place = new_place(program.discord)
        url = a_site(site, 300)
        adding = place.ada.slash(place.channel, "library site", url=url, pages=300, locale=language)
        begun = texts.web_walking.partition("{done}")[0]
        adding.message(PATIENCE, until=lambda state: begun in state.text)
        code, seconds = program.process.terminate()
        assert code == 0
        assert seconds < 20
        assert words(texts.web_end_stopped.partition("{pages}")[0]) in words(finished(adding).text)
        assert not finished(adding).buttons
        assert not program.failures()
