"""The local Discord, driven by a real discord.py client: the ways in which people and a bot meet."""

from __future__ import annotations

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from discord import DMChannel, Forbidden, Member

from tests.discord.fake import FakeDiscord, ImpossibleActError, NotOfferedError, Permission
from tests.discord.tiny_bot import Running


def test_a_command_is_deferred_edited_and_carries_languages(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild("Harbour", locale="it")
    channel = guild.add_channel()
    asked = guild.add_member("Ada").slash(channel, "ask", question="Who?", locale="fr")
    final = asked.final()
    assert asked.deferred
    assert not asked.ephemeral
    assert asked.wait_acknowledged() < 3
    assert [state.loading for state in asked.states] == [True, False, False]
    assert [state.content for state in asked.states] == ["", "Working", ""]
    assert (final.type, final.embeds[0]["title"], final.embeds[0]["description"]) == (20, "Who?", "fr it")
    assert [button.face for button in final.buttons] == ["Show passage", "👍 0", "👎", "Old form", "Later"]
    assert [message.id for message in channel.messages()] == [final.id]
    assert final.payload["interaction_metadata"]["type"] == 2


def test_an_ephemeral_answer_is_seen_by_one_person_and_by_no_channel_route(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild()
    channel = guild.add_channel()
    ada, ben = guild.add_member("Ada"), guild.add_member("Ben")
    asked = ada.slash(channel, "ask", question="Who?", private=True)
    answer = asked.final()
    assert asked.ephemeral
    assert answer.ephemeral
    assert channel.messages() == []
    with pytest.raises(Exception, match="10008"):
        tiny.request("GET", f"/channels/{channel.id}/messages/{answer.id}")
    assert ada.click(answer, "Show passage").message().content == "The passage"
    with pytest.raises(ImpossibleActError, match="does not see"):
        ben.click(answer, "Show passage")


def test_a_document_is_attached_and_downloaded(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild()
    added = guild.add_member("Ada").slash(guild.add_channel(), "library add", file=("my mill.md", b"# Mill"))
    assert added.message().content == "my_mill.md: # Mill"


def test_suggestions_come_while_typing(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild()
    ada, channel = guild.add_member("Ada"), guild.add_channel()
    choices = ada.complete(channel, "library remove", "title", "mi").choices()
    assert [(choice.name, choice.value) for choice in choices] == [("Mill", "mill")]
    assert ada.complete(channel, "library remove", "title", "zzz").choices() == []


def test_a_message_menu_carries_the_text_of_anybody(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild()
    ada, ben, channel = guild.add_member("Ada"), guild.add_member("Ben"), guild.add_channel()
    said = ben.say(channel, "Who raised the mill?").said
    answer = ada.menu(said, "Ask about this message").message()
    assert answer.content == "You ask: Who raised the mill?"
    assert (answer.type, answer.reference_id) == (23, said.id)
    assert answer.payload["interaction_metadata"]["target_message_id"] == str(said.id)


def test_buttons_update_open_forms_and_answer(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild()
    ada, channel = guild.add_member("Ada"), guild.add_channel()
    answer = ada.slash(channel, "ask", question="Who?").final()
    assert ada.click(answer, "👍").updated().button("up").label == "1"
    assert ada.click(answer, "Later").updated().content == "edited later"
    passage = ada.click(answer, "passage").message()
    assert passage.payload["interaction_metadata"]["interacted_message_id"] == str(answer.id)
    with pytest.raises(AssertionError, match="0 buttons answer"):
        ada.click(answer, "No such button")


def test_forms_of_both_shapes_are_filled_in(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild()
    ada, channel = guild.add_member("Ada"), guild.add_channel()
    answer = ada.slash(channel, "ask", question="Who?").final()
    form = ada.click(answer, "👎").form()
    assert (form.title, form.fields[0].label, form.fields[0].description) == ("Tell us more", "Reason", "One is enough")
    thanks = ada.submit(form, "it is old").message()
    assert (thanks.content, thanks.ephemeral) == ("Because it is old", True)
    opened_by = thanks.payload["interaction_metadata"]["triggering_interaction_metadata"]
    assert opened_by["interacted_message_id"] == str(answer.id)
    with pytest.raises(ImpossibleActError, match="0 to 50 characters"):
        ada.submit(form, "x" * 51)
    old = ada.click(answer, "Old form").form()
    assert ada.submit(old, {"Reason": "it is new"}).updated().content == "Because it is new"


def test_what_discord_does_not_offer_cannot_be_done(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild()
    channel = guild.add_channel()
    ada = guild.add_member("Ada")
    boss = guild.add_member("Boss", permissions=Permission.MANAGE_GUILD)
    assert boss.slash(channel, "stats").message().content == "None"
    for person, where, command in ((ada, channel, "stats"), (boss, boss.dm_channel, "stats"), (ada, channel, "sing")):
        with pytest.raises(NotOfferedError):
            person.slash(where, command)
    with pytest.raises(NotOfferedError, match="no option"):
        ada.slash(channel, "ask", question="Who?", answer="me")
    with pytest.raises(ImpossibleActError, match="without"):
        ada.slash(channel, "ask")
    with pytest.raises(ImpossibleActError, match="takes"):
        ada.slash(channel, "ask", question=3)


def test_an_interaction_tells_who_where_and_what_is_allowed(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild("Harbour", locale="it")
    channel = guild.add_channel()
    channel.deny(Permission.EMBED_LINKS)
    boss = guild.add_member("Boss", permissions=Permission.MANAGE_GUILD, roles=[guild.add_role("Editors")], locale="de")
    boss.slash(channel, "ask", question="Who?").message()
    boss.slash(boss.dm_channel, "ask", question="Who?").message()
    there, here = tiny.bot.interactions
    assert (there.locale.value, there.guild_locale and there.guild_locale.value) == ("de", "it")
    assert (there.app_permissions.embed_links, there.app_permissions.attach_files) == (False, True)
    assert (there.permissions.manage_guild, there.permissions.administrator) == (True, False)
    assert isinstance(there.user, Member)
    assert [role.name for role in there.user.roles] == ["@everyone", "Editors", "Boss's role"]
    assert (there.context.guild, there.is_guild_integration(), there.entitlements) == (True, True, [])
    assert (here.context.dm_channel, here.guild, here.guild_locale) == (True, None, None)
    assert isinstance(here.channel, DMChannel)


def test_people_places_and_roles_can_be_named(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild()
    ada, channel, role = guild.add_member("Ada"), guild.add_channel("general"), guild.add_role("Editors")
    named = {"where": channel, "who": ada, "role": role}
    assert ada.slash(channel, "name", named, how=5).message().content == "general Ada Editors 5"
    with pytest.raises(ImpossibleActError, match="does not take"):
        ada.slash(channel, "name", named, how=6)


def test_a_server_comes_and_goes_while_the_bot_runs(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild("Harbour")
    channel, ada = guild.add_channel(), guild.add_member("Ada")
    discord.wait_until(lambda: [known.name for known in tiny.bot.guilds] == ["Harbour"])
    guild.remove_bot()
    discord.wait_until(lambda: not tiny.bot.guilds)
    with pytest.raises(Forbidden):
        tiny.request("GET", f"/channels/{channel.id}")
    with pytest.raises(ImpossibleActError, match="not in this server"):
        ada.slash(channel, "ask", question="Who?")


def test_a_message_is_edited_and_deleted_by_people(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild()
    channel = guild.add_channel()
    ada, ben = guild.add_member("Ada"), guild.add_member("Ben")
    boss = guild.add_member("Boss", permissions=Permission.MANAGE_MESSAGES)
    said = ada.say(channel, "first").said
    ada.edit(said, "second")
    assert [message.content for message in channel.messages()] == ["second"]
    with pytest.raises(ImpossibleActError):
        ben.edit(said, "third")
    with pytest.raises(ImpossibleActError):
        ben.delete(said)
    boss.delete(said)
    assert channel.messages() == []
    assert discord.message(said.id) is None
    with pytest.raises(ImpossibleActError, match="was deleted"):
        ada.menu(said, "Ask about this message")


def test_mentions_and_direct_messages_are_answered_by_a_reply(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild()
    ada, channel = guild.add_member("Ada"), guild.add_channel()
    said = ada.say(channel, "who?", mention_bot=True)
    reply = said.message()
    assert (reply.content, reply.reference_id) == (f"Heard: {discord.bot_mention} who?", said.said.id)
    assert channel.typing_count == 1
    assert not reply.pings.users
    assert ada.dm("and here?").message().content == "Heard: and here?"
    ada.say(channel, "nobody asked the bot").silence(0.3)


def test_a_thread_has_the_id_of_its_first_message(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild()
    ada, channel = guild.add_member("Ada"), guild.add_channel()
    answer = ada.slash(channel, "ask", question="Who?").final()
    thread = ada.start_thread(answer)
    assert thread.id == answer.id
    assert ada.slash(thread, "ask", question="And then?").final().channel_id == thread.id
    assert ada.say(thread, "who?", mention_bot=True).message().channel_id == thread.id
    read = tiny.request("GET", f"/channels/{thread.id}")
    assert (read["type"], read["parent_id"]) == (11, str(channel.id))


def test_history_comes_from_new_to_old_and_in_pages(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild()
    ada, channel = guild.add_member("Ada"), guild.add_channel()
    ids = [ada.say(channel, str(number)).said.id for number in range(5)]
    path = f"/channels/{channel.id}/messages"

    def read(query: str) -> list[int]:
        return [ids.index(int(message["id"])) for message in tiny.request("GET", f"{path}?{query}")]

    assert read("limit=2") == [4, 3]
    assert read(f"limit=2&before={ids[2]}") == [1, 0]
    assert read(f"limit=2&after={ids[1]}") == [3, 2]
    assert read(f"limit=3&around={ids[2]}") == [3, 2, 1]


def test_the_same_nonce_posts_once(discord: FakeDiscord, tiny: Running) -> None:
    channel = discord.add_guild().add_channel()
    body = {"content": "once", "nonce": "7", "enforce_nonce": True}
    ids = {tiny.request("POST", f"/channels/{channel.id}/messages", body)["id"] for _ in range(2)}
    assert len(ids) == 1
    assert len(channel.messages()) == 1


def test_a_mistake_of_the_local_discord_fails_the_test() -> None:
    with pytest.raises(AssertionError, match=r"(?s)POST /interactions/x/y/callback.*ValueError"):
        make_a_mistake()


def make_a_mistake() -> None:
    with FakeDiscord() as discord:
        with pytest.raises(HTTPError) as caught:
            urlopen(f"{discord.url}/interactions/x/y/callback", data=b"")
        caught.value.close()


def test_a_route_that_is_not_known_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="GET /no/such/route"):
        ask_for_an_unknown_route()


def ask_for_an_unknown_route() -> None:
    with FakeDiscord() as discord:
        with pytest.raises(HTTPError) as caught:
            urlopen(f"{discord.url}/no/such/route")
        caught.value.close()
        assert discord.unknown_routes == ["GET /no/such/route"]
