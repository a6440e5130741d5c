"""A chat model on this machine, started when it is first asked."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from bot.evaluation.errors import EvaluationError

SERVER = Path(__file__).with_name("llama_server.py")


class LocalModel:
    """The server of llama.cpp with a model; nothing is fetched or started until somebody wants its address.

    Args:
        weights: Finds the model's file, or fetches it.
        python: An interpreter that has ``xllamacpp``.
    """

    def __init__(self, weights: Callable[[], Path], python: str) -> None:
        self._weights = weights
        self._python = python
        self._server: subprocess.Popen[str] | None = None
        self._address = ""

    def address(self) -> str:
        """The base address of the server, as clients want it.

        Raises:
            EvaluationError: If there is no such model, or its server does not start.
        """
        if self._server is None:
            weights = self._weights()
            command = [self._python, str(SERVER), str(weights)]
            # Its standard input ends with this process, however that ends; then the server does, too.
            self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            self._address = self._server.stdout.readline().strip() if self._server.stdout else ""
            if not self._address:
                raise EvaluationError(f"{weights} cannot be served; what its server says of it stands above.")
        return f"{self._address}/v1"

    def __enter__(self) -> LocalModel:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.communicate()
