"""Jupyter notebooks, as programs write them."""

from __future__ import annotations

import json
from typing import Any

PICTURE = "iVBORw0KGgoAAAANSUhEUg" * 20
PNG = {"image/png": PICTURE}


def prose(text: str, kind: str = "markdown", **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)} | more


def code(text: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return prose(text, "code") | {"execution_count": 1, "outputs": list(outputs)}


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text.splitlines(keepends=True)}


def shown(**data: str) -> dict[str, Any]:
    named = {key.replace("_", "/", 1): value.splitlines(keepends=True) for key, value in data.items()}
    return {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": named}


def notebook(*cells: dict[str, Any], **metadata: Any) -> bytes:
    about = {"language_info": {"name": "python"}} | metadata
    whole = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False).encode()


def lesson() -> bytes:
    return notebook(
        prose("# Rowing data\n\nAll figures are of 2021."),
        prose(f"## Times\n\n![a boat](data:image/png;base64,{PICTURE})\n\nThe fastest boat is found like this."),
        code("boats = load()\n\nboats.fastest()", shown(text_plain="Heron", image_png=PICTURE)),
        code("plot(boats)", shown(text_plain="<Figure size 640x480 with 1 Axes>", image_png=PICTURE)),
        prose("## Fees\nA boat costs 12 euros.\n### Reduced\nPupils pay 6 euros."),
    )


def outputs() -> bytes:
    bar = "\r  0%|    |\r100%|####|\nDone.\n"
    failure = {"output_type": "error", "ename": "KeyError", "evalue": "'oar'", "traceback": ["\x1b[0;31m", "a line"]}
    return notebook(
        code("train()", stream(bar), stream("A warning.\n", "stderr")),
        code("boats['oar']", failure),
        code("print(table)", stream("".join(f"row {number}\n" for number in range(100)))),
        code("show()", shown(text_html="<b>Hidden</b>")),
    )


def unclosed() -> bytes:
    return notebook(
        prose("Begin:\n\n~~~~py\nx = 1"),
        prose("# Next\n<!-- a remark"),
        code("print('```')\n", stream("```\n")),
        prose("raw words", "raw"),
        prose("After all.\n"),
        kernelspec={"language": "R"},
        language_info={},
    )


def old() -> bytes:
    cells = [
        prose("Old times", "heading", level=2),
        {
            "cell_type": "code",
            "language": "python",
            "input": ["1 + 1"],
            "outputs": [{"output_type": "pyout", "text": "2"}],
        },
        prose("Some words."),
    ]
    return json.dumps({"metadata": {"name": ""}, "nbformat": 3, "worksheets": [{"cells": cells}]}).encode()


def plain() -> bytes:
    return notebook(prose("No heading here."), prose(""), prose("Line ends.\r\nMore."), title="A plain notebook")
