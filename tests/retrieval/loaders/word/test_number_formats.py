from __future__ import annotations

import pytest

from retrieval.loaders.word.number_formats import formatted


@pytest.mark.parametrize(
    ("name", "numbers", "written"),
    [
        ("decimal", (0, 1, 27), "0 1 27"),
        ("decimalZero", (0, 9, 10, 100), "00 09 10 100"),
        ("lowerLetter", (0, 1, 26, 27, 53, 521), "0 a z aa aaa 521"),
        ("upperLetter", (2, 28), "B BB"),
        ("lowerRoman", (0, 4, 9, 14, 49, 1994, 5000), "0 iv ix xiv xlix mcmxciv 5000"),
        ("upperRoman", (6, 2026), "VI MMXXVI"),
        ("ordinal", (1, 2, 3, 4, 11, 22, 113), "1st 2nd 3rd 4th 11th 22nd 113th"),
        ("cardinalText", (1, 12, 20, 21, 99, 100), "One Twelve Twenty Twenty-one Ninety-nine 100"),
        ("ordinalText", (1, 5, 12, 20, 42, 100), "First Fifth Twelfth Twentieth Forty-second 100th"),
        ("decimalEnclosedCircle", (1, 20, 21), "① ⑳ 21"),
        ("chineseCounting", (3, 10, 12, 20, 35, 105), "三 十 十二 二十 三十五 一〇五"),
        ("russianLower", (1, 10, 29), "а к я"),
        ("ideographTraditional", (1, 10), "甲 癸"),
        ("ganada", (2,), "나"),
        ("neverHeardOf", (7,), "7"),
    ],
)
def test_a_number_is_written_as_its_format_says(name: str, numbers: tuple[int, ...], written: str) -> None:
    assert " ".join(formatted(number, name) for number in numbers) == written
