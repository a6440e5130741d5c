"""Reading files in worker processes, so that a hostile one costs a process and not the program.

A worker gets bytes and gives text (``worker.py``): it has no files to write, limited memory, and limited time, after
which it is ended. On Linux the kernel also refuses it sockets, names of files and programs (``seccomp.py``). On macOS
its memory is not limited, because the system does not enforce ``RLIMIT_AS``.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.formats import Format
from retrieval.loaders.load_errors import too_much
from retrieval.loaders.sandbox.frames import HEAD, MAX_CONTENT_BYTES, MAX_FACTS_BYTES, frame
from retrieval.loaders.sandbox.worker_answers import BROKEN_DOWN, answered_picture, answered_text, crashed

# Who records nothing shall not be told on standard error either.
logger = logging.getLogger(__name__)
logger.addHandler(logging.NullHandler())

# So many files may be read at once; more callers wait.
WORKERS = 2
# Libraries leak; a fresh process costs a moment.
FILES_A_WORKER = 200
PIECE = 1 << 20
ENDING_SECONDS = 5
# Of what a worker's compiled libraries write so much is kept, the last of it, until it ends.
LAST_WORDS_BYTES = 8_192
# What a Python needs to start at all on some systems. Nothing else of the environment, keys above all, gets there.
PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "PYTHONHOME")

TOO_SLOW = "{name} takes longer than %s seconds to read; split it into smaller files, or save it as plain text."
NO_PROCESS = "{name} cannot be read now, because no process can be started for it; close other programs and try again."


class Sandbox:
    """Keeps a few workers and gives them files to read; safe to share between threads."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._slots = threading.BoundedSemaphore(WORKERS)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []

    def extract(self, file_format: Format, data: bytes) -> Extracted:
        """What the format's module makes of a file's bytes.

        Raises:
            SourceError: If it refuses them, breaks down over them or takes too long; ``{name}`` stands for the file.
        """
        return answered_text(*self._ask(file_format, file_format.module, None, data))

    def draw(self, file_format: Format, data: bytes, page: int) -> bytes:
        """A picture of a page, as the format's module for pictures draws it (PNG).

        Raises:
            SourceError: As from ``extract``.
        """
        return answered_picture(*self._ask(file_format, file_format.pictures, page, data))

    def _ask(self, file_format: Format, module: str, page: int | None, data: bytes) -> tuple[dict[str, Any], bytes]:
        facts = {"module": module, "page": page, "seconds": file_format.seconds}
        with self._slots:
            worker = self._take()
            try:
                try:
                    answer = worker.ask(file_format, facts, data)
                except _EndedError:  # it had had nothing to do for so long that it went, just now
                    worker.end()
                    worker = _Worker()
                    answer = worker.ask(file_format, facts, data)
            except BaseException:
                worker.end()
                raise
            self._give_back(worker)
        return answer

    def close(self) -> None:
        """End the workers that have nothing to do; the next file starts one anew."""
        with self._lock:
            workers, self._idle = self._idle, []
        for worker in workers:
            worker.end()

    def forget(self) -> None:
        """Begin anew in a process that was forked: the workers are another's."""
        for worker in self._idle:
            worker.abandon()
        self._begin()

    def _take(self) -> _Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive():
                    return worker
                worker.end()
        return _Worker()

    def _give_back(self, worker: _Worker) -> None:
        if worker.files < FILES_A_WORKER:
            with self._lock:
                self._idle.append(worker)
        else:
            worker.end()


class _EndedError(SourceError):
    """A worker ended in order, without an answer."""


class _Worker:
    """One worker process."""

    def __init__(self) -> None:
        self.files = 0
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        # The same modules are found as here, whatever the working folder is.
        environment["PYTHONPATH"] = os.pathsep.join(os.path.abspath(path) for path in sys.path)  # noqa: PTH100 ('' too)
        environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "retrieval.loaders.sandbox.worker"],
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=os.sep,
                env=environment,
                start_new_session=True,  # Ctrl-C is for the program, which then ends its workers
            )
        except OSError:
            raise SourceError(NO_PROCESS) from None
        streams = (self._process.stdin, self._process.stdout, self._process.stderr)
        self._requests, self._answers, self._errors = (stream.fileno() for stream in streams if stream is not None)
        for descriptor in (self._requests, self._answers, self._errors):
            os.set_blocking(descriptor, False)
        self._last_words = b""

    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def ask(self, file_format: Format, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        """The answer to one request about a file: its facts and its content.

        Raises:
            SourceError: If none comes; the worker is of no use any more then.
        """
        self.files += 1
        try:
            answer, facts_length = self._exchange(frame(request, data), time.monotonic() + file_format.seconds)
        except TimeoutError:
            raise _too_slow(file_format) from None
        except EOFError:
            raise self._ended(file_format) from None
        try:
            content_start = HEAD.size + facts_length
            return json.loads(answer[HEAD.size : content_start]), bytes(memoryview(answer)[content_start:])
        except (ValueError, RecursionError):
            raise crashed() from None

    def end(self) -> None:
        """End the process, whatever it is doing, and wait until it is gone."""
        with self._process:
            self._process.kill()

    def abandon(self) -> None:
        """Leave the process to whoever started it: no child of this one can be waited for."""
        self._process.returncode = 0

    def _exchange(self, request: tuple[bytes, bytes], deadline: float) -> tuple[bytearray, int]:
        """Write the request and read the answer, both as far as the pipes allow; also how long the facts are.

        Raises:
            TimeoutError: If the answer is not complete by ``deadline`` (of the monotonic clock).
            EOFError: If there will be none.
            SourceError: If it would be larger than any answer may be.
        """
        parts = [memoryview(part) for part in request if part]
        answer, facts_length, whole = bytearray(), 0, HEAD.size
        with selectors.DefaultSelector() as selector:
            selector.register(self._requests, selectors.EVENT_WRITE)
            for descriptor in (self._answers, self._errors):
                selector.register(descriptor, selectors.EVENT_READ)
            while len(answer) < whole:
                left = deadline - time.monotonic()
                ready = selector.select(left) if left > 0 else []
                if not ready:
                    raise TimeoutError
                for key, _ in ready:
                    if key.fd == self._requests:
                        parts = self._write(parts)
                        if not parts:
                            selector.unregister(self._requests)
                        continue
                    if key.fd == self._errors:
                        if not self._listen():
                            selector.unregister(self._errors)
                        continue
                    piece = os.read(self._answers, PIECE)
                    if not piece:
                        raise EOFError
                    answer += piece
                    if whole == HEAD.size <= len(answer):
                        facts_length, content_length = HEAD.unpack_from(answer)
                        if facts_length > MAX_FACTS_BYTES or content_length > MAX_CONTENT_BYTES:
                            raise too_much()
                        whole += facts_length + content_length
        return answer, facts_length

    def _write(self, parts: list[memoryview]) -> list[memoryview]:
        """Write what the pipe takes now; returns what is left. A worker that is gone tells it by its answers' end."""
        try:
            written = os.write(self._requests, parts[0][:PIECE])
        except BrokenPipeError:
            return []
        rest = parts[0][written:]
        return [rest, *parts[1:]] if rest else parts[1:]

    def _listen(self) -> bool:
        """Take what a library has written to standard error; False when there will be no more."""
        piece = os.read(self._errors, PIECE)
        self._last_words = (self._last_words + piece)[-LAST_WORDS_BYTES:]
        return bool(piece)

    def _ended(self, file_format: Format) -> SourceError:
        """Why the process ended without an answer."""
        try:
            code = self._process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            code = -signal.SIGKILL
        if code == 0:
            return _EndedError(BROKEN_DOWN, SourceProblem.TOO_COMPLEX)
        with suppress(BlockingIOError):
            while self._listen():
                pass
        words = self._last_words.decode("utf-8", "backslashreplace")
        logger.warning("What reads files ended with %d over %s. Its last words: %s", code, file_format.name, words)
        if code in (-signal.SIGXCPU, -signal.SIGALRM):
            return _too_slow(file_format)
        return crashed()


def _too_slow(file_format: Format) -> SourceError:
    return SourceError(TOO_SLOW % f"{file_format.seconds:g}", SourceProblem.TOO_COMPLEX)


SANDBOX = Sandbox()
atexit.register(SANDBOX.close)
os.register_at_fork(after_in_child=SANDBOX.forget)
