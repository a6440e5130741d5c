"""Question sets: what is read out of SQuAD's format, and what is left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.training.question_sets import AnswerKind, Example, read_examples, read_lines
from retrieval import Span
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


def write_lines(path: Path, *lines: Mapping[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def entry(words: str, *answers: tuple[str, int], answerable: bool = True, **more: object) -> dict[str, object]:
    found = [{"text": text, "start": start} for text, start in answers]
    return {"question": words, "answers": found, "answerable": answerable, **more}


def test_lines_say_where_their_answers_stand(tmp_path: Path) -> None:
    start = LIGHTHOUSE.index("Ines Holt")
    entries = [
        entry("Who keeps it?", ("keeper, Ines Holt", start - 8), (" Ines Holt", start - 1), ("Ines Holt", start)),
        entry("How high is it?", answerable=False),
        entry("And then?", ("Ines Holt", start), standalone=False),  # it leans on a conversation
    ]
    line = {"title": "Skarn", "context": LIGHTHOUSE, "qas": entries}
    path = write_lines(tmp_path / "set.jsonl", line, {**line, "title": "Other", "qas": []})
    kept, silent = read_lines(path, AnswerKind.WORDS)
    assert kept.document == "set/Skarn"
    assert kept.spans == (Span(start, start + 9), Span(start - 8, start + 9))
    assert kept.answers == ("Ines Holt", "keeper, Ines Holt")
    assert (silent.answers, silent.spans) == ((), ())


def test_texts_of_one_title_are_documents_of_their_own(tmp_path: Path) -> None:
    lines = [{"title": "posts", "context": text, "qas": [entry("Who?", (text[:3], 0))]} for text in (ORRIN, LIGHTHOUSE)]
    found = read_lines(write_lines(tmp_path / "set.jsonl", *lines), AnswerKind.WORDS)
    assert [example.document for example in found] == ["set/0", "set/1"]


def test_a_text_that_settles_a_question_is_the_answer(tmp_path: Path) -> None:
    line = {"title": "Skarn", "context": LIGHTHOUSE, "qas": [entry("Is it kept?")]}
    (example,) = read_lines(write_lines(tmp_path / "set.jsonl", line), AnswerKind.TEXT)
    assert (example.answers, example.spans) == ((LIGHTHOUSE,), (Span(0, len(LIGHTHOUSE)),))


def test_an_answer_that_stands_elsewhere_is_refused(tmp_path: Path) -> None:
    line = {"title": "Skarn", "context": LIGHTHOUSE, "qas": [entry("Who keeps it?", ("Ines Holt", 3))]}
    with pytest.raises(ValueError, match=r"An answer of set\.jsonl does not stand where the set says"):
        read_lines(write_lines(tmp_path / "set.jsonl", line), AnswerKind.WORDS)
