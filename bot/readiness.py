"""What a face that stays makes ready before anybody asks."""

from __future__ import annotations

from bot.extractive.reader import open_reader
from bot.settings import Settings
from retrieval import Library, add_article_once


def make_ready(settings: Settings, library: Library) -> None:
    """Add the first document and load the models, so that nothing is loaded while people wait.

    Raises:
        ReaderError: If the reader's weights are missing or altered.
        CheckerError: If statements of a chat model are to be checked, and the checking model cannot be used.
        RetrievalError: If the library or the model cannot be used.
    """
    add_article_once(library)
    library.embeddings.embed_query("")
    open_reader(settings.reader_model).load_all()
    check_judge(settings)


def check_judge(settings: Settings) -> None:
    """Try the checking model, where a chat model is set whose statements it is to check.

    Raises:
        CheckerError: If it cannot be used.
    """
    if settings.chat_model is not None:
        from bot.chat import open_judge  # late, as a chat model's client takes a second to import

        open_judge(settings.checker_model).check()
