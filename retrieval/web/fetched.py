"""A page or file as it came from the web."""

from __future__ import annotations

from dataclasses import dataclass, field

import httpcore

from retrieval.types import NO_VALIDATORS, Validators
from retrieval.web.addresses import WebAddress
from retrieval.web.bodies import read_body
from retrieval.web.responses import check_status, content_type, file_name, find_format, headers, validators_of


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page or file from the web.

    Args:
        url: Its address after all redirects, without fragment.
        data: The body, unpacked.
        content_type: What the server says it is, in small letters and without parameters; empty if it says nothing.
        charset: The character set that the server says, if Python knows it.
        name: A file name, from the server or the path; for its ending and for titles, never to be used as a path.
        validators: What the server calls this version of it.
        robots: What the server asks programs to do with it, a value for each ``X-Robots-Tag``.
    """

    url: str
    data: bytes = field(repr=False)
    content_type: str
    charset: str | None
    name: str
    validators: Validators = NO_VALIDATORS
    robots: tuple[str, ...] = ()

    @property
    def header(self) -> str | None:
        """Type and character set as one ``Content-Type`` header, with nothing in it but these two."""
        if not self.content_type or not self.charset:
            return self.content_type or None
        return f"{self.content_type}; charset={self.charset}"


def read_document(address: WebAddress, response: httpcore.Response) -> Fetched:
    """The document that a server answers with.

    Raises:
        SourceError: If the answer is something else, or a document of a kind or size that cannot be read.
    """
    check_status(response.status)
    name = file_name(response, address)
    served, charset = content_type(response)
    data = read_body(response, find_format(name, served).max_bytes)
    robots = tuple(headers(response, "x-robots-tag"))
    return Fetched(str(address), data, served, charset, name, validators_of(response), robots)
