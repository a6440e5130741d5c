"""Regular expressions that are compiled when they are first used: that takes longer than to use one once."""

from __future__ import annotations

import re
from typing import Any, cast


class _LatePattern:
    """Has the methods of a compiled pattern, and compiles it for the first of them that is asked for."""

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name == "_compiled":
            self._compiled = re.compile(self._pattern, self._flags)
            return self._compiled
        found = getattr(self._compiled, name)
        setattr(self, name, found)  # it is not looked for again
        return found


def late_pattern(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """As ``re.compile``, for a pattern that many questions do not need."""
    return cast("re.Pattern[str]", _LatePattern(pattern, flags))
