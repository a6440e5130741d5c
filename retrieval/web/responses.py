"""What a server answers, before its body: whether it is a page, of which kind, and under which name."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from email.message import Message
from email.utils import collapse_rfc2231_value, parsedate_to_datetime
from http import HTTPStatus
from pathlib import PurePosixPath
from urllib.parse import unquote

import httpcore

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.formats import BY_CONTENT_TYPE, BY_SUFFIX, REFUSED_BY_SUFFIX, REFUSED_CONTENT_TYPES, Format
from retrieval.loaders.formats import find_format as find_file_format
from retrieval.types import Validators
from retrieval.web.addresses import WebAddress

REDIRECTS = {301, 302, 303, 307, 308}
ASK_YOURSELF = {401, 402, 403, 407, 451}
# An entity tag is opaque, but has this form; and a date has some of these characters.
ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,500}"')
DATE = re.compile(r"[A-Za-z0-9,: +-]{8,60}")
CONTENT_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
# What servers say of files that they know nothing about.
UNKNOWN_TYPES = {"", "application/octet-stream", "binary/octet-stream", "application/force-download"}
# Python knows these as encodings; no page is written in them.
NOT_CHARSETS = {"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"}
# No honest header that is looked into is longer.
MAX_HEADER_CHARACTERS = 1_000
MAX_NAME_CHARACTERS = 120
SAVE_IT = "save it to a file and index that"


class StatusError(SourceError):
    """The server answers with something else than a page; ``status`` is the answer's."""

    def __init__(self, sentence: str, status: int = 0) -> None:
        super().__init__(sentence)
        self.status = status

    @property
    def is_gone(self) -> bool:
        """Whether there is no such page, or none any more."""
        return self.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


def header(response: httpcore.Response, name: str) -> str:
    """A header's value, the first if there are several; empty without one."""
    return next(headers(response, name), "")


def headers(response: httpcore.Response, name: str) -> Iterator[str]:
    """All values of a header."""
    for key, value in response.headers:
        if key.lower() == name.encode("ascii"):
            try:
                yield value.decode("utf-8").strip()
            except UnicodeDecodeError:
                yield value.decode("latin-1").strip()


def validators_of(response: httpcore.Response) -> Validators:
    """What the server calls this version of the page; what could not be sent back as it is counts for nothing."""
    etag, last_modified = header(response, "etag"), header(response, "last-modified")
    return Validators(etag if ETAG.fullmatch(etag) else "", last_modified if DATE.fullmatch(last_modified) else "")


def retry_after(response: httpcore.Response) -> float | None:
    """For how many seconds a server that is asked too much wants to be left alone; None where it does not say."""
    if response.status not in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        return None
    value = header(response, "retry-after")[:MAX_HEADER_CHARACTERS]
    if value.isascii() and value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def check_status(status: int) -> None:
    """Refuse an answer that is no page.

    Raises:
        StatusError: If the status says so; the sentence says it in words.
    """
    if status == HTTPStatus.OK:
        return
    try:
        words = f"{status} ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        words = str(status)
    if status in ASK_YOURSELF:
        remedy = f"if you can open it yourself, {SAVE_IT}"
    elif status in {408, 429} or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        remedy = "try again later"
    else:
        remedy = "check the address"
    raise StatusError(f"{{name}} answers {words}; {remedy}.", status)


def content_type(response: httpcore.Response) -> tuple[str, str | None]:
    """What the server says of the body: its type in small letters, and its character set if Python can read it."""
    value = header(response, "content-type")[:MAX_HEADER_CHARACTERS]
    if not value:
        return "", None
    message = Message()
    message["Content-Type"] = value
    charset = message.get_content_charset() or None
    try:
        b"a".decode(charset or "utf-8")
    except (LookupError, ValueError):
        charset = None
    if charset and charset.replace("-", "_") in NOT_CHARSETS:
        charset = None
    told = message.get_content_type()
    return told if CONTENT_TYPE.fullmatch(told) else "", charset


def file_name(response: httpcore.Response, address: WebAddress) -> str:
    """The name under which the server hands the file out, else the last part of the path, else the host's."""
    message = Message()
    message["Content-Disposition"] = header(response, "content-disposition")[:MAX_HEADER_CHARACTERS]
    given = [value for key, value in message.get_params([], "Content-Disposition") if key.lower() == "filename"]
    # The form that can hold any letter comes last, and goes before the plain one.
    return _tidy(collapse_rfc2231_value(given[-1]) if given else "") or _tidy(unquote(address.path)) or address.host


def find_format(name: str, served: str) -> Format:
    """The format of a body, by its type, and by its name where the type says little.

    Raises:
        SourceError: If it is none that can be read.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if served in UNKNOWN_TYPES:
        if not suffix or suffix not in BY_SUFFIX.keys() | REFUSED_BY_SUFFIX.keys():
            raise SourceError(f"{{name}} does not say what kind of file it is; {SAVE_IT}.", SourceProblem.FORMAT)
        served = ""
    main_type = served.partition("/")[0]
    if served and served not in BY_CONTENT_TYPE and main_type not in {"text", *REFUSED_CONTENT_TYPES}:
        raise SourceError(
            f"{{name}} is {served}, which cannot be read; save it as text or PDF and index that.", SourceProblem.FORMAT
        )
    try:
        return find_file_format(name, served or None)
    except SourceError as error:
        raise SourceError("{name}" + str(error).removeprefix(name), error.problem) from None


def _tidy(name: str) -> str:
    """A file's name without folders and unprintable characters, and not too long; it is never used as a path."""
    name = PurePosixPath(name.replace("\\", "/")).name
    name = "".join(character for character in name if character.isprintable()).strip(" .")
    path = PurePosixPath(name)
    return name if len(name) <= MAX_NAME_CHARACTERS else path.stem[:100] + path.suffix[:20]
