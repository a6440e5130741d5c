"""The plain pipeline that a user of LangChain would write instead, as its guides do; a program of its own.

It has the same model in its published form. ``index FOLDER FILE…`` makes a store of some files, ``ask FOLDER QUESTION``
prints the nearest chunks, ``search FOLDER QUESTIONS`` prints how many milliseconds each question of a JSON file took,
``read FILE…`` prints how long it takes to read files.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from langchain_chroma import Chroma
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from pypdf import PdfReader

from retrieval.models.published_weights import published_model_folder
from tests.benchmarks.asked import WARM_UP

CHUNK_CHARACTERS, OVERLAP_CHARACTERS = 1000, 200
NEAREST = 4
# What Chroma takes at once.
MOST = 5_000


def open_store(folder: str) -> Chroma:
    embeddings = HuggingFaceEmbeddings(model_name=str(published_model_folder()))
    return Chroma(persist_directory=folder, embedding_function=embeddings)


def index(folder: str, files: list[str]) -> None:
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS)
    store = open_store(folder)
    chunks = [chunk for file in files for page in pages_of(file) for chunk in splitter.split_text(page)]
    for first in range(0, len(chunks), MOST):
        store.add_texts(chunks[first : first + MOST])


def pages_of(file: str) -> list[str]:
    """The texts of a PDF's pages, as LangChain's PyPDFLoader gives them, or the whole of a text file."""
    if not file.endswith(".pdf"):
        return [Path(file).read_text("utf-8")]
    return [page.extract_text() for page in PdfReader(file).pages]


def read(files: list[str]) -> None:
    began = time.perf_counter()
    pages = sum(len(pages_of(file)) for file in files)
    print(json.dumps({"pages": pages, "seconds": time.perf_counter() - began}))  # noqa: T201


def ask(folder: str, question: str) -> None:
    for document in open_store(folder).similarity_search(question, k=NEAREST):
        print(document.page_content)  # noqa: T201 (a program)


def search(folder: str, questions: list[str]) -> None:
    store, milliseconds = open_store(folder), []
    for question in [*WARM_UP, *questions]:
        began = time.perf_counter()
        store.similarity_search(question, k=NEAREST)
        milliseconds.append(1000 * (time.perf_counter() - began))
    print(json.dumps(milliseconds[len(WARM_UP) :]))  # noqa: T201


if __name__ == "__main__":
    what, place, *rest = sys.argv[1:]
    if what == "index":
        index(place, rest)
    elif what == "read":
        read([place, *rest])
    elif what == "ask":
        ask(place, rest[0])
    else:
        search(place, json.loads(Path(rest[0]).read_text("utf-8")))
