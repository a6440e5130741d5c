"""Who somebody is, without saying who: a keyed hash that only this data folder can make."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from datetime import date
from pathlib import Path
from typing import Self

from bot.discord.records.database import RecordsError, filed_under, private_folder, records_errors
from retrieval.files import PRIVATE

KEY_FILE = "identity.key"
KEY_BYTES = 32
HASH_HEX_DIGITS = 32


class Pseudonyms:
    """Gives people pseudonyms: hashes that only this key makes.

    The server goes into the hash, so that nobody can be followed from one server to another, and the day where one is
    given, so that nobody can be followed from one day to the next.

    Args:
        key: The secret, of ``KEY_BYTES`` bytes.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
        self._key = key

    @classmethod
    def open(cls, home: Path) -> Self:
        """Read the key under ``home``; the first time, one is made.

        Raises:
            RecordsError: If the key cannot be read or written, or is none.
        """
        path = private_folder(home) / KEY_FILE
        with records_errors(path):
            if not path.exists():
                _make_key(path)
            key = path.read_bytes()
        try:
            return cls(key)
        except ValueError:
            raise RecordsError(
                f"The key in {path} is damaged; restore it from a backup, or delete it, and everybody counts as a "
                "new person."
            ) from None

    def hash(self, guild_id: int | None, user_id: int, day: date | None = None) -> str:
        """The hash of a person in one server, or in direct messages, and on one day if it is given."""
        message = f"{filed_under(guild_id)}:{user_id}:{day.isoformat() if day else ''}"
        return hmac.new(self._key, message.encode("ascii"), hashlib.sha256).hexdigest()[:HASH_HEX_DIGITS]


def _make_key(path: Path) -> None:
    """Write a new key whole before it gets its name; where another process was faster, its key stays."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.aside")
    try:
        with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(aside)
    except FileExistsError:
        pass
    finally:
        aside.unlink(missing_ok=True)
