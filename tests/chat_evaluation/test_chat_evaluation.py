"""The command counts what a chat model writes, keeps its words, and takes in what a person has judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from retrieval import OnnxEmbeddings
from tests.bot.chat_server import ChatServer, Model, NeverStop, Request, cited, holding, numbered_sentences
from tests.chat_evaluation.__main__ import main

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.usefixtures("programs")]

KILLED = "Eight security force officers were killed"
INVENTED = "Seven hundred mayors of Atlantis resigned."
MARKS = "<!-- table:real-chat-model -->\n<!-- /table:real-chat-model -->\n"


class Mixed(Model):
    """Copies a sentence, which answers a question about the article, invents something, and rests on nothing."""

    def write(self, request: Request) -> str:
        number = (holding(request, KILLED) or [1])[0]
        return "\n".join([cited(numbered_sentences(request)[number], number), cited(INVENTED, number), "So it is."])


@dataclass
class Command:
    """The command, asking one question about each document, with its files in one folder."""

    folder: Path
    server: ChatServer
    screen: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> dict[str, list[str]]:
        """The columns of each row of the table that it prints, by the row's name."""
        replies, page = self.folder / "replies.jsonl", self.folder / "page.md"
        files = ["--replies", str(replies), "--out", str(self.folder), "--write", str(page)]
        assert main([*files, "--questions", "1", "--name", "mixed", *arguments]) == 0
        printed = self.screen.readouterr().out
        assert printed.partition("\n\n")[0] in page.read_text()
        rows = [line.strip("| ").split(" | ") for line in printed.splitlines() if line.startswith("| ")]
        return {row[0]: row[1:] for row in rows}

    def ask(self) -> dict[str, list[str]]:
        return self.run("--server", self.server.url)

    @property
    def statements(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / "statements.jsonl").read_text().splitlines()]

    def judge(self, lines: list[dict[str, Any]]) -> None:
        (self.folder / "statements.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))


@pytest.fixture
def command(
    tmp_path: Path, embeddings: OnnxEmbeddings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    monkeypatch.setattr("retrieval.library.open_embedder", lambda model: embeddings)
    (tmp_path / "page.md").write_text(f"Before.\n\n{MARKS}\nAfter.\n")
    with ChatServer([Mixed()]) as server:
        yield Command(tmp_path, server, capsys)


def test_what_is_written_is_counted_and_kept_to_be_read(command: Command) -> None:
    rows = command.ask()
    asked = int(rows["answers of the chat model"][0])
    assert asked == 4 - int(rows["refused before a chat model is asked"][0]) > 0
    # Two of three statements name a sentence. The second call repeats all three, and what is shown counts once.
    assert rows["answers that keep the form"] == [f"0 of {asked} (0%)", "–"]
    assert rows["statements that keep the form"] == [f"{3 * asked} of {5 * asked} (60%)", "–"]
    assert rows["statements shown"] == [f"{asked} of {5 * asked} (20%)", "–"]
    assert rows["answers in which statements are shown"] == [f"{asked} of {asked} (100%)", "–"]
    shown = [line for line in command.statements if line["shown"]]
    refused = [line for line in command.statements if not line["shown"]]
    assert len(shown) == asked
    right = [line for line in shown if KILLED in line["quotes"][0]]
    assert rows["the right quote is cited, where the document answers"][0] == f"{len(right)} of 4 (25%)"
    assert all(
        line["statement"].rstrip(".") in " ".join(line["quotes"][0].split()) and not line["reason"] for line in shown
    )
    assert {line["statement"] for line in refused} == {INVENTED}
    assert all(line["quotes"] == line["cited"] != [] and line["reason"] for line in refused)
    assert [line["true"] for line in command.statements] == [None] * len(command.statements)


def test_what_was_said_is_not_asked_again(command: Command) -> None:
    first = command.ask()
    asked, statements = len(command.server.requests), command.statements
    with command.server.away():
        again = command.run("--replay")
    assert len(command.server.requests) == asked > 0
    assert command.statements == statements
    timed = {name for name in first if name.startswith("seconds")}
    assert {name: row for name, row in again.items() if name not in timed} == {
        name: row for name, row in first.items() if name not in timed
    }


def test_a_model_that_never_stops_is_stopped_and_heard_again(command: Command) -> None:
    command.server.script = [NeverStop([f"{INVENTED} [1]\n"])]
    rows, statements = command.ask(), command.statements
    assert int(rows["statements written"][0]) > int(rows["answers of the chat model"][0]) > 0
    with command.server.away():
        command.run("--replay")
    assert command.statements == statements


def test_without_its_replies_a_replay_says_how_many_are_missing(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--replay", "--questions", "1"]) == 0
    printed = capsys.readouterr().out
    assert "| answers of the chat model | 0 | – |" in printed
    assert "prompts are not among the replies; run it once without --replay." in printed


def test_what_a_person_has_judged_becomes_two_rows_and_stays(command: Command) -> None:
    assert not [name for name in command.ask() if "by eye" in name]
    shown = [line for line in command.statements if line["shown"]]
    refused = [line for line in command.statements if not line["shown"]]
    gone = shown[0] | {"statement": "It was said in another run.", "true": True}
    command.judge([shown[0] | {"true": False}, *shown[1:], refused[0] | {"true": True}, *refused[1:], gone])
    rows = command.run("--replay")
    assert rows["false statements among those shown, read by eye"] == ["1 of 1 (100%)", "–"]
    assert rows["true statements among the refused, read by eye"] == ["1 of 1 (100%)", "–"]
    assert sorted(line["true"] for line in command.statements if line["true"] is not None) == [False, True, True]
    assert gone in command.statements


def test_what_stands_in_the_way_is_told_in_one_sentence(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    with command.server.away():
        assert main(["--server", command.server.url, "--questions", "1"]) == 2
    assert capsys.readouterr().err.splitlines()[-1].endswith("does not answer; start it, and run the command again.")
    assert main(["--judged", str(command.folder / "page.md")]) == 2
    assert capsys.readouterr().err.startswith(f"{command.folder / 'page.md'} holds no judged statements; ")
