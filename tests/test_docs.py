"""The documentation tells the truth: its samples run, its commands print what it shows, its settings exist."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import mcp.client.stdio  # noqa: F401 (it keeps the standard error that it finds when it is first imported)
import pytest

import pullquote
from bot import AnswerChain, Settings
from bot.render import render_answer
from docs.picture import QUESTION
from retrieval.loaders.formats import DISCORD_EXPORT, FORMATS
from retrieval.loaders.zipped_documents import MAX_ZIP_BYTES
from tests.bot.chain.agent_model import ScriptedAgentModel
from tests.conftest import PROGRAM, Run

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ID = re.compile(r"\b[0-9a-f]{12}\b")
HOME = "/home/you/.local/share/pullquote"  # as the pages name it


def blocks(page: Path, language: str) -> list[str]:
    return [body for kind, body in FENCE.findall(page.read_text(encoding="utf-8")) if kind == language]


def pages_with(language: str) -> list[Path]:
    return [page for page in PAGES if blocks(page, language)]


def commands(page: Path) -> Iterator[tuple[str, str]]:
    """Each ``$ command`` of the page's console blocks with the output that follows it."""
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def steady(text: str, home: str) -> str:
    """The text without what differs from machine to machine."""
    text = ID.sub("ID", text.replace(home, HOME))
    return re.sub(r"^(ok   (?:Python|SQLite)): [\d.]+$", r"\1: VERSION", text, flags=re.MULTILINE)


@pytest.mark.enable_socket  # one of them asks a server of its own
@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("page", pages_with("python"), ids=lambda page: page.name)
def test_python_samples_run(page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", str(PROGRAM.parent), prepend=":")
    if page.stem == "agent":  # the model of a provider, which cannot be asked here
        scripted = ScriptedAgentModel(questions=["How many planes were taken at the airport?"])
        monkeypatch.setattr("langchain.chat_models.init_chat_model", lambda name: scripted)
    for block in blocks(page, "python"):
        exec(compile(block, page.name, "exec"), {})
    assert "Traceback" not in capsys.readouterr().err


def test_python_samples_in_the_readme_are_under_ten_lines() -> None:
    samples = blocks(ROOT / "README.md", "python")
    assert len(samples) == 2
    assert all(len(sample.splitlines()) < 10 for sample in samples)


@pytest.mark.parametrize("page", pages_with("console"), ids=lambda page: page.name)
def test_commands_print_what_the_page_shows(
    page: Path, run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for block in blocks(ROOT / "docs" / "quickstart.md", "markdown"):
        Path("rules.md").write_text(block, encoding="utf-8")
    for block in blocks(ROOT / "docs" / "command-line.md", "text"):
        Path("questions.txt").write_text(block, encoding="utf-8")
    assert run("ask", "What triggered the protests?").code == 0  # what `make ask`, the first step of all, does
    home = str(settings.home)
    for command, shown in commands(page):
        words = re.findall(r'"([^"]*)"|(\S+)', command)
        program, *arguments = [quoted or bare for quoted, bare in words]
        assert program == "pullquote"
        outcome = run(*arguments)
        assert outcome.err == "", command
        assert steady(outcome.out, home) == steady(shown, home), command


def test_every_command_has_its_help_in_the_docs() -> None:
    documented = {command for command, _ in commands(ROOT / "docs" / "command-line.md") if command.endswith("--help")}
    names = ["ask", "chat", "search", "index", "refresh", "reindex", "discord"]
    names += ["serve", "mcp", "doctor", "eval", "calibrate"]
    names += [f"sources {name}" for name in ("list", "show", "remove", "verify", "compact")]
    names += [f"library {name}" for name in ("export", "import")]
    assert documented == {"pullquote --help", *(f"pullquote {name} --help" for name in names)}


def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; a name that comes twice would hide its first value."""
    assert len(dict(pairs)) == len(pairs), [name for name, _ in pairs]
    return dict(pairs)


def test_json_samples_are_what_the_program_prints(run: Run) -> None:
    page = ROOT / "docs" / "command-line.md"
    shown = [json.loads(block, object_pairs_hook=distinct) for block in blocks(page, "json")]
    printed = [
        json.loads(run("ask", "--json", "How many planes?").out),
        json.loads(run("search", "--json", "-k", "1", "How many planes?").out),
    ]
    for sample in (*shown, *printed):
        assert set(sample.pop("timings_ms", {})) <= {"retrieve", "answer", "total"}
    # Processors round the sums of the reader differently.
    assert printed[0].pop("confidence") == pytest.approx(shown[0].pop("confidence"), abs=0.02)
    assert shown == printed


def test_the_table_of_formats_is_that_of_the_program() -> None:
    page = (ROOT / "docs" / "documents.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \|.*\| (\d+) MB \|$", page, re.MULTILINE)
    shown = {frozenset(re.findall(r"`(\.\w+)`", endings)): 1_000_000 * int(most) for endings, most in rows}
    held = {frozenset(filter(None, one.suffixes)): one.max_bytes for one in FORMATS if one.suffixes}
    told_by_content = {frozenset({".json"}): DISCORD_EXPORT.max_bytes}
    assert shown == held | told_by_content | {frozenset({".zip"}): MAX_ZIP_BYTES}


def test_the_example_of_settings_lists_each_with_its_default_and_meaning() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    entries = re.findall(r"^# (.+)\n# ([A-Z_]+)=(.*)$", example, re.MULTILINE)
    expected = []
    for name, field in Settings.model_fields.items():
        empty = field.default_factory or field.default is None
        default = "" if empty else str(int(field.default) if field.default is False else field.default)
        expected.append((field.description, str(field.validation_alias or f"PULLQUOTE_{name.upper()}"), default))
    assert sorted(entries) == sorted(expected)


# The changelog names files as they were.
@pytest.mark.parametrize("page", [page for page in PAGES if page.stem != "changelog"], ids=lambda page: page.name)
def test_files_that_a_page_names_are_there(page: Path) -> None:
    named = re.findall(r"`((?:bot|docs|retrieval|tests)/[\w./-]*)", page.read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []
    short = set(re.findall(r"`(\w+\.py)`", page.read_text(encoding="utf-8")))
    assert short <= {file.name for folder in ("bot", "retrieval") for file in (ROOT / folder).rglob("*.py")}


def drawn_tree() -> list[Path]:
    """The files and folders of the tree that docs/architecture.md draws."""
    (block,) = blocks(ROOT / "docs" / "architecture.md", "text")
    paths: list[Path] = []
    above: list[Path] = []
    for line in block.splitlines():
        names = line.strip().split("  ")[0].split(" ")
        depth = (len(line) - len(line.lstrip())) // 2
        paths += [Path(*above[:depth], name) for name in names]
        above[depth:] = [Path(names[0])]
    return paths


def test_the_tree_in_the_docs_is_the_one_that_is_there() -> None:
    drawn = drawn_tree()
    assert [path for path in drawn if not (ROOT / path).exists()] == []
    rooms = {file.parent.relative_to(ROOT) for name in ("bot", "retrieval") for file in (ROOT / name).rglob("*.py")}
    assert rooms - set(drawn) == set()
    assert len(drawn) < 85, "The tree fits one screen."


def test_each_change_that_the_docs_list_says_which_file_to_open_first() -> None:
    page = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    section = page.partition("## Where a change goes\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == 21
    for change, first, _ in rows:
        assert re.search(r"`(?:bot|retrieval)/[\w./]+`", first), change


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert missing == []


def test_the_api_reference_has_each_public_name() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\.\. \w+:: pullquote\.(\w+)$", page, re.MULTILINE)) == sorted(pullquote.__all__)


def test_the_index_lists_each_page() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    listed = [name for section in index.split("\n## ")[1:] for name in re.findall(r"\]\(([\w-]+)\.md\)", section)]
    hidden = {"index", "security"}  # in its place stands SECURITY.md, which a forge shows
    assert sorted(listed) == sorted({page.stem for page in (ROOT / "docs").glob("*.md")} - hidden)
    assert "(../SECURITY.md)" in index


def test_the_picture_shows_a_real_answer(chain: AnswerChain) -> None:
    drawn = ElementTree.parse(ROOT / "docs" / "answer.svg").iterfind("{http://www.w3.org/2000/svg}text")
    # A line is one text with nothing placed inside of it, so that no renderer can push its words together.
    shown = " ".join(" ".join("".join(line.itertext()) for line in drawn).split())
    assert f'$ pullquote ask "{QUESTION}"' in shown
    for block in render_answer(chain.invoke(QUESTION)):
        assert " ".join(block.text.split()) in shown
