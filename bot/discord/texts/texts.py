"""Which sentences there are: one field each, so that a language cannot miss one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.discord.texts.access_texts import AccessTexts
from bot.discord.texts.addition_texts import AdditionTexts
from bot.discord.texts.answer_texts import AnswerTexts
from bot.discord.texts.conversation_texts import ConversationTexts
from bot.discord.texts.data_texts import DataTexts
from bot.discord.texts.direct_message_texts import DirectMessageTexts
from bot.discord.texts.document_texts import DocumentTexts
from bot.discord.texts.gap_texts import GapTexts
from bot.discord.texts.making_texts import MakingTexts
from bot.discord.texts.obstacle_texts import ObstacleTexts
from bot.discord.texts.panel_texts import PanelTexts
from bot.discord.texts.question_texts import QuestionTexts
from bot.discord.texts.settings_texts import SettingsTexts
from bot.notices import Trouble
from bot.replies import SmallTalk


@dataclass(frozen=True, kw_only=True)
class Texts(
    AnswerTexts,
    MakingTexts,
    QuestionTexts,
    ConversationTexts,
    DocumentTexts,
    SettingsTexts,
    PanelTexts,
    DataTexts,
    AccessTexts,
    GapTexts,
    AdditionTexts,
    DirectMessageTexts,
    ObstacleTexts,
):
    """The sentences of one language; what stands in braces is filled in with ``str.format``.

    Counted things have one singular and one plural; a language with more forms needs a change of the methods below.
    Whatever is filled in from outside (titles, names) must be escaped for Discord's Markdown first.
    """

    # The first part of the names that Discord gives to locales: "it", "pt".
    locale: str
    # What the language calls itself.
    language: str
    decimal_mark: str
    thousands_mark: str

    # Counted things, through the methods below.
    document_one: str
    documents_many: str
    passage_one: str
    passages_many: str
    question_one: str
    questions_many: str
    answer_one: str
    answers_many: str
    vote_one: str
    votes_many: str

    # About the bot.
    help: str
    about: str
    about_no_chat_model: str

    # The descriptions of commands and their options, and what options offer, by the English words where the commands
    # are defined.
    descriptions: Mapping[str, str]

    def documents(self, count: int) -> str:
        """How many documents, in words: "1 document", "12 documents"."""
        return self._counted(count, self.document_one, self.documents_many)

    def passages(self, count: int) -> str:
        """How many passages, in words."""
        return self._counted(count, self.passage_one, self.passages_many)

    def questions(self, count: int) -> str:
        """How many questions, in words."""
        return self._counted(count, self.question_one, self.questions_many)

    def answers(self, count: int) -> str:
        """How many answers, in words."""
        return self._counted(count, self.answer_one, self.answers_many)

    def files(self, count: int) -> str:
        """How many files, in words."""
        return self._counted(count, self.file_one, self.files_many)

    def web_pages(self, count: int) -> str:
        """How many pages of the web, in words."""
        return self._counted(count, self.page_one, self.pages_many)

    def votes(self, count: int) -> str:
        """How many votes, in words."""
        return self._counted(count, self.vote_one, self.votes_many)

    def number(self, value: float, digits: int = 0) -> str:
        """A number as it is written in the language."""
        whole, mark, fraction = f"{value:,.{digits}f}".partition(".")
        return whole.replace(",", self.thousands_mark) + (self.decimal_mark if mark else "") + fraction

    def trouble(self, trouble: Trouble) -> str:
        """What went wrong with the chat model."""
        return str(getattr(self, f"trouble_{trouble.value}"))

    def reply(self, to: SmallTalk) -> str:
        """What is said back to small talk."""
        return str(getattr(self, f"reply_{to.value}"))

    def small_print(self, parts: Sequence[str]) -> str:
        """The parts on one line, which begins with a capital."""
        line = " · ".join(parts)
        return line[:1].upper() + line[1:]

    def _counted(self, count: int, one: str, many: str) -> str:
        return one if count == 1 else many.format(count=self.number(count))
