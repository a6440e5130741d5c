"""The day that a document gives as its own, out of what programs write as a date."""

from __future__ import annotations

import re
from datetime import date, datetime

DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?!\d)")
# Programs write the first day of their calendar where they know none.
FIRST_YEAR = 1000


def iso_day(value: object) -> str:
    """The day of a date, or with which a text in ISO 8601 begins; nothing where it says no more than a year."""
    found = DAY.match(value) if isinstance(value, str) else None
    try:
        day = date.fromisoformat(found[1]) if found else value
    except ValueError:
        return ""
    if isinstance(day, datetime):
        day = day.date()
    return day.isoformat() if isinstance(day, date) and day.year >= FIRST_YEAR else ""
