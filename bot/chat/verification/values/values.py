"""A number or a date in a text, what it counts, and where it stands."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from bot.chat.verification.tokens import Token, text_of

SIGNS = {
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "₽": "rouble",
    "₸": "tenge",
    "₹": "rupee",
    "₿": "bitcoin",
    "¢": "cent",
}
MONEY = frozenset(SIGNS.values()) | {"franc"}
PERCENT, PERCENT_SIGN = "percent", "%"
# Two words of one unit are looked up as one: "megawatt hours", "percentage points", "per cent".
_FORMS = (
    "percent percentage pct",
    "percentagepoint percentagepoints",
    "cent cents",
    "dollar dollars usd",
    "euro euros eur",
    "pound pounds gbp lb lbs",
    "yen jpy",
    "rouble roubles ruble rubles rub",
    "tenge kzt",
    "rupee rupees inr",
    "franc francs chf",
    "year years yr yrs",
    "month months",
    "week weeks",
    "fortnight fortnights",
    "decades decade",
    "centuries century",
    "day days",
    "hour hours hr hrs",
    "minute minutes min mins",
    "second seconds sec secs",
    "millimetre millimetres millimeter millimeters mm",
    "centimetre centimetres centimeter centimeters cm",
    "metre metres meter meters m",
    "kilometre kilometres kilometer kilometers km kms kmh kph",
    "squaremetre squaremetres squaremeter squaremeters sqm m2",
    "squaremile squaremiles",
    "squarekilometre squarekilometres squarekilometer squarekilometers sqkm km2",
    "cubicmetre cubicmetres cubicmeter cubicmeters m3",
    "cubickilometre cubickilometres cubickilometer cubickilometers km3",
    "cubiccentimetre cubiccentimetres cubiccentimeter cubiccentimeters cm3",
    "inch inches",
    "foot feet ft",
    "yard yards yd",
    "mile miles mi mph",
    "milligram milligrams mg",
    "gram grams gramme grammes g",
    "kilogram kilograms kilo kilos kg",
    "ton tons",
    "tonne tonnes",
    "litre litres liter liters l",
    "millilitre millilitres milliliter milliliters ml",
    "hectare hectares ha",
    "acre acres",
    "gallon gallons",
    "pint pints",
    "ounce ounces oz",
    "degree degrees celsius degreescelsius degreecelsius",
    "fahrenheit degreesfahrenheit degreefahrenheit",
    "watt watts",
    "kilowatt kilowatts kw",
    "megawatt megawatts mw",
    "gigawatt gigawatts gw",
    "kilowatthour kilowatthours kwh",
    "megawatthour megawatthours mwh",
    "volt volts",
    "kilobyte kilobytes kb",
    "megabyte megabytes mb",
    "gigabyte gigabytes gb",
    "terabyte terabytes tb",
    "am",
    "pm",
    "oclock",
    "times",
)
# What is measured by the clock.
HALVES_OF_DAY = frozenset({"am", "pm"})
CLOCK_UNITS = HALVES_OF_DAY | {"oclock"}
UNITS = {form: forms.split()[0] for forms in _FORMS for form in forms.split()}

THINGS, LABEL, SPAN = "things", "label", "span"


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a date in a text.

    Attributes:
        key: What is compared.
        text: The words, for people.
        first: The index of its first token.
        last: The index of its last token.
        unit: What a number counts, empty where nothing that is known does.
        role: Whether it counts ``THINGS`` in a noun of many, is the ``LABEL`` of one, or is a ``SPAN``: for "$5 a
            week" it is enough that a quote speaks of weeks. Empty where one cannot tell.
    """

    key: Hashable
    text: str
    first: int
    last: int
    unit: str = ""
    role: str = ""


def words_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """The words from one token to another as they are written, with a sign of money or of percent."""
    before, after = tokens[first].before.rstrip()[-1:], tokens[last].after.lstrip()[:1]
    return (
        (before if before in SIGNS else "")
        + text_of(tokens, first, last)
        + (after if after in {PERCENT_SIGN, *SIGNS} else "")
    )
