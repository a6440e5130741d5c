"""The plain pipeline that a user of LangChain would write instead, as its guides do; a program of its own.

It has the same model in its published form. ``index FOLDER FILE…`` makes a store of some files, ``ask FOLDER QUESTION``
prints the nearest chunks, ``search FOLDER QUESTIONS`` prints how many milliseconds each question of a JSON file took.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from langchain_chroma import Chroma
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from retrieval.model_files import bundled_model_folder

CHUNK_CHARACTERS, OVERLAP_CHARACTERS = 1000, 200
NEAREST = 4
WARM_UP = 5


def open_store(folder: str) -> Chroma:
    embeddings = HuggingFaceEmbeddings(model_name=str(bundled_model_folder()))
    return Chroma(persist_directory=folder, embedding_function=embeddings)


def index(folder: str, files: list[str]) -> None:
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS)
    store = open_store(folder)
    for file in files:
        store.add_texts(splitter.split_text(Path(file).read_text("utf-8")))


def ask(folder: str, question: str) -> None:
    for document in open_store(folder).similarity_search(question, k=NEAREST):
        print(document.page_content)  # noqa: T201 (a program)


def search(folder: str, questions: list[str]) -> None:
    store, milliseconds = open_store(folder), []
    for question in [*questions[:WARM_UP], *questions]:
        began = time.perf_counter()
        store.similarity_search(question, k=NEAREST)
        milliseconds.append(1000 * (time.perf_counter() - began))
    print(json.dumps(milliseconds[WARM_UP:]))  # noqa: T201


if __name__ == "__main__":
    what, place, *rest = sys.argv[1:]
    if what == "index":
        index(place, rest)
    elif what == "ask":
        ask(place, rest[0])
    else:
        search(place, json.loads(Path(rest[0]).read_text("utf-8")))
