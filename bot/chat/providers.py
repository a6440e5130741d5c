"""Settings -> a LangChain chat model, of any provider that ``init_chat_model`` knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from bot.errors import ChatModelError
from bot.settings import Settings
from retrieval.extras import has_extra, needs_extra

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# Providers that are extras of this distribution, and the variable that holds the key of each.
KEYS = {
    "openai": "OPENAI_API_KEY",
    "anthropic": "ANTHROPIC_API_KEY",
    "google_genai": "GOOGLE_API_KEY",
    "ollama": "OLLAMA_API_KEY",
}
COMPATIBLE = "openai"  # what a server of one's own speaks
# One more attempt after a fault that may pass; a provider's Retry-After is honoured.
MAX_RETRIES = 1
# Four statements need a tenth of it; the rest is for models that think before they write.
MAX_OUTPUT_TOKENS = 2_000
NO_KEY = "none"  # a local server asks for no key, its client does


def open_chat_model(settings: Settings) -> BaseChatModel:
    """The chat model that the settings name.

    Raises:
        ChatModelError: If no model is named, its provider is unknown or not installed, or it has no key; the sentence
            says the remedy and never holds a value of a setting that is secret.
    """
    provider, name = _provider_and_name(settings)
    if provider in KEYS and not has_extra(provider):
        raise ChatModelError(f"The chat model {needs_extra(provider)}")
    from langchain.chat_models import init_chat_model

    try:
        model: BaseChatModel = init_chat_model(name, model_provider=provider or None, **_arguments(provider, settings))
    except ImportError as error:
        package = (error.name or f"langchain-{provider}").partition(".")[0].replace("_", "-")
        raise ChatModelError(f"The chat model needs another package; install it with: pip install {package}") from None
    except Exception as error:  # noqa: BLE001 (each provider has its own, and their messages may hold the key)
        if _key(provider, settings) is None and "key" in str(error).casefold():
            variable = KEYS.get(provider, "the provider's own variable")
            raise ChatModelError(f"The chat model has no key; set PULLQUOTE_CHAT_API_KEY or {variable}.") from None
        raise ChatModelError(
            f"The chat model cannot be opened ({type(error).__name__}); write PULLQUOTE_CHAT_MODEL as provider:name, "
            "for example openai:gpt-5-mini."
        ) from None
    return model


def _provider_and_name(settings: Settings) -> tuple[str, str]:
    """The provider ("" leaves it to LangChain) and the model's name there."""
    if not settings.chat_model:
        raise ChatModelError("No chat model is set; set PULLQUOTE_CHAT_MODEL, for example to openai:gpt-5-mini.")
    provider, colon, name = settings.chat_model.partition(":")
    if settings.chat_base_url and provider not in KEYS:
        return COMPATIBLE, settings.chat_model  # "qwen2.5:7b" is a name, where the server is known
    return (provider, name) if colon else ("", settings.chat_model)


def _arguments(provider: str, settings: Settings) -> dict[str, Any]:
    key = _key(provider, settings)
    seconds = settings.chat_timeout_seconds
    given: dict[str, Any] = {"base_url": settings.chat_base_url} if settings.chat_base_url else {}
    if provider == "ollama":
        client: dict[str, Any] = {"timeout": seconds}
        if key is not None:
            client["headers"] = {"Authorization": f"Bearer {key.get_secret_value()}"}
        return given | {"client_kwargs": client, "num_predict": MAX_OUTPUT_TOKENS, "temperature": 0}
    given |= {"timeout": seconds, "max_retries": MAX_RETRIES, "max_tokens": MAX_OUTPUT_TOKENS}
    if key is not None:
        given["api_key"] = key
    if provider == COMPATIBLE:
        given["stream_usage"] = True
        if settings.chat_base_url:
            # Hosted models differ in whether they let the temperature be set; servers of one's own do.
            given |= {"temperature": 0, "api_key": key or SecretStr(NO_KEY)}
    return given


def _key(provider: str, settings: Settings) -> SecretStr | None:
    """Our own setting, or else the provider's variable, from the environment or ``.env``."""
    if settings.chat_api_key:
        return settings.chat_api_key
    variable = KEYS[provider] if provider in KEYS else f"{provider.upper()}_API_KEY"
    value = settings.variable_of_others(variable)
    return SecretStr(value) if value else None
