"""``kill -9`` at a random moment of a run, and what must be true afterwards."""

from __future__ import annotations

import os
import random
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from tests.faults.acts import commit_each_document
from tests.faults.client import Client
from tests.faults.conftest import LIGHTHOUSE, WINDMILL, answers, copied, write_guide
from tests.faults.homes import orphans

SEED = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(1_000_000))
ACTS = ("index", "reindex", "remove")
KILLED = 137
BOTH = f"{LIGHTHOUSE}\n{WINDMILL}\n"
OLD = "The lighthouse was built in 1853 by Eduard Rueber."
NEW = "The lighthouse was built in 1856 by Eduard Rueber."
MONKS = "The windmill on the hill was raised by monks."
# Documents that are indexed after the guide and the mill: what is asked about each, and what it says.
MORE = {
    "chapel.md": ("Who painted the chapel on the cliff?", "The chapel on the cliff was painted by nuns."),
    "bakery.md": ("Who opened the bakery by the bridge?", "The bakery by the bridge was opened by sisters."),
}
QUESTIONS = (LIGHTHOUSE, WINDMILL, *(question for question, _ in MORE.values()))
NOTHING = "not_found"

# A quote for each question, or that there is none.
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
            assert ask(client, home) == _states(act)[-1]
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
        assert_nothing_damaged(self.client, home)
        states = _states(act)
        seen = ask(self.client, home)
        assert seen in states, (act, part, seen)
        if act != "remove" or seen == states[0]:
            done = self.client.run(*argv, home=home, act=way)
            assert (done.code, done.err) == (0, ""), (act, part, done)
        else:  # it is gone, and cannot be removed again; whoever changes the library next clears away what is left
            assert self.client.run("reindex", home=home).code == 0
        assert ask(self.client, home) == states[-1]
        assert_whole(self.client, home)
        return "old" if seen == states[0] else "new" if seen == states[-1] else "between"

    def _arguments(self, act: str, home: Path) -> tuple[tuple[str, ...], str]:
        """What is called, and what is run in place of the plain program."""
        if act == "index":
            paths = (write_guide(self.papers, 1856), *(str(self.papers / name) for name in ("mill.md", *MORE)))
            return ("index", *paths), f"{commit_each_document.__module__}:{commit_each_document.__name__}"
        if act == "reindex":
            return ("reindex",), ""
        listed = self.client.run("sources", "list", home=home).out
        guide = next(line.split("\t")[0] for line in listed.splitlines() if "Harbour" in line)
        return ("sources", "remove", guide), ""


def moment(act: str, number: int, kills: int) -> float:
    """A random part of a run, in the ``number``-th of so many stretches: moments are spread over all of it."""
    part = (number + random.Random(f"{SEED} {act} {number}").random()) / kills
    print(f"KILL_SEED={SEED} draws it again: {act} killed after {part:.4f} of its time")  # noqa: T201 (told on failure)
    return part


def _states(act: str) -> list[Seen]:
    """What may be seen of a library after a kill, from the old one to the new one, a document more with each commit."""
    old = (OLD, *(NOTHING for _ in QUESTIONS[1:]))
    if act == "remove":
        return [old, (NOTHING, *old[1:])]
    if act == "reindex":
        return [old]
    new = (NEW, MONKS, *(words for _, words in MORE.values()))
    return [new[:count] + old[count:] for count in range(len(new) + 1)]


def ask(client: Client, home: Path) -> Seen:
    """What the library answers to each question."""
    found = answers(client.run("ask", "--json", "-", stdin="".join(f"{line}\n" for line in QUESTIONS), home=home))
    return tuple(found[question] for question in QUESTIONS)


def ask_both(client: Client, home: Path) -> tuple[str, bool]:
    """The lighthouse's quote, and whether the windmill is known."""
    found = answers(client.run("ask", "--json", "-", stdin=BOTH, home=home))
    return found[LIGHTHOUSE], found[WINDMILL] == MONKS


def assert_nothing_damaged(client: Client, home: Path) -> None:
    """``sources verify`` complains of nothing, unless a file has changed since it was indexed."""
    told = client.run("sources", "verify", home=home)
    complaints = [line for line in told.out.splitlines() if not line.startswith("ok ")]
    assert told.out, told
    assert all("The file has changed since it was indexed" in line for line in complaints), told
    assert (told.code, bool(told.err)) == ((2, True) if complaints else (0, False)), told


def assert_whole(client: Client, home: Path) -> None:
    """Nothing lies there that nothing names, and all that is there fits together."""
    assert orphans(home) == []
    assert_nothing_damaged(client, home)
