"""What the bot does with an interaction after the first response: edit or delete it, and say more."""

from __future__ import annotations

from tests.discord.fake import message_payloads
from tests.discord.fake.errors import Json, invalid_token, thread_archived, unknown_message, unknown_webhook
from tests.discord.fake.messages import check_body, delete, edited, fill, publish
from tests.discord.fake.model import EPHEMERAL, InteractionRecord, MessageRecord
from tests.discord.fake.rest import Call, Reply, Rest, message_body
from tests.discord.fake.routes_interactions import new_response
from tests.discord.fake.world import World

TOKEN_SECONDS = 15 * 60
ONE_MESSAGE = "/webhooks/{application}/{token}/messages/{message}"


class WebhookRoutes:
    """Carries out what an interaction's token allows for 15 minutes."""

    def __init__(self, rest: Rest) -> None:
        self._world: World = rest.world
        rest.route("POST", "/webhooks/{application}/{token}", self._say_more, needs_token=False)
        rest.route("GET", ONE_MESSAGE, self._read, needs_token=False)
        rest.route("PATCH", ONE_MESSAGE, self._edit, needs_token=False)
        rest.route("DELETE", ONE_MESSAGE, self._delete, needs_token=False)

    def _interaction(self, call: Call) -> InteractionRecord:
        found = [one for one in self._world.interactions.values() if one.token == call.parts["token"]]
        if not found or call.number("application") != self._world.application_id:
            raise unknown_webhook()
        interaction = found[0]
        if interaction.expired or self._world.clock.now() - interaction.sent_at > TOKEN_SECONDS:
            raise invalid_token()
        if interaction.acknowledged is None:
            raise unknown_webhook()
        return interaction

    def _message(self, call: Call) -> MessageRecord:
        """Return the message that is meant; the original of a response that only updated is the clicked message."""
        interaction = self._interaction(call)
        wanted = call.parts["message"]
        if wanted == "@original":
            message = interaction.original
        else:
            own = [interaction.original, interaction.source, *interaction.followups]
            message = next((one for one in own if one is not None and str(one.id) == wanted), None)
        if message is None or message.deleted:
            raise unknown_message()
        return message

    def _read(self, call: Call) -> Json:
        return self._payload(self._message(call))

    def _edit(self, call: Call) -> Json:
        message = self._message(call)
        if message.channel.archived:
            raise thread_archived()
        body, uploads = message_body(call)
        check_body(body, uploads)
        fill(self._world, message, body, uploads)
        edited(self._world, message)
        return self._payload(message)

    def _delete(self, call: Call) -> Reply:
        delete(self._world, self._message(call))
        return Reply(204)

    def _say_more(self, call: Call) -> Json:
        """Post a further message; the first one after a deferred response takes the place of "is thinking"."""
        interaction = self._interaction(call)
        body, uploads = message_body(call)
        check_body(body, uploads)
        original = interaction.original
        if original is not None and original.loading and not original.deleted:
            fill(self._world, original, body, uploads)
            edited(self._world, original)
            return self._payload(original)
        message = new_response(self._world, interaction, ephemeral=bool(body.get("flags", 0) & EPHEMERAL))
        message.original_response_id = original.id if original is not None else None
        if original is not None:
            message.reference = original
        fill(self._world, message, body, uploads)
        interaction.followups.append(message)
        publish(self._world, message)
        return self._payload(message)

    def _payload(self, message: MessageRecord) -> Json:
        return message_payloads.message(message, sees_content=True)
