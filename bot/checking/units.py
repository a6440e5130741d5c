"""What numbers count: money, shares, time, measures."""

from __future__ import annotations

SIGNS = {
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "₽": "rouble",
    "₸": "tenge",
    "₹": "rupee",
    "₿": "bitcoin",
}
MONEY = frozenset(SIGNS.values()) | {"franc"}
PERCENT = "percent"
YEAR = "year"
_FORMS = (
    "percent percentage",
    "dollar dollars usd",
    "euro euros eur",
    "pound pounds gbp",
    "yen jpy",
    "rouble roubles ruble rubles rub",
    "tenge kzt",
    "rupee rupees inr",
    "franc francs chf",
    "year years yr yrs",
    "month months",
    "week weeks",
    "day days",
    "hour hours hr hrs",
    "minute minutes min mins",
    "second seconds sec secs",
    "millimetre millimetres millimeter millimeters mm",
    "centimetre centimetres centimeter centimeters cm",
    "metre metres meter meters m",
    "kilometre kilometres kilometer kilometers km kms",
    "inch inches",
    "foot feet ft",
    "yard yards yd",
    "mile miles mi",
    "milligram milligrams mg",
    "gram grams gramme grammes g",
    "kilogram kilograms kilo kilos kg",
    "ton tons",
    "tonne tonnes",
    "litre litres liter liters l",
    "millilitre millilitres milliliter milliliters ml",
    "hectare hectares ha",
    "acre acres",
    "degree degrees",
    "watt watts",
    "kilowatt kilowatts kw",
    "volt volts",
    "am",
    "pm",
    "times",
)
UNITS = {form: forms.split()[0] for forms in _FORMS for form in forms.split()}
