"""Runs that are killed: what may be seen of their libraries afterwards, and ``kill -9`` at a random moment."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import Settings
from retrieval import HybridSearch, Library, verify_collection
from tests.faults.acts import commit_each_document
from tests.faults.client import Client
from tests.faults.conftest import LIGHTHOUSE, WINDMILL, answers, copied, write_guide
from tests.faults.homes import orphans
from tests.faults.server import WordEmbeddings

SEED = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(1_000_000))
ACTS = ("index", "reindex", "remove")
KILLED = 137
OLD = "The lighthouse was built in 1853 by Eduard Rueber."
NEW = "The lighthouse was built in 1856 by Eduard Rueber."
MONKS = "The windmill on the hill was raised by monks."
# Documents that are indexed after the guide and the mill: what is asked about each, and what it says.
MORE = {
    "chapel.md": ("Who painted the chapel on the cliff?", "The chapel on the cliff was painted by nuns."),
    "bakery.md": ("Who opened the bakery by the bridge?", "The bakery by the bridge was opened by sisters."),
}
NOTHING = "not_found"
# What is asked, and the sentences that may be found, never two of them.
SAID = {LIGHTHOUSE: (OLD, NEW), WINDMILL: (MONKS,), **{question: (words,) for question, words in MORE.values()}}
CHANGED = "The file has changed since it was indexed"

# The sentence that is found for each question, or that there is none.
Seen = tuple[str, ...]


@dataclass(frozen=True)
class Killing:
    """A library of 1853, and how long it takes to bring it up to 1856, to rebuild it, or to remove the guide."""

    client: Client
    papers: Path
    library: Path
    seconds: dict[str, float]

    @classmethod
    def prepare(cls, client: Client, papers: Path, library: Path, scratch: Path) -> Killing:
        """Measure each act once, undisturbed."""
        killing = cls(client, papers, library, {})
        for name, (_, words) in MORE.items():
            (papers / name).write_text(f"# {Path(name).stem.title()}\n\n{words}\n")
        for act in ACTS:
            home = copied(library, scratch / act)
            argv, way = killing._arguments(act, home)
            began = time.monotonic()
            assert client.run(*argv, home=home, act=way).code == 0
            killing.seconds[act] = time.monotonic() - began
            assert look(home) == _states(act)[-1]
        return killing

    def kill(self, act: str, part: float, home: Path) -> str:
        """Kill a run of ``act`` after that part of its time, check all that was promised, and say what was left.

        Returns:
            ``old`` or ``new``, by which library the kill left, or ``between`` after some commits of several.
        """
        copied(self.library, home)
        argv, way = self._arguments(act, home)
        started = self.client.start(*argv, home=home, act=way)
        time.sleep(part * self.seconds[act])
        started.send(signal.SIGKILL)
        assert started.wait().code in (0, KILLED)
        states = _states(act)
        seen = look(home)
        assert seen in states, (act, part, seen)
        if act != "remove" or seen == states[0]:
            done = self.client.run(*argv, home=home, act=way)
            assert (done.code, done.err) == (0, ""), (act, part, done)
        else:  # it is gone, and cannot be removed again; whoever changes the library next clears away what is left
            assert self.client.run("reindex", home=home).code == 0
        assert look(home) == states[-1]
        assert orphans(home) == []
        asked = answers(self.client.run("ask", "--json", LIGHTHOUSE, home=home))
        assert asked == {LIGHTHOUSE: states[-1][0]}
        return "old" if seen == states[0] else "new" if seen == states[-1] else "between"

    def _arguments(self, act: str, home: Path) -> tuple[tuple[str, ...], str]:
        """What is called, and what is run in place of the plain program."""
        if act == "index":
            paths = (write_guide(self.papers, 1856), *(str(self.papers / name) for name in ("mill.md", *MORE)))
            return ("index", *paths), f"{commit_each_document.__module__}:{commit_each_document.__name__}"
        if act == "reindex":
            return ("reindex",), ""
        return ("sources", "remove", guide_id(home)), ""


def moments_of(client: Client, home: Path, *argv: str) -> dict[str, Path]:
    """Run the program to its end, and give what a kill would have left: a home for each moment, by its name."""
    if not Path("/proc/self/fd").exists():
        pytest.skip("this machine does not tell which folder a file descriptor stands for")
    folder = home.with_name("moments")
    done = client.run(*argv, home=home, moments=folder)
    assert (done.code, done.err) == (0, "")
    return {path.name.replace(":", "/"): path for path in sorted(folder.iterdir())}


def moment(act: str, number: int, kills: int) -> float:
    """A random part of a run, in the ``number``-th of so many stretches: moments are spread over all of it."""
    part = (number + random.Random(f"{SEED} {act} {number}").random()) / kills
    print(f"KILL_SEED={SEED} draws it again: {act} killed after {part:.4f} of its time")  # noqa: T201 (told on failure)
    return part


def _states(act: str) -> list[Seen]:
    """What may be seen of a library after a kill, from the old one to the new one, a document more with each commit."""
    old = (OLD, *(NOTHING for _ in list(SAID)[1:]))
    if act == "remove":
        return [old, (NOTHING, *old[1:])]
    if act == "reindex":
        return [old]
    new = (NEW, MONKS, *(words for _, words in MORE.values()))
    return [new[:count] + old[count:] for count in range(len(new) + 1)]


@contextmanager
def opened(home: Path, **settings: str) -> Iterator[Library]:
    """The library at ``home``, in this process."""
    library = Library(Settings(home=home, **settings), WordEmbeddings())  # type: ignore[arg-type]
    try:
        yield library
    finally:
        library.close()


def look(home: Path) -> Seen:
    """What the library at ``home`` has to say, once it is sure that nothing in it is damaged."""
    with opened(home) as library:
        assert_nothing_damaged(library)
        return tuple(said(library, question) for question in SAID)


def said(library: Library, question: str) -> str:
    """What is found for ``question``; both where two sentences are that exclude each other."""
    passages = HybridSearch(library).passages(question)
    return " ".join(words for words in SAID[question] if any(words in passage.text for passage in passages)) or NOTHING


def assert_nothing_damaged(library: Library) -> None:
    """A verification complains of nothing but of files that have changed since they were indexed."""
    checked = verify_collection(library, "default")
    assert checked.sources
    assert [problem for problem in checked.problems if not problem.startswith(CHANGED)] == []


def guide_id(home: Path) -> str:
    """By what the guide is removed."""
    with opened(home) as library:
        return next(record.id for record in library.records("default") if record.title == "Harbour guide")
