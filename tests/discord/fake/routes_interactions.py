"""The first response to an interaction: once, within three seconds, of a type that fits what the person did."""

from __future__ import annotations

from tests.discord.fake import message_payloads
from tests.discord.fake.errors import (
    ApiError,
    FormErrors,
    Json,
    already_acknowledged,
    unknown_interaction,
    unknown_message,
)
from tests.discord.fake.form_limits import check_choices, check_form
from tests.discord.fake.messages import Uploads, check_body, edited, fill, publish
from tests.discord.fake.model import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    EPHEMERAL,
    FORM_SUBMIT,
    LOADING,
    MENU_RESPONSE,
    PLAIN,
    REPLY,
    SLASH_RESPONSE,
    InteractionRecord,
    MessageRecord,
)
from tests.discord.fake.rest import Call, Reply, Rest, message_body
from tests.discord.fake.seen import Choice
from tests.discord.fake.world import World

MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, FORM = 4, 5, 6, 7, 8, 9
FIRST_RESPONSE_SECONDS = 3.0
MENU_KINDS = (2, 3)


class InteractionRoutes:
    """Takes first responses."""

    def __init__(self, rest: Rest) -> None:
        self._world: World = rest.world
        rest.route("POST", "/interactions/{interaction}/{token}/callback", self._respond, needs_token=False)

    def _respond(self, call: Call) -> Reply | Json:
        interaction = self._world.interactions.get(call.number("interaction"))
        if interaction is None or interaction.token != call.parts["token"]:
            raise unknown_interaction()
        if interaction.acknowledged is not None:
            raise already_acknowledged()
        if self._world.clock.now() - interaction.sent_at > FIRST_RESPONSE_SECONDS or interaction.expired:
            raise unknown_interaction()
        body, uploads = message_body(call)
        kind: int = body.get("type", 0)
        data: Json = body.get("data") or {}
        self._check_kind(interaction, kind)
        self._take(interaction, kind, data, uploads)
        interaction.acknowledged = kind
        interaction.acknowledged_at = self._world.clock.now()
        if call.query.get("with_response", "").lower() not in ("1", "true"):
            return Reply(204)
        return self._told(interaction)

    def _check_kind(self, interaction: InteractionRecord, kind: int) -> None:
        """Refuse a response that does not fit: no form on a form, nothing to update where no message was clicked."""
        fitting = {
            COMMAND: {MESSAGE, DEFERRED, FORM},
            COMPONENT: {MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, FORM},
            AUTOCOMPLETE: {CHOICES},
            FORM_SUBMIT: {MESSAGE, DEFERRED} | ({DEFERRED_UPDATE, UPDATE} if interaction.source else set()),
        }[interaction.kind]
        if kind not in fitting:
            errors = FormErrors()
            errors.add(("type",), "BASE_TYPE_CHOICES", f"Value must be one of {sorted(fitting)}.")
            errors.raise_any()

    def _take(self, interaction: InteractionRecord, kind: int, data: Json, uploads: Uploads) -> None:
        errors = FormErrors()
        if kind == FORM:
            check_form(data, errors)
            errors.raise_any()
            interaction.form = data
        elif kind == CHOICES:
            check_choices(data.get("choices"), errors)
            errors.raise_any()
            interaction.choices = [Choice(one["name"], one["value"]) for one in data.get("choices") or ()]
        elif kind in (MESSAGE, DEFERRED):
            self._answer(interaction, kind, data, uploads)
        else:
            interaction.original = interaction.source
            if kind == UPDATE:
                assert interaction.source is not None
                if interaction.source.deleted:
                    raise unknown_message()
                check_body(data, uploads, ("data",))
                fill(self._world, interaction.source, data, uploads)
                edited(self._world, interaction.source)

    def _answer(self, interaction: InteractionRecord, kind: int, data: Json, uploads: Uploads) -> None:
        message = new_response(self._world, interaction, ephemeral=bool(data.get("flags", 0) & EPHEMERAL))
        if kind == DEFERRED:
            message.flags |= LOADING
        else:
            check_body(data, uploads, ("data",))
            fill(self._world, message, data, uploads)
        interaction.original = message
        interaction.ephemeral = message.ephemeral_to is not None
        publish(self._world, message)

    def _told(self, interaction: InteractionRecord) -> Json:
        described: Json = {"id": str(interaction.id), "type": interaction.kind}
        resource: Json = {"type": interaction.acknowledged}
        message = interaction.original
        if message is not None:
            described["response_message_id"] = str(message.id)
            described["response_message_loading"] = message.loading
            described["response_message_ephemeral"] = message.ephemeral_to is not None
            if interaction.acknowledged != DEFERRED_UPDATE:
                resource["message"] = message_payloads.message(message, sees_content=True)
        return {"interaction": described, "resource": resource}


def new_response(world: World, interaction: InteractionRecord, *, ephemeral: bool) -> MessageRecord:
    """Return a new message from the bot that answers an interaction; it is not published yet."""
    if world.bot.id not in (interaction.channel.guild.members if interaction.channel.guild else {world.bot.id: None}):
        raise ApiError(403, 50001, "Missing Access")
    message = MessageRecord(world.clock.snowflake(), interaction.channel, world.bot, PLAIN, world.clock.now())
    message.interaction = interaction
    if ephemeral:
        message.flags |= EPHEMERAL
        message.ephemeral_to = interaction.user
    if interaction.kind == COMMAND:
        message.kind = MENU_RESPONSE if interaction.data["type"] in MENU_KINDS else SLASH_RESPONSE
        message.reference = interaction.target
    elif interaction.kind == COMPONENT:
        message.kind = REPLY
        message.reference = interaction.source
    return message
