"""The package that names what is promised, and what it says where somebody's own module hides ours."""

from __future__ import annotations

import ast
import builtins
import os
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest

import bot
import pullquote
import retrieval
from bot.__main__ import main
from tests.bot.json_checks import check_sentence
from tests.conftest import PROGRAM

HIDDEN = "hides Pullquote's own package “{}”; rename it, or move it to another folder."
PACKAGES = ("bot.", "retrieval.")
THEIRS = "raise SystemExit('their code ran')\n"


def test_names_come_from_the_two_packages_and_all_of_the_bot_s_are_among_them() -> None:
    names = set(pullquote.__all__) - {"__version__"}
    assert set(dir(bot)) <= names <= {*dir(bot), *dir(retrieval)}
    for name in names:
        home = bot if name in dir(bot) else retrieval
        assert getattr(pullquote, name) is getattr(home, name)


def test_every_error_that_a_promised_name_tells_of_is_promised() -> None:
    promised = [getattr(pullquote, name) for name in pullquote.__all__]
    ours = [vars(one).values() for one in promised if isinstance(one, type) and one.__module__.startswith(PACKAGES)]
    texts = [str(one.__doc__) for one in (*promised, *chain.from_iterable(ours))]
    told = set(re.findall(r"\b[A-Z]\w+Error\b", " ".join(texts)))
    assert {"CollectionError", "ReaderError", "StorageError"} <= told
    assert told - set(dir(builtins)) <= set(pullquote.__all__)


def test_what_type_checkers_see_is_what_is_promised() -> None:
    tree = ast.parse(Path(str(pullquote.__file__)).with_suffix(".pyi").read_text("utf-8"))
    imported = [alias.asname for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert sorted(["__version__", *map(str, imported)]) == pullquote.__all__


@pytest.mark.parametrize("package", [pullquote, bot, retrieval])
def test_dir_shows_what_is_promised(package: ModuleType) -> None:
    assert dir(package) == sorted(package.__all__)


def test_the_version_is_the_one_that_the_command_tells(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["pullquote", "--version"])
    assert main() == 0
    assert capsys.readouterr().out == f"pullquote {pullquote.__version__}\n"


@pytest.mark.parametrize("name", ["bot", "retrieval"])
def test_a_module_that_came_from_nowhere_hides_ours(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, ModuleType(name))
    with pytest.raises(ImportError, match="Something else hides"):
        _ = pullquote.Question


def python(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("name", ["bot.py", "retrieval.py", "bot/__init__.py"])
def test_somebody_s_own_module_is_named_and_not_run(name: str, tmp_path: Path) -> None:
    """From a script beside it, with ``-m`` in its folder, and by the command where PYTHONPATH leads to it."""
    own = tmp_path / name
    own.parent.mkdir(exist_ok=True)
    own.write_text(THEIRS, encoding="utf-8")
    (tmp_path / "script.py").write_text("from pullquote import Question\n", encoding="utf-8")
    sentence = f"{own} {HIDDEN.format(Path(name).parts[0].removesuffix('.py'))}"

    script = python("script.py", folder=tmp_path)
    assert (script.returncode, script.stderr.splitlines()[-1]) == (1, f"ImportError: {sentence}")
    for arguments in (["-m", "pullquote"], [str(PROGRAM)]):
        done = python(*arguments, "--version", folder=tmp_path, PYTHONPATH=str(tmp_path))
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{sentence}\n")
        check_sentence(done.stderr)


@pytest.mark.usefixtures("programs")
def test_a_folder_of_that_name_without_code_hides_nothing(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "notes.txt").write_text("Not a package.", encoding="utf-8")
    done = python("-m", "pullquote", "--version", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"pullquote {pullquote.__version__}\n", "")
