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


def type_checking_names(package: ModuleType) -> dict[str, str]:
    """What the package's TYPE_CHECKING block imports: the name, and the module under the package that has it."""
    assert package.__file__ is not None
    tree = ast.parse(Path(package.__file__).read_text("utf-8"))
    blocks = [
        node
        for node in tree.body
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    ]
    assert len(blocks) == 1
    imports = [node for node in blocks[0].body if isinstance(node, ast.ImportFrom)]
    assert len(imports) == len(blocks[0].body)
    return {
        alias.name: (node.module or "").removeprefix(f"{package.__name__}.") for node in imports for alias in node.names
    }


def order(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions, as Ruff sorts them."""
    return 0 if name.isupper() else 1 if name[0].isupper() else 2, name


@BOTH
def test_what_is_promised_what_is_found_and_what_is_typed_are_the_same(package: ModuleType) -> None:
    homes: dict[str, str] = package._HOMES
    assert package.__all__ == sorted(package.__all__, key=order)
    assert list(homes) == package.__all__
    assert type_checking_names(package) == homes


@BOTH
def test_every_promised_name_can_be_imported_from_where_it_lives(package: ModuleType) -> None:
    for name in package.__all__:
        value = getattr(package, name)
        home = sys.modules[f"{package.__name__}.{package._HOMES[name]}"]
        assert value is getattr(home, name)
        assert getattr(value, "__module__", home.__name__) in {home.__name__, "builtins"} or name in retrieval.__all__


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
