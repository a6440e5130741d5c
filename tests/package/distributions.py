"""The working tree -> the wheel and the source distribution that are published.

``make wheel`` leaves them in ``dist/``; so does ``make package``, as they were tested.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

from retrieval.version import VERSION

ROOT = Path(__file__).parents[2]
PAGE, PROJECT = "README.md", "pyproject.toml"
# Where the project lives; empty as long as nobody knows.
ADDRESS: str = tomllib.loads((ROOT / PROJECT).read_text(encoding="utf-8"))["tool"]["pullquote"]["address"]
# A picture or a link that leads to a file of the repository.
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)]+)\)")


def files(*folders: str) -> set[Path]:
    """The files of the working tree that git does not ignore, as paths from the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *folders]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()}


def build(folder: Path, address: str = ADDRESS) -> None:
    """Build both into a folder, which is emptied first: the wheel from the source distribution, that from the tree.

    Args:
        folder: Where they go.
        address: Where the project lives. The page that a package index shows lies in no repository, so its links
            lead there; without an address they stay as they are.
    """
    shutil.rmtree(folder, ignore_errors=True)
    with TemporaryDirectory() as copied:
        copy = Path(copied)
        for name in files():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
        if address:
            (copy / PAGE).write_text(with_whole_links((ROOT / PAGE).read_text(encoding="utf-8"), address), "utf-8")
            with (copy / PROJECT).open("a", encoding="utf-8") as project:
                project.write(f'\n[project.urls]\nHomepage = "{address}"\n')
        subprocess.run(
            [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(copy)],
            stdout=subprocess.DEVNULL,
            check=True,
        )


def with_whole_links(page: str, address: str) -> str:
    """The page with links to the files of this version, where they led to files beside it; pictures to their bytes."""
    return LINK.sub(
        lambda link: f"{link[1]}[{link[2]}]({address}/{'raw' if link[1] else 'blob'}/v{VERSION}/{link[3]})", page
    )


def main() -> None:
    """Build both into ``dist`` and name them."""
    folder = ROOT / "dist"
    build(folder)
    for built in sorted(folder.iterdir()):
        sys.stdout.write(f"{built.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
