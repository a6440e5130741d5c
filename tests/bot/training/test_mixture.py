"""The mixture: the same draw for the same pass, documents that are kept, sentences that do not come alone."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from bot.training.mixture import AROUND, Mixture, Part, is_kept, surrounded
from bot.training.question_sets import AnswerKind, Example
from retrieval import Span

MILL = [{"text": "The mill", "start": 0}]
PARTS = (Part("whole"), Part("half", 0.5, AnswerKind.SENTENCE))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in PARTS:
        lines = [
            {
                "title": f"Village {number}",
                "context": f"The mill of village {number} burned.",
                "qas": [
                    {
                        "question": f"What burned {number}?",
                        "answers": MILL,
                        "answerable": True,
                    }
                ],
            }
            for number in range(100)
        ]
        (tmp_path / f"{part.name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return tmp_path


def test_documents_that_are_kept_are_in_no_draw(folder: Path) -> None:
    mixture = Mixture(folder, 1, PARTS)
    named = {f"{part.name}/Village {number}" for part in PARTS for number in range(100)}
    kept = {name for name in named if is_kept(name)}
    assert 8 <= len(kept) <= 40
    assert {example.document for example in mixture.examples()} == named - kept


def test_a_pass_draws_its_share_and_the_same_for_the_same_number(folder: Path) -> None:
    mixture, again = Mixture(folder, 1, PARTS), Mixture(folder, 1, PARTS)
    first, second = mixture.drawn(0), mixture.drawn(1)
    assert (again.drawn(1), again.drawn(0)) == (second, first)
    assert first != second
    count = {part.name: sum(e.document.startswith(part.name) for e in mixture.examples()) for part in PARTS}
    drawn = {part.name: sum(e.document.startswith(part.name) for e in first) for part in PARTS}
    assert drawn == {"whole": count["whole"], "half": round(count["half"] / 2)}
    assert {example.kind for example in first} == {AnswerKind.WORDS, AnswerKind.SENTENCE}


def test_a_sentence_stands_among_others_and_its_answer_is_still_the_same_words() -> None:
    texts = [f"Mill {number} burned in {1800 + number}." for number in range(30)]
    alone = [
        Example(
            f"set/wiki:{number % 3}:{number}:0",
            "When?",
            text,
            ("18",),
            spans=(Span(text.index("18"), len(text) - 1),),
        )
        for number, text in enumerate(texts)
    ]
    for example, found in zip(alone, surrounded(alone, random.Random(1)), strict=True):
        assert example.text in found.text
        assert AROUND[0] <= found.text.count("Mill") - 1 <= AROUND[1]
        (before,), (after,) = example.spans, found.spans
        assert found.text[after.start : after.end] == example.text[before.start : before.end]
        article = example.document.split(":")[1]
        assert all(texts.index(f"{part}.") % 3 == int(article) for part in found.text.rstrip(".").split(". "))
