"""The page as HTML: the one that asks a server, and the one that shows one answer with the sources that it cites."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from bot.citations import Citation
from bot.json_output import source_to_json, to_line
from bot.json_shapes import AnswerJson, SourceJson
from bot.render import CLOSEST_INTRODUCTION, UNSURE_INTRODUCTION, UNSURE_REMARK
from bot.types import Answer
from retrieval import Library, Source

# The script is one, written in files of one idea each; the last one begins to work.
SCRIPTS = ("elements.js", "offsets.js", "server.js", "proof.js", "answer.js", "document.js", "page.js")
POLICY, STYLE, SCRIPT, DATA = "$POLICY", "$STYLE", "$SCRIPT", "$DATA"
OWN_SERVER, NO_SERVER = "'self'", "'none'"
WEB = ("https://", "http://")
# What the page says in the words of the other faces.
WORDS = {"closest": CLOSEST_INTRODUCTION, "unsure": UNSURE_INTRODUCTION, "unsure_remark": UNSURE_REMARK}


def page_html() -> str:
    """The page that asks the server it came from."""
    return _filled(None, [], _policy(OWN_SERVER))


def page_policy() -> str:
    """The Content-Security-Policy to serve the page with: its own style and script, its own server, and no frame."""
    return f"{_policy(OWN_SERVER)}; frame-ancestors 'none'"


def answer_page(answer: Answer, sources: Iterable[tuple[Source, str]]) -> str:
    """The page as a file: one answer, and the sources that it cites with their collections; it reaches for nothing.

    A file is passed on, so that it names addresses of the web alone, and not where a document lay on this machine.
    """
    shown = replace(
        answer,
        citations=tuple(map(_without_local_address, answer.citations)),
        closest=_without_local_address(answer.offered) if answer.offered else None,
    )
    held = [source_to_json(replace(source, uri=_web_address(source.uri)), name) for source, name in sources]
    return _filled(shown.to_json(), held, _policy(NO_SERVER))


def cited_sources(answer: Answer, library: Library, collections: Iterable[str]) -> list[tuple[Source, str]]:
    """The sources whose words an answer shows, each once, with the collection that holds it.

    Raises:
        RetrievalError: If the library cannot be read.
    """
    shown = [*answer.citations, *([answer.offered] if answer.offered else [])]
    wanted = {(citation.quote.source_id, citation.quote.sha256) for citation in shown}
    found = {
        (record.id, record.sha256): (record, name)
        for name in collections
        for record in (library.records(name) if wanted else ())
        if (record.id, record.sha256) in wanted
    }
    return [(library.source(record), name) for record, name in found.values()]


def _filled(answer: AnswerJson | None, sources: Sequence[SourceJson], policy: str) -> str:
    # A document that says </script> or <!-- must not end the element that holds it.
    data = to_line({"words": WORDS, "answer": answer, "sources": sources}).replace("<", r"\u003c")
    page = _read("page.html").replace(POLICY, policy).replace(STYLE, _style()).replace(SCRIPT, _script())
    before, after = page.split(DATA)
    return f"{before}{data}{after}"


def _policy(server: str) -> str:
    """Nothing is loaded but what stands in the page itself, known by its hash."""
    style, script = _hash(_style()), _hash(_script())
    return (
        f"default-src 'none'; style-src {style}; script-src {script}; img-src data:; connect-src {server}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode('ascii')}'"


def _style() -> str:
    return _read("page.css")


def _script() -> str:
    return '"use strict";\n' + "\n".join(map(_read, SCRIPTS))


@cache
def _read(name: str) -> str:
    return files("bot.web_page").joinpath(name).read_text(encoding="utf-8")


def _without_local_address(citation: Citation) -> Citation:
    return replace(citation, uri=_web_address(citation.uri))


def _web_address(uri: str) -> str:
    return uri if uri.startswith(WEB) else ""
