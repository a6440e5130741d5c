"""From the invitation to the first answer: one message, whom to ask for documents, and questions to try."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.discord.texts import LANGUAGES, Texts
from tests.discord.discord_markdown import words
from tests.discord.fake import Channel, FakeDiscord, Guild, Message, Permission, Person
from tests.discord.one_program import (
    PATIENCE,
    Place,
    Program,
    add,
    ask,
    finished,
    listed,
    new_place,
    new_role,
    running_program,
)

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
ONLY_OWN = "INSERT OR REPLACE INTO server_settings VALUES ({}, '{{\"shared_documents\": false}}')"
NOT_SHARED = (
    "UPDATE server_settings SET document = json_set(document, '$.shared_documents', json('false')) WHERE guild_id = {}"
)
CLUB = """# Harbour Tool Library

Members may borrow up to five tools at a time.

Tools must be returned within 14 days.
"""
TOOLS, DAYS = "How many tools may members borrow?", "Within how many days must tools be returned?"
CIRCOLO = """# Circolo nautico

I soci possono prenotare al massimo due barche al giorno.

Le barche devono essere restituite entro le 20.
"""
BARCHE, ENTRO = "Quante barche possono prenotare i soci?", "Entro quando devono essere restituite le barche?"


@pytest.fixture(scope="module")
def program(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with FakeDiscord() as discord, running_program(discord, tmp_path_factory.mktemp("first steps")) as program:
        yield program
        assert not program.failures()


@pytest.fixture
def discord(program: Program) -> FakeDiscord:
    return program.discord


def text_of(message: Message) -> str:
    return message.content or str(message.embeds[0]["description"])


def posts_in(guild: Guild) -> list[Message]:
    """What the bot has written in the channels of a server."""
    channels = [Channel(one, guild.stage) for one in guild.record.channels]
    return [message for channel in channels for message in channel.messages(by_bot=True)]


def wait_heard(program: Program) -> None:
    """Wait until the program has read every event before this."""
    listed(new_place(program.discord))


# Joining


@pytest.mark.parametrize(("locale", "texts"), [("en-US", ENGLISH), ("it", ITALIAN)])
def test_it_introduces_itself_once_where_discord_tells_who_joined(program: Program, locale: str, texts: Texts) -> None:
    guild = program.discord.add_guild(with_bot=False, locale=locale)
    guild.add_channel("rules")
    lobby = guild.add_channel("lobby")
    guild.make_system_channel(lobby)
    guild.invite_bot()
    message = lobby.wait_message()
    assert text_of(message) == texts.welcome
    assert not message.pings
    guild.begin_outage()
    guild.end_outage()
    guild.remove_bot()
    guild.invite_bot()
    program.restart()
    wait_heard(program)
    assert posts_in(guild) == [message]
    # Nor was it tried: Discord drops a repetition for a few minutes only.
    assert len(program.discord.requests("POST", rf"/channels/{lobby.id}/messages$")) == 1


def test_it_writes_in_the_first_channel_that_it_may_write_in(program: Program) -> None:
    guild = program.discord.add_guild(with_bot=False)
    closed, silent, open_one = (guild.add_channel(name) for name in ("closed", "silent", "open"))
    closed.deny(Permission.VIEW_CHANNEL)
    silent.deny(Permission.SEND_MESSAGES)
    open_one.deny(Permission.EMBED_LINKS)
    guild.make_system_channel(silent)
    guild.invite_bot()
    message = open_one.wait_message()
    assert (message.content, message.embeds) == (ENGLISH.welcome, ())
    assert posts_in(guild) == [message]


def test_it_writes_to_the_owner_where_it_may_write_nowhere(program: Program) -> None:
    owner = Person(program.discord.world.owner, program.discord.add_guild().stage)
    guild = program.discord.add_guild("Quiet *Harbour*", with_bot=False)
    guild.add_channel().deny(Permission.SEND_MESSAGES)
    guild.invite_bot()
    message = owner.dm_channel.wait_message()
    assert words(text_of(message)).startswith("I am in your server **Quiet *Harbour*** now")
    assert text_of(message).endswith(ENGLISH.welcome)
    closed = program.discord.add_guild(with_bot=False)
    owner.close_dms()
    closed.invite_bot()  # nothing can be done, and nothing goes wrong
    wait_heard(program)
    owner.close_dms(False)
    assert len(owner.dm_channel.messages(by_bot=True)) == 1


def test_a_server_joined_while_the_program_was_stopped_is_new_and_others_are_not(program: Program) -> None:
    old = program.discord.add_guild()
    old.add_channel()
    new = program.discord.add_guild(with_bot=False)
    channel = new.add_channel()
    assert program.process.terminate()[0] == 0
    new.invite_bot()
    program.restart()
    assert text_of(channel.wait_message()) == ENGLISH.welcome
    wait_heard(program)
    assert posts_in(old) == []


# Without documents


@pytest.mark.parametrize("place", ["en-US", "it"], indirect=True)
def test_who_may_add_documents_is_told_how_and_others_whom_to_ask(program: Program, place: Place, texts: Texts) -> None:
    program.restart(between=[ONLY_OWN.format(place.guild.id)])
    locale = "it" if texts is ITALIAN else "en-US"
    me = program.discord.bot_mention
    hello, helping = ("ciao", "aiuto") if texts is ITALIAN else ("hello there", "what can you do?")
    for person, told in ((place.ada, texts.library_empty_add), (place.bruno, texts.library_empty)):
        said = [
            person.slash(place.channel, "ask", question="Who raised the mill?", locale=locale).message(PATIENCE),
            person.say(place.channel, f"{me} Who raised the mill?").message(PATIENCE),
            person.slash(place.channel, "library list", locale=locale).message(PATIENCE),
            person.say(place.channel, f"{me} {hello}").message(PATIENCE),
            person.say(place.channel, f"{me} {helping}").message(PATIENCE),
        ]
        assert [text_of(message) for message in said] == [told] * len(said)
        about = person.slash(place.channel, "about", locale=locale).message(PATIENCE)
        more = [person.slash(place.channel, "help", locale=locale), person.say(place.channel, me)]
        said_last = [text_of(message).split("\n")[-1] for message in (about, *(one.message(PATIENCE) for one in more))]
        assert said_last == [told] * 3


@pytest.fixture
def place(program: Program, request: pytest.FixtureRequest) -> Place:
    return new_place(program.discord, locale=getattr(request, "param", "en-US"))


@pytest.fixture
def texts(place: Place) -> Texts:
    return ITALIAN if place.guild.record.locale == "it" else ENGLISH


def test_roles_that_may_add_documents_are_named(program: Program, place: Place) -> None:
    role = new_role(place, "Librarians")
    place.ada.slash(place.channel, "settings roles", purpose="library", add=role).message()
    program.restart(between=[NOT_SHARED.format(place.guild.id)])
    refused = place.bruno.slash(place.channel, "ask", question="Who raised the mill?").message(PATIENCE)
    assert text_of(refused) == ENGLISH.library_empty_roles.format(roles=role.mention)


def test_a_server_without_documents_is_given_no_examples(program: Program, place: Place) -> None:
    me = program.discord.bot_mention
    said = [
        text_of(place.bruno.say(place.channel, me).message(PATIENCE)),
        text_of(place.bruno.say(place.channel, f"{me} hello").message(PATIENCE)),
        text_of(place.bruno.slash(place.channel, "help").message(PATIENCE)),
    ]
    beginning = ENGLISH.examples.partition("{")[0]
    assert not [one for one in said if beginning in one or "protest" in one.casefold()]


# The first document


def examples_under(message: Message) -> list[str]:
    return [button.label for button in message.buttons]


@pytest.mark.parametrize(
    ("locale", "document", "questions", "quote"),
    [("en-US", CLUB, [TOOLS, DAYS], "five tools"), ("it", CIRCOLO, [BARCHE, ENTRO], "due barche")],
)
def test_the_first_document_offers_two_questions_that_it_answers(
    program: Program, locale: str, document: str, questions: list[str], quote: str
) -> None:
    texts = ITALIAN if locale == "it" else ENGLISH
    guild = program.discord.add_guild(with_bot=False, locale=locale)
    ada = guild.add_member("Ada", permissions=Permission.MANAGE_GUILD)
    bruno = guild.add_member("Bruno")
    channel = guild.add_channel()
    guild.invite_bot()
    welcome = channel.wait_message()
    added = ada.slash(channel, "library add", file=("club.md", document.encode()))
    offered = added.message(PATIENCE, until=lambda state: bool(examples_under(state)))
    assert examples_under(offered) == questions
    program.discord.wait_until(lambda: examples_under(channel.messages(by_bot=True)[0]), PATIENCE, what="the buttons")
    welcome = channel.messages(by_bot=True)[0]
    assert examples_under(welcome) == questions
    assert text_of(welcome) == f"{texts.welcome}\n\n{texts.welcome_examples}"
    program.restart()
    pressed = bruno.click(welcome, questions[0])
    answer = pressed.final(PATIENCE)
    assert not pressed.ephemeral
    assert quote in text_of(answer)
    private = ada.click(offered, questions[1])
    assert private.final(PATIENCE).buttons
    assert not private.ephemeral
    second = ada.slash(channel, "library add", file=("second.md", b"# Second\n\nThe house opens at 10:00."))
    assert not examples_under(second.message(PATIENCE, until=lambda state: not state.text.endswith("…")))


@pytest.mark.parametrize("how", ["limited", "removed", "cleared", "forgotten"])
def test_no_example_stays_whose_document_is_gone_or_closed(program: Program, how: str) -> None:
    guild = program.discord.add_guild("Harbour", with_bot=False)
    ada = guild.add_member("Ada", permissions=Permission.MANAGE_GUILD)
    role, channel = guild.add_role("Staff"), guild.add_channel()
    guild.invite_bot()
    channel.wait_message()
    ada.slash(channel, "library add", file=("club.md", CLUB.encode()))
    program.discord.wait_until(lambda: examples_under(channel.messages(by_bot=True)[0]), PATIENCE, what="the buttons")
    if how == "limited":
        form = ada.slash(channel, "library access", document="Harbour Tool Library").form()
        finished(ada.submit(form, {ENGLISH.access_channels_label: [], ENGLISH.access_roles_label: [role]}))
    elif how == "removed":
        finished(ada.slash(channel, "library remove", document="Harbour Tool Library"))
    elif how == "cleared":
        finished(ada.slash(channel, "library clear", name="Harbour"))
    else:
        ada.submit(ada.slash(channel, "settings forget").form(), "Harbour").message(PATIENCE)
    (welcome,) = channel.messages(by_bot=True)
    assert text_of(welcome) == ENGLISH.welcome
    assert "tools" not in str(welcome.payload)


def test_greetings_and_help_name_questions_of_the_server_that_the_reader_may_ask(program: Program) -> None:
    place, other = new_place(program.discord), new_place(program.discord)
    me = program.discord.bot_mention
    added = place.ada.slash(place.channel, "library add", file=("club.md", CLUB.encode()))
    added.message(PATIENCE, until=lambda state: bool(examples_under(state)))
    add(other.ada, other.channel, "mill.md", "# The mill\n\nThe mill costs 5 euros.\n")
    example = ENGLISH.examples.format(questions=f"*{TOOLS}* · *{DAYS}*")
    for text, beginning in (
        ("", ENGLISH.how_to_ask),
        (" hello", ENGLISH.reply_greeting),
        (" help", ENGLISH.reply_help),
    ):
        said = text_of(place.bruno.say(place.channel, f"{me}{text}").message(PATIENCE))
        assert said == f"{beginning.format(mention=me)}\n{example}"
        elsewhere = text_of(other.bruno.say(other.channel, f"{me}{text}").message(PATIENCE))
        assert TOOLS not in elsewhere
    assert text_of(place.bruno.slash(place.channel, "help").message(PATIENCE)).endswith(example)
    assert TOOLS not in text_of(place.bruno.dm("hello").message(PATIENCE))


def test_an_example_is_counted_and_refused_as_any_other_question(program: Program, place: Place) -> None:
    added = place.ada.slash(place.channel, "library add", file=("club.md", CLUB.encode()))
    offered = added.message(PATIENCE, until=lambda state: bool(examples_under(state)))
    place.ada.slash(place.channel, "settings limits", person_minute=1).message(PATIENCE)
    assert place.ada.click(offered, TOOLS).final(PATIENCE).buttons
    assert not place.ada.click(offered, DAYS).message(PATIENCE).buttons
    assert ask(place.bruno, place.channel, DAYS).buttons
