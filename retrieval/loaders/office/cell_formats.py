"""A cell's value and its number format -> the words that people see in the cell.

Source of the method: ECMA-376 part 1, 18.8.30 and 18.8.31 (number formats). A format has up to four sections (positive,
negative, zero, text), each of them signs for digits or for parts of a date among literal text.

A program shows some formats as its user's country has them, which no file tells. Points and commas are then as in
English, and dates that say nothing of their order are written as ISO 8601 has them.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

Value = str | bool | int | float | datetime | date | time | timedelta | None

GENERAL = "General"
# These are shown in the order that the reader's country has.
OF_THE_COUNTRY = {"mm-dd-yy": "yyyy-mm-dd", "m/d/yy h:mm": "yyyy-mm-dd hh:mm"}
ISO_DATE, ISO_BOTH = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
MAX_DECIMALS = 15
# More digits than these no program shows.
MAX_PLACED = 1e21

SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*')
# Literal text in quotation marks, after a backslash; what only takes room, or fills a cell; what stands in brackets.
LITERAL, SPACE, BRACKETS = r'"[^"]*"|\\.', r"_.|\*.", r"\[[^\]]*\]"
NUMBER_PART = re.compile(
    rf"(?P<literal>{LITERAL})|{SPACE}|(?P<brackets>{BRACKETS})|(?P<sign>[0#?.,%@]|E[+-])|(?P<other>.)"
)
DATE_PART = re.compile(
    rf"(?P<literal>{LITERAL})|{SPACE}|(?P<elapsed>\[(?:h+|m+|s+)\])|(?P<brackets>{BRACKETS})"
    r"|(?P<half>am/pm|a/p)|(?P<part>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<other>.)",
    re.IGNORECASE,
)
# How XML keeps characters that it may not hold.
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
CURRENCY = re.compile(r"\[\$([^\]-]*)")
LOCALE = re.compile(r"\[\$[^\]-]*-([0-9A-F]+)", re.IGNORECASE)
ENGLISH_LOCALE = 0x09
CONDITION = re.compile(r"\[[<>=]")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def shown(value: Value, number_format: str | None) -> str:
    """What a cell shows.

    Args:
        value: The stored value, or the stored result of its formula.
        number_format: The cell's format; None is the general one.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), value)
    if number_format == GENERAL and isinstance(value, int):
        return str(value)
    sections = _sections(number_format or GENERAL)
    if isinstance(value, int | float):
        return _number(value, sections)
    return _moment(value, sections[0])


@lru_cache(maxsize=256)
def _sections(number_format: str) -> tuple[str, ...]:
    number_format = OF_THE_COUNTRY.get(number_format, number_format)
    found, start = [], 0
    while start <= len(number_format):
        section = SECTION.match(number_format, start)
        end = section.end() if section else len(number_format)
        found.append(number_format[start:end])
        start = end + 1
    return tuple(found)


def _number(value: float, sections: tuple[str, ...]) -> str:
    if any(CONDITION.search(section) for section in sections) or not abs(value) < MAX_PLACED:
        return _general(value)
    if len(sections) > 2 and value == 0:
        return _in_section(0, sections[2])
    if len(sections) > 1 and value < 0:
        return _in_section(-value, sections[1])
    words = _in_section(abs(value), sections[0])
    return f"-{words}" if value < 0 and any(character in "123456789" for character in words) else words


def _in_section(value: float, section: str) -> str:
    """A number that is not negative, as one section of a format has it."""
    if GENERAL.lower() in section.lower():
        before, _, after = re.sub("general", "\0", section, flags=re.IGNORECASE).partition("\0")
        return f"{_literal(before)}{_general(value)}{_literal(after)}".strip()
    pieces = [(part.lastgroup, part[0]) for part in NUMBER_PART.finditer(section)]
    signs = "".join(words for kind, words in pieces if kind == "sign")
    if not re.search("[0#?]", signs) or any(words == "/" for kind, words in pieces if kind == "other"):
        return _general(value) if re.search("[0#?]", signs) else _literal(section)
    if "E" in signs:
        decimals = len(re.sub("E.*", "", signs).partition(".")[2])
        return f"{value:.{min(decimals, MAX_DECIMALS)}E}"
    whole, _, decimals_signs = signs.replace("%", "").partition(".")
    scaled = Decimal(repr(value)) * 100 ** signs.count("%")
    scaled /= 1000 ** (len(whole) - len(whole.rstrip(",")))
    before, after = _digits(scaled, decimals_signs.replace(",", ""), whole.count("0"))
    if "," in whole.rstrip(",") and before:
        before = f"{int(before):,}".zfill(len(before))
    return _placed(pieces, before, after)


def _digits(value: Decimal, signs: str, least: int) -> tuple[str, str]:
    """The digits before and after the point, rounded as spreadsheets do."""
    places = min(len(signs), MAX_DECIMALS)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    before, _, after = f"{rounded:f}".partition(".")
    optional = len(signs) - len(signs.rstrip("#?"))
    kept = after[: len(after) - optional] + after[len(after) - optional :].rstrip("0") if optional else after
    return before.lstrip("0").zfill(least) if before.strip("0") or least else "", kept


def _placed(pieces: list[tuple[str | None, str]], digits: str, decimals: str) -> str:
    """The digits where their signs stand, with the literal text around and between them."""
    slots = sum(kind == "sign" and words in "0#?" for kind, words in _before_point(pieces))
    made, used, is_after_point, first = "", 0, False, True
    for kind, words in pieces:
        if kind == "sign" and words == ".":
            is_after_point = True
            if first and digits:
                made, first = made + digits, False
            made += f".{decimals}" if decimals else ""
        elif kind == "sign" and words in "0#?" and not is_after_point:
            slots -= 1
            # The first sign takes all digits for which there is no other; "," among them needs no sign.
            end = len(digits) if "," in digits else max(len(digits) - slots, 0)
            made += digits[used:end]
            used, first = max(used, end), False
        elif kind == "sign":
            made += "%" if words == "%" else ""
        else:
            made += _piece(kind, words)
    return re.sub(r"\s+", " ", made).strip()


def _before_point(pieces: list[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
    point = next((place for place, piece in enumerate(pieces) if piece == ("sign", ".")), len(pieces))
    return pieces[:point]


def _literal(section: str) -> str:
    return "".join(_piece(part.lastgroup, part[0]) for part in NUMBER_PART.finditer(section)).strip()


def _piece(kind: str | None, words: str) -> str:
    """What a part of a format that stands for no digit shows."""
    if kind == "literal":
        return words[1:] if words.startswith("\\") else words.strip('"')
    if kind == "brackets":
        currency = CURRENCY.match(words)
        return currency[1] if currency else ""
    return words if kind == "other" else ""


def _general(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return f"{value:.10g}"


def _moment(value: datetime | date | time | timedelta, section: str) -> str:
    parts = [(part.lastgroup, part[0]) for part in DATE_PART.finditer(section)]
    if isinstance(value, timedelta):
        return _elapsed(value, parts)
    is_of_an_era = any(kind == "other" and words in "gGeE" for kind, words in parts)
    names_of_another_language = re.search("m{3}|d{3}", section, re.IGNORECASE) and _is_foreign(section)
    if names_of_another_language or is_of_an_era or not any(kind == "part" for kind, _ in parts):
        has_time = isinstance(value, time) or any(words[0] in "hH" for kind, words in parts if kind == "part")
        iso = "hh:mm" if isinstance(value, time) else ISO_BOTH if has_time else ISO_DATE
        parts = [(part.lastgroup, part[0]) for part in DATE_PART.finditer(iso)]
    if isinstance(value, time):
        if not any(words[0] in "hHsS" for kind, words in parts if kind in ("part", "elapsed")):
            return ""  # the day that is before all days
        value = datetime.combine(date(1900, 1, 1), value)
    elif not isinstance(value, datetime):
        value = datetime.combine(value, time())
    is_half = any(kind == "half" for kind, _ in parts)
    made, before = "", ""
    for place, (kind, words) in enumerate(parts):
        if kind == "part":
            after = next((other[0].lower() for k, other in parts[place + 1 :] if k == "part"), "")
            is_minute = words[0] in "mM" and len(words) < 3 and (before in ("h", "[") or after == "s")
            made += _part_of_moment(value, words.lower(), is_minute=is_minute, is_half=is_half)
            before = words[0].lower()
        elif kind == "half":
            made += "AM" if value.hour < 12 else "PM"
        else:
            made += _piece(kind, words)
    return re.sub(r"\s+", " ", made).strip()


def _is_foreign(section: str) -> bool:
    locale = LOCALE.search(section)
    return bool(locale) and int(locale[1], 16) & 0xFF not in (0, ENGLISH_LOCALE) if locale else False


def _part_of_moment(value: datetime, words: str, *, is_minute: bool, is_half: bool) -> str:
    wide = len(words) > 1
    if is_minute:
        return f"{value.minute:02}" if wide else str(value.minute)
    if words[0] == "y":
        return f"{value.year:04}" if len(words) > 2 else f"{value.year % 100:02}"
    if words[0] == "h":
        hour = (value.hour % 12 or 12) if is_half else value.hour
        return f"{hour:02}" if wide else str(hour)
    if words[0] == "s":
        fraction = words.partition(".")[2]
        second = f"{value.second:02}" if words.startswith("ss") else str(value.second)
        return f"{second}.{value.microsecond:06}"[: len(second) + 1 + len(fraction)] if fraction else second
    number, names = (value.month, MONTHS) if words[0] == "m" else (value.day, DAYS)
    if len(words) <= 2:
        return f"{number:02}" if wide else str(number)
    name = names[value.month - 1] if words[0] == "m" else names[value.weekday()]
    return {3: name[:3], 4: name, 5: name[0]}.get(len(words), name)


def _elapsed(value: timedelta, parts: list[tuple[str | None, str]]) -> str:
    """Hours beyond a day, or minutes beyond an hour, as a format in brackets has them."""
    seconds = round(value.total_seconds())
    sign, left = ("-" if seconds < 0 else ""), abs(seconds)
    made = ""
    for kind, words in parts:
        unit = words.strip("[]").lower()
        if kind in ("elapsed", "part"):
            size = {"h": 3600, "m": 60, "s": 1}.get(unit[0], 86_400)
            made += str(left // size).zfill(len(unit.partition(".")[0]))
            left %= size
        elif kind != "half":
            made += _piece(kind, words)
    return sign + made.strip()
