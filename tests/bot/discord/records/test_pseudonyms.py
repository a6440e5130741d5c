"""The hash of a person: always the same one here, and nobody else's."""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.discord.records.database import RecordsError
from bot.discord.records.pseudonyms import KEY_BYTES, KEY_FILE, Pseudonyms
from tests.faults.conftest import mounted, remount

__all__ = ["mounted"]

KEY = bytes(range(KEY_BYTES))
IDS = st.integers(1, 2**63 - 1)
WHO = st.tuples(st.none() | IDS, IDS, st.none() | st.dates())


def test_the_hash_is_a_keyed_one() -> None:
    expected = hmac.new(KEY, b"7:42:2026-03-14", hashlib.sha256).hexdigest()[:32]
    assert Pseudonyms(KEY).hash(7, 42, date(2026, 3, 14)) == expected


@given(WHO, WHO)
def test_no_two_share_a_hash_not_even_one_person_in_two_servers_or_on_two_days(
    one: tuple[int | None, int, date | None], other: tuple[int | None, int, date | None]
) -> None:
    assume(one != other)
    pseudonyms = Pseudonyms(KEY)
    assert pseudonyms.hash(*one) != pseudonyms.hash(*other)
    assert pseudonyms.hash(*one) == pseudonyms.hash(*one)


def test_digits_do_not_wander_from_the_server_to_the_person() -> None:
    assert Pseudonyms(KEY).hash(12, 3) != Pseudonyms(KEY).hash(1, 23)


def test_another_key_makes_other_hashes() -> None:
    assert Pseudonyms(KEY).hash(1, 2) != Pseudonyms(bytes(KEY_BYTES)).hash(1, 2)


def test_the_key_is_made_once_and_for_its_owner_alone(home: Path) -> None:
    made = Pseudonyms.open(home).hash(1, 2)
    assert Pseudonyms.open(home).hash(1, 2) == made
    path = home / "discord" / KEY_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == [KEY_FILE]
    assert Pseudonyms.open(home.with_name("elsewhere")).hash(1, 2) != made


def test_those_who_come_at_once_agree_on_one_key(home: Path) -> None:
    together = threading.Barrier(8)

    def opened(_: int) -> str:
        together.wait()
        return Pseudonyms.open(home).hash(1, 2)

    with ThreadPoolExecutor(8) as executor:
        assert len(set(executor.map(opened, range(8)))) == 1


def test_who_comes_second_keeps_the_first_ones_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Pseudonyms.open(home).hash(1, 2)
    monkeypatch.setattr(Path, "exists", lambda path: False)  # looked a moment before the other was done
    assert Pseudonyms.open(home).hash(1, 2) == made
    assert [file.name for file in (home / "discord").iterdir()] == [KEY_FILE]


@pytest.mark.parametrize("content", [b"", KEY[:-1], KEY + b"\n"])
def test_a_key_of_the_wrong_length_is_told_and_left_alone(home: Path, content: bytes) -> None:
    Pseudonyms.open(home)
    path = home / "discord" / KEY_FILE
    path.write_bytes(content)
    with pytest.raises(RecordsError) as caught:
        Pseudonyms.open(home)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


def test_a_key_that_cannot_be_read_is_told(home: Path) -> None:
    path = home / "discord" / KEY_FILE
    path.mkdir(parents=True)
    with pytest.raises(RecordsError, match="cannot be used"):
        Pseudonyms.open(home)


def test_a_key_that_cannot_be_written_is_told(mounted: Callable[[str], Path]) -> None:
    home = mounted("1m")
    (home / "discord").mkdir(mode=0o700)
    remount(home, "ro")
    with pytest.raises(RecordsError, match="readable and writable"):
        Pseudonyms.open(home)
    remount(home, "rw")
    Pseudonyms.open(home)


def test_a_key_of_the_wrong_length_is_no_key() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Pseudonyms(b"short")
