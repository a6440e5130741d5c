"""What the system sees of the program, its compiled libraries included: no network, and no file where none belongs.

pytest-socket sees the sockets of Python alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 120  # seconds, after which the program has hung
TOUR = """
import sys
from bot.cli.main import main
for line in ("index note.html note.csv", "ask Who keeps the lighthouse?", "search bees", "chat"):
    sys.argv = ["pullquote", *line.split()]
    assert main() == 0, line
"""
# Calls that reach for another machine, or for the name of one. Local sockets and a port of one's own are neither.
REACHES_OUT = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(.*AF_INET|/etc/(?:resolv\.conf|hosts)\"")
MAKES_FILE = re.compile(r"\b(?:openat\(AT_FDCWD, |open\(|creat\(|mkdir\(|mkdirat\(AT_FDCWD, )\"([^\"]+)\"(.*)")


@pytest.fixture
def strace(programs: None) -> list[str]:
    """A command that follows another one and writes down its calls."""
    command = ["strace", "--seccomp-bpf", "-f", "-e", "trace=%network,open,openat,creat,mkdir,mkdirat"]
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed here")
    tried = subprocess.run([*command, "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"strace may not look at programs here: {tried.stderr.strip()}")
    return command


def test_nothing_is_looked_up_connected_to_or_left_behind(strace: list[str], tmp_path: Path) -> None:
    home, user, temporary = tmp_path / "home", tmp_path / "user", tmp_path / "temporary"
    for folder in (user, temporary):
        folder.mkdir()
    Path("note.html").write_text("<p>Ada Lamp keeps the lighthouse of Norr.</p>", encoding="utf-8")
    Path("note.csv").write_text("name,keeps\nBruno Hive,bees\n", encoding="utf-8")
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("ORT_", "XDG_"))}
    calls = tmp_path / "calls"
    done = subprocess.run(
        [*strace, "-o", str(calls), sys.executable, "-c", TOUR],
        input="Who keeps the bees?\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={
            **variables,
            "HOME": str(user),
            "XDG_CACHE_HOME": str(user),
            "TMPDIR": str(temporary),
            "PULLQUOTE_HOME": str(home),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(REPOSITORY),
        },
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Ada Lamp keeps the lighthouse" in done.stdout
    assert list(user.iterdir()) == []
    assert list(temporary.iterdir()) == []
    seen = calls.read_text("utf-8", "replace").splitlines()
    assert [line for line in seen if REACHES_OUT.search(line)] == []
    made = [call[1] for line in seen if (call := MAKES_FILE.search(line)) and ("mkdir" in line or "O_CREAT" in call[2])]
    assert made, "or nothing was written down"
    assert [path for path in made if not Path(path).is_relative_to(home) and not path.startswith(str(temporary))] == []
