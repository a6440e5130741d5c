"""Question sets: what is read out of SQuAD's format, and what is left out."""

from __future__ import annotations

import json
from pathlib import Path

from bot.training.question_sets import Example, read_examples
from tests.bot.training.data import LIGHTHOUSE, ORRIN, article, orrin, question, skarn, write


def test_offsets_are_ignored_and_unanswerable_questions_kept(tmp_path: Path) -> None:
    examples = read_examples(write(tmp_path / "set.json", orrin(), skarn()))
    assert len(examples) == 8
    answers = ("Ada Thorne", "the carpenter Ada Thorne")
    assert examples[0] == Example("Orrin", "Who built the mill of Orrin in 1843?", ORRIN, answers)
    assert examples[-1] == Example("Skarn", "How tall is the lighthouse?", LIGHTHOUSE, ())


def test_answers_that_do_not_stand_in_the_text_are_left_out(tmp_path: Path) -> None:
    entries = [
        question("Who keeps it?", "Ines Holt", "Ada Thorne"),
        question("Who built it?", "Ada Thorne"),  # none is left: whether the text answers is unknown
        question("Whose is it?", "Ines Holt", impossible=True),  # says both
        question("  How high is it? ", impossible=True),
    ]
    path = write(tmp_path / "set.json", article("Skarn", (LIGHTHOUSE, entries)))
    found = [(example.question, example.answers) for example in read_examples(path)]
    assert found == [("Who keeps it?", ("Ines Holt",)), ("How high is it?", ())]


def test_blanks_around_an_answer_are_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "set.json", article("Skarn", (LIGHTHOUSE, [question("Who keeps it?", " Ines Holt ", " ")])))
    assert [example.answers for example in read_examples(path)] == [("Ines Holt",)]


def test_a_bare_list_of_articles_without_titles_or_marks_is_read(tmp_path: Path) -> None:
    untitled = skarn()
    del untitled["title"]
    for entry in untitled["paragraphs"][0]["qas"]:
        del entry["is_impossible"]  # as in SQuAD 1.1, where every question has an answer
    path = tmp_path / "first.json"
    path.write_text(json.dumps([untitled, untitled]), encoding="utf-8")
    examples = read_examples(path)
    assert [example.answers for example in examples] == [("Ines Holt",), ("Ines Holt",)]
    assert len({example.document for example in examples}) == 2
