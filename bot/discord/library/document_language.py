"""Whether a question is in another language than the documents, which it can hardly be answered from then."""

from __future__ import annotations

from bot.discord.library.collections import Scope
from bot.discord.texts import LANGUAGES
from retrieval import Library, RetrievalError
from retrieval.text.languages import detect_language

UNSURE = ""
# Of documents that an older version has read the language is not kept; they were read as English.
ENGLISH = "en"


def language_hint(question: str, library: Library, scope: Scope) -> str | None:
    """In which language to ask, said in that of the question; None where the question may be in the right one.

    Args:
        question: What was asked.
        library: Where the documents lie.
        scope: Which of them were asked.
    """
    try:
        records = (record for name in scope.collections for record in library.records(name))
        written = {record.language or ENGLISH for record in records if scope.sources.admits(record.id)}
        asked = detect_language(question, otherwise=UNSURE)
    except RetrievalError:  # no answer is lost for want of a hint
        return None
    if asked not in LANGUAGES or asked in written or not written <= LANGUAGES.keys():
        return None
    languages = ", ".join(LANGUAGES[code].language for code in sorted(written))
    return LANGUAGES[asked].ask_in_language.format(language=languages)
