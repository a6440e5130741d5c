"""A library that is not to be read on the event loop, where everybody would wait for its lock and its disk."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from retrieval import Library


def refuse_on_the_loop() -> None:
    """Let whoever reads the library there fail; the launcher calls this before the program."""
    real = Library.manifest

    def manifest(self: Library, **options: Any) -> Any:
        with suppress(RuntimeError):  # there is no loop in this thread
            asyncio.get_running_loop()
            raise AssertionError("the library was read on the event loop")
        return real(self, **options)

    setattr(Library, "manifest", manifest)  # noqa: B010 (its type is no business of the tests)
