"""What cannot be answered, as a status and one plain sentence."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from typing_extensions import TypedDict

from bot.errors import QuestionError
from bot.safe_text import one_line, visible
from retrieval import CollectionError, LibraryBusyError, PullquoteError, UnknownSourceError

logger = logging.getLogger(__name__)

# Any other error of ours is none of the one who asks.
STATUSES: dict[type[PullquoteError], int] = {
    QuestionError: HTTPStatus.BAD_REQUEST,
    CollectionError: HTTPStatus.NOT_FOUND,
    UnknownSourceError: HTTPStatus.NOT_FOUND,
    LibraryBusyError: HTTPStatus.SERVICE_UNAVAILABLE,
}
SENTENCES = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address; /openapi.json lists what there is.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take that method; /openapi.json lists what it takes.",
}
NOT_JSON = 'The body is not JSON; send an object such as {"question": "How many planes?"}.'
NO_OBJECT = 'The body is not a JSON object; send one such as {"question": "How many planes?"}.'
MAX_NAME_CHARACTERS = 80


class RefusalJson(TypedDict):
    """Why a request is not answered, in one plain sentence."""

    error: str


def refusal(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The response that says why a request is not answered; whoever is told to come back is told when."""
    wait = {"Retry-After": "1"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    # Names that came with the request stand in it, as they were sent.
    return JSONResponse(RefusalJson(error=visible(sentence)), status, {**wait, **(headers or {})})


def sentence_on(error: Exception) -> str:
    """What went wrong, for people; what nobody foresaw goes to the log with its traceback."""
    if isinstance(error, PullquoteError):
        return str(error)
    logger.error("Something unexpected went wrong.", exc_info=error)
    return f"Something unexpected went wrong ({type(error).__name__}); the server's log says more."


def refuse_with_sentences(app: FastAPI) -> None:
    """Let ``app`` tell every error as a ``refusal``."""

    @app.exception_handler(PullquoteError)
    async def _ours(_: Request, error: PullquoteError) -> JSONResponse:
        status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 500)
        return refusal(status, str(error))

    @app.exception_handler(RequestValidationError)
    async def _unfit(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return refusal(HTTPStatus.BAD_REQUEST, NOT_JSON)
        return refusal(HTTPStatus.UNPROCESSABLE_ENTITY, _unfit_sentence(first))

    @app.exception_handler(HTTPException)
    async def _by_status(_: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == HTTPStatus.BAD_REQUEST:  # raised where a body cannot even be taken for broken JSON
            return refusal(error.status_code, NOT_JSON)
        return refusal(error.status_code, SENTENCES.get(HTTPStatus(error.status_code), error.detail), error.headers)

    @app.exception_handler(Exception)
    async def _unexpected(_: Request, error: Exception) -> JSONResponse:
        return refusal(HTTPStatus.INTERNAL_SERVER_ERROR, sentence_on(error))


def _unfit_sentence(problem: Mapping[str, Any]) -> str:
    """What does not fit in a request, where pydantic says where and how."""
    where = one_line(".".join(map(str, problem["loc"][1:])))[:MAX_NAME_CHARACTERS]
    if problem["type"] == "missing":
        return f"The request lacks “{where}”; add it." if where else "The request has no body; send a JSON object."
    if problem["type"] == "extra_forbidden":
        return f"The request has “{where}”, which is not known; /openapi.json lists what is."
    if not where and problem["type"] == "model_attributes_type":
        return NO_OBJECT
    message = str(problem["msg"]).removeprefix("Value error, ").rstrip(".")
    place = f" at “{where}”" if where else ""
    return f"The request does not fit{place}: {message[:1].lower()}{message[1:]}."
