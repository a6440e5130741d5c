from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot import Settings
from retrieval import LibrarySettings, SettingsError
from retrieval.models.published_weights import BUNDLED_MODEL


def test_nothing_set_gives_the_documented_values(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PULLQUOTE_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    settings = LibrarySettings.load()
    assert (settings.embedding_model, settings.passages) == (BUNDLED_MODEL, 5)
    assert settings.home.is_absolute()
    assert settings.home.name == "pullquote"


def test_the_environment_wins_over_the_env_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text('PULLQUOTE_PASSAGES=7\nPULLQUOTE_EMBEDDING_MODEL="a/b"\nOTHER=1\n', encoding="utf-8")
    assert LibrarySettings.load().passages == 7
    monkeypatch.setenv("PULLQUOTE_PASSAGES", "9")
    settings = LibrarySettings.load()
    assert (settings.passages, settings.embedding_model) == (9, "a/b")


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_PASSAGES", "")
    assert LibrarySettings.load().passages == 5


@pytest.mark.parametrize("value", ["0", "51", "-1", "many", "5.5", "secret\nvalue"])
def test_a_value_that_does_not_fit_is_refused_by_its_variable_and_never_repeated(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("PULLQUOTE_PASSAGES", value)
    with pytest.raises(
        SettingsError, match=r"^The setting PULLQUOTE_PASSAGES does not fit \(.*\); correct it"
    ) as caught:
        LibrarySettings.load()
    assert "secret" not in str(caught.value)
    assert "many" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_value_in_the_env_file_that_does_not_fit_is_refused_too() -> None:
    Path(".env").write_text("PULLQUOTE_PASSAGES=none\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"PULLQUOTE_PASSAGES .* correct it in the environment or \.env"):
        LibrarySettings.load()


def test_an_env_file_that_is_not_utf8_is_refused() -> None:
    Path(".env").write_bytes(b"PULLQUOTE_HOME=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"The file \.env cannot be read as UTF-8 text"):
        LibrarySettings.load()


@pytest.mark.parametrize(("value", "expected"), [("~/books", "home/books"), ("books", "work/books")])
def test_the_home_becomes_an_absolute_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str, expected: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PULLQUOTE_HOME", value)
    assert LibrarySettings.load().home == tmp_path / expected


def test_settings_cannot_be_changed() -> None:
    settings = LibrarySettings.load()
    with pytest.raises(ValidationError):
        settings.__setattr__("passages", 3)


def test_an_argument_that_is_no_setting_or_does_not_fit_is_refused_in_a_sentence() -> None:
    kinds: list[tuple[Callable[..., LibrarySettings], str]]
    kinds = [(LibrarySettings, "hoome"), (Settings, "homee"), (Settings, "kk")]
    for kind, wrong in kinds:
        with pytest.raises(SettingsError, match=rf"^There is no setting “{wrong}”; the settings are: .*\bhome\b.*\.$"):
            kind(**{wrong: "/tmp/x"})
    with pytest.raises(SettingsError, match=r"^The setting “passages” does not fit \([^\n]*\); give another value\.$"):
        LibrarySettings(passages=0)
    given = Settings(passages=3, DISCORD_TOKEN="word")
    assert (given.passages, given.discord_token) == (3, SecretStr("word"))


def test_variables_that_no_setting_reads_are_named_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    assert LibrarySettings.unknown_variables() == []
    for name in ("PULLQUOTE_PASAGES", "PULLQUOTE_HOMES", "OTHER"):
        monkeypatch.setenv(name, "1")
    assert LibrarySettings.unknown_variables() == ["PULLQUOTE_HOMES", "PULLQUOTE_PASAGES"]


def test_a_misspelt_name_in_the_env_file_is_named_too() -> None:
    Path(".env").write_text("PULLQUOTE_PASAGES=3\nOTHER=1\n", encoding="utf-8")
    assert LibrarySettings.unknown_variables() == ["PULLQUOTE_PASAGES"]


def test_secrets_come_from_files_that_a_service_manager_has_put_there_and_are_not_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    compose, systemd = tmp_path / "secrets", tmp_path / "credentials"
    for folder in (compose, systemd):
        folder.mkdir()
    monkeypatch.setattr("retrieval.settings.SECRETS_FOLDER", compose)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(systemd))
    (compose / "DISCORD_TOKEN").write_text("token of the container\n", encoding="utf-8")
    (compose / "PULLQUOTE_CHROMA_TOKEN").write_text("open sesame\n", encoding="utf-8")
    (systemd / "DISCORD_TOKEN").write_text("token of the unit\n", encoding="utf-8")
    (systemd / "OPENAI_API_KEY").write_text("key of the unit\n", encoding="utf-8")
    settings = Settings.load()
    assert settings.discord_token is not None
    assert settings.chroma_token is not None
    assert settings.discord_token.get_secret_value() == "token of the unit"
    assert settings.chroma_token.get_secret_value() == "open sesame"
    assert settings.variable_of_others("OPENAI_API_KEY") == "key of the unit"
    assert settings.variable_of_others("ANTHROPIC_API_KEY") is None
    assert "token of" not in repr(settings)
    assert "sesame" not in repr(settings)
    monkeypatch.setenv("DISCORD_TOKEN", "token of the environment")
    monkeypatch.setenv("OPENAI_API_KEY", "key of the environment")
    changed = Settings.load()
    assert changed.discord_token is not None
    assert changed.discord_token.get_secret_value() == "token of the environment"
    assert changed.variable_of_others("OPENAI_API_KEY") == "key of the environment"


def test_a_secret_that_cannot_be_read_is_named_and_its_words_are_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    readers: dict[str, Callable[[], object]] = {
        "PULLQUOTE_CHROMA_TOKEN": LibrarySettings.load,
        "OPENAI_API_KEY": lambda: LibrarySettings.variable_of_others("OPENAI_API_KEY"),
    }
    for name, read in readers.items():
        (tmp_path / name).write_bytes(b"sesame \xff\xfe")
        with pytest.raises(SettingsError, match=r"cannot be read as UTF-8 text") as caught:
            read()
        assert "sesame" not in str(caught.value)
        (tmp_path / name).unlink()
