"""What the tests of the web share: sites on this machine, and names that lead to them."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from retrieval import SourceError
from retrieval.web import Fetched, WebFetcher
from tests.retrieval.web.server import HOST, PAGE, Answer, Site, answer

HERE = Path(__file__).parent
NAME = "site.example"
PUBLIC = "93.184.216.34"

SiteOf = Callable[..., Site]


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Let the tests of this folder talk to 127.0.0.1."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.allow_hosts([HOST]))


@pytest.fixture
def site_of(programs: None) -> Iterator[SiteOf]:
    """Start sites that end with the test; without anything else they have one page, ``/page``."""
    with ExitStack() as stack:

        def start(answers: dict[str, Answer] | None = None, certificate: Path | None = None) -> Site:
            return stack.enter_context(Site({"/page": answer(PAGE), **(answers or {})}, certificate))

        yield start


@pytest.fixture(scope="session")
def certificate(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for ``site.example`` that vouches for itself, with its key, in one file."""
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-keyout", "key.pem", "-out", "certificate.pem", "-days", "2", "-subj", f"/CN={NAME}"),
            *("-addext", f"subjectAltName=DNS:{NAME}", "-addext", "keyUsage=critical,digitalSignature,keyCertSign"),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    both = folder / "both.pem"
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "certificate.pem").read_bytes())
    return both


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were connected to; the public one ends on this machine, everything else nowhere."""
    addresses: list[str] = []
    connect = socket.create_connection

    def create_connection(address: tuple[str, int], timeout: float, source_address: None) -> socket.socket:
        addresses.append(address[0])
        if address[0] != PUBLIC:
            raise ConnectionRefusedError(111, "Connection refused")
        return connect((HOST, address[1]), timeout, source_address)

    monkeypatch.setattr(socket, "create_connection", create_connection)
    return addresses


def fetch(url: str, *, seconds: float = 20) -> Fetched:
    """Fetch from this machine, where ``*.example`` leads too."""
    with WebFetcher(allow_private=True, seconds=seconds, resolve=this_machine) as fetcher:
        return fetcher.fetch(url)


def this_machine(host: str, port: int) -> list[str]:
    assert host == HOST or host.endswith(".example"), host
    return [HOST]


def refusal(url: str, *, seconds: float = 20) -> str:
    """The sentence with which an address is refused."""
    with pytest.raises(SourceError) as caught:
        fetch(url, seconds=seconds)
    sentence = str(caught.value)
    assert "{" not in sentence
    assert sentence.endswith(".")
    assert caught.value.__cause__ is None
    return sentence
