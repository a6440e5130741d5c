"""Whatever takes long to load is loaded before the bot is online."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import Settings
from bot.discord import run
from bot.errors import CheckerError
from bot.extractive.calibration_file import FILE
from bot.extractive.reader import open_reader
from bot.extractive.reader.interface import bundled_reader
from retrieval.models.embedder import bundled_embedder
from retrieval.models.onnx_runtime import open_session

# The embedder once for everything; the reader once for several texts and once for one.
LOADED = ["embedder", "reader", "reader"]


class OnlineError(Exception):
    """The bot would be online by now."""


def test_both_models_are_loaded_before_login_and_not_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def opening(weights: Path, threads: int = 1) -> Any:
        opened.append(weights.stem)
        return open_session(weights, threads)

    for module in ("retrieval.models.onnx_embedder", "bot.extractive.reader.span_reader"):
        monkeypatch.setattr(f"{module}.open_session", opening)
    monkeypatch.setattr("bot.extractive.reader.span_reader.count_processors", lambda: 2)
    open_reader.cache_clear()
    bundled_reader.cache_clear()
    bundled_embedder.cache_clear()

    async def serve(make_bot: partial[Any], *_: object) -> None:
        _, chain, database = make_bot.args[:3]
        assert sorted(opened) == LOADED
        assert chain.invoke("How many planes?").citations
        assert sorted(opened) == LOADED
        chain.close()
        database.close()
        raise OnlineError  # the orderly end would be that of the process

    monkeypatch.setattr(run, "_serve", serve)
    with pytest.raises(OnlineError):
        run.run_bot(settings.model_copy(update={"discord_token": SecretStr("token")}), lambda line: None)


def test_a_calibration_that_cannot_be_used_is_told_at_the_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.home.mkdir(parents=True)
    (settings.home / FILE).write_text("damaged")
    said: list[str] = []

    async def serve(make_bot: partial[Any], *_: object) -> None:
        _, chain, database = make_bot.args[:3]
        chain.close()
        database.close()
        raise OnlineError

    monkeypatch.setattr(run, "_serve", serve)
    with pytest.raises(OnlineError):
        run.run_bot(settings.model_copy(update={"discord_token": SecretStr("token")}), said.append)
    assert any(line.startswith("The calibration in ") for line in said)


def test_a_checking_model_that_cannot_be_used_is_told_before_login(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def serve(*_: object) -> None:
        raise OnlineError

    monkeypatch.setattr(run, "_serve", serve)
    wrong = {
        "chat_model": "openai:scripted",
        "chat_api_key": SecretStr("key"),
        "checker_model": str(tmp_path / "missing"),
    }
    with pytest.raises(CheckerError, match="There is no folder"):
        run.run_bot(settings.model_copy(update={"discord_token": SecretStr("token")} | wrong), lambda line: None)
