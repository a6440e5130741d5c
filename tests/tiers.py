"""What a run holds, chosen with ``PROFILE``: what is quick, all of ``make test``, or also what CI or the soak adds."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import hypothesis
import pytest

# How many examples a property is tried with.
EXAMPLES = {"quick": 10, "test": 20, "ci": 100, "soak": 1_000}
PROFILE = os.environ.get("PROFILE") or "test"

TESTS = Path(__file__).parent
# The doubles with behaviour of their own, and their own tests.
DOUBLES = (
    "bot/chat_server",
    "bot/test_chat_server.py",
    "discord/fake",
    "discord/test_fake_*.py",
    "discord/tiny_bot.py",
)
DOUBLES_TESTS = ("bot/chat_server/test_*.py", "bot/test_chat_server.py", "discord/test_fake_*.py")

# What loads PyTorch, learns, or asks whole sets of questions; together as long as half of all else that is quick.
LONG_TESTS = (
    *(
        "bot/evaluation/test_runner.py",
        "bot/evaluation/test_main.py",
        "bot/training/test_*.py",
        "quality/test_quality.py",
    ),
    *("retrieval/text/test_dictionaries.py", "retrieval/models/test_langchain.py"),
    *("bot/extractive/reader/test_published_*.py", "bot/chat/verification/test_published_*.py"),
)

STARTS = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "socket.bind"}

# At hand, properties look somewhere new each time; in CI a change is judged by the same examples as the last one.
# How long an example takes says something about the machine, not about the code.
hypothesis.settings.register_profile(
    PROFILE,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=PROFILE == "ci",
    max_examples=EXAMPLES.get(PROFILE, 1),
)
hypothesis.settings.load_profile(PROFILE)


def pytest_configure(config: pytest.Config) -> None:
    if PROFILE not in EXAMPLES:
        raise pytest.UsageError(f"PROFILE is “{PROFILE}”; it must be one of {', '.join(EXAMPLES)}.")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out the doubles' own tests, but for CI and where a double was changed, and what is long where it is quick.

    A file that is named runs anyway.
    """

    def is_one_of(patterns: tuple[str, ...]) -> bool:
        return any(collection_path.match(f"tests/{pattern}") for pattern in patterns)

    if PROFILE == "quick":
        return is_one_of(DOUBLES_TESTS + LONG_TESTS) or None
    return (PROFILE != "ci" and is_one_of(DOUBLES_TESTS) and not doubles_changed()) or None


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over the half a million objects that importing makes, and come by less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@cache
def doubles_changed() -> bool:
    """Whether a double differs from what was committed."""
    status = ["git", "status", "--porcelain", "--", *DOUBLES]
    try:
        return bool(subprocess.run(status, cwd=TESTS, capture_output=True, check=False).stdout)
    except OSError:  # no git
        return False


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where it must be quick, leave out what starts a program or a server, and see to it that nothing else does."""
    if PROFILE != "quick":
        return
    starting = [item for item in items if starts(item)]
    config.hook.pytest_deselected(items=starting)
    items[:] = [item for item in items if item not in set(starting)]
    sys.addaudithook(refuse_starts)


def starts(item: pytest.Item) -> bool:
    """Whether the test, or a fixture that it uses, says that it starts something."""
    return "programs" in getattr(item, "fixturenames", ()) or item.get_closest_marker("enable_socket") is not None


def refuse_starts(event: str, arguments: tuple[object, ...]) -> None:
    """Fail whatever starts a program, or a server on an address that is no path."""
    if event in STARTS and not (event == "socket.bind" and isinstance(arguments[1], str | bytes)):
        pytest.fail("This starts a program or a server without using the fixture `programs`; see tests/conftest.py.")
