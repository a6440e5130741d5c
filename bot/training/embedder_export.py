"""The published embedding model -> the ONNX file with 8-bit weights that comes with the package.

Run as ``python -m bot.training.embedder_export``; it makes the same vectors anew, whoever runs it.
"""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from transformers import AutoModel

from bot.training.attention_fusion import MASK, fuse_attention
from bot.training.export import OPSET
from retrieval.files import sha256_of
from retrieval.loaders.article import load_article
from retrieval.models.langchain import SentenceTransformerEmbeddings
from retrieval.models.onnx_embedder import FOLDER, HASHES, INPUT, OUTPUT, TOKENIZER, WEIGHTS, OnnxEmbedder
from retrieval.models.published_weights import check_model_files, published_model_folder

SHORTEST = 40


class _Pooled(torch.nn.Module):
    """Token ids of texts -> their vectors: the mean over tokens, of unit length, as the model was published."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9), dim=1)


def export_embedder(folder: Path = FOLDER) -> None:
    """Write the embedding model to ``folder``, from weights whose hash is known.

    Weights become integers of 7 bits, a scale a column; those of 8 overflow on processors that lack VNNI. Source of the
    method: ONNX Runtime's dynamic quantisation, and its documentation ("Quantize ONNX models") on `reduce_range`.
    """
    published = published_model_folder()
    check_model_files(published)
    folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("onnxruntime").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as aside, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # advice about the exporter, for its makers
        whole, prepared = Path(aside) / "whole.onnx", Path(aside) / "prepared.onnx"
        inputs = [INPUT, MASK]
        axes = {name: {0: "texts", 1: "tokens"} for name in inputs} | {OUTPUT: {0: "texts"}}
        example = tuple(torch.ones(2, 8, dtype=torch.long) for _ in inputs)
        model = _Pooled(AutoModel.from_pretrained(published, local_files_only=True)).eval()
        torch.onnx.export(
            model, example, str(whole), input_names=inputs, output_names=[OUTPUT], dynamic_axes=axes,
            opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared), str(folder / WEIGHTS), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
        fuse_attention(folder / WEIGHTS, model.model.config.num_attention_heads)
    shutil.copyfile(published / TOKENIZER, folder / TOKENIZER)
    hashes = {name: sha256_of(folder / name) for name in (WEIGHTS, TOKENIZER)}
    (folder / HASHES).write_text(json.dumps(hashes, indent=2) + "\n", encoding="ascii")


def nearness(folder: Path = FOLDER) -> tuple[float, float]:
    """The mean and the least cosine of our vectors with the published ones, over the paragraphs of the article."""
    paragraphs = [text for text in load_article().text.split("\n\n") if len(text) > SHORTEST]
    ours = np.asarray(OnnxEmbedder(folder).embed_documents(paragraphs))
    cosines = (ours * np.asarray(SentenceTransformerEmbeddings().embed_documents(paragraphs))).sum(axis=1)
    return float(cosines.mean()), float(cosines.min())


def main() -> None:
    """Make the file, and say how near its vectors are to the published ones."""
    export_embedder()
    print("cosine with the published vectors: mean {:.4f}, least {:.4f}".format(*nearness()))  # noqa: T201 (a program)


if __name__ == "__main__":
    main()
