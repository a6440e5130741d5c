from __future__ import annotations

from pathlib import Path

import pytest

from tests.retrieval.web.conftest import NAME, SiteOf, fetch, refusal
from tests.retrieval.web.server import PAGE

ADVICE = "check the address, or name the file of your own certificate authority in SSL_CERT_FILE."


def test_a_page_over_tls_from_an_authority_of_one_s_own(
    site_of: SiteOf, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    site = site_of(certificate=certificate)
    # The connection goes to 127.0.0.1, and it is the name that the certificate is checked for.
    assert fetch(f"https://{NAME}:{site.port}/page").data == PAGE


def test_a_certificate_for_another_name_is_refused(
    site_of: SiteOf, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    url = f"https://other.example:{site_of(certificate=certificate).port}/page"
    sentence = refusal(url)
    assert sentence.startswith(f"{url} cannot prove who it is (")
    assert "other.example" in sentence.removeprefix(url)
    assert sentence.endswith(ADVICE)


def test_a_certificate_that_nobody_vouches_for_is_refused(site_of: SiteOf, certificate: Path) -> None:
    site = site_of(certificate=certificate)
    url = f"https://{NAME}:{site.port}/page"
    assert refusal(url).startswith(f"{url} cannot prove who it is (self")
    assert site.requests == []


def test_a_server_without_tls_is_told(site_of: SiteOf) -> None:
    url = f"https://{NAME}:{site_of().port}/page"
    assert refusal(url).startswith(f"{url} cannot be reached by https (")
