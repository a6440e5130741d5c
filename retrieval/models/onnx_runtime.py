"""Networks that come with the package, run on the processors that are really there."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from retrieval.files import sha256_of
from retrieval.fork_safety import ForkedLock, never_end, renewed_in_fork
from retrieval.models.cpu_count import count_processors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Given = TypeVar("Given")
Made = TypeVar("Made")

# How many values of one caller are in the queue at most, for each processor: few, for others wait behind them, but
# enough that no processor has nothing to do.
QUEUED = 4


def open_session(weights: Path, threads: int = 1) -> InferenceSession:
    """A network, ready to run; it may be shared between threads.

    Two threads that read a text each are faster than two that share one, because these wait for each other after every
    step; ``run_each`` is made for that. Where one text is all there is to read, several threads are faster than one.

    Args:
        weights: The network.
        threads: How many processors share the work on one text.

    Raises:
        Exception: Whatever ONNX Runtime raises for a file that is none of its own.
    """
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    # Threads that share a text keep their processors busy while they wait for the next step, but not once all is done.
    options.add_session_config_entry("session.force_spinning_stop", "1")
    options.log_severity_level = 3
    return InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])


def load_meanwhile(*loads: Callable[[], object]) -> None:
    """Begin to load networks, one after the other, while the caller goes on with something else.

    ONNX Runtime and hashing need none of Python meanwhile. Whoever needs a network loads it as ever: they wait until it
    is there, and meet what went wrong.

    Args:
        loads: What loads one, and may be called again.
    """
    import onnxruntime  # noqa: F401 (here, so that no two threads import at once)
    import tokenizers  # noqa: F401

    def load_each() -> None:
        for load in loads:
            load()

    _pool().submit(load_each)


def sessions_renewed(owner: object, *names: str) -> None:
    """Have ``owner`` open the networks that it keeps under these names anew in every forked process.

    The threads of a session are not forked with it, and one that another thread was running stays in the middle of it.
    """

    def forget(owner: object) -> None:
        for name in names:
            never_end(owner.__dict__.pop(name, None))

    renewed_in_fork(owner, forget)


def run_each(
    function: Callable[[Given], Made], given: Sequence[Given], meanwhile: Callable[[], object] | None = None
) -> list[Made]:
    """Call ``function`` with each of some values, on all processors that are there; results in the same order.

    Callers take turns: whoever has many values, as indexing has, lets those of others, as of a question, in between.

    Args:
        function: What to call.
        given: The values.
        meanwhile: What the processor may do that is through first, while another still works; left out where only one
            has something to do, and where nobody has begun it when all values are done.
    """
    available = count_processors()
    if len(given) < 2 or available == 1:
        return [function(one) for one in given]
    made: list[Made] = []
    queued: deque[Future[Made]] = deque()
    beside: Future[object] | None = None
    try:
        for one in given:
            if len(queued) == QUEUED * available:
                made.append(queued.popleft().result())
            queued.append(_pool().submit(function, one))
        beside = _pool().submit(meanwhile) if meanwhile else None
        while queued:
            made.append(queued.popleft().result())
        if beside and not beside.cancel():
            beside.result()
    finally:
        for future in queued:  # there are some when one has failed
            future.cancel()
        if beside:
            beside.cancel()
    return made


def open_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer in a file, which cuts and pads nothing; one object for all files with the same content.

    Raises:
        Exception: Whatever ``tokenizers`` raises for a file that is none of its own.
    """
    from tokenizers import Tokenizer

    with _opening:
        sha256 = sha256_of(path)
        if sha256 not in _tokenizers:
            tokenizer = _tokenizers[sha256] = Tokenizer.from_file(str(path))
            tokenizer.no_truncation()
            tokenizer.no_padding()
        return _tokenizers[sha256]


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count_processors(), thread_name_prefix="networks")


renewed_in_fork(_pool, lambda pool: pool.cache_clear())


# The networks that come with the package read the same words.
_tokenizers: dict[str, Tokenizer] = {}
_opening = ForkedLock()
