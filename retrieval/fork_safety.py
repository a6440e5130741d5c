"""What a forked process cannot take over: threads that only its parent has, and locks that nobody there lets go of."""

from __future__ import annotations

import _thread
import ctypes
import os
import weakref
from collections.abc import Callable
from typing import Any, TypeVar

Owner = TypeVar("Owner")

_renewals: weakref.WeakKeyDictionary[Any, Callable[[Any], object]] = weakref.WeakKeyDictionary()


def renewed_in_fork(owner: Owner, renew: Callable[[Owner], object]) -> None:
    """Call ``renew(owner)`` in every process that is forked from this one, as long as ``owner`` lives."""
    _renewals[owner] = renew


def never_end(thing: object) -> None:
    """Keep a parent's compiled object from being taken apart here: it would wait for its threads for ever."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))


class ForkedLock(_thread.RLock):  # type: ignore[misc]
    """A lock that its holder may take again, and that nobody holds in a forked process.

    It is compiled as a whole: where Python ran while it is taken or let go, Ctrl-C could leave it taken for ever.
    """

    def __init__(self) -> None:
        renewed_in_fork(self, lambda lock: lock._at_fork_reinit())  # type: ignore[attr-defined]


def _renew_all() -> None:
    for owner, renew in list(_renewals.items()):
        renew(owner)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_all)
