"""Windows: whole sentences, exact answers, and none where none is meant."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.training.question_sets import AnswerKind, Example, read_examples, read_lines
from bot.training.windows import Window, Windows, crop, locate, without
from retrieval import Span, split_sentences
from tests.bot.training.data import ORRIN, SCHOOL, orrin, skarn, write


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    folder: Path = tmp_path_factory.mktemp("windows")
    return read_examples(write(folder / "set.json", orrin(), skarn()))


@given(seed=st.integers(0, 10_000))
def test_an_answer_is_exactly_one_that_people_gave(examples: list[Example], seed: int) -> None:
    gold = {example.question: example.answers for example in examples}
    answered = 0
    for window in Windows(examples, seed, 0.0).epoch(0):
        if window.answer is not None:
            assert window.text[window.answer.start : window.answer.end] in gold[window.question]
            answered += 1
    assert answered == sum(bool(example.answers) for example in examples)


@given(seed=st.integers(0, 10_000))
def test_a_question_that_is_asked_unchanged_never_goes_unanswered_beside_its_answer(
    examples: list[Example], seed: int
) -> None:
    gold = {example.question: example.answers for example in examples}
    for window in Windows(examples, seed, 0.0).epoch(0):
        if window.answer is None:
            assert not any(answer in window.text for answer in gold.get(window.question, ()))


def test_questions_are_reworded_whether_they_are_answered_or_not(examples: list[Example]) -> None:
    given = {example.question for example in examples}
    windows = [window for number in range(20) for window in Windows(examples, 1, 1.0).epoch(number)]
    for answered in (True, False):
        questions = [window.question for window in windows if bool(window.answer) is answered]
        assert sum(question in given for question in questions) < len(questions) / 2


@given(
    text=st.sampled_from([ORRIN, SCHOOL, f"{ORRIN} {SCHOOL} {ORRIN}"]),
    seed=st.integers(0, 10_000),
    part=st.floats(0, 1),
    around=st.booleans(),
)
def test_a_crop_is_a_run_of_whole_sentences(text: str, seed: int, part: float, around: bool) -> None:
    sentences = split_sentences(text)
    held = sentences[int(part * (len(sentences) - 1))] if around else None
    cropped, start = crop(text, held, random.Random(seed))
    end = start + len(cropped)
    assert text[start:end] == cropped
    assert start in {sentence.start for sentence in sentences}
    assert end in {sentence.end for sentence in sentences}
    assert held is None or start <= held.start < held.end <= end


def test_the_length_of_crops_varies() -> None:
    text = " ".join([ORRIN, SCHOOL] * 3)
    lengths = {len(crop(text, None, random.Random(seed))[0].split()) for seed in range(50)}
    assert min(lengths) < 45
    assert max(lengths) > 90


def test_the_sentence_around_an_answer_is_the_one_that_shares_the_question() -> None:
    text = "Sheep graze near Brenn. The clock in the large room came from Brenn. Brenn is far."
    place, sentence = locate(Example("Brenn", "Where did the clock come from?", text, ("Brenn",)))
    assert text[place.start : place.end] == "Brenn"
    assert text[sentence.start : sentence.end] == "The clock in the large room came from Brenn."


def test_an_answer_across_a_border_keeps_both_sentences() -> None:
    text = "Sheep graze. The mill burned. It was rebuilt. Nobody knows why."
    place, sentences = locate(Example("Mill", "What happened?", text, ("burned. It was",)))
    assert text[place.start : place.end] == "burned. It was"
    assert text[sentences.start : sentences.end] == "The mill burned. It was rebuilt."


def test_what_is_left_without_the_answer_never_holds_it() -> None:
    text = "The mill burned in 1871. Sheep graze on the hill. The year 1871 was dry."
    example = Example("Mill", "When did the mill burn?", text, ("1871",))
    first = split_sentences(text)[0]
    assert without(example, first) == ""
    assert (
        without(Example("Mill", "When?", text, ("burned",)), first) == "Sheep graze on the hill. The year 1871 was dry."
    )
    assert without(Example("Mill", "When?", "It burned.", ("burned",)), Span(0, 10)) == ""


def test_the_same_seed_draws_the_same_and_each_pass_draws_anew(examples: list[Example]) -> None:
    one, other = Windows(examples, 5), Windows(examples, 5)
    first, second = one.epoch(0), one.epoch(1)
    assert (other.epoch(1), other.epoch(0)) == (second, first)
    assert first != second
    assert Windows(examples, 6).epoch(0) != first
    alone = one.epoch(0, examples[:1])
    assert alone
    assert {window.text in examples[0].text for window in alone if window.answer} == {True}


def test_each_kind_of_window_is_drawn(examples: list[Example]) -> None:
    windows = Windows(examples, 1, 0.0)
    drawn = [window for number in range(60) for window in windows.epoch(number)]
    questions = {example.question for example in examples}
    texts = {example.question: example.text for example in examples}

    def silent(window: Window) -> bool:
        return window.answer is None and window.question in questions

    assert any(window.question not in questions and window.answer is None for window in drawn), "altered"
    assert any(silent(window) and window.text not in texts[window.question] for window in drawn), "elsewhere"
    shared = [w for w in drawn if silent(w) and w.question == "When did the mill first burn?"]
    assert any("Ada Thorne" in window.text for window in shared), "the answer taken away"


def test_of_an_answer_that_is_a_sentence_or_a_text_no_words_are_told(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    words = "It burned twice, in 1871 and in 1902."
    answers = [{"text": words, "start": ORRIN.index(words)}]
    entry = {"question": "Did it burn?", "answers": answers, "answerable": True}
    line = {"title": "Orrin", "context": ORRIN, "qas": [entry]}
    path.write_text(json.dumps(line), encoding="utf-8")
    for seed in range(20):
        found = Windows(read_lines(path, AnswerKind.SENTENCE), seed).epoch(0)
        window = next(window for window in found if window.answer)
        assert window.answer == window.evidence
        assert window.answer is not None
        assert window.text[window.answer.start : window.answer.end] == words
    line["qas"] = [{"question": "Did it burn?", "answers": [], "answerable": True}]
    path.write_text(json.dumps(line), encoding="utf-8")
    (window,) = Windows(read_lines(path, AnswerKind.TEXT), 1).epoch(0)
    assert (window.text, window.answer, window.evidence) == (ORRIN, Span(0, len(ORRIN)), None)
