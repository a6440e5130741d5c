"""``pullquote refresh``: what it says and how it ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.json_checks import check_sentence
from tests.conftest import Run
from tests.retrieval.web.server import HOST, Site, answer, versioned

pytestmark = [pytest.mark.allow_hosts([HOST]), pytest.mark.usefixtures("programs")]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("PULLQUOTE_ALLOW_PRIVATE_URLS", "1")
    monkeypatch.setattr("retrieval.web.robots.PAUSE_SECONDS", 0.0)
    pages = {f"/{name}": f"<title>{name}</title><p>The {name} opens at nine.</p>".encode() for name in ("mill", "lock")}
    with Site({target: versioned(page, f'"{target}"') for target, page in pages.items()}) as site:
        yield site


def test_pages_are_looked_at_again(cli: Run, site: Site) -> None:
    assert cli("index", f"{site.url}/mill", f"{site.url}/lock", "--collection", "c").code == 0
    outcome = cli("refresh", "--collection", "c")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-1] == "2 unchanged."
    site.answers["/mill"] = answer(b"<title>mill</title><p>The mill opens at ten.</p>")
    del site.answers["/lock"]
    outcome = cli("refresh", "--collection", "c")
    assert (outcome.code, outcome.err) == (0, "")
    replaced, gone, advice = outcome.out.splitlines()
    assert replaced.startswith("Replaced “mill” (")
    assert gone.endswith(f"no longer has a page at {site.url}/lock.")
    assert advice == "1 document has no page any more; --prune removes such documents."
    outcome = cli("refresh", "--collection", "c", "--prune")
    assert outcome.code == 0
    assert "Removed “lock” (" in outcome.out
    assert cli("sources", "list", "--collection", "c").out.count("\n") == 1
    assert "ten" in cli("ask", "When does the mill open?", "--collection", "c").out


def test_a_page_that_fails_is_told_and_the_rest_goes_on(cli: Run, site: Site) -> None:
    cli("index", f"{site.url}/mill", f"{site.url}/lock", "--collection", "c")
    site.answers["/mill"] = answer(b"", "500 Oops")
    outcome = cli("refresh", "--collection", "c")
    assert outcome.code == 3
    assert outcome.err == f"{site.url}/mill answers 500 (internal server error); try again later.\n"
    assert "1 unchanged, 1 failed." in outcome.out
    site.answers["/lock"] = answer(b"", "500 Oops")
    assert cli("refresh", "--collection", "c").code == 2


def test_without_pages_there_is_nothing_to_do(cli: Run) -> None:
    outcome = cli("index", "-", "--collection", "c", stdin=b"A key of brass.")
    assert outcome.code == 0
    outcome = cli("refresh", "--collection", "c")
    assert (outcome.code, outcome.out) == (0, "No document in the collection “c” came from the web.\n")
    outcome = cli("refresh", "--collection", "d")
    assert outcome.code == 2
    check_sentence(outcome.err)


def test_help_says_what_is_not_looked_at(cli: Run) -> None:
    told = " ".join(cli("refresh", "--help").out.split())
    assert "`pullquote index URL --site` finds new pages of a site." in told
    assert "To update documents from files, index them again." in told
