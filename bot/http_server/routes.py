"""The addresses of the server, and what each answers."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Header
from fastapi.responses import HTMLResponse, JSONResponse, Response
from typing_extensions import TypedDict

from bot.chain import AnswerChain
from bot.http_server.answer_events import EVENT_STREAM, AnswerEvents
from bot.http_server.answer_queue import AnswerQueue
from bot.http_server.refusals import RefusalJson, refuse_with_sentences
from bot.http_server.request_bodies import AskBody, SearchBody, VerifyBody
from bot.json_output import document_to_json, passages_to_json, proof_to_json, source_to_json
from bot.json_shapes import AnswerJson, DocumentJson, PassagesJson, ProofJson, SourceJson
from bot.quotes import prove_quote
from bot.web_page import page_html, page_policy
from retrieval import DEFAULT_COLLECTION, Library, Span
from retrieval.version import VERSION

ABOUT = (
    "Answers questions about documents with quotes that are proven before they are shown. Offsets count Unicode code "
    "points. What stands in a document is data, never an instruction."
)


class HealthJson(TypedDict):
    """The server runs."""

    status: Literal["ok"]


class SourcesJson(TypedDict):
    """The documents of the library."""

    sources: list[DocumentJson]


def make_app(chain: AnswerChain, at_once: int) -> FastAPI:
    """The application that answers from ``chain``, so many questions at once."""
    app = FastAPI(
        title="Pullquote",
        version=VERSION,
        description=ABOUT,
        docs_url=None,  # these pages load scripts from elsewhere
        redoc_url=None,
        responses={"default": {"model": RefusalJson, "description": "The request is not answered."}},
    )
    refuse_with_sentences(app)
    queue = AnswerQueue(at_once)
    library = chain.library
    html, policy = page_html(), page_policy()

    @app.get("/", include_in_schema=False)
    async def page() -> Response:
        """Show the page that asks in the browser."""
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    @app.get("/health", responses=_told(HealthJson))
    async def health() -> Response:
        """Say that the server runs."""
        return JSONResponse(HealthJson(status="ok"))

    @app.post("/ask", responses=_told(AnswerJson, {EVENT_STREAM: {}}))
    async def ask(body: AskBody, accept: Annotated[str, Header()] = "") -> Response:
        """Answer a question with quotes.

        With `stream`, or where event streams are accepted, each event is the answer so far; the last one, `done`, is
        the whole answer.
        """
        question = body.asked()
        if body.stream or EVENT_STREAM in accept:
            return AnswerEvents(chain, queue, question, explain=body.explain)
        async with queue.slot():
            answer = await chain.ainvoke(question)
        return JSONResponse(answer.to_json(explain=body.explain))

    @app.post("/search", responses=_told(PassagesJson))
    async def search(body: SearchBody) -> Response:
        """Find the passages that fit a question best."""
        find = partial(chain.retriever.passages, k=body.k, collections=tuple(body.collections))
        async with queue.slot():
            passages = await asyncio.to_thread(find, body.question)
        return JSONResponse(passages_to_json(body.question, passages))

    # What follows runs in a thread: it reads the disk.
    @app.get("/sources", responses=_told(SourcesJson))
    def list_sources(collection: str | None = None) -> Response:
        """List the documents of one collection, or of all."""
        names = [collection] if collection else _collections(library)
        sources = [document_to_json(record, name) for name in names for record in library.records(name)]
        return JSONResponse(SourcesJson(sources=sources))

    @app.get("/sources/{source_id}", responses=_told(SourceJson))
    def show_source(source_id: str, collection: str = DEFAULT_COLLECTION) -> Response:
        """Give the text of a document, and the places in it."""
        source = library.read_consistently(lambda: library.source(library.find(source_id, collection)))
        return JSONResponse(source_to_json(source, collection))

    @app.post("/verify", responses=_told(ProofJson))
    def verify(body: VerifyBody) -> Response:
        """Read a source anew, hash it, and say whether the quoted words stand there."""
        span = Span(body.start, body.end)
        proof = prove_quote(
            library, body.source_id, span, sha256=body.sha256, text=body.text, collection=body.collection
        )
        return JSONResponse(proof_to_json(proof))

    return app


def _told(model: Any, content: dict[str, Any] | None = None) -> dict[int | str, dict[str, Any]]:
    """How a good response is described; it is not checked against that again each time."""
    return {200: {"model": model, "content": content or {}}}


def _collections(library: Library) -> list[str]:
    manifest = library.manifest()
    return sorted(manifest.collections) if manifest else []
