"""A small Discord of the tests' own, spoken to over real sockets: REST API v10 and gateway on 127.0.0.1."""

from __future__ import annotations

from tests.discord.fake.answers import Interaction, Said
from tests.discord.fake.channels import Channel, Role
from tests.discord.fake.errors import ImpossibleActError, NotOfferedError
from tests.discord.fake.faults import Fault, Faults
from tests.discord.fake.gateway_control import GatewayControl
from tests.discord.fake.people import Person
from tests.discord.fake.permissions import Permission
from tests.discord.fake.places import Guild
from tests.discord.fake.request_log import Request
from tests.discord.fake.seen import Button, Choice, Field, Form, Message, Pings
from tests.discord.fake.server import TOKEN, FakeDiscord

__all__ = [
    "TOKEN",
    "Button",
    "Channel",
    "Choice",
    "FakeDiscord",
    "Fault",
    "Faults",
    "Field",
    "Form",
    "GatewayControl",
    "Guild",
    "ImpossibleActError",
    "Interaction",
    "Message",
    "NotOfferedError",
    "Permission",
    "Person",
    "Pings",
    "Request",
    "Role",
    "Said",
]
