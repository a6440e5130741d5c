"""What the list tells about a document besides its title."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.discord.library.collections import EVERYBODY, DocumentAccess
from bot.discord.library.document_details import DocumentDetails
from bot.discord.records.additions import Addition
from bot.discord.texts import LANGUAGES

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
STAFF = DocumentAccess(channels=frozenset({9, 5}), roles=frozenset({7}))


def details(access: DocumentAccess = EVERYBODY, size: int = 12_345, *, is_lost: bool = False) -> DocumentDetails:
    return DocumentDetails(access, is_lost, Addition("a" * 12, 42, NOON, size))


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (details(), "-# Added by <@42> on <t:1796040000:d> · 12 kB · for everybody"),
        (details(size=1), "-# Added by <@42> on <t:1796040000:d> · 1 kB · for everybody"),
        (details(STAFF, 2_560_000), "-# Added by <@42> on <t:1796040000:d> · 2.6 MB · for <#5>, <#9>, <@&7>"),
        (DocumentDetails(STAFF), "-# For <#5>, <#9>, <@&7>"),
        (DocumentDetails(), "-# For everybody"),
    ],
)
def test_a_line_tells_who_when_how_large_and_for_whom(told: DocumentDetails, line: str) -> None:
    assert told.line(ENGLISH) == line


def test_what_nobody_sees_any_more_says_what_to_do() -> None:
    assert "/library access" in details(STAFF, is_lost=True).line(ENGLISH)
    assert "<#" not in details(STAFF, is_lost=True).line(ITALIAN)


def test_a_file_has_no_marks_that_stay_marks() -> None:
    assert details(STAFF).plain_line(ENGLISH) == "  2026-11-30 · 12 kB · not for everybody"
    assert details(STAFF).plain_line(ITALIAN) == "  2026-11-30 · 12 kB · non per tutti"
