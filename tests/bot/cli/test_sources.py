"""``pullquote sources``: list, show, remove and verify."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from retrieval import Indexer, Library, load_bytes
from tests.bot.fakes import write_file
from tests.bot.json_checks import LISTED_KEYS, check_sentence, parse_lines
from tests.bot.terminals import RunInTerminal, plain
from tests.conftest import Run

ARTICLE = "Kazakhstan protests, January 2022"
WILD = "Gate seven\r\nopens\tat\u2028noon.\rCafe\u0301 👩\u200d🚀 [bold]\x1b[31m\u202eend.\n\n"


@pytest.fixture
def article_id(cli: Run) -> str:
    (row,) = parse_lines(cli("sources", "list", "--json").out)
    return str(row["id"])


def test_a_list_in_a_pipe_is_one_line_a_source(cli: Run, article_id: str) -> None:
    outcome = cli("sources", "list")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"{article_id}\t{ARTICLE}\tpullquote:kazakhstan-protests\n"


def test_a_list_in_json_has_exactly_these_keys_and_true_values(cli: Run, tmp_path: Path) -> None:
    path = write_file(tmp_path / "wild.txt", WILD)
    cli("index", str(path))
    outcome = cli("sources", "list", "--json")
    article, wild = parse_lines(outcome.out)
    assert outcome.code == 0
    assert set(article) == set(wild) == LISTED_KEYS
    assert (article["outdated"], wild["outdated"]) == (False, False)
    assert article["title"] == ARTICLE
    assert wild["sha256"] == hashlib.sha256(WILD.encode()).hexdigest()
    assert (wild["title"], wild["uri"], wild["chars"], wild["chunks"]) == ("wild", path.as_uri(), len(WILD), 1)


def test_what_an_older_version_has_read_is_told(cli: Run, library: Library) -> None:
    old = load_bytes(b"# Gate\n\nThe gate is blue.", name="gate.md", uri="file:///gate.md")
    Indexer(library).add([replace(old, loader="markdown-0"), replace(old, id="1" * 12, uri="file:///new.md")], "club")
    rows = {
        row["uri"]: row["outdated"] for row in parse_lines(cli("sources", "list", "--json", "--collection", "club").out)
    }
    assert rows == {"file:///gate.md": True, "file:///new.md": False}


def test_documents_stand_in_the_same_order_wherever_they_are_listed(cli: Run, library: Library, tmp_path: Path) -> None:
    titles = ["apples", "Bread", "cheese", "Dates"]
    for title in titles:
        write_file(tmp_path / f"{title}.txt", f"We sell {title.lower()} from Monday to Friday.")
    cli("index", "--collection", "shop", str(tmp_path))
    listed = cli("sources", "list", "--json", "--collection", "shop").out
    asked = cli("ask", "--json", "--collection", "shop", "What documents do you have?").out
    assert [row["title"] for row in parse_lines(listed)] == titles
    assert parse_lines(asked)[0]["documents"] == titles
    assert [record.title for record in library.records("shop")] == titles


def test_a_list_in_a_terminal_is_laid_out(cli: Run, article_id: str, in_terminal: RunInTerminal) -> None:
    code, shown = in_terminal(cli, "sources", "list")
    assert code == 0
    assert f"{article_id} {ARTICLE} text, 3,1" in plain(shown)


def test_raw_shows_the_very_bytes_that_were_indexed(cli: Run, tmp_path: Path) -> None:
    path = write_file(tmp_path / "wild.txt", WILD)
    cli("index", str(path), "--collection", "wild")
    (row,) = parse_lines(cli("sources", "list", "--json", "--collection", "wild").out)
    outcome = cli("sources", "show", row["id"], "--raw", "--collection", "wild")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.encode() == path.read_bytes()


def test_show_without_raw_is_safe_to_print(cli: Run, tmp_path: Path) -> None:
    cli("index", str(write_file(tmp_path / "wild.txt", WILD)), "--collection", "wild")
    (row,) = parse_lines(cli("sources", "list", "--json", "--collection", "wild").out)
    shown = cli("sources", "show", row["id"], "--collection", "wild").out
    assert not set("\x1b\u202e\u2028\r") & set(shown)
    assert "Gate seven\nopens\tat\\u2028noon.\\x0dCafe\u0301 👩\u200d🚀 [bold]\\x1b[31m\\u202eend." in shown
    assert f"title: wild\nid: {row['id']}\n" in shown
    assert f"sha256: {row['sha256']}\ncharacters: {len(WILD)}\n" in shown


def test_removed_sources_are_gone_and_stay_gone(cli: Run, article_id: str) -> None:
    outcome = cli("sources", "remove", article_id)
    assert (outcome.code, outcome.out) == (0, f"Removed “{ARTICLE}” ({article_id}).\n")
    assert cli("sources", "list").out == ""
    assert cli("ask", "How many planes?").code == 2
    assert cli("sources", "remove", article_id).code == 2


def test_removing_an_unknown_id_beside_a_known_one_removes_nothing(cli: Run, article_id: str) -> None:
    outcome = cli("sources", "remove", article_id, "nonsense")
    assert (outcome.code, outcome.out) == (2, "")
    check_sentence(outcome.err)
    assert article_id in cli("sources", "list").out


def test_verify_is_quiet_about_a_sound_library(cli: Run, article_id: str) -> None:
    outcome = cli("sources", "verify")
    assert (outcome.code, outcome.out, outcome.err) == (0, f"ok   “{ARTICLE}” ({article_id})\n", "")


def test_verify_names_each_source_that_is_damaged_or_changed(cli: Run, home: Path, tmp_path: Path) -> None:
    changed = write_file(tmp_path / "changed.txt", "Gate seven opens at noon.")
    gone = write_file(tmp_path / "gone.txt", "Gate nine is shut.")
    cli("index", str(changed), str(gone))
    write_file(changed, "Gate seven opens at one.")
    gone.unlink()
    rows = {row["title"]: row for row in parse_lines(cli("sources", "list", "--json").out)}
    stored = home / "texts" / f"{rows[ARTICLE]['sha256']}.txt"
    stored.write_bytes(stored.read_bytes().replace(b"five planes", b"nine planes"))
    outcome = cli("sources", "verify")
    assert outcome.code == 2
    changed_line, gone_line, article = outcome.out.splitlines()
    assert article.startswith(f"FAIL “{ARTICLE}”")
    assert "`pullquote reindex`" in article
    assert changed_line.startswith("FAIL “changed”")
    assert "`pullquote index PATH`" in changed_line
    assert gone_line.startswith("ok   “gone”")
    assert outcome.err == "2 of 3 sources need attention; the lines above say what to do.\n"
    asked = cli("ask", "How many planes?")
    assert (asked.code, asked.out) == (2, "")


def test_repair_mends_what_can_be_mended_and_names_the_rest(cli: Run, home: Path, tmp_path: Path) -> None:
    changed = write_file(tmp_path / "changed.txt", "Gate seven opens at noon.")
    lost = write_file(tmp_path / "lost.txt", "Gate nine is shut.")
    cli("index", str(changed), str(lost))
    lost.unlink()
    for stored in (home / "texts").glob("*.txt"):
        stored.write_bytes(b"altered")
    for damaged in home.glob("index/*/keyword/rows.npy"):
        damaged.write_bytes(b"altered")
    (home / "manifest.json").write_bytes(b"altered")
    outcome = cli("sources", "verify", "--repair")
    assert outcome.code == 2
    restored = [line for line in outcome.out.splitlines() if line.startswith("Restored the stored text of")]
    assert len(restored) == 2
    assert "Restored the manifest.\n" in outcome.out
    assert "Rebuilt the index.\n" in outcome.out
    assert outcome.err.startswith("“lost” is lost: its stored text is damaged; index file://")
    again = cli("sources", "verify", "--repair")
    assert (again.code, again.err) == (0, "")
    assert [line.split()[0] for line in again.out.splitlines()] == ["ok", "ok"]
    assert "five planes" in cli("ask", "How many planes?").out


def test_verify_looks_at_every_collection_unless_one_is_named(
    cli: Run, article_id: str, home: Path, tmp_path: Path
) -> None:
    cli("index", str(write_file(tmp_path / "gate.txt", "Gate seven opens at noon.")), "--collection", "club")
    (gate,) = parse_lines(cli("sources", "list", "--json", "--collection", "club").out)
    both = [
        "Collection “club”:",
        f"ok   “gate” ({gate['id']})",
        "Collection “default”:",
        f"ok   “{ARTICLE}” ({article_id})",
    ]
    assert cli("sources", "verify").out.splitlines() == both
    (home / "texts" / f"{gate['sha256']}.txt").write_bytes(b"altered")
    outcome = cli("sources", "verify")
    assert outcome.code == 2
    assert [line[:4] for line in outcome.out.splitlines()] == ["Coll", "FAIL", "Coll", "ok  "]
    assert outcome.err == "1 of 2 sources need attention; the lines above say what to do.\n"
    one = cli("sources", "verify", "--collection", "default", "--collection", "default")
    assert (one.code, one.out) == (0, f"{both[3]}\n")
    assert cli("sources", "verify", "--collection", "club").out.startswith("FAIL “gate”")


def test_repair_mends_every_collection_and_says_which(cli: Run, article_id: str, home: Path, tmp_path: Path) -> None:
    cli("index", str(write_file(tmp_path / "gate.txt", "Gate seven opens at noon.")), "--collection", "club")
    for damaged in home.glob("index/*/keyword/rows.npy"):
        damaged.write_bytes(b"altered")
    (home / "manifest.json").write_bytes(b"altered")
    outcome = cli("sources", "verify", "--repair")
    assert (outcome.code, outcome.err) == (0, "")
    told = [line for line in outcome.out.splitlines() if not line.startswith("ok ")]
    mended = ["Collection “club”:", "Restored the manifest.", "Rebuilt the index."]
    assert told == [*mended, "Collection “default”:", "Rebuilt the index."]


def test_compact_says_how_much_room_it_gave_back(cli: Run, article_id: str) -> None:
    outcome = cli("sources", "compact")
    assert (outcome.code, outcome.err) == (0, "")
    assert re.fullmatch(r"Compacted: [\d.]+ [kM]B before, [\d.]+ [kM]B now\.\n", outcome.out)
    assert cli("sources", "verify").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "nonsense"),
        ("show",),
        ("show", "x", "--raw", "--collection", "nope"),
        ("remove",),
        ("list", "--collection", "nope"),
        ("verify", "--collection", "\x1b[31m"),
        ("nonsense",),
        (),
    ],
)
def test_what_is_not_there_is_one_sentence_and_exits_with_2(cli: Run, arguments: tuple[str, ...]) -> None:
    outcome = cli("sources", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    check_sentence(outcome.err)
    assert "\x1b" not in outcome.err


@pytest.mark.usefixtures("programs")
def test_what_was_not_read_is_told_when_it_is_indexed_and_when_it_is_shown(cli: Run, tmp_path: Path) -> None:
    book = Workbook()
    book["Sheet"].append(["who", "fee"])
    book["Sheet"].append(["adults", "40"])
    book.create_sheet("Secret").sheet_state = "hidden"
    book["Secret"].append(["nobody sees this"])
    book.save(tmp_path / "fees.xlsx")
    indexed = cli("index", "--collection", "c", str(tmp_path / "fees.xlsx"))
    assert indexed.code == 0
    (warning,) = indexed.err.splitlines()
    assert "Secret" in warning
    check_sentence(warning)
    (row,) = parse_lines(cli("sources", "list", "--json", "--collection", "c").out)
    assert f"warning: {warning}" in cli("sources", "show", row["id"], "--collection", "c").out.splitlines()


def test_the_date_that_a_document_gives_is_shown(cli: Run, tmp_path: Path) -> None:
    cli("index", "--collection", "c", str(write_file(tmp_path / "a.md", "---\ndate: 2024-05-01\n---\nBe kind.\n")))
    (row,) = parse_lines(cli("sources", "list", "--json", "--collection", "c").out)
    assert "date: 2024-05-01" in cli("sources", "show", row["id"], "--collection", "c").out.splitlines()
