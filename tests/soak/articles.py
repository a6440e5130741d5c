"""A folder of text files, indexed by the installed program: killed on the way, again, with one file more, and asked.

Run as ``python -m tests.soak.articles FOLDER [QUESTIONS]``. QUESTIONS is a file in SQuAD's format whose titles name
files in the folder; answerable questions drawn from it are asked of the whole library, and the document that the answer
cites is compared. What does not hold is said in a sentence at the end, and the command exits with 1.
"""

from __future__ import annotations

import json
import os
import platform
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.conftest import PROGRAM

KILLS = 4
# Moments after which a run is killed, in seconds: some before anything has taken effect, some after.
EARLIEST, LATEST = 5.0, 240.0
QUESTIONS = 60
SEED = 1
# What has to hold: the folder once more when nothing has changed, one small file more, the share of the answers given
# that cite the right document.
AGAIN_SECONDS, ONE_MORE_SECONDS, RIGHT = 10.0, 5.0, 0.9


def run(*argv: str, home: Path, stdin: str = "") -> tuple[subprocess.CompletedProcess[str], float]:
    """Run the program, and say how many seconds it took from start to exit."""
    began = time.monotonic()
    environment = {**os.environ, "PULLQUOTE_HOME": str(home)}
    done = subprocess.run(
        [str(PROGRAM), *argv], env=environment, input=stdin, capture_output=True, text=True, check=False
    )
    return done, time.monotonic() - began


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 (this is a program for a terminal)


def kill_on_the_way(folder: Path, home: Path) -> None:
    """Start indexing and kill it, several times; after each kill the library must be whole."""
    moments = random.Random(SEED)
    for _ in range(KILLS):
        after = moments.uniform(EARLIEST, LATEST)
        environment = {**os.environ, "PULLQUOTE_HOME": str(home)}
        with subprocess.Popen(
            [str(PROGRAM), "index", str(folder)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as running:
            time.sleep(after)
            running.send_signal(signal.SIGKILL)
        verified, _ = run("sources", "verify", home=home)
        lines = verified.stdout.splitlines()
        sound = verified.returncode == 0 and all(line.startswith("ok ") for line in lines)
        say(f"killed after {after:.0f} s: {len(lines)} documents, {'all sound' if sound else 'NOT SOUND'}")
        assert sound, verified.stderr


def ask(questions: Path, folder: Path, home: Path) -> tuple[int, int]:
    """Ask questions drawn at random, and count the answers, and those of them that cite the right document."""
    squad: dict[str, Any] = json.loads(questions.read_text("utf-8"))
    pool = [
        (one["question"].strip(), article["title"])
        for article in squad["data"]
        if (folder / f"{article['title']}.txt").exists()
        for paragraph in article["paragraphs"]
        for one in paragraph["qas"]
        if one["answers"]
    ]
    drawn = random.Random(SEED).sample(sorted(set(pool)), min(QUESTIONS, len(pool)))
    asked, seconds = run("ask", "--json", "-", home=home, stdin="".join(f"{question}\n" for question, _ in drawn))
    lines = [json.loads(line) for line in asked.stdout.splitlines()]
    cited = [line["citations"][0]["source"]["uri"].rsplit("/", 1)[-1] if line["citations"] else "" for line in lines]
    answered = [(found, title) for found, (_, title) in zip(cited, drawn, strict=True) if found]
    right = sum(1 for found, title in answered if found == quote(f"{title}.txt", safe=""))
    say(f"{len(drawn)} questions in {seconds:.0f} s: {len(answered)} answered, {right} of them from the right document")
    return len(answered), right


def shortfalls(again: float, one_more: float, answered: int | None, right: int) -> list[str]:
    """What does not hold, a sentence each.

    Args:
        again: How long the folder took once more, in seconds.
        one_more: How long one small file more took, in seconds.
        answered: How many questions were answered; None where none were asked.
        right: How many of the answers cite the right document.
    """
    found = []
    if again >= AGAIN_SECONDS:
        found.append(f"The same folder once more took {again:.1f} s, not less than {AGAIN_SECONDS:.0f}.")
    if one_more >= ONE_MORE_SECONDS:
        found.append(f"One small file more took {one_more:.1f} s, not less than {ONE_MORE_SECONDS:.0f}.")
    if answered is not None and right < max(1, answered) * RIGHT:
        found.append(f"{right} of {answered} answers cite the right document, not at least {RIGHT:.0%} of them.")
    return found


def main() -> int:
    """Do all of it, print what was measured, and return 1 when something of it does not hold."""
    folder = Path(sys.argv[1]).resolve()
    files = sorted(folder.glob("*.txt"))
    words = sum(len(file.read_text("utf-8").split()) for file in files)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    say(f"{machine}, {datetime.now(UTC):%d %b %Y}: {len(files)} files, {words:,} words")
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        kill_on_the_way(folder, home)
        first, seconds = run("index", str(folder), home=home)
        say(f"the run that was not killed: {seconds:.0f} s, {last_line(first)}")
        second, again = run("index", str(folder), home=home)
        say(f"once more: {again:.1f} s, {last_line(second)}")
        assert (first.returncode, second.returncode) == (0, 0)
        small = Path(scratch) / "bees.txt"
        small.write_text("The bees live behind the orchard. They swarm in May.\n", "utf-8")
        added, one_more = run("index", str(small), home=home)
        say(f"one small file more: {one_more:.1f} s, {last_line(added)}")
        assert added.returncode == 0
        listed, _ = run("sources", "list", "--json", home=home)
        chunks = sum(json.loads(line)["chunks"] for line in listed.stdout.splitlines())
        say(f"the library: {len(listed.stdout.splitlines())} documents, {chunks:,} chunks")
        answered, right = ask(Path(sys.argv[2]), folder, home) if len(sys.argv) > 2 else (None, 0)
    found = shortfalls(again, one_more, answered, right)
    for sentence in found:
        say(sentence)
    return 1 if found else 0


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """What the program said last, without what names a path."""
    return re.sub(r" \([0-9a-f]{12}\)", "", (done.stdout.splitlines() or done.stderr.splitlines() or [""])[-1])


if __name__ == "__main__":
    sys.exit(main())
