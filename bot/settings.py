"""Everything from the environment and ``.env``, in one frozen object."""

from __future__ import annotations

from pydantic import Field, SecretStr

from retrieval import LibrarySettings

# Where every Discord bot looks for it, so without our prefix.
TOKEN_VARIABLE = "DISCORD_TOKEN"  # noqa: S105 (the name of the variable, not a token)


class Settings(LibrarySettings):
    """The library's settings, the answerer's and those of the Discord bot."""

    answer_threshold: float = Field(
        default=0.25,
        ge=0,
        le=1,
        description="The confidence, from 0 to 1, under which the answer is that the document does not say.",
    )
    concurrent_answers: int = Field(
        default=2, ge=1, le=64, description="How many questions the Discord bot works on at once; the others wait."
    )
    read_threads: bool = Field(
        default=False,
        description="Whether plain messages in the bot's own threads are questions (needs Message Content Intent).",
    )
    discord_token: SecretStr | None = Field(
        default=None,
        validation_alias=TOKEN_VARIABLE,
        description="The Discord bot's token; docs/discord.md says where to get one.",
    )
