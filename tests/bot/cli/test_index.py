"""``pullquote index`` and ``reindex``: documents come in, change, and are built anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.fakes import write_file
from tests.bot.json_checks import check_sentence, parse_lines
from tests.conftest import Run


def ids(cli: Run, collection: str = "default") -> dict[str, str]:
    """The ids of a collection's sources by title."""
    return {
        row["title"]: row["id"] for row in parse_lines(cli("sources", "list", "--json", "--collection", collection).out)
    }


@pytest.mark.usefixtures("programs")
def test_one_bad_file_among_several_is_a_sentence_and_the_others_are_indexed(cli: Run, tmp_path: Path) -> None:
    good = write_file(tmp_path / "rules.txt", "Gate seven opens at noon.")
    heading = write_file(tmp_path / "guide.md", "# The Guide\n\nGate nine is shut.")
    (tmp_path / "damaged.txt").write_bytes("Größe, Maße".encode() + b"\xfc")
    bad = ["damaged.txt", "missing.txt", "picture.png", "blank.txt", "empty folder"]
    write_file(tmp_path / "picture.png", "x")
    write_file(tmp_path / "blank.txt", " \n")
    (tmp_path / "empty folder").mkdir()
    outcome = cli("index", str(good), *(str(tmp_path / name) for name in bad), str(heading))
    assert outcome.code == 3
    assert len(outcome.err.splitlines()) == len(bad)
    for line in outcome.err.splitlines():
        check_sentence(line)
    held = ids(cli)
    assert outcome.out == (
        f"Added “rules” ({held['rules']}).\nAdded “The Guide” ({held['The Guide']}).\n2 added, 5 failed.\n"
    )
    assert "noon" in cli("ask", "When does gate seven open?").out


def test_a_file_is_added_then_unchanged_then_replaced(cli: Run, tmp_path: Path) -> None:
    path = write_file(tmp_path / "rules.txt", "Gate seven opens at noon.")
    assert cli("index", str(path)).out.startswith("Added “rules” (")
    assert cli("index", str(path)).out.startswith("Unchanged: “rules” (")
    before = ids(cli)
    write_file(path, "Gate seven opens at midnight.")
    assert cli("index", str(path)).out.startswith("Replaced “rules” (")
    assert ids(cli) == before
    answer = cli("ask", "When does gate seven open?").out
    assert "midnight" in answer
    assert "noon" not in answer


def test_the_first_file_of_all_comes_with_the_article_and_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embeddings: object
) -> None:
    monkeypatch.setattr("retrieval.library.open_embedder", lambda model: embeddings)
    outcome = run("index", str(write_file(tmp_path / "rules.txt", "Gate seven opens at noon.")))
    assert outcome.code == 0
    assert outcome.out.startswith("Added the article that comes with Pullquote;")
    assert set(ids(run)) == {"rules", "Kazakhstan protests, January 2022"}


def test_another_collection_holds_what_was_put_there_and_nothing_else(cli: Run, tmp_path: Path) -> None:
    path = write_file(tmp_path / "rules.txt", "Gate seven opens at noon.")
    assert cli("index", str(path), "--collection", "Regeln 🚪").code == 0
    assert set(ids(cli, "Regeln 🚪")) == {"rules"}
    assert set(ids(cli)) == {"Kazakhstan protests, January 2022"}


@pytest.mark.parametrize("name", ["", " ", "a\nb", "\x1b[31m", "x" * 201])
def test_a_collection_with_an_unprintable_name_is_refused_and_nothing_is_made(
    cli: Run, tmp_path: Path, name: str
) -> None:
    path = write_file(tmp_path / "rules.txt", "Gate seven opens at noon.")
    outcome = cli("index", str(path), "--collection", name)
    assert (outcome.code, outcome.out) == (2, "")
    check_sentence(outcome.err)


def test_a_file_name_that_forges_output_is_shown_as_one_safe_line(cli: Run, tmp_path: Path) -> None:
    path = write_file(tmp_path / "a\nok\x1b[2J\u202e[bold].txt", "Gate seven opens at noon.")
    outcome = cli("index", str(path))
    assert outcome.code == 0
    (line,) = outcome.out.splitlines()
    assert line.startswith("Added “a ok\\x1b[2J\\u202e[bold]” (")
    missing = cli("index", str(tmp_path / "b\nok\x1b[2J\u202e.txt"))
    check_sentence(missing.err)
    assert not set("\x1b\u202e") & set(missing.err)


def test_reindex_builds_the_same_library_again(cli: Run, tmp_path: Path) -> None:
    cli("index", str(write_file(tmp_path / "rules.txt", "Gate seven opens at noon.")))
    before, answer = ids(cli), cli("ask", "When does gate seven open?").out
    outcome = cli("reindex")
    assert (outcome.code, outcome.out, outcome.err) == (0, "Rebuilt the index of 2 sources.\n", "")
    assert ids(cli) == before
    assert cli("ask", "When does gate seven open?").out == answer


def test_reindex_names_what_is_lost_and_exits_with_2(cli: Run, home: Path, tmp_path: Path) -> None:
    path = write_file(tmp_path / "rules.txt", "Gate seven opens at noon.")
    cli("index", str(path))
    path.unlink()
    for stored in (home / "texts").glob("*.txt"):
        stored.write_bytes(stored.read_bytes() + b"!")
    outcome = cli("reindex")
    assert outcome.code == 2
    assert outcome.out == "Rebuilt the index of 1 source.\n"  # the article comes with the install
    assert outcome.err.startswith("“rules” is lost")
    check_sentence(outcome.err)
    assert set(ids(cli)) == {"Kazakhstan protests, January 2022"}


def test_reindex_without_a_library_is_one_sentence(run: Run) -> None:
    outcome = run("reindex")
    assert (outcome.code, outcome.out) == (2, "")
    check_sentence(outcome.err)
