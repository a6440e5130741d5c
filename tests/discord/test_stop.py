"""How the bot stops: it finishes or apologises within ten seconds, and the code is 0."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from tests.discord.endings import SCENES, Ending
from tests.discord.faults_fixtures import at_once

PROMISED_SECONDS = 10
CHECKED = "checked against the source"
SORRY = "restart in the middle"
RESTARTING = "about to restart"
QUIET = (
    "idle",
    "brief answers",
    "endless answers",
    "ten queued",
    "adding briefly",
    "a slow status",
    "login",
    "patience",
)


@pytest.fixture(scope="module")
def endings(programs: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[Ending]]:
    return at_once(SCENES, tmp_path_factory.mktemp("endings"))


@pytest.mark.parametrize("name", SCENES)
def test_the_program_ends_in_time_and_in_order(endings: dict[str, Future[Ending]], name: str) -> None:
    ending = endings[name].result(120)
    assert ending.code == 0
    assert ending.seconds < PROMISED_SECONDS
    assert all(line.startswith(("WARNING ", "ERROR ")) for line in ending.err), ending.err
    assert name not in QUIET or ending.err == []


@pytest.mark.parametrize("name", ["idle", "two signals", "two signals in one moment", "outage"])
def test_nothing_to_wait_for_is_not_waited_for(endings: dict[str, Future[Ending]], name: str) -> None:
    assert endings[name].result(120).seconds < 4


def test_answers_that_are_nearly_ready_are_finished(endings: dict[str, Future[Ending]]) -> None:
    told = endings["brief answers"].result(120).told
    for way in ("public", "private", "mention", "direct message"):
        (text,) = told[way]
        assert CHECKED in text, way


def test_answers_that_take_too_long_are_apologised_for(endings: dict[str, Future[Ending]]) -> None:
    told = endings["endless answers"].result(120).told
    for way in ("public", "private", "mention", "direct message"):
        (text,) = told[way]
        assert SORRY in text, way


def test_who_asks_while_the_bot_stops_is_told_so(endings: dict[str, Future[Ending]]) -> None:
    told = endings["brief answers"].result(120).told
    for way in ("command", "menu", "mention", "direct message", "document", "form"):
        (text,) = told[f"late {way}"]
        assert RESTARTING in text, way


def test_each_of_ten_who_wait_gets_an_answer_or_an_apology(endings: dict[str, Future[Ending]]) -> None:
    ending = endings["ten queued"].result(120)
    finished = [text for (text,) in ending.told.values() if CHECKED in text]
    sorry = [text for (text,) in ending.told.values() if SORRY in text]
    assert (len(finished) >= 2, len(sorry) >= 1) == (True, True)
    assert len(finished) + len(sorry) == ending.messages == 10


def test_a_document_that_is_nearly_in_the_library_is_finished_and_told(endings: dict[str, Future[Ending]]) -> None:
    ending = endings["adding briefly"].result(120)
    (text,) = ending.told["added"]
    assert "is in the library" in text
    assert ending.verified is not None
    assert (ending.verified.code, ending.verified.err) == (0, [])
    assert any("mill" in line.lower() for line in ending.verified.out)


@pytest.mark.parametrize("name", ["adding for ever", "adding, answering and a slow Discord"])
def test_a_document_that_takes_too_long_leaves_no_trace(endings: dict[str, Future[Ending]], name: str) -> None:
    ending = endings[name].result(120)
    assert ending.verified is not None
    assert ending.verified.code == 2
    assert "no collection" in " ".join(ending.verified.err).lower()
    if "slow" not in name:
        (text,) = ending.told["added"]
        assert SORRY.split()[0] in text
        assert "Indexing" not in text
