"""A package whose names are loaded when they are first used, so that importing it costs next to nothing."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import get_data
from typing import Any


def lazy_names(package: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """What a package defines as its ``__getattr__``, ``__dir__`` and ``__all__``.

    Its names, and where each lives, stand once: in its stub, as ``from MODULE import NAME as NAME``, line by line. Type
    checkers read the same lines.

    Args:
        package: The package's ``__name__``.
    """
    stub = get_data(package, "__init__.pyi") or b""  # through the loader: the package may lie in a zip archive
    imports = [line.split() for line in stub.decode("utf-8").splitlines() if line.startswith("from ")]
    homes = {name: module for _, module, _, name, *_ in imports}

    def get(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(homes[name]), name)

    names = sorted(homes)
    return get, lambda: names, names
