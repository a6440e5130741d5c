"""Discord's limits on the definitions of commands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.discord.fake.errors import FormErrors, Json, length
from tests.discord.fake.limits import Path

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, SUBCOMMAND_GROUP = 1, 2
LONGEST_TEXT = 6000
NAME = re.compile(r"[-_'\w]{1,32}")


def check_commands(commands: Sequence[Json], errors: FormErrors) -> None:
    """Check all commands of an application together, as they are when they are synced."""
    for kind, most in ((CHAT_INPUT, 100), (USER_MENU, 15), (MESSAGE_MENU, 15)):
        if sum(command.get("type", 1) == kind for command in commands) > most:
            errors.add((), "APPLICATION_COMMAND_TOO_MANY", f"No more than {most} commands of type {kind}.")
    seen: set[tuple[int, str]] = set()
    for number, command in enumerate(commands):
        kind = command.get("type", 1)
        name = str(command.get("name"))
        if (kind, name) in seen:
            errors.add(
                (number, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
            )
        seen.add((kind, name))
        _check_command(command, errors, (number,))


def _check_command(command: Json, errors: FormErrors, path: Path) -> None:
    if command.get("type", 1) == CHAT_INPUT:
        _check_named(command, errors, path)
        _check_options(command.get("options") or [], errors, (*path, "options"), depth=0)
        if _size(command) > 8000:
            errors.add(path, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
    else:
        errors.between((*path, "name"), command.get("name"), 1, 32)
        if command.get("description"):
            errors.add((*path, "description"), "APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED", "No description here")


def _check_named(command: Json, errors: FormErrors, path: Path) -> None:
    name = str(command.get("name"))
    if not NAME.fullmatch(name) or name != name.lower():
        errors.add((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    errors.between((*path, "description"), command.get("description"), 1, 100)
    for locale, text in (command.get("description_localizations") or {}).items():
        errors.between((*path, "description_localizations", locale), text, 1, 100)


def _check_options(options: Sequence[Json], errors: FormErrors, path: Path, depth: int) -> None:
    errors.at_most_items(path, options, 25)
    names = [option.get("name") for option in options]
    for number, option in enumerate(options):
        here = (*path, number)
        _check_named(option, errors, here)
        if names.count(option.get("name")) > 1:
            errors.add((*here, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option names must be unique")
        if option.get("required") and any(not before.get("required") for before in options[:number]):
            errors.add(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options come first")
        if option.get("type") in (SUBCOMMAND, SUBCOMMAND_GROUP):
            if depth > (option["type"] == SUBCOMMAND):
                errors.add(
                    (*here, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command option types invalid"
                )
            _check_options(option.get("options") or [], errors, (*here, "options"), depth + 1)
        for limit, least in (("min_length", 0), ("max_length", 1)):
            if not least <= option.get(limit, least) <= LONGEST_TEXT:
                errors.add(
                    (*here, limit), "NUMBER_TYPE_MAX", f"int value should be between {least} and {LONGEST_TEXT}."
                )
        choices = option.get("choices") or []
        errors.at_most_items((*here, "choices"), choices, 25)
        for index, choice in enumerate(choices):
            errors.between((*here, "choices", index, "name"), choice.get("name"), 1, 100)
            if isinstance(choice.get("value"), str):
                errors.between((*here, "choices", index, "value"), choice["value"], 1, 100)
        if choices and option.get("autocomplete"):
            errors.add((*here, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", "Not with choices")


def _size(command: Json) -> int:
    """Return the characters that Discord adds up: of names, descriptions and values, each in its longest language."""
    own = sum(max(map(length, _in_all_languages(command, part))) for part in ("name", "description", "value"))
    return own + sum(_size(part) for part in (*(command.get("options") or []), *(command.get("choices") or [])))


def _in_all_languages(command: Json, part: str) -> list[str]:
    localized = command.get(f"{part}_localizations") or {}
    return [str(command.get(part) or ""), *map(str, localized.values())]
