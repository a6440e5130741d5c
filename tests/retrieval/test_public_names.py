from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import bot
import retrieval

BOTH = pytest.mark.parametrize("package", [retrieval, bot])


def homes(package: ModuleType) -> dict[str, str]:
    """What type checkers take from the package's stub: the name, and the module that has it."""
    assert package.__file__ is not None
    tree = ast.parse(Path(package.__file__).with_suffix(".pyi").read_text("utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert len(imports) == len(tree.body) - 1  # and the docstring
    found = {alias.name: str(node.module) for node in imports for alias in node.names if alias.asname == alias.name}
    assert len(found) == sum(len(node.names) for node in imports)
    return found


@BOTH
def test_what_is_promised_and_what_is_typed_are_the_same(package: ModuleType) -> None:
    assert package.__all__ == dir(package) == sorted(homes(package))


@BOTH
def test_every_promised_name_can_be_imported_from_where_it_lives(package: ModuleType) -> None:
    for name, home in homes(package).items():
        assert getattr(package, name) is getattr(sys.modules[home], name)


def test_all_that_is_promised_is_what_a_star_imports() -> None:
    program: dict[str, object] = {}
    exec("from retrieval import *", program)
    assert set(dir(retrieval)) <= set(program)


@BOTH
def test_another_name_is_an_attribute_error(package: ModuleType) -> None:
    with pytest.raises(AttributeError, match=f"module '{package.__name__}' has no attribute 'nothing'"):
        _ = package.nothing


@BOTH
def test_the_package_says_that_it_is_typed(package: ModuleType) -> None:
    assert package.__file__ is not None
    assert (Path(package.__file__).parent / "py.typed").is_file()


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("name", ["retrieval", "bot"])
def test_importing_the_package_loads_no_heavy_library(name: str) -> None:
    heavy = [
        "torch",
        "chromadb",
        "langchain_core",
        "sentence_transformers",
        "transformers",
        "numpy",
        "pydantic",
        "bm25s",
    ]
    program = f"import sys, {name}; print([module for module in {heavy!r} if module in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.usefixtures("programs")
def test_a_light_name_loads_no_model_library() -> None:
    program = (
        "import sys; from retrieval import Source, Span, load_path, split_sentences, LibrarySettings, PullquoteError;"
        "print([module for module in ['torch', 'chromadb', 'sentence_transformers'] if module in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
