"""The ways Discord says no, and the way the driver tells a test that it asked for the impossible."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """An answer other than success: HTTP status, Discord's code and its sentence."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} (error code: {code}): {message}")
        self.status = status
        self.body: Json = {"code": code, "message": message} | ({"errors": errors} if errors else {})


class ImpossibleActError(AssertionError):
    """A test let a person do what Discord's own app would not let them do."""


class NotOfferedError(ImpossibleActError):
    """The command was never synced, or Discord does not show it to this person in this place."""


class FormErrors:
    """Collects what is wrong with a request body, in the tree that Discord answers."""

    def __init__(self) -> None:
        self._tree: Json = {}

    def add(self, path: tuple[str | int, ...], code: str, message: str) -> None:
        """Note a mistake at a place such as ``("embeds", 0, "title")``."""
        node = self._tree
        for part in path:
            node = node.setdefault(str(part), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def at_most(self, path: tuple[str | int, ...], text: Any, limit: int) -> None:
        """Check that a text, where there is one, has no more UTF-16 units than allowed."""
        if text is not None and length(str(text)) > limit:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")

    def between(self, path: tuple[str | int, ...], text: Any, least: int, most: int) -> None:
        """Check a text that has to be there; Discord cuts blanks off at both ends."""
        if not isinstance(text, str) or not least <= length(text.strip()) <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")

    def at_most_items(self, path: tuple[str | int, ...], items: Any, limit: int) -> None:
        """Check that a list has no more items than allowed."""
        if items is not None and len(items) > limit:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")

    def raise_any(self) -> None:
        """Refuse the request if anything was noted."""
        if self._tree:
            raise ApiError(400, 50035, "Invalid Form Body", self._tree)


def length(text: str) -> int:
    """Return the length that Discord counts: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def unauthorized() -> ApiError:
    return ApiError(401, 0, "401: Unauthorized")


def unknown_channel() -> ApiError:
    return ApiError(404, 10003, "Unknown Channel")


def unknown_message() -> ApiError:
    return ApiError(404, 10008, "Unknown Message")


def unknown_webhook() -> ApiError:
    return ApiError(404, 10015, "Unknown Webhook")


def unknown_interaction() -> ApiError:
    return ApiError(404, 10062, "Unknown interaction")


def already_acknowledged() -> ApiError:
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def invalid_token() -> ApiError:
    return ApiError(401, 50027, "Invalid Webhook Token")


def missing_access() -> ApiError:
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions")


def foreign_message() -> ApiError:
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> ApiError:
    return ApiError(400, 50006, "Cannot send an empty message")


def layout_beside_words() -> ApiError:
    wrong = {"code": "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "message": "No words beside a layout"}
    return ApiError(400, 50035, "Invalid Form Body", {"content": {"_errors": [wrong]}})


def closed_direct_messages() -> ApiError:
    return ApiError(403, 50007, "Cannot send messages to this user")


def no_mutual_servers() -> ApiError:
    return ApiError(403, 50278, "Cannot send messages to this user due to having no mutual guilds")


def thread_archived() -> ApiError:
    return ApiError(400, 50083, "Thread is archived")


def thread_locked() -> ApiError:
    return ApiError(403, 160005, "Thread is locked")


def file_too_large() -> ApiError:
    return ApiError(413, 40005, "Request entity too large")
