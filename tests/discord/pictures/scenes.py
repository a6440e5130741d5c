"""What each picture shows: a few lines that do what people do, and give the HTML of what they see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.discord.asking.digest_posts import midnight
from bot.discord.formatting.gap_post import Gap, GapKind
from bot.discord.texts import LANGUAGES
from tests.discord.fake import Permission
from tests.discord.fake.forums import add_forum, post
from tests.discord.gap_servers import GapServer
from tests.discord.one_program import Place, finished
from tests.discord.pictures.community import FAQ, PATIENCE, Community
from tests.discord.test_digest import WEEK, posted_at

Scene = Callable[[Community], str]
QUESTION = "How long do new players have to wait before they can trade?"
UNANSWERED = "Can I play it on a Mac?"
ASKED_IN_A_WEEK = (
    ("Can I play it on a Mac?", 5, False),
    ("How do I reset my password?", 3, False),
    ("When is the next tournament?", 3, True),
    ("I forgot my password, what now?", 1, False),
)
RULES = "# Rules of the club\n\nBe kind. Trades are made in the channel for trades, and nowhere else.\n"
ENGLISH = LANGUAGES["en"]


def answer(club: Community) -> str:
    """A question with the command, and its answer."""
    return club.draw(club.ask(QUESTION))


def refusal(club: Community) -> str:
    """A question that the documents do not answer."""
    return club.draw(club.ask(UNANSWERED))


def passage(club: Community) -> str:
    """Show passage, pressed under an answer."""
    shown = club.ask(QUESTION)
    return club.draw(shown, club.jo.click(shown, "Show passage").message(PATIENCE))


def error(club: Community) -> str:
    """Something that went wrong: the texts of the library are damaged."""
    for text in (club.program.home / "texts").iterdir():
        text.write_text("damaged", encoding="utf-8")
    return club.draw(club.jo.slash(club.channel, "ask", question=QUESTION).message(PATIENCE))


def gap(club: Community) -> str:
    """A question that was not answered, posted for those who may know."""
    club.settle(gaps_channel=club.gaps.id)
    club.ask(UNANSWERED)
    return club.draw(club.gaps.wait_message(PATIENCE))


def gap_form(club: Community) -> str:
    """*Answer it*, pressed under such a post."""
    club.settle(gaps_channel=club.gaps.id)
    club.ask(UNANSWERED)
    form = club.mara.click(club.gaps.wait_message(PATIENCE), ENGLISH.button_answer_gap).form()
    return club.draw_form(form, {form.fields[0].label: "Not yet. A version for the Mac comes out in March."})


def digest(club: Community) -> str:
    """What was asked in a week, and what was wanted."""
    server = GapServer(Place(club.guild, club.channel, club.mara, club.jo), club.gaps, club.helpers, club.desk)
    for hours, (question, times, answered) in enumerate(ASKED_IN_A_WEEK, start=1):
        wanted = Gap(question, GapKind.NOT_FOUND, club.channel.id, 3, times=times, answered=answered)
        posted_at(server, midnight(WEEK) + timedelta(hours=hours), wanted)
    counts = f"INSERT INTO server_days VALUES ({club.guild.id}, '{WEEK}', 74, 61, 13)"
    club.settle(counts, gaps_channel=club.gaps.id, weekly_digest=True)
    return club.draw(club.gaps.wait_message(PATIENCE, until=lambda one: "**" in one.text))


def human(club: Community) -> str:
    """*Ask a human*, pressed under a refusal, and what the helpers read."""
    club.settle(human_channel=club.desk.id, human_role=club.helpers.id)
    refused = club.ask(UNANSWERED)
    called = club.jo.click(refused, ENGLISH.button_human).updated(PATIENCE)
    return club.draw_in(club.channel, called) + club.draw_in(club.desk, club.desk.wait_message(PATIENCE))


def settings(club: Community) -> str:
    """The panel of settings."""
    club.settle(channels=[club.channel.id], library_roles=[club.helpers.id])
    return club.draw(club.mara.slash(club.channel, "settings panel").message(PATIENCE))


def add(club: Community) -> str:
    """The form that takes several files at once."""
    return club.draw_form(club.mara.slash(club.channel, "library add").form())


def library(club: Community) -> str:
    """The list of documents."""
    finished(club.mara.slash(club.channel, "library add", file=("rules.md", RULES.encode())))
    return club.draw(club.mara.slash(club.channel, "library list").message(PATIENCE))


def welcome(club: Community) -> str:
    """What the bot says when it was invited, with what can be asked after the first document."""
    guild = club.discord.add_guild("Lanternfall Club", with_bot=False)
    mara = guild.add_member("Mara", permissions=Permission.MANAGE_GUILD)
    lobby = guild.add_channel("lobby")
    guild.invite_bot()
    lobby.wait_message(PATIENCE)
    mara.slash(lobby, "library add", file=(FAQ.name, FAQ.read_bytes()))
    return club.draw_in(lobby, lobby.wait_message(PATIENCE, until=lambda state: bool(state.buttons)))


def first_questions(club: Community) -> str:
    """The last word about a server's first document."""
    guild = club.discord.add_guild("Lanternfall Club")
    mara, channel = guild.add_member("Mara", permissions=Permission.MANAGE_GUILD), guild.add_channel("help")
    adding = mara.slash(channel, "library add", file=(FAQ.name, FAQ.read_bytes()))
    return club.draw(adding.message(PATIENCE, until=lambda state: bool(state.buttons)))


def forum(club: Community) -> str:
    """A post of a forum in which the bot answers if it is sure."""
    questions = add_forum(club.guild, "questions", ["Trading", "Guilds"])
    club.settle(forum_channels=[questions.id])
    thread, first = post(club.jo, questions, "When can new players trade?", "I made my account yesterday.", ["Trading"])
    first.final(PATIENCE)
    return club.draw_post(thread)


def private(club: Community) -> str:
    """A refusal that only the person who asked sees."""
    club.settle(private_refusals=True)
    asked = club.jo.slash(club.channel, "ask", question=UNANSWERED)
    return club.draw(asked.message(PATIENCE, until=lambda state: state.ephemeral and bool(state.embeds)))


# The scenes for which Discord gives the bot the words of messages.
READING = {"forum"}
SCENES: dict[str, Scene] = {
    "answer": answer,
    "refusal": refusal,
    "passage": passage,
    "error": error,
    "private": private,
    "gap": gap,
    "gap-form": gap_form,
    "digest": digest,
    "human": human,
    "settings": settings,
    "add": add,
    "library": library,
    "forum": forum,
    "welcome": welcome,
    "first-questions": first_questions,
}
