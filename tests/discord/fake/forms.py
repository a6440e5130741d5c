"""Forms: what a person sees of one, and what is sent when it is filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.discord.fake.errors import ImpossibleActError, Json, length
from tests.discord.fake.form_limits import ACTION_ROW, FILE_UPLOAD, LABEL, TEXT_DISPLAY, TEXT_INPUT
from tests.discord.fake.limits import SELECTS
from tests.discord.fake.seen import Field, Form

Upload = tuple[str, bytes]
Values = Mapping[str, str | Sequence[Any]]
# Takes a file as Discord does, and gives what is told of it.
Store = Callable[[Upload], Json]
# Finds what is chosen in a list, and notes what is told of it.
Resolve = Callable[[Json, Sequence[Any], dict[str, Json]], list[str]]


def form_from(payload: Json, opened_by: int) -> Form:
    """Return a form as a person sees it."""
    fields: list[Field] = []
    for component in payload["components"]:
        if component["type"] == ACTION_ROW:
            part = component["components"][0]
            fields.append(_field(part, part["label"], ""))
        elif component["type"] == LABEL:
            fields.append(_field(component["component"], component["label"], component.get("description") or ""))
    return Form(payload["title"], payload["custom_id"], tuple(fields), opened_by, payload)


def _field(part: Json, label: str, description: str) -> Field:
    return Field(
        custom_id=part["custom_id"],
        label=label,
        kind=part["type"],
        description=description,
        placeholder=part.get("placeholder") or "",
        value=part.get("value") or "",
        required=part.get("required", True),
        min_length=part.get("min_length") or 0,
        max_length=part.get("max_length") or 4000,
        style=part.get("style", 1),
        min_values=part.get("min_values", 1),
        max_values=part.get("max_values", 1),
    )


def filled_in(form: Form, values: Values | str, store: Store, resolve: Resolve) -> Json:
    """Return the data of a form that is sent, after the checks that Discord's app makes.

    Args:
        form: the form.
        values: texts, files as ``(name, content)``, or what is chosen, by label or custom id; or one text for the only
            text field.
        store: takes the files.
        resolve: finds what is chosen.
    """
    if isinstance(values, str):
        texts = [field for field in form.fields if field.kind == TEXT_INPUT]
        if len(texts) != 1:
            raise ImpossibleActError(f"the form {form.title!r} has {len(texts)} text fields, not one")
        values = {texts[0].custom_id: values}
    unknown = set(values) - {name for field in form.fields for name in (field.custom_id, field.label)}
    if unknown:
        raise ImpossibleActError(f"the form {form.title!r} has no field {sorted(unknown)}")
    components: list[Json] = []
    resolved: dict[str, Json] = {}
    number = 0
    by_id = {field.custom_id: field for field in form.fields}
    for component in form.payload["components"]:
        number += 1
        if component["type"] == TEXT_DISPLAY:
            components.append({"type": TEXT_DISPLAY, "id": number})
            continue
        inner = component["components"][0] if component["type"] == ACTION_ROW else component["component"]
        field = by_id[inner["custom_id"]]
        wrapper: Json = {"type": component["type"], "id": component.get("id", number)}
        number += 1
        sent = {"type": field.kind, "id": inner.get("id", number), "custom_id": field.custom_id}
        if field.kind == FILE_UPLOAD:
            uploaded = [store(file) for file in _files(field, values)]
            resolved.setdefault("attachments", {}).update({one["id"]: one for one in uploaded})
            sent["values"] = [one["id"] for one in uploaded]
        elif field.kind in SELECTS:
            sent["values"] = resolve(inner, _given(field, values) or (), resolved)
        else:
            sent |= _value(field, values)
        components.append(
            wrapper | ({"components": [sent]} if component["type"] == ACTION_ROW else {"component": sent})
        )
    data: Json = {"custom_id": form.custom_id, "components": components}
    found = {kind: told for kind, told in resolved.items() if told}
    return data | ({"resolved": found} if found else {})


def _given(field: Field, values: Values) -> Any:
    return values.get(field.custom_id, values.get(field.label))


def _files(field: Field, values: Values) -> list[Upload]:
    given = _given(field, values) or ()
    files = [one for one in given if isinstance(one, tuple)]
    if not field.min_values <= len(files) <= field.max_values or (field.required and not files):
        raise ImpossibleActError(f"{field.label!r} takes {field.min_values} to {field.max_values} files")
    return files


def _value(field: Field, values: Values) -> Json:
    given = _given(field, values)
    text = field.value if given is None else str(given)
    if field.required and not text:
        raise ImpossibleActError(f"the field {field.label!r} has to be filled in")
    if text and not field.min_length <= length(text) <= field.max_length:
        raise ImpossibleActError(
            f"{field.label!r} takes {field.min_length} to {field.max_length} characters, not {length(text)}"
        )
    return {"value": text}
