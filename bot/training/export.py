"""The trained reader -> an ONNX file with 8-bit weights, its tokenizer, and their hashes."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from bot.extractive.reader.weights import ALL_FILES, HASHES, TOKENIZER, WEIGHTS
from bot.training.attention_fusion import fuse_attention
from retrieval.files import sha256_of

OPSET = 17
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("start_logits", "end_logits", "evidence_logits")


class _Logits(torch.nn.Module):
    """The model with plain tensors in and out, which is what an ONNX file can hold."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        output = self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        return tuple(getattr(output, name) for name in OUTPUTS)


def export_reader(model: Any, tokenizer_file: Path, folder: Path) -> None:
    """Write the reader to ``folder``.

    The weights of the matrix products become integers of 7 bits, a scale a column, and the word vectors of 8; all else
    stays as it is. Products of 8 bits overflow on processors that lack VNNI, so that scores would differ by machine.
    Source of the method: ONNX Runtime's dynamic quantisation, and its documentation ("Quantize ONNX models") on
    `reduce_range`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("onnxruntime").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as aside, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # advice about the exporter, for its makers
        whole, prepared = Path(aside) / "whole.onnx", Path(aside) / "prepared.onnx"
        axes = {name: {0: "texts", 1: "tokens"} for name in (*INPUTS, *OUTPUTS)}
        example = tuple(torch.ones(2, 8, dtype=torch.long) for _ in INPUTS)
        torch.onnx.export(
            _Logits(model).eval(), example, str(whole), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared), str(folder / WEIGHTS), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
    fuse_attention(folder / WEIGHTS, model.config.num_attention_heads)
    shutil.copyfile(tokenizer_file, folder / TOKENIZER)
    record_hashes(folder)


def record_hashes(folder: Path) -> None:
    """Record the hash of each file of the reader that is there."""
    hashes = {name: sha256_of(folder / name) for name in ALL_FILES if (folder / name).exists()}
    (folder / HASHES).write_text(json.dumps(hashes, indent=2) + "\n", encoding="ascii")
