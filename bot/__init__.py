"""Questions -> answers in which every quote is verified, and the faces that show them.

Names are loaded when they are first used, so that importing the package costs next to nothing. Only what ``__all__``
lists is promised.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import retrieval  # noqa: F401 (which switches a library's reports off before any module of ours loads it)

if TYPE_CHECKING:
    from bot.chain.answer_chain import AnswerChain
    from bot.citations import Citation, Quote
    from bot.errors import AnswerError, QuestionError
    from bot.quotes import is_verified, verify_answer
    from bot.settings import Settings
    from bot.types import NOT_FOUND_TEXT, Answer, Certainty, Question, Statement, Status, Turn

__all__ = [
    "NOT_FOUND_TEXT",
    "Answer",
    "AnswerChain",
    "AnswerError",
    "Certainty",
    "Citation",
    "Question",
    "QuestionError",
    "Quote",
    "Settings",
    "Statement",
    "Status",
    "Turn",
    "is_verified",
    "verify_answer",
]

_HOMES = {
    "NOT_FOUND_TEXT": "types",
    "Answer": "types",
    "AnswerChain": "chain.answer_chain",
    "AnswerError": "errors",
    "Certainty": "types",
    "Citation": "citations",
    "Question": "types",
    "QuestionError": "errors",
    "Quote": "citations",
    "Settings": "settings",
    "Statement": "types",
    "Status": "types",
    "Turn": "types",
    "is_verified": "quotes",
    "verify_answer": "quotes",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
