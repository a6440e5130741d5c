"""The day that a document gives as its own, out of what programs write as a date."""

from __future__ import annotations

import re
from datetime import date

DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?!\d)")
# Programs write the first day of their calendar where they know none.
FIRST_YEAR = 1000


def iso_day(text: object) -> str:
    """The day with which a date in ISO 8601 begins; nothing where it is no date, or says no more than a year."""
    found = DAY.match(text) if isinstance(text, str) else None
    if found is None:
        return ""
    try:
        day = date.fromisoformat(found[1])
    except ValueError:
        return ""
    return day.isoformat() if day.year >= FIRST_YEAR else ""
