"""A process that is forked from one that has asked, asks too, and ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PATIENCE = 120  # seconds, after which it has hung
ASK_AND_FORK = """
SECONDS = 60
import asyncio, faulthandler, os, pathlib, sys, threading
import bot.extractive.reader.span_reader, retrieval.models.onnx_embedder, retrieval.models.onnx_runtime
for module in (bot.extractive.reader.span_reader, retrieval.models.onnx_embedder, retrieval.models.onnx_runtime):
    module.count_processors = lambda: 2
from bot import AnswerChain
from retrieval import StorageError, fork_safety
from retrieval.index.chroma.store import FORKED, ChromaStore

async def ask_asynchronously():
    return [snapshot async for snapshot in chain.astream(question)][-1].text, (await chain.ainvoke(question)).text

def everything():
    return chain.invoke(question).text, asyncio.run(ask_asynchronously())

question = "Who resigned in 2019?"
chain = AnswerChain.from_settings()
bot.extractive.reader.open_reader().load_all()
vectors = ChromaStore(pathlib.Path(sys.argv[1]))
vectors.add(["1", "2"], [[1.0, 0.0], [0.0, 1.0]])
before = everything()

# Whatever another thread is doing at that moment, it does not do it in the forked process.
holding, done = threading.Event(), threading.Event()
def hold():
    locks = [owner for owner in fork_safety._renewals if isinstance(owner, fork_safety.ForkedLock)]
    assert len(locks) > 5
    for lock in locks:
        lock.acquire()
    holding.set()
    done.wait()
    for lock in locks:
        lock.release()
holder = threading.Thread(target=hold)
holder.start()
holding.wait()
child = os.fork()
if child == 0:
    faulthandler.dump_traceback_later(SECONDS, exit=True)
    assert everything() == before
    try:
        vectors.ids()
    except StorageError as error:
        assert str(error) == FORKED
        sys.exit()
_, status = os.waitpid(child, 0)
done.set()
holder.join()
assert (everything(), vectors.ids()) == (before, {"1", "2"})
sys.exit(os.waitstatus_to_exitcode(status) % 256)
"""


@pytest.mark.usefixtures("programs")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_a_forked_process_asks_and_ends_whatever_its_parent_was_doing(seeded_home: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", ASK_AND_FORK, str(tmp_path / "vectors")],
        env={**os.environ, "PULLQUOTE_HOME": str(seeded_home)},
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
