"""FAQ documents are one for all and one for each hidden channel, and are found where somebody has limited them."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

from bot.discord.library.collections import EVERYBODY, Audience, DocumentAccess
from bot.discord.library.editor import LibraryEditor
from bot.discord.library.faq import FaqEntry
from bot.discord.library.faq_editor import FaqEditor
from bot.discord.records.database import Database
from bot.discord.texts import LANGUAGES
from bot.settings import Settings
from retrieval import Library
from tests.bot.fakes import HashedWords

ENGLISH, GUILD, TITLE = LANGUAGES["en"], 1, "FAQ of Harbour"
STAFF = DocumentAccess(channels=frozenset({5}))
STAFF_READER, ROLE_READER = Audience(GUILD, frozenset({5})), Audience(GUILD, readers=(frozenset({7}),))


def entry(question: str, answer: str) -> FaqEntry:
    return FaqEntry(question, answer, "Ada", date(2026, 11, 30))


async def test_faq_documents_of_a_server(tmp_path: Path) -> None:
    library, database = Library(Settings(home=tmp_path), HashedWords()), Database(tmp_path)
    editor = LibraryEditor(library, database)
    faq = FaqEditor(library, editor)
    await asyncio.gather(
        *(
            faq.add(GUILD, access, entry(question, answer), TITLE, ENGLISH, person=42)
            for access, question, answer in [
                (EVERYBODY, "One?", "First."),
                (EVERYBODY, "Two?", "Second."),
                (STAFF, "One?", "Secret."),
            ]
        )
    )
    public = await faq.add(GUILD, EVERYBODY, entry("One?", "Better."), TITLE, ENGLISH, person=42)
    anybody = Audience(GUILD)
    assert [await faq.answer_to(GUILD, EVERYBODY, one, anybody) for one in ("One?", "Two?")] == ["Better.", "Second."]
    assert await faq.answer_to(GUILD, STAFF, "One?", anybody) == ""
    assert await faq.answer_to(GUILD, STAFF, "One?", STAFF_READER) == "Secret."
    assert await faq.answer_to(2, EVERYBODY, "One?", Audience(2)) == ""

    await editor.limit(GUILD, public.id, DocumentAccess(roles=frozenset({7})))
    assert await faq.answer_to(GUILD, EVERYBODY, "Two?", anybody) == ""
    await faq.add(GUILD, EVERYBODY, entry("Three?", "Third."), TITLE, ENGLISH, person=42)
    answers = [await faq.answer_to(GUILD, EVERYBODY, one, ROLE_READER) for one in ("One?", "Two?", "Three?")]
    assert answers == ["Better.", "Second.", "Third."]
    assert await faq.answer_to(GUILD, EVERYBODY, "Three?", anybody) == ""
    editor.stop()
    database.close()
    library.close()
