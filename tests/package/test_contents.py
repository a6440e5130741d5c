"""What lies in the wheel and in the source distribution, and what their metadata say."""

from __future__ import annotations

import tarfile
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from markdown_it import MarkdownIt
from packaging.metadata import Metadata

from retrieval.version import VERSION
from tests.package.conftest import Distributions
from tests.package.distributions import LINK, PAGE, PROJECT, ROOT, build, files, with_whole_links

pytestmark = [pytest.mark.package, pytest.mark.usefixtures("programs")]

TRAINING = ("bot", "training")
# What must not be lost when all else of this file is changed together with the tree.
NEEDED = {
    "bot/chat/verification/model/entailment.onnx",
    "bot/extractive/reader/model/reader.onnx",
    "bot/discord/texts/italian.toml",
    "retrieval/corpus/PROVENANCE.md",
    "bot/py.typed",
    "pullquote/py.typed",
    "retrieval/py.typed",
}


def product() -> set[Path]:
    """The files of the packages, but for those that made the shipped weights."""
    return {path for path in files("bot", "pullquote", "retrieval") if path.parts[:2] != TRAINING}


def metadata(wheel: Path) -> Metadata:
    with ZipFile(wheel) as archive:
        return Metadata.from_email(archive.read(f"pullquote-{VERSION}.dist-info/METADATA"), validate=True)


def test_the_wheel_holds_the_packages_and_nothing_else(distributions: Distributions) -> None:
    with ZipFile(distributions.wheel) as archive:
        held = {Path(name) for name in archive.namelist()}
    own = {path for path in held if path.parts[0] == f"pullquote-{VERSION}.dist-info"}
    assert held - own == product()
    assert {Path(name) for name in NEEDED} <= held


def test_the_source_distribution_holds_what_it_takes_to_build_that(distributions: Distributions) -> None:
    with tarfile.open(distributions.source) as archive:
        held = {Path(*Path(member.name).parts[1:]) for member in archive.getmembers() if member.isfile()}
    made = {path for path in held if path.parts[0] == "pullquote.egg-info"} | {Path("PKG-INFO"), Path("setup.cfg")}
    assert held - made == product() | {Path(PROJECT), Path(PAGE), Path("LICENSE"), Path("MANIFEST.in")}


def test_the_metadata_are_those_of_the_project(distributions: Distributions) -> None:
    told, project = metadata(distributions.wheel), tomllib.loads((ROOT / PROJECT).read_text("utf-8"))["project"]
    assert (told.name, str(told.version), told.summary) == ("pullquote", VERSION, project["description"])
    assert (told.license_expression, told.license_files) == (project["license"], project["license-files"])
    assert {extra.replace("-", "_") for extra in told.provides_extra or ()} == project["optional-dependencies"].keys()
    assert told.description_content_type == "text/markdown"
    assert "<h1>Pullquote</h1>" in MarkdownIt().render(told.description or "")
    with ZipFile(distributions.wheel) as archive:
        for name in project["license-files"]:
            assert archive.read(f"pullquote-{VERSION}.dist-info/licenses/{name}") == (ROOT / name).read_bytes()


def test_links_of_what_is_published_lead_to_the_project_once_its_address_is_known(tmp_path: Path) -> None:
    address = "https://example.org/us/pullquote"
    page = "![A](docs/a.svg) [b](docs/b.md#c) [d](#e) [f](https://example.org)"
    whole = f"![A]({address}/raw/v{VERSION}/docs/a.svg) [b]({address}/blob/v{VERSION}/docs/b.md#c) [d](#e)"
    assert with_whole_links(page, address) == f"{whole} [f](https://example.org)"

    build(tmp_path / "dist", address)
    told = metadata(next((tmp_path / "dist").glob("*.whl")))
    assert told.project_urls == {"Homepage": address}
    assert LINK.search((ROOT / PAGE).read_text("utf-8"))
    assert LINK.search(told.description or "") is None
