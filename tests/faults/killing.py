"""``kill -9`` at a random moment of a run, and what must be true afterwards."""

from __future__ import annotations

import json
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from tests.faults.client import Client
from tests.faults.conftest import LIGHTHOUSE, WINDMILL, answers, copied, write_guide
from tests.faults.homes import orphans

ACTS = ("index", "reindex", "remove")
KILLED = 137
BOTH = f"{LIGHTHOUSE}\n{WINDMILL}\n"
OLD = "The lighthouse was built in 1853 by Eduard Rueber."
NEW = "The lighthouse was built in 1856 by Eduard Rueber."
MONKS = "The windmill on the hill was raised by monks."

# What the lighthouse's quote is, and whether the windmill is known.
Seen = tuple[str, bool]


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
        for act in ACTS:
            home = copied(library, scratch / act)
            argv = killing._arguments(act, home)
            began = time.monotonic()
            assert client.run(*argv, home=home).code == 0
            killing.seconds[act] = time.monotonic() - began
        return killing

    def kill(self, act: str, part: float, home: Path) -> str:
        """Kill a run of ``act`` after that part of its time, check all that was promised, and say what was left.

        Returns:
            ``old`` or ``new``, by which library the kill left.
        """
        copied(self.library, home)
        argv = self._arguments(act, home)
        started = self.client.start(*argv, home=home)
        time.sleep(part * self.seconds[act])
        started.send(signal.SIGKILL)
        assert started.wait().code in (0, KILLED)
        before, after = self._expected(act)
        seen = ask_both(self.client, home)
        assert seen in (before, after), (act, part, seen)
        if act != "remove" or seen == before:
            done = self.client.run(*argv, home=home)
            assert (done.code, done.err) == (0, ""), (act, part, done)
        else:  # it is gone, and cannot be removed again; whoever changes the library next clears away what is left
            assert self.client.run("reindex", home=home).code == 0
        assert ask_both(self.client, home) == after
        assert_whole(self.client, home)
        return "old" if seen == before else "new"

    def _arguments(self, act: str, home: Path) -> tuple[str, ...]:
        if act == "index":
            return ("index", write_guide(self.papers, 1856), str(self.papers / "mill.md"))
        if act == "reindex":
            return ("reindex",)
        listed = self.client.run("sources", "list", home=home).out
        return ("sources", "remove", next(line.split("\t")[0] for line in listed.splitlines() if "Harbour" in line))

    def _expected(self, act: str) -> tuple[Seen, Seen]:
        after = {"index": (NEW, True), "reindex": (OLD, False), "remove": ("not_found", False)}
        return (OLD, False), after[act]


def ask_both(client: Client, home: Path) -> Seen:
    """The lighthouse's quote, and whether the windmill is known."""
    found = answers(client.run("ask", "--json", "-", stdin=BOTH, home=home))
    return found[LIGHTHOUSE], found[WINDMILL] == MONKS


def assert_whole(client: Client, home: Path) -> None:
    """Nothing lies there that nothing names, and both sides hold the same."""
    assert orphans(home) == []
    counts = json.loads(client.run(home=home, act="tests.faults.acts:count_chunks").out)
    assert counts
    assert all(len(set(three)) == 1 for three in counts.values()), counts
