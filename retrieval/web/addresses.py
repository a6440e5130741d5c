"""A web address, taken apart once: what is checked, asked for and shown all comes from the same parts."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from retrieval.errors import SourceError

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_CHARACTERS = 4_000
MAX_HOST_CHARACTERS = 253
MAX_SHOWN_CHARACTERS = 200
HOST = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
# What ``urlsplit`` makes of other brackets differs between patch releases of Python; and a zone, as in fe80::1%eth0,
# names a network card of this machine, nothing on the web.
BRACKETS = re.compile(r"\[[0-9A-Fa-f:.]+\](:[0-9]*)?")
PATH_SAFE = "/%:@!$&'()*+,;=~[]"
QUERY_SAFE = PATH_SAFE + "?"
# Whatever stands between the scheme and the last @ might be a password.
BEFORE_AT = re.compile(r"\A([A-Za-z][A-Za-z0-9+.-]*:)?(/*).*@", re.DOTALL)
NOT_AN_ADDRESS = "{name} is not a web address that can be read; check it, for example for missing letters."


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Where a page is: all of it ASCII, the host in small letters, ``target`` what the server is asked for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host, and the port if it is not the scheme's own, as the ``Host`` header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    def __str__(self) -> str:
        return self.origin + self.target


def show(address: WebAddress | str) -> str:
    """The address for people, not too long; from one that was not understood, what might be a password is left out."""
    text = BEFORE_AT.sub(r"\1\2", address) if isinstance(address, str) else str(address)
    text = "".join(character for character in text.strip() if character.isprintable())
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= MAX_SHOWN_CHARACTERS else text[:MAX_SHOWN_CHARACTERS] + "…"


def parse_address(text: str) -> WebAddress:
    """Take a web address apart; its fragment, which is no server's business, is left out.

    Raises:
        SourceError: If it is none, is of another scheme than http and https, or holds a user name or password.
    """
    if len(text) > MAX_CHARACTERS:
        raise SourceError(f"{{name}} is longer than {MAX_CHARACTERS:,} characters; use a shorter address.")
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
        target = _target(parts.path, parts.query)
    except ValueError:
        raise SourceError(NOT_AN_ADDRESS) from None
    if parts.scheme not in DEFAULT_PORTS:
        raise SourceError("{name} does not begin with http:// or https://; only such addresses are fetched.")
    if "@" in parts.netloc:
        raise SourceError(
            "{name} comes with a user name or password, which are never sent; save the page to a file and index that."
        )
    if port == 0 or ({"[", "]"} & set(parts.netloc) and not (":" in host and BRACKETS.fullmatch(parts.netloc))):
        raise SourceError(NOT_AN_ADDRESS)
    return WebAddress(parts.scheme, _host(host), DEFAULT_PORTS[parts.scheme] if port is None else port, target)


def redirected(address: WebAddress, location: str) -> str:
    """Where a ``Location`` header leads, as text that is still to be parsed.

    Raises:
        SourceError: If it is no address at all.
    """
    try:
        return urljoin(str(address), location)
    except ValueError:
        raise SourceError(NOT_AN_ADDRESS) from None


def _host(host: str) -> str:
    """The host as it is looked up: ASCII, without the root's dot.

    Odd spellings of numbers (``0x7f.1``) are left to the resolver, since only what it returns is connected to.
    """
    if len(host) > MAX_HOST_CHARACTERS:
        raise SourceError(NOT_AN_ADDRESS)
    try:
        if ":" in host:
            return str(ipaddress.IPv6Address(host))
        host = host.removesuffix(".")
        if not host.isascii():
            import idna

            host = idna.encode(host, uts46=True).decode("ascii").removesuffix(".")
    except ValueError:
        raise SourceError(NOT_AN_ADDRESS) from None
    if len(host) > MAX_HOST_CHARACTERS or not HOST.fullmatch(host):
        raise SourceError(NOT_AN_ADDRESS)
    return host


def _target(path: str, query: str) -> str:
    """Path and query, percent-encoded, with ``.`` and ``..`` taken as steps, as robots.txt is compared with."""
    kept: list[str] = []
    *folders, last = path.split("/")[1:] or [""]
    for segment in (*folders, last):
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if last in {".", ".."}:
        kept.append("")
    target = "/" + quote("/".join(kept), safe=PATH_SAFE)
    return f"{target}?{quote(query, safe=QUERY_SAFE)}" if query else target
