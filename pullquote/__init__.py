"""Answers with proven quotes: the names that are promised, in one place.

They live in two packages: ``bot`` turns questions into answers, ``retrieval`` turns documents into passages. Names are
loaded when they are first used, so that importing the package costs next to nothing.

Raises:
    ImportError: At the first name that is used, if another module is called ``bot`` or ``retrieval`` and hides ours.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import get_data
from typing import Any

# They stand once, in the stub that type checkers read. What else would read them lies in a package that may be hidden.
_STUB = get_data(__name__, "__init__.pyi") or b""
_NAMES = [line.split()[3] for line in _STUB.decode("utf-8").splitlines() if line.startswith("from ")]
__all__ = sorted(["__version__", *_NAMES])  # noqa: PLE0605 (the rule knows no sorted list)


DOORS = ("bot", "retrieval")


def check_doors() -> None:
    """See to it that ``bot`` and ``retrieval`` are ours, before what hides them is run.

    Raises:
        ImportError: If they are not. Python looks first into the folder of the script that it runs; with ``-m``, into
            the one where it is started.
    """
    for name in DOORS:
        try:
            spec = find_spec(name)
        except ValueError:  # what stands in for it in this process came from nowhere
            spec = None
        origin = spec.origin if spec else None
        if origin is None or Path(origin).parent != Path(__file__).parent.with_name(name):
            raise ImportError(
                f"{origin or 'Something else'} hides Pullquote's own package “{name}”; "
                "rename it, or move it to another folder.",
                name=name,
                path=origin,
            )


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    check_doors()
    if name == "__version__":
        return import_module("retrieval.version").VERSION
    bot, retrieval = map(import_module, DOORS)
    return getattr(bot if name in bot.__all__ else retrieval, name)


def __dir__() -> list[str]:
    return __all__
