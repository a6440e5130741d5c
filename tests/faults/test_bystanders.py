"""What other people keep in the data folder is none of ours: it is neither deleted nor a reason to fail."""

from __future__ import annotations

from pathlib import Path

from tests.faults.client import Client
from tests.faults.conftest import LIGHTHOUSE, LIGHTHOUSE_ANSWER, answers, copied, write_guide

BYSTANDERS = ("draft.aside", "texts/notes.txt", "index/mysite/index.html", "texts/.DS_Store", "index/.DS_Store")


def place(home: Path, names: tuple[str, ...]) -> list[Path]:
    paths = [home / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine", encoding="ascii")
    return paths


def test_files_of_others_survive_first_question_index_and_reindex(client: Client, home: Path, papers: Path) -> None:
    paths = place(home, BYSTANDERS)
    for arguments in (("ask", LIGHTHOUSE), ("index", str(papers / "mill.md")), ("reindex",), ("doctor",)):
        assert client.run(*arguments, home=home).code in {0, 1}, arguments
    assert [path.read_text(encoding="ascii") for path in paths] == ["mine"] * len(paths)


def test_a_file_manager_s_file_in_any_folder_of_the_index_is_no_damage(
    client: Client, home: Path, indexed: Path, papers: Path
) -> None:
    write_guide(papers, 1853)
    copied(indexed, home)
    folders = [path for path in home.rglob("*") if path.is_dir()]
    place(home, tuple(f"{folder.relative_to(home)}/.DS_Store" for folder in folders))
    assert (
        answers(client.run("ask", "--json", "-", stdin=f"{LIGHTHOUSE}\n", home=home))[LIGHTHOUSE] == LIGHTHOUSE_ANSWER
    )
    assert client.run("doctor", home=home).code == 0
