"""The token, and what is in the way of a login, as a sentence."""

from __future__ import annotations

import aiohttp
import discord

from bot.errors import DiscordError, TokenError
from bot.settings import TOKEN_VARIABLE, Settings

PORTAL = "https://discord.com/developers/applications"
NO_TOKEN = (
    f"There is no Discord token; make one at {PORTAL} (New Application, then Bot, Reset Token) and put "
    f"{TOKEN_VARIABLE}=… into the environment, or into a file .env in the folder where you start this; a container "
    f"or a service takes it from the file of its secret {TOKEN_VARIABLE}."
)
WRONG_TOKEN = (
    f"Discord does not accept the token; copy it again from {PORTAL} (Bot, Reset Token) to where "
    f"{TOKEN_VARIABLE} is set: the environment, .env, or the file of a secret."
)
NO_NETWORK = "Discord cannot be reached; check the network and start again."
AUTHENTICATION_FAILED = 4004

# The bot neither speaks nor listens, so nobody needs to hear that the libraries for it are missing.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False


def bot_token(settings: Settings) -> str:
    """The token that is set.

    Raises:
        TokenError: If there is none, or it cannot be one.
    """
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise TokenError(NO_TOKEN)
    if not (token.isascii() and token.isprintable() and " " not in token):
        raise TokenError(WRONG_TOKEN)
    return token


def plain_error(error: Exception, client: discord.Client) -> Exception:
    """The error as a sentence, where it is about Discord."""
    if isinstance(error, discord.LoginFailure):
        return TokenError(WRONG_TOKEN)
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return error
    if isinstance(error, discord.ConnectionClosed):
        if error.code == AUTHENTICATION_FAILED:
            return TokenError(WRONG_TOKEN)
        return DiscordError(f"Discord closed the connection (code {error.code}); start again later.")
    if isinstance(error, discord.HTTPException):
        return DiscordError(f"Discord answered with an error ({error.status}); start again later.")
    # discord.py stumbles over its missing gateway when the very first connection to it fails.
    never_connected = isinstance(error, AttributeError) and getattr(client, "ws", None) is None
    if never_connected or isinstance(error, aiohttp.ClientError | OSError):
        return DiscordError(NO_NETWORK)
    return error
