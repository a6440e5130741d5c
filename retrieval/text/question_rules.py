"""Which texts can be asked, and the sentence for those that cannot."""

from __future__ import annotations

import unicodedata

from retrieval.errors import QuestionError, QuestionProblem

MAX_QUESTION_CHARACTERS = 4_000
EMPTY = "The question is empty; write what you want to know."
# Fillers that Unicode calls letters or symbols, and that nobody sees.
FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
ALLOWED_CONTROLS = frozenset("\t\n\r")


def check_question(text: object) -> None:
    """Accept any text that a person may have meant as a question.

    Raises:
        QuestionError: If it is no text, blank, too long, or holds control characters or broken Unicode.
    """
    if not isinstance(text, str):
        raise QuestionError(
            f"The question is of the type {type(text).__name__}; give it as a text.", QuestionProblem.FORM
        )
    if not text.strip():
        raise QuestionError(EMPTY, QuestionProblem.BLANK)
    if len(text) > MAX_QUESTION_CHARACTERS:
        raise QuestionError(
            f"The question has {len(text):,} characters, and at most {MAX_QUESTION_CHARACTERS:,} are read; "
            "ask a shorter one.",
            QuestionProblem.TOO_LONG,
        )
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs":
            raise QuestionError("The question is not valid Unicode text; write it again without the broken character.")
        if category == "Cc" and character not in ALLOWED_CONTROLS:
            raise QuestionError(
                f"The question contains the control character U+{ord(character):04X}; ask again without it."
            )
    if not any(_is_seen(character) for character in text):
        raise QuestionError(EMPTY, QuestionProblem.BLANK)


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in UNSEEN and character not in FILLERS
