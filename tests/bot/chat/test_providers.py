from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel

from bot.chat import open_chat_model
from bot.errors import ChatModelError
from bot.settings import Settings
from retrieval.extras import EXTRAS

KEY = "sk-never-shown-to-anybody"


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GOOGLE_API_KEY", "GEMINI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def key_of(model: BaseChatModel) -> str:
    secret: Any = model.openai_api_key  # type: ignore[attr-defined]
    return str(secret.get_secret_value())


def test_our_own_key_goes_before_the_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-provider")
    assert key_of(open_chat_model(Settings(chat_model="openai:a"))) == "sk-of-the-provider"
    assert key_of(open_chat_model(Settings(chat_model="openai:a", chat_api_key=KEY))) == KEY


def test_the_providers_key_is_read_from_the_env_file() -> None:
    Path(".env").write_text(f"OPENAI_API_KEY={KEY}\nPULLQUOTE_CHAT_MODEL=openai:a\n", encoding="utf-8")
    model = open_chat_model(Settings.load())
    assert key_of(model) == KEY
    assert KEY not in repr(model)


def test_a_server_of_ones_own_needs_no_key_and_no_provider() -> None:
    model = open_chat_model(Settings(chat_model="qwen2.5:7b", chat_base_url="http://127.0.0.1:1/v1"))
    assert (model.model_name, model.openai_api_base) == ("qwen2.5:7b", "http://127.0.0.1:1/v1")  # type: ignore[attr-defined]
    assert key_of(model) == "none"


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (None, "set PULLQUOTE_CHAT_MODEL"),
        ("openai:a", "set PULLQUOTE_CHAT_API_KEY or OPENAI_API_KEY"),
        ("nobody:a", "write PULLQUOTE_CHAT_MODEL as provider:name"),
        ("a-model-of-no-known-provider", "write PULLQUOTE_CHAT_MODEL as provider:name"),
        ("groq:a", "pip install langchain-groq"),
    ],
)
def test_what_is_in_the_way_is_one_sentence_with_the_remedy(model: str | None, words: str) -> None:
    with pytest.raises(ChatModelError) as caught:
        open_chat_model(Settings(chat_model=model))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("provider", ["openai", "anthropic", "google_genai", "ollama"])
def test_a_missing_extra_says_the_command(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EXTRAS, provider, ("no_such_module",))
    with pytest.raises(ChatModelError) as caught:
        open_chat_model(Settings(chat_model=f"{provider}:a", chat_api_key=KEY))
    assert f'pip install "pullquote[{provider}]"' in str(caught.value)
    assert KEY not in str(caught.value)
