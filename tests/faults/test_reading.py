"""Short forms of what ``make soak`` does for long."""

from __future__ import annotations

from bot import Settings
from tests.faults.client import Client
from tests.faults.reading import held_after, read_beside_a_writer


def test_readers_beside_a_writer_see_one_version_wholly_and_never_an_older_one_again(
    client: Client, settings: Settings, few: int
) -> None:
    asked, versions = read_beside_a_writer(client, settings, few, readers=2, versions=12)
    assert asked > versions


def test_nothing_stays_open_of_snapshots_that_are_gone(settings: Settings) -> None:
    first, last = held_after(settings, 25)
    # A few files come and go by themselves; one kept by each snapshot would be many.
    assert all(after < before + 10 for before, after in zip(first, last, strict=True)), (first, last)
