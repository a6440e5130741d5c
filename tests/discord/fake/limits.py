"""Discord's limits on what a message may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tests.discord.fake.errors import FormErrors, Json, file_too_large, length
from tests.discord.fake.model import LAYOUT

CONTENT = 2000
EMBEDS = 10
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1024
FOOTER = 2048
AUTHOR = 256
ALL_EMBEDS = 6000
FILES = 10
FILE_BYTES = 10 * 1024 * 1024
NONCE = 25
MOST_IN_EMBED_ADDRESS, MOST_IN_BUTTON_ADDRESS = 2048, 512
SELECTS = (3, 5, 6, 7, 8)
MOST_CHOSEN = 25
# What each list can have chosen from the start, other than texts.
DEFAULTS = {5: {"user"}, 6: {"role"}, 7: {"user", "role"}, 8: {"channel"}}

Path = tuple[str | int, ...]


def check_message(body: Json, errors: FormErrors, path: Path = ()) -> None:
    """Check content, embeds, components and the small parts of a message body; files are checked by ``check_files``."""
    errors.at_most((*path, "content"), body.get("content"), CONTENT)
    nonce = body.get("nonce")
    if nonce is not None:
        errors.at_most((*path, "nonce"), nonce, NONCE)
    check_embeds(body.get("embeds") or [], errors, (*path, "embeds"))
    if not body.get("flags", 0) & LAYOUT:
        check_components(body.get("components") or [], errors, (*path, "components"))
    check_allowed_mentions(body.get("allowed_mentions"), errors, (*path, "allowed_mentions"))


def check_embeds(embeds: Sequence[Json], errors: FormErrors, path: Path) -> None:
    errors.at_most_items(path, embeds, EMBEDS)
    total = 0
    for number, embed in enumerate(embeds):
        here = (*path, number)
        footer, author = (embed.get(name) or {} for name in ("footer", "author"))
        errors.at_most((*here, "title"), embed.get("title"), EMBED_TITLE)
        errors.at_most((*here, "description"), embed.get("description"), EMBED_DESCRIPTION)
        errors.at_most((*here, "footer", "text"), footer.get("text"), FOOTER)
        errors.at_most((*here, "author", "name"), author.get("name"), AUTHOR)
        fields = embed.get("fields") or []
        errors.at_most_items((*here, "fields"), fields, EMBED_FIELDS)
        for index, field in enumerate(fields):
            errors.between((*here, "fields", index, "name"), field.get("name"), 1, FIELD_NAME)
            errors.between((*here, "fields", index, "value"), field.get("value"), 1, FIELD_VALUE)
        texts = [embed.get("title"), embed.get("description"), footer.get("text"), author.get("name")]
        texts += [field.get(part) for field in fields for part in ("name", "value")]
        total += sum(length(str(text)) for text in texts if text)
        for part, address in (("url", embed.get("url")), ("author", author.get("url"))):
            _check_address(address, MOST_IN_EMBED_ADDRESS, errors, (*here, part))
        if (
            not any(str(text).strip() for text in texts if text)
            and not embed.get("image")
            and not embed.get("thumbnail")
        ):
            errors.add((*here, "description"), "BASE_TYPE_REQUIRED", "This field is required")
    if total > ALL_EMBEDS:
        errors.add(path, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {ALL_EMBEDS}")


def _check_address(address: Any, most: int, errors: FormErrors, path: Path) -> None:
    errors.at_most(path, address, most)
    if address is not None and not re.match(r"(https?|discord)://[^\s/]", str(address)):
        errors.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")


def check_components(rows: Sequence[Json], errors: FormErrors, path: Path) -> None:
    errors.at_most_items(path, rows, 5)
    custom_ids: set[str] = set()
    for number, row in enumerate(rows):
        check_row(row, custom_ids, errors, (*path, number))


def check_row(row: Json, custom_ids: set[str], errors: FormErrors, path: Path) -> None:
    """Check a row: up to five buttons, or one list."""
    here = (*path, "components")
    parts = row.get("components") or []
    if row.get("type") != 1 or not parts:
        errors.add(path, "COMPONENT_LAYOUT_INVALID", "A row with something in it is needed")
    width = sum(1 if part.get("type") == 2 else 5 for part in parts)
    if width > 5:
        errors.add(here, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    for index, part in enumerate(parts):
        check_control(part, errors, (*here, index))
        check_custom_id(part, custom_ids, errors, (*here, index))


def check_control(part: Json, errors: FormErrors, path: Path) -> None:
    """Check a button or a list."""
    if part.get("type") == 2:
        errors.at_most((*path, "label"), part.get("label"), 80)
        if not part.get("label") and not part.get("emoji"):
            errors.add((*path, "label"), "BUTTON_COMPONENT_LABEL_REQUIRED", "A label or an emoji is needed")
        if part.get("style") not in (1, 2, 3, 4, 5):
            errors.add((*path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.")
        needed, excluded = ("url", "custom_id") if part.get("style") == 5 else ("custom_id", "url")
        if not part.get(needed):
            errors.add((*path, needed), "BASE_TYPE_REQUIRED", "This field is required")
        if part.get(excluded):
            errors.add((*path, excluded), "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "One of both, not both")
        _check_address(part.get("url"), MOST_IN_BUTTON_ADDRESS, errors, (*path, "url"))
    elif part.get("type") in SELECTS:
        check_select(part, errors, path)
    else:
        errors.add((*path, "type"), "UNION_TYPE_CHOICES", "Value of field 'type' must be one of (2, 3, 5, 6, 7, 8).")


def check_select(part: Json, errors: FormErrors, path: Path) -> None:
    errors.at_most((*path, "placeholder"), part.get("placeholder"), 150)
    least, most = part.get("min_values", 1), part.get("max_values", 1)
    for name, number, lowest in (("min_values", least, 0), ("max_values", most, 1)):
        if not lowest <= number <= MOST_CHOSEN:
            errors.add((*path, name), "NUMBER_TYPE_MAX", f"int value should be between {lowest} and {MOST_CHOSEN}.")
    if least > most:
        errors.add((*path, "min_values"), "NUMBER_TYPE_MAX", "Must not be more than max_values")
    if part["type"] != 3:
        _check_defaults(part, least, most, errors, path)
        return
    options = part.get("options") or []
    if not 1 <= len(options) <= 25:
        errors.add((*path, "options"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
    elif most > len(options):
        errors.add((*path, "max_values"), "NUMBER_TYPE_MAX", "No more can be chosen than there are options")
    if len({option.get("value") for option in options}) < len(options):
        errors.add((*path, "options"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The values must be unique")
    if sum(bool(option.get("default")) for option in options) > most:
        errors.add((*path, "options"), "SELECT_COMPONENT_INVALID_DEFAULT_VALUES", "More defaults than max_values")
    for index, option in enumerate(options):
        errors.between((*path, "options", index, "label"), option.get("label"), 1, 100)
        errors.between((*path, "options", index, "value"), option.get("value"), 1, 100)
        errors.at_most((*path, "options", index, "description"), option.get("description"), 100)


def _check_defaults(part: Json, least: int, most: int, errors: FormErrors, path: Path) -> None:
    """Check what is chosen from the start in a list of channels, roles or people."""
    defaults = part.get("default_values") or []
    here = (*path, "default_values")
    if defaults and not least <= len(defaults) <= most:
        errors.add(here, "SELECT_COMPONENT_INVALID_DEFAULT_VALUES", "Must be between min_values and max_values")
    if len({str(default.get("id")) for default in defaults}) < len(defaults):
        errors.add(here, "SELECT_COMPONENT_DEFAULT_VALUE_DUPLICATED", "The default values must be unique")
    if not {default.get("type") for default in defaults} <= DEFAULTS[part["type"]]:
        errors.add(here, "BASE_TYPE_CHOICES", f"The type must be one of {sorted(DEFAULTS[part['type']])}.")
    if part.get("channel_types") and part["type"] != 8:
        errors.add((*path, "channel_types"), "BASE_TYPE_BAD_TYPE", "Only lists of channels have channel types")


def check_custom_id(part: Json, taken: set[str], errors: FormErrors, path: Path) -> None:
    """Check the length of a custom id, and that no other part of the same message or form has it."""
    custom_id = part.get("custom_id")
    if custom_id is None:
        return
    errors.between((*path, "custom_id"), custom_id, 1, 100)
    if custom_id in taken:
        errors.add((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
    taken.add(custom_id)


def check_allowed_mentions(allowed: Any, errors: FormErrors, path: Path) -> None:
    """Check that no kind of mention is both parsed and listed, and that lists are short."""
    for kind in ("users", "roles"):
        listed = (allowed or {}).get(kind) or []
        errors.at_most_items((*path, kind), listed, 100)
        if listed and kind in (allowed.get("parse") or []):
            errors.add(
                (*path, kind), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", f'parse:["{kind}"] and {kind} both given'
            )


def check_files(files: Sequence[tuple[str, bytes]], errors: FormErrors, path: Path = ()) -> None:
    errors.at_most_items((*path, "attachments"), files, FILES)
    for _name, content in files:
        if len(content) > FILE_BYTES:
            raise file_too_large()
