"""Settings of the library: frozen, passed in, never read at import."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableSettings

from retrieval.errors import SettingsError
from retrieval.index.vector_store import DEFAULT_STORE, VECTOR_STORES
from retrieval.models.published_weights import BUNDLED_MODEL

PREFIX = "PULLQUOTE_"
ENV_FILE = ".env"
# Where Docker Compose puts secrets, each a file called like its variable; systemd names its folder in a variable.
SECRETS_FOLDER = Path("/run/secrets")
CREDENTIALS_VARIABLE = "CREDENTIALS_DIRECTORY"
# What pydantic says in its own words, by the kind of error.
PLAIN_REASONS = {"missing": "it is missing", "extra_forbidden": "there is none of that name"}


def default_home() -> Path:
    """The platform's folder for a user's data of this program.

    Raises:
        SettingsError: If the user has no home folder.
    """
    try:
        return user_data_path("pullquote", appauthor=False).expanduser()
    except RuntimeError:
        raise SettingsError("There is no home folder to keep the library in; set PULLQUOTE_HOME to a folder.") from None


def secrets_folders() -> list[Path]:
    """The folders in which a service manager has put secrets for this program; a later one wins."""
    named = os.environ.get(CREDENTIALS_VARIABLE)
    folders = [SECRETS_FOLDER, *([Path(named)] if named else [])]
    return [folder for folder in folders if folder.is_dir()]


class LibrarySettings(BaseSettings):
    """What the library needs to know, from the environment, ``.env`` and files of secrets (prefix ``PULLQUOTE_``).

    What is given as an argument counts more than they do.

    Raises:
        SettingsError: If an argument is no setting or does not fit, or as ``load`` does.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_ignore_empty=True, extra="ignore", frozen=True
    )

    home: Path = Field(
        default_factory=default_home,
        description="The folder that holds the library (default: the platform's user data folder).",
    )
    vector_store: str = Field(
        default=DEFAULT_STORE,
        description="What keeps the vectors of a library in a folder; a collection moves to it with its next change.",
    )
    chroma_url: str | None = Field(
        default=None,
        description="The Chroma server that holds the library, for several machines; without one, a folder does.",
    )
    chroma_token: SecretStr | None = Field(default=None, description="What the Chroma server knows you by, if it asks.")
    chroma_tenant: str = Field(default="default_tenant", description="The tenant on the Chroma server.")
    chroma_database: str = Field(
        default="default_database", description="The database on the Chroma server; each holds one library."
    )
    embedding_model: str = Field(
        default=BUNDLED_MODEL,
        description="The embedding model: the bundled one, a local folder, or a Hugging Face hub id.",
    )
    passages: int = Field(
        default=5, ge=1, le=50, description="How many passages a question retrieves (k), from 1 to 50."
    )
    allow_private_urls: bool = Field(
        default=False,
        description="Whether web addresses may lead into private networks, for pages of an intranet that you trust.",
    )

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        try:
            return home.expanduser().absolute()
        except RuntimeError:
            raise ValueError("there is no such home folder") from None

    @field_validator("vector_store")
    @classmethod
    def _known_store(cls, name: str) -> str:
        if name not in VECTOR_STORES:
            raise ValueError(f"the vector stores are: {', '.join(VECTOR_STORES)}")
        return name

    @field_validator("chroma_url")
    @classmethod
    def _web_address(cls, address: str | None) -> str | None:
        if address is None:
            return None
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("it must begin with http:// or https:// and name a host")
        if parts.username or parts.password:
            raise ValueError("a name or password in it would be shown; put the token into PULLQUOTE_CHROMA_TOKEN")
        return address.rstrip("/")

    if not TYPE_CHECKING:  # type checkers know the arguments by the fields

        def __init__(self, **given: Any) -> None:
            known = {name for key, field in type(self).model_fields.items() for name in (key, field.validation_alias)}
            # Pydantic passes over what is unknown, because a file .env may hold what others read.
            if unknown := sorted(name for name in given if name not in known and not name.startswith("_")):
                names = ", ".join(sorted(type(self).model_fields))
                raise SettingsError(f"There is no setting “{unknown[0]}”; the settings are: {names}.")
            self._read(given)

    @classmethod
    def load(cls) -> Self:
        """Read the settings from the environment, else from ``.env``, else from the files of ``secrets_folders``.

        Raises:
            SettingsError: If a value does not fit; the sentence names the variable, never its value.
        """
        return cls(_secrets_dir=secrets_folders())

    def _read(self, given: dict[str, Any]) -> None:
        """What Python's own ``__init__`` does, with sentences for what goes wrong."""
        try:
            super().__init__(**given)
        except ValidationError as error:
            name, reason = first_problem(error)
            if name in given:
                raise SettingsError(f"The setting “{name}” does not fit ({reason}); give another value.") from None
            raise SettingsError(
                f"The setting {PREFIX + name.upper()} does not fit ({reason}); correct it in the environment or .env."
            ) from None
        except UnreadableSettings as error:  # a file of secrets; pydantic-settings does not say which
            folders = " or ".join(map(str, secrets_folders()))
            file = getattr(error.__cause__, "filename", None) or f"of secrets in {folders}"
            raise _unreadable(file, error.__cause__) from None
        except (UnicodeDecodeError, OSError) as error:
            raise _unreadable(ENV_FILE, error) from None

    @classmethod
    def given(cls, settings: Self | None) -> Self:
        """``settings`` where they are given, else those of the environment and ``.env``.

        Raises:
            SettingsError: If they are something else, or if a value does not fit.
        """
        if settings is None:
            return cls.load()
        if not isinstance(settings, cls):
            kind = type(settings).__name__
            raise SettingsError(f"The settings are of the type {kind}; give a {cls.__name__} object, or nothing.")
        return settings

    def __getstate__(self) -> dict[Any, Any]:
        """The state that is pickled: without secrets, which the process that opens it reads from its environment."""
        state = super().__getstate__()
        fields = {name: value for name, value in state["__dict__"].items() if not isinstance(value, SecretStr)}
        return {**state, "__dict__": fields}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        fields = state["__dict__"]
        if secrets := type(self).model_fields.keys() - fields.keys():
            loaded = self.load()
            fields = {**fields, **{name: getattr(loaded, name) for name in secrets}}
        super().__setstate__({**state, "__dict__": fields})

    @staticmethod
    def variable_of_others(name: str) -> str | None:
        """A variable that is not ours, such as a provider's key, from the environment, ``.env`` or a file of secrets.

        Raises:
            SettingsError: If there is such a file, and it cannot be read.
        """
        if given := os.environ.get(name) or dotenv_values(ENV_FILE).get(name):
            return given
        for folder in reversed(secrets_folders()):
            try:
                if secret := (folder / name).read_text(encoding="utf-8").strip():
                    return secret
            except FileNotFoundError:
                continue
            except (UnicodeDecodeError, OSError) as error:
                raise _unreadable(folder / name, error) from None
        return None

    @classmethod
    def unknown_variables(cls) -> list[str]:
        """Names with our prefix, in the environment or ``.env``, that no setting has: most likely misspelt."""
        fields = cls.model_fields.items()
        known = {str(field.validation_alias or PREFIX + name.upper()) for name, field in fields}
        given = {name.upper() for name in (*os.environ, *dotenv_values(ENV_FILE))}
        return sorted(name for name in given if name.startswith(PREFIX) and name not in known)


def first_problem(error: ValidationError) -> tuple[str, str]:
    """The name of the first value that does not fit, and why it does not."""
    first = error.errors(include_input=False)[0]
    reason = PLAIN_REASONS.get(first["type"]) or first["msg"].removeprefix("Value error, ").lower()
    return str(first["loc"][0]), reason


def _unreadable(file: Path | str, error: BaseException | None) -> SettingsError:
    if isinstance(error, PermissionError):
        return SettingsError(
            f"The user {os.getuid()}, who runs this, may not read {file}; give the file and its folder to that user, "
            "or a mode that lets it read them."
        )
    return SettingsError(f"The file {file} cannot be read as UTF-8 text; correct it or move it away.")
