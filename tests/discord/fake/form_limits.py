"""Discord's limits on forms and on the suggestions made while somebody types."""

from __future__ import annotations

from typing import Any

from tests.discord.fake.errors import FormErrors, Json
from tests.discord.fake.limits import SELECTS, Path, check_custom_id, check_select

ACTION_ROW, TEXT_INPUT, TEXT_DISPLAY, LABEL, FILE_UPLOAD = 1, 4, 10, 18, 19
MOST_UPLOADS = 10


def check_form(data: Json, errors: FormErrors, path: Path = ("data",)) -> None:
    """Check a form: text inputs in rows of their own (the older shape) or inside labels (the newer)."""
    errors.between((*path, "title"), data.get("title"), 1, 45)
    errors.between((*path, "custom_id"), data.get("custom_id"), 1, 100)
    components = data.get("components") or []
    if not 1 <= len(components) <= 5:
        errors.add((*path, "components"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    custom_ids: set[str] = set()
    for number, component in enumerate(components):
        here = (*path, "components", number)
        if component.get("type") == TEXT_DISPLAY:
            continue
        part, place = _field_of(component, errors, here)
        if part is None:
            errors.add((*here, "type"), "UNION_TYPE_CHOICES", "Value of field 'type' must be one of (1, 10, 18).")
            continue
        _check_field(part, errors, place)
        check_custom_id(part, custom_ids, errors, place)


def _field_of(component: Json, errors: FormErrors, path: Path) -> tuple[Json | None, Path]:
    """Return the field inside a row or a label, after checking what surrounds it."""
    if component.get("type") == ACTION_ROW and len(component.get("components") or []) == 1:
        field: Json = component["components"][0]
        errors.between((*path, "components", 0, "label"), field.get("label"), 1, 45)
        return field, (*path, "components", 0)
    if component.get("type") == LABEL and component.get("component"):
        errors.between((*path, "label"), component.get("label"), 1, 45)
        errors.at_most((*path, "description"), component.get("description"), 100)
        if component["component"].get("label"):
            errors.add((*path, "component", "label"), "LABEL_NOT_ALLOWED", "The label around it has the text already")
        return component["component"], (*path, "component")
    return None, path


def _check_field(field: Json, errors: FormErrors, path: Path) -> None:
    if not field.get("custom_id"):
        errors.add((*path, "custom_id"), "BASE_TYPE_REQUIRED", "This field is required")
    if field.get("disabled"):
        errors.add((*path, "disabled"), "COMPONENT_DISABLED_IN_MODAL", "Nothing in a form can be disabled")
    if field.get("required", True) and field.get("min_values", 1) < 1 and field.get("type") != TEXT_INPUT:
        errors.add((*path, "min_values"), "NUMBER_TYPE_MIN", "What is required takes at least 1.")
    if field.get("type") in SELECTS:
        check_select(field, errors, path)
    elif field.get("type") == TEXT_INPUT:
        if field.get("style") not in (1, 2):
            errors.add((*path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")
        errors.at_most((*path, "placeholder"), field.get("placeholder"), 100)
        errors.at_most((*path, "value"), field.get("value"), int(field.get("max_length") or 4000))
        for name, least in (("min_length", 0), ("max_length", 1)):
            number = field.get(name)
            if number is not None and not least <= number <= 4000:
                errors.add((*path, name), "NUMBER_TYPE_MAX", f"int value should be between {least} and 4000.")
    elif field.get("type") == FILE_UPLOAD:
        for name, least in (("min_values", 0), ("max_values", 1)):
            if not least <= field.get(name, 1) <= MOST_UPLOADS:
                errors.add((*path, name), "NUMBER_TYPE_MAX", f"int value should be at most {MOST_UPLOADS}.")
    else:
        allowed = "(3, 4, 5, 6, 7, 8, 19)"
        errors.add((*path, "type"), "UNION_TYPE_CHOICES", f"Value of field 'type' must be one of {allowed}.")


def check_choices(choices: Any, errors: FormErrors, path: Path = ("data", "choices")) -> None:
    """Check suggestions: 25 at most, each with a name and a value of up to 100 characters."""
    errors.at_most_items(path, choices, 25)
    for number, choice in enumerate(choices or []):
        errors.between((*path, number, "name"), choice.get("name"), 1, 100)
        if isinstance(choice.get("value"), str):
            errors.between((*path, number, "value"), choice["value"], 1, 100)
