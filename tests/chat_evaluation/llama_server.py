"""llama.cpp's server until standard input ends: ``PYTHON llama_server.py MODEL`` prints the address that it listens at.

A script of its own, because ``xllamacpp`` lies in an environment of its own.
"""

from __future__ import annotations

import sys

import xllamacpp

# Five passages of 160 words, instructions, an answer and a second try stay well under it.
CONTEXT_TOKENS = 8192


def main() -> None:
    """Serve one model on loopback, one answer at a time."""
    params = xllamacpp.CommonParams()
    params.model.path = sys.argv[1]
    params.hostnames = ["127.0.0.1"]
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    params.ui = False
    params.offline = True
    params.verbosity = 0
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)  # noqa: T201 (whoever started it reads this)
    sys.stdin.read()


main()
