from __future__ import annotations

import pytest

from bot.extractive.selection.question_analysis import AnswerType
from bot.extractive.words.evidence import holds_kind


@pytest.mark.parametrize(
    ("language", "kind", "sentence", "held"),
    [
        ("de", AnswerType.NUMBER, "Der Beitrag beträgt 48 Euro.", True),
        ("de", AnswerType.NUMBER, "Der Vorstand besteht aus fünf Leuten.", True),
        ("de", AnswerType.NUMBER, "Der Vorstand tagt im Saal.", False),
        ("it", AnswerType.TIME, "La sede chiude a dicembre.", True),
        ("tr", AnswerType.TIME, "Bina 1954 yapımıdır.", True),
        ("fr", AnswerType.NAME, "Elle épousa le boulanger Martin Duval.", True),
        ("fr", AnswerType.NAME, "Elle ne mangeait rien.", False),
        ("ar", AnswerType.REASON, "أغلقت القاعة بسبب تسرب المياه.", True),
        ("ar", AnswerType.REASON, "القاعة كبيرة.", False),
        ("uk", AnswerType.TIME, "Засідання відбудеться у березні.", True),
        ("ja", AnswerType.REASON, "雨のため中止した。", True),
        ("nl", AnswerType.REASON, "Omdat het regent.", False),
    ],
)
def test_what_is_of_the_kind_that_is_asked_for(language: str, kind: AnswerType, sentence: str, held: bool) -> None:
    assert holds_kind(sentence, kind, language, "?") is held


def test_what_the_question_says_itself_is_no_evidence() -> None:
    assert not holds_kind("Sie tagten 1954 im Saal.", AnswerType.TIME, "de", "Was geschah 1954?")
    assert holds_kind("Sie tagten 1954 im Saal.", AnswerType.TIME, "de", "Was geschah?")
