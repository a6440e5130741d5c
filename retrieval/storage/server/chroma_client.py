"""Chroma's client for a server, made to wait as we do: it has no setting for that, and no end to its waiting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import httpx
from chromadb.api.client import Client
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.auth import UserIdentity
from chromadb.config import Settings, System

from retrieval.storage.server import timeouts

# A server that takes nothing of what is sent to it for this long will not.
WRITE_SECONDS = 8.0


class CheckedClient(Client):
    """The client without its own first words, which ``check_server`` has said by now, and with an end to each."""

    def get_user_identity(self) -> UserIdentity:
        """Nobody in particular: tenant and database are given."""
        return UserIdentity(user_id="")

    def _validate_tenant_database(self, tenant: str, database: str) -> None:
        pass


def open_client(
    url: str, tenant: str, database: str, headers: Mapping[str, str], is_alive: Callable[[], bool]
) -> tuple[CheckedClient, Callable[[], None]]:
    """A client, and what lets go of all that it would keep: its sessions, and itself in a register of Chroma's."""
    address = urlsplit(url)
    https = address.scheme == "https"
    client = CheckedClient(
        tenant=tenant,
        database=database,
        settings=Settings(
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host=url if address.path else address.hostname or "",
            chroma_server_http_port=address.port or (443 if https else 80),
            chroma_server_ssl_enabled=https,
            chroma_server_headers=dict(headers),
            anonymized_telemetry=False,
        ),
    )
    sides: list[Any] = [client, client._admin_client]
    sessions: list[httpx.Client] = [side._server._session for side in sides]
    for session in sessions:
        session.timeout = httpx.Timeout(timeouts.ANSWER_SECONDS, connect=timeouts.SILENCE_SECONDS, write=WRITE_SECONDS)
        transport: Any = session._transport
        transport._pool._network_backend = timeouts.PatientBackend(is_alive)
    return client, partial(_let_go, sessions, [side._system for side in sides])


def _let_go(sessions: list[httpx.Client], systems: list[System]) -> None:
    for session in sessions:
        session.close()
    held, counts = SharedSystemClient._identifier_to_system, SharedSystemClient._identifier_to_refcount
    for identifier, system in list(held.items()):
        if any(system is one for one in systems):
            held.pop(identifier, None)
            counts.pop(identifier, None)
