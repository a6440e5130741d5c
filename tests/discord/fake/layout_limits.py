"""Discord's limits on messages that are laid out: words and controls in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.discord.fake.errors import FormErrors, Json, length
from tests.discord.fake.limits import Path, check_control, check_custom_id, check_row

ROW, BUTTON, SECTION, TEXT_DISPLAY, THUMBNAIL, SEPARATOR, CONTAINER = 1, 2, 9, 10, 11, 14, 17
COMPONENTS = 40
CHARACTERS = 4000


def parts_of(components: Sequence[Json]) -> Iterator[Json]:
    """All components, from top to bottom, each before what it holds."""
    for component in components:
        yield component
        yield from parts_of(component.get("components") or ())
        yield from parts_of([component["accessory"]] if component.get("accessory") else ())


def words_of(components: Sequence[Json]) -> list[str]:
    """The words that stand among components."""
    return [str(part["content"]) for part in parts_of(components) if part["type"] == TEXT_DISPLAY]


def check_layout(body: Json, errors: FormErrors, path: Path = ()) -> None:
    """Check a message that is laid out; it has no content and no embeds beside that."""
    for name in ("content", "embeds"):
        if body.get(name):
            errors.add((*path, name), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", f"No {name} here")
    components = body.get("components") or []
    here = (*path, "components")
    if not 1 <= len(list(parts_of(components))) <= COMPONENTS:
        errors.add(here, "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {COMPONENTS} in length.")
    if sum(map(length, words_of(components))) > CHARACTERS:
        errors.add(here, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", f"No more than {CHARACTERS} characters")
    custom_ids: set[str] = set()
    for number, component in enumerate(components):
        _check(component, custom_ids, errors, (*here, number))


def _check(component: Json, custom_ids: set[str], errors: FormErrors, path: Path, *, inside: bool = False) -> None:
    kind = component.get("type")
    if kind == ROW:
        check_row(component, custom_ids, errors, path)
    elif kind == TEXT_DISPLAY:
        errors.between((*path, "content"), component.get("content"), 1, CHARACTERS)
    elif kind == SECTION:
        _check_section(component, custom_ids, errors, path)
    elif kind == CONTAINER and not inside:
        for number, part in enumerate(component.get("components") or []):
            _check(part, custom_ids, errors, (*path, "components", number), inside=True)
    elif kind != SEPARATOR:
        errors.add((*path, "type"), "UNION_TYPE_CHOICES", "Value of field 'type' must be one of (1, 9, 10, 14, 17).")


def _check_section(section: Json, custom_ids: set[str], errors: FormErrors, path: Path) -> None:
    texts = section.get("components") or []
    if not 1 <= len(texts) <= 3 or any(text.get("type") != TEXT_DISPLAY for text in texts):
        errors.add((*path, "components"), "BASE_TYPE_BAD_LENGTH", "One to three texts are needed")
    accessory = section.get("accessory") or {}
    if accessory.get("type") not in (BUTTON, THUMBNAIL):
        errors.add((*path, "accessory"), "BASE_TYPE_REQUIRED", "This field is required")
    elif accessory["type"] == BUTTON:
        check_control(accessory, errors, (*path, "accessory"))
        check_custom_id(accessory, custom_ids, errors, (*path, "accessory"))
