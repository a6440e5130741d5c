"""Buttons, lists, containers and forms as HTML."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from tests.discord.fake.errors import Json
from tests.discord.fake.seen import Form
from tests.discord.fake.world import World
from tests.discord.pictures.discord_html import to_html

ROW, BUTTON, TEXT_INPUT, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = (
    1,
    2,
    4,
    9,
    10,
    11,
    12,
    13,
    14,
    17,
)
LABEL, UPLOAD = 18, 19
RADIO, CHECKBOXES, CHECKBOX = 21, 22, 23
SELECTS = {3, 5, 6, 7, 8}
LINK = 5
PARAGRAPH = 2
STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger", LINK: "secondary", 6: "primary"}
NOTHING_CHOSEN = {
    3: "Make a selection",
    5: "Select users",
    6: "Select roles",
    7: "Select users and roles",
    8: "Select channels",
}


def component(part: Json, world: World) -> str:
    """One component with what is in it."""
    kind = part["type"]
    if kind in SELECTS:
        return _select(part, world)
    if kind in (RADIO, CHECKBOXES):
        return "".join(_option(one, round_=kind == RADIO) for one in part["options"])
    drawn: dict[int, Callable[[], str]] = {
        ROW: lambda: f'<div class="row">{_all(part, world)}</div>',
        BUTTON: lambda: _button(part),
        TEXT: lambda: f'<div class="text">{to_html(part["content"], world)}</div>',
        SECTION: lambda: (
            f'<div class="section"><div>{_all(part, world)}</div>{component(part["accessory"], world)}</div>'
        ),
        SEPARATOR: lambda: f'<div class="separator{"" if part.get("divider", True) else " empty"}"></div>',
        CONTAINER: lambda: _container(part, world),
        LABEL: lambda: _label(part, world),
        TEXT_INPUT: lambda: _input(part),
        UPLOAD: lambda: '<div class="upload"><b>Drop files here</b> or browse</div>',
        CHECKBOX: lambda: '<span class="box"></span>',
        FILE: lambda: "",
        THUMBNAIL: lambda: "",
        GALLERY: lambda: "",
    }
    return drawn[kind]()


def form_html(form: Form, world: World, typed: dict[str, str], sender: str) -> str:
    """A form, with texts typed into fields by their labels."""
    parts = []
    for part in form.payload["components"]:
        # In the older shape a field is alone in a row, and has its label itself.
        field = part["components"][0] if part["type"] == ROW else None
        labelled = {"type": LABEL, "label": field["label"], "component": field} if field else part
        parts.append(component(_with_text(labelled, typed), world))
    return (
        f'<div class="form"><div class="title">{escape(form.title)}<span class="close">×</span></div>'
        f'<div class="fields">{"".join(parts)}</div>'
        f'<div class="foot"><span>Cancel</span><span class="button primary">{escape(sender)}</span></div></div>'
    )


def _with_text(part: Json, typed: dict[str, str]) -> Json:
    if part["type"] != LABEL or part["label"] not in typed:
        return part
    return part | {"component": part["component"] | {"value": typed[part["label"]]}}


def _all(part: Json, world: World) -> str:
    return "".join(component(one, world) for one in part["components"])


def _container(part: Json, world: World) -> str:
    colour = part.get("accent_color")
    stripe = f' style="border-left: 4px solid #{colour:06x}"' if colour is not None else ""
    return f'<div class="container"{stripe}>{_all(part, world)}</div>'


def _button(part: Json) -> str:
    emoji = f'<span class="emoji">{escape(part["emoji"]["name"])}</span>' if part.get("emoji") else ""
    away = '<span class="away">↗</span>' if part["style"] == LINK else ""
    dimmed = " disabled" if part.get("disabled") else ""
    return f'<span class="button {STYLES[part["style"]]}{dimmed}">{emoji}{escape(part.get("label") or "")}{away}</span>'


def _select(part: Json, world: World) -> str:
    chosen = [escape(one["label"]) for one in part.get("options") or () if one.get("default")]
    chosen += [_named(int(one["id"]), world) for one in part.get("default_values") or ()]
    shown = "".join(f'<span class="chosen">{one}</span>' for one in chosen)
    empty = escape(part.get("placeholder") or NOTHING_CHOSEN[part["type"]])
    dimmed = " disabled" if part.get("disabled") else ""
    return f'<div class="select{dimmed}"><span>{shown or empty}</span><span class="arrow">⌄</span></div>'


def _named(one: int, world: World) -> str:
    if one in world.channels:
        return f"#{escape(world.channels[one].name)}"
    roles = {role.id: role.name for guild in world.guilds.values() for role in guild.roles.values()}
    return f"@{escape(roles.get(one) or world.users[one].name)}"


def _label(part: Json, world: World) -> str:
    field: dict[str, Any] = part["component"]
    star = '<span class="star">*</span>' if field.get("required", True) and field["type"] != CHECKBOX else ""
    about = f'<div class="about">{escape(part["description"])}</div>' if part.get("description") else ""
    label = f'<div class="label">{escape(part["label"])}{star}</div>'
    return f'<div class="field">{label}{about}{component(field, world)}</div>'


def _input(part: Json) -> str:
    shape = " tall" if part.get("style") == PARAGRAPH else ""
    if part.get("value"):
        return f'<div class="input{shape}">{escape(part["value"])}</div>'
    return f'<div class="input empty{shape}">{escape(part.get("placeholder") or "")}</div>'


def _option(option: Json, *, round_: bool) -> str:
    shape, state = "round" if round_ else "box", " on" if option.get("default") else ""
    return f'<div class="option"><span class="{shape}{state}"></span>{escape(option["label"])}</div>'
