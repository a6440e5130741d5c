"""Everything from the environment and ``.env``, in one frozen object."""

from __future__ import annotations

from pydantic import Field, SecretStr

from retrieval import LibrarySettings

# Where every Discord bot looks for it, so without our prefix.
TOKEN_VARIABLE = "DISCORD_TOKEN"  # noqa: S105 (the name of the variable, not a token)


class Settings(LibrarySettings):
    """The library's settings, the answerer's and those of the Discord bot."""

    reader_model: str | None = Field(
        default=None,
        description="The reader: a local folder or a Hugging Face hub id of an extractive question-answering model; "
        "without one, the reader that comes with the install.",
    )
    answer_threshold: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Below this confidence, from 0 to 1, the answer is that the document does not say "
        "(default: the selector's own).",
    )
    sure_threshold: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Below this confidence, from 0 to 1, an answer is shown as unsure (default: the selector's own).",
    )
    chat_model: str | None = Field(
        default=None,
        description="The chat model that writes answers, as provider:name; without one, answers are quotes alone.",
    )
    chat_base_url: str | None = Field(
        default=None, description="The address of the chat model's server, where it is not the provider's own."
    )
    chat_api_key: SecretStr | None = Field(
        default=None, description="The chat model's key; without it, the provider's own variable is read."
    )
    chat_timeout_seconds: float = Field(
        default=60, gt=0, le=3600, description="How many seconds the chat model has for an answer."
    )
    chat_concurrent_calls: int = Field(
        default=4, ge=1, le=64, description="How many calls to the chat model run at once; the others wait."
    )
    chat_max_tokens_a_day: int | None = Field(
        default=None, ge=0, description="How many tokens the chat model may use a day (UTC); past that, quotes alone."
    )
    checker_model: str | None = Field(
        default=None,
        description="The model that judges whether a chat model's statement follows from its quotes: a local folder or "
        "a Hugging Face hub id of a cross-encoder for natural language inference; without one, the network that comes "
        "with the install.",
    )
    checker_threshold: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="From this likelihood up, from 0 to 1, a chat model's statement counts as following from its "
        "quotes (default: the checking model's own).",
    )
    concurrent_answers: int = Field(
        default=2,
        ge=1,
        le=64,
        description="How many questions the Discord bot and `pullquote serve` work on at once; the others wait.",
    )
    serve_key: SecretStr | None = Field(
        default=None,
        description="The key that every request to `pullquote serve` must send; without one, it serves this machine "
        "alone.",
    )
    read_threads: bool = Field(
        default=False,
        description="Whether plain messages in the bot's own threads are questions (needs Message Content Intent).",
    )
    message_content: bool = Field(
        default=False,
        description="Whether Discord gives the bot the words of all messages (needs Message Content Intent): forum "
        "mode, channels read as documents, and mentions that point at a question need them.",
    )
    days_after_leaving: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="How many days the Discord bot keeps the documents and records of a server that it has left; they "
        "stay if it returns by then.",
    )
    discord_token: SecretStr | None = Field(
        default=None,
        validation_alias=TOKEN_VARIABLE,
        description="The Discord bot's token, from https://discord.com/developers/applications (Bot, Reset Token).",
    )
