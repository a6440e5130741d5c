"""Code of a document can be copied, and its links can be clicked: in the answer, in its passage, and in plain text."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bot.discord.formatting.answer_page import ANSWERED
from tests.discord.discord_markdown import active, words
from tests.discord.fake import Message, Permission
from tests.discord.one_program import Place, add, ask, new_place, passage_of
from tests.discord.talking import Bot, conversing, follow

FENCED = """\
# Pack

To install the pack on Linux, run this in a terminal:

```sh
sudo apt install ./pack.deb  # *all* of it
```

On a Mac, open `Pack-2.dmg` and read https://pack.example/mac_(new)?a=1_b, then come to https://discord.gg/pack.

Done.
"""
INDENTED = """\
# Pack

To install the pack on Linux, run this in a terminal:

    sudo apt install ./pack.deb
    pack --setup
"""
PREFORMATTED = (
    "<html><head><title>Pack</title></head><body><p>To install the pack on Linux, run this in a terminal:</p>"
    "<pre>sudo apt install ./pack.deb\npack --setup</pre><p>Done.</p></body></html>"
)
ITALIAN = """\
# Pacchetto

Per installare il pacchetto su Linux, esegui questo in un terminale:

```sh
sudo apt install ./pack.deb
```
"""
TWO_LINES = "```\nsudo apt install ./pack.deb\npack --setup\n```"
LINUX = "Really how do I install the pack on Linux?"
MAC = "Really how do I install the pack on a Mac?"
LINK = "<https://pack.example/mac_(new)?a=1_b>"


@pytest.fixture(scope="module")
def bot(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with conversing(tmp_path_factory.mktemp("code")) as bot:
        yield bot


@pytest.fixture
def place(bot: Bot) -> Place:
    return new_place(bot.program.discord)


def shown_in(place: Place, question: str, **options: str) -> list[str]:
    """The answer, its passages, and the answer as plain text."""
    answer = ask(place.ada, place.channel, question, **options)
    assert answer.embeds[0]["color"] == ANSWERED
    passages = [place.ada.click(answer, "📖").message()]
    if passages[0].buttons:
        passages.append(place.ada.click(passages[0], "▶").updated())
    place.channel.deny(Permission.EMBED_LINKS)
    plain = ask(place.ada, place.channel, question, **options)
    assert not any(message.pings for message in (answer, *passages, plain))
    return [answer.embeds[0]["description"], "\n".join(passage_of(one)[1] for one in passages), plain.content]


@pytest.mark.parametrize(
    ("name", "document", "block"),
    [
        ("pack.md", FENCED, "```sh\nsudo apt install ./pack.deb  # *all* of it\n```"),
        ("pack.md", INDENTED, TWO_LINES),
        ("pack.html", PREFORMATTED, TWO_LINES),
    ],
    ids=["fenced", "indented", "preformatted"],
)
def test_a_block_of_code_can_be_copied(place: Place, name: str, document: str, block: str) -> None:
    add(place.ada, place.channel, name, document)
    for shown in shown_in(place, LINUX):
        assert f"\n{block}" in f"\n{shown}"
        assert "code block" in active(shown)


def test_a_block_of_code_can_be_copied_in_italian(place: Place) -> None:
    add(place.ada, place.channel, "pacchetto.md", ITALIAN)
    for shown in shown_in(place, "Really come si installa il pacchetto su Linux?", locale="it"):
        assert "\n```sh\nsudo apt install ./pack.deb\n```" in shown


def test_links_can_be_clicked_and_code_copied_and_an_invitation_is_neither(place: Place) -> None:
    add(place.ada, place.channel, "pack.md", FENCED)
    sentence = next(line for line in FENCED.split("\n") if "Mac" in line)
    for shown in shown_in(place, MAC):
        assert LINK in shown
        assert "`Pack-2.dmg`" in shown
        assert sentence in words(shown).replace("**", "").replace("__", "")
        assert set(active(shown)) <= {"bold", "underline", "small print", "link", "code", "code block"}
        assert active(shown).count("link") == shown.count(LINK)


def test_answers_with_code_and_links_are_read_back(bot: Bot, place: Place) -> None:
    add(place.ada, place.channel, "pack.md", FENCED)
    for number, question in enumerate((LINUX, MAC)):
        ((asked, answer),) = bot.told(follow(place.ada, ask(place.ada, place.channel, question), f"Back {number}?"))
        assert asked == question
        wanted = ["sudo apt install ./pack.deb  # *all* of it\n```"] if number == 0 else ["`Pack-2.dmg`", LINK[1:-1]]
        assert all(words_ in answer for words_ in wanted)
        assert LINK not in answer


# Messages


EXPORT = {
    "guild": {"id": "100", "name": "Harbour"},
    "channel": {"id": "200", "type": "GuildTextChat", "name": "help", "category": "Text"},
    "messages": [
        {
            "id": "300",
            "type": "Default",
            "timestamp": "2024-01-05T10:00:00+00:00",
            "isPinned": False,
            "content": "The pie contest at the harbour starts at noon on the first Sunday of May.",
            "author": {"id": "1", "name": "dora", "nickname": "Dora", "isBot": False},
            "attachments": [],
            "embeds": [],
            "reactions": [],
            "mentions": [],
        }
    ],
    "messageCount": 1,
}
MESSAGE = "https://discord.com/channels/100/200/300"


def test_a_quote_from_a_message_leads_to_it(place: Place) -> None:
    add(place.ada, place.channel, "export.json", json.dumps(EXPORT))
    answer = ask(place.ada, place.channel, "Really when does the pie contest start?")
    assert f"](<{MESSAGE}>)" in answer.embeds[0]["description"]
    passage = place.ada.click(answer, "📖").message()
    assert passage.embeds[0]["url"] == MESSAGE
    place.channel.deny(Permission.EMBED_LINKS)
    plain: Message = ask(place.ada, place.channel, "Really when does the pie contest start?")
    assert f"](<{MESSAGE}>)" in plain.content
