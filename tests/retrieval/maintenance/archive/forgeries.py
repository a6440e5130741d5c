"""Files that somebody made to look like an exported library."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np

from retrieval.maintenance.archive.layout import CONTENTS
from tests.retrieval.maintenance.archive.archives import exported


def forged(change: Callable[[dict[str, bytes], dict[str, Any]], None], *, honest: bool = True) -> bytes:
    """The file with its parts changed, and the table of contents made to fit them."""
    with zipfile.ZipFile(io.BytesIO(exported())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != CONTENTS}
        contents = json.loads(archive.read(CONTENTS))
    change(parts, contents)
    if honest:
        contents["parts"] = {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, CONTENTS: json.dumps(contents).encode()}.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def first_source(contents: dict[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = next(iter(contents["manifest"]["collections"]["rules"]["sources"].values()))
    return record


def alter_text(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    name = next(name for name in parts if name.endswith(".txt"))
    parts[name] = parts[name].replace(b"e", b"a")


def add_part(name: str) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    return lambda parts, contents: parts.update({name: b"anything"})


def drop_part(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    parts.pop(next(name for name in parts if name.endswith(".txt")))


def claim(**fields: Any) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    return lambda parts, contents: first_source(contents).update(fields)


def claim_manifest(**fields: Any) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    return lambda parts, contents: contents["manifest"].update(fields)


def chunks(rows: Any) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    return lambda parts, contents: parts.update({"collections/0000/chunks.json": json.dumps(rows).encode()})


def move_a_chunk(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    rows = json.loads(parts["collections/0000/chunks.json"])
    rows[0][2] = 10_000
    parts["collections/0000/chunks.json"] = json.dumps(rows).encode()


def array(make: Callable[[np.ndarray[Any, Any]], Any]) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    def change(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
        name = "collections/0000/vectors.npy"
        buffer = io.BytesIO()
        np.save(buffer, make(np.load(io.BytesIO(parts[name]))), allow_pickle=True)
        parts[name] = buffer.getvalue()

    return change


def bomb(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    parts[next(name for name in parts if name.endswith(".txt"))] = bytes(30_000_000)


def pad(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    contents["manifest"]["note"] = " " * 50_000_000


def claim_room(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    """Vectors whose header asks for four terabytes."""
    name = "collections/0000/vectors.npy"
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f4", "fortran_order": False, "shape": (10**12, 1)})
    parts[name] = (header.getvalue() + parts[name][128:])[: len(parts[name])]


def nest(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    """Rows that take far more room in memory than in the file."""
    rows = parts["collections/0000/chunks.json"]
    parts["collections/0000/chunks.json"] = (b"[" + b"[]," * 200)[: len(rows) - 4] + b",[]]"


def places(rows: Any) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    def change(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
        data = json.dumps(rows).encode()
        parts.pop(next(name for name in parts if name.startswith("texts/") and name.endswith(".json")))
        digest = hashlib.sha256(data).hexdigest()
        parts[f"texts/{digest}.json"] = data
        for record in contents["manifest"]["collections"]["rules"]["sources"].values():
            if record["places_sha256"]:
                record["places_sha256"] = digest

    return change


FORGERIES: dict[str, Callable[[dict[str, bytes], dict[str, Any]], None]] = {
    "a text altered": alter_text,
    "a part that climbs out": add_part("../../evil.txt"),
    "an absolute path": add_part("/tmp/evil.txt"),
    "a part that nothing names": add_part("texts/notes.txt"),
    "a part gone": drop_part,
    "a zip bomb": bomb,
    "contents that are padded": pad,
    "an array that claims room": claim_room,
    "rows of nothing": nest,
    "a hash that is a path": claim(sha256="../../../etc/passwd"),
    "places that are a path": claim(places_sha256="../x"),
    "an id of another uri": claim(uri="test:else"),
    "an endless text": claim(chars=10**12),
    "no chunks": claim(chunks=0),
    "a billion chunks": claim(chunks=10**9),
    "a negative length": claim(chars=-1),
    "a language that is none": claim(language="../x"),
    "no dimension": claim_manifest(dimension=0),
    "endless dimensions": claim_manifest(dimension=10**9),
    "a manifest that is none": claim_manifest(collections=7),
    "a collection without a name": lambda parts, contents: contents["manifest"]["collections"].update({"\x1b": {}}),
    "an index that has a name": lambda parts, contents: contents["manifest"]["collections"]["rules"].update(index="ab"),
    "chunks of nobody": chunks([["nobody", 0, 3]]),
    "chunks that are none": chunks({"a": 1}),
    "chunks that run backwards": chunks([["x", 3, 1]]),
    "deep nesting": lambda parts, contents: parts.update({"collections/0000/chunks.json": b"[" * 120 + b"]" * 120}),
    "a chunk beyond its text": move_a_chunk,
    "vectors that are pickled": array(lambda vectors: np.array([print], dtype=object)),
    "vectors of doubles": array(lambda vectors: vectors.astype(np.float64)),
    "a vector too few": array(lambda vectors: vectors[1:]),
    "a vector without direction": array(lambda vectors: vectors * 0),
    "a vector that is none": array(lambda vectors: vectors * np.nan),
    "vectors that are an archive": lambda parts, contents: parts.update({"collections/0000/vectors.npy": exported()}),
    "places that are no numbers": places([["0", None, None]]),
    "places out of order": places([[5, None, "a"], [0, None, "b"]]),
    "places beyond the text": places([[10_000, 1, None]]),
    "places that are none": places({"a": 1}),
    "labels beyond the text": places({"places": [], "labels": {"term": [[0, 1, 5, 10_000]]}}),
    "labels without words": places({"places": [], "labels": {"term": [[1, 1, 5, 9]]}}),
    "labels of no kind": places({"places": [], "labels": {"riddle": [[0, 1, 5, 9]]}}),
    "labels that are no numbers": places({"places": [], "labels": {"term": [["0", 1, 5, 9]]}}),
    "labels that are half numbers": places({"places": [], "labels": {"term": [[0.5, 1, 5, 9]]}}),
    "labels that are none": places({"places": [], "labels": [1]}),
}
