"""A number as a list shows it: "3", "c", "iii", "03", "third". The names of the formats are those of OOXML."""

from __future__ import annotations

from collections.abc import Callable

from retrieval.loaders.numerals import LATIN, roman

MAX_ROMAN = 4_999
# Letters are repeated after the last one: "z", "aa", "bb". Nobody numbers further than this with them.
MAX_REPEATED = 20
ALPHABETS = {
    "lowerLetter": LATIN,
    "upperLetter": LATIN.upper(),
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
    "bulgarianLower": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "bulgarianUpper": "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯ",
    "greekLower": "αβγδεζηθικλμνξοπρστυφχψω",
    "greekUpper": "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
    "ganada": "가나다라마바사아자차카타파하",
    "chosung": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "aiueoFullWidth": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "hebrew2": "אבגדהוזחטיכלמנסעפצקרשת",
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
}
# Up to ninety-nine; Word writes more, and nobody numbers so far in words.
UNITS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
HAN = "〇一二三四五六七八九"
CHINESE = (
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital",
    "taiwaneseCountingThousand", "japaneseDigitalTenThousand", "taiwaneseDigital",
)  # fmt: skip
# The first sign of each, and how many there are of them in a row.
ENCLOSED = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "ideographEnclosedCircle": ("㊀", 10),
}


def formatted(number: int, name: str) -> str:
    """The number in that format; in one that is not known, and where a format ends, as decimal.

    Args:
        number: Of an item, a heading or a page.
        name: As OOXML calls the format, for example ``lowerRoman``.
    """
    if name == "decimalZero":
        return f"{number:02}"
    if number < 1:
        return str(number)
    if name in ALPHABETS:
        return _lettered(number, ALPHABETS[name])
    if name in ENCLOSED:
        first, count = ENCLOSED[name]
        return chr(ord(first) + number - 1) if number <= count else str(number)
    return WRITTEN.get(name, str)(number)


def _lettered(number: int, alphabet: str) -> str:
    repeated, letter = divmod(number - 1, len(alphabet))
    return alphabet[letter] * (repeated + 1) if repeated < MAX_REPEATED else str(number)


def _roman(number: int) -> str:
    return roman(number) if number <= MAX_ROMAN else str(number)


def _ordinal(number: int) -> str:
    teens = 10 < number % 100 < 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _words(number: int) -> str:
    if number > 99:
        return str(number)
    if number < 20:
        return UNITS[number - 1].capitalize()
    tens, unit = divmod(number, 10)
    return (TENS[tens - 2] + (f"-{UNITS[unit - 1]}" if unit else "")).capitalize()


def _ordinal_words(number: int) -> str:
    if number > 99:
        return _ordinal(number)
    before, hyphen, last = _words(number).lower().rpartition("-")
    ordinal = ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return (before + hyphen + ordinal).capitalize()


def _han(number: int) -> str:
    if number > 99:
        return "".join(HAN[int(digit)] for digit in str(number))
    tens, unit = divmod(number, 10)
    return ((HAN[tens] if tens > 1 else "") + "十" if tens else "") + (HAN[unit] if unit or not tens else "")


WRITTEN: dict[str, Callable[[int], str]] = {
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": _ordinal,
    "cardinalText": _words,
    "ordinalText": _ordinal_words,
    **dict.fromkeys(CHINESE, _han),
}
