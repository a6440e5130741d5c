"""Programs that read files: they are killed, close their standard streams, and fork."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest


def run_python(code: str, **options: object) -> subprocess.Popen[bytes]:
    """A program of its own that reads files."""
    head = (
        "from tests.retrieval.loaders.sandbox.test_pool import MISBEHAVING, Sandbox\n"
        "import os, sys\n"
        "sandbox = Sandbox()\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    code = head + textwrap.dedent(code)
    return subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]


def is_gone(pid: int, seconds: float) -> bool:
    """Whether the process ends within that time; one that nobody has waited for yet has ended, too."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.usefixtures("programs")
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
def test_when_the_program_is_killed_its_workers_end() -> None:
    program = run_python(
        """
        print(sandbox.extract(MISBEHAVING, b"tell pid").text, flush=True)
        sys.stdin.read()
    """,
        stdin=subprocess.PIPE,
    )
    with program:
        assert program.stdout is not None
        pid = int(program.stdout.readline())
        assert not is_gone(pid, 0.2)
        program.kill()
    assert is_gone(pid, 5)


@pytest.mark.usefixtures("programs")
def test_the_standard_streams_may_be_closed() -> None:
    program = run_python("""
        keep = os.dup(1)
        for descriptor in (0, 1, 2):
            os.close(descriptor)
        text = sandbox.extract(MISBEHAVING, b"chatter").text
        text += sandbox.extract(MISBEHAVING, b"fine").text
        os.write(keep, text.encode())
        sandbox.close()
        os._exit(0)
    """)
    out, _ = program.communicate(timeout=60)
    assert (program.returncode, out) == (0, b"Fine.Fine.")


@pytest.mark.usefixtures("programs")
def test_a_forked_process_starts_workers_of_its_own() -> None:
    program = run_python("""
        import signal, threading, time
        from retrieval.loaders.sandbox.pool import SANDBOX as sandbox
        mine = sandbox.extract(MISBEHAVING, b"tell pid").text
        busy = [threading.Thread(target=sandbox.extract, args=(MISBEHAVING, b"slowly 2")) for _ in range(2)]
        for thread in busy:
            thread.start()
        time.sleep(0.5)
        child = os.fork()
        if child == 0:
            signal.alarm(20)
            theirs = sandbox.extract(MISBEHAVING, b"tell pid").text
            sandbox.close()
            os._exit(0 if theirs != mine else 1)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        for thread in busy:
            thread.join()
        print(code, sandbox.extract(MISBEHAVING, b"fine").text)
    """)
    out, _ = program.communicate(timeout=60)
    assert out == b"0 Fine.\n"
