"""A trained network -> an ONNX file with 8-bit weights, its tokenizer, and their hashes."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from bot.chat.verification.entailment import WEIGHTS as ENTAILMENT_WEIGHTS
from bot.extractive.reader.weights import ALL_FILES, HASHES, TOKENIZER, WEIGHTS
from bot.training.attention_fusion import fuse_attention
from bot.training.network import EntailmentScores, TokenScores
from retrieval.files import sha256_of

OPSET = 17
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class _Logits(torch.nn.Module):
    """The model with plain tensors in and out, which is what an ONNX file can hold."""

    def __init__(self, model: Any, outputs: Sequence[str]) -> None:
        super().__init__()
        self.model, self.outputs = model, outputs

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        output = self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        return tuple(getattr(output, name) for name in self.outputs)


def export_reader(model: Any, tokenizer_file: Path, folder: Path) -> None:
    """Write the reader to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    _export(model, {name: {0: "texts", 1: "tokens"} for name in TokenScores._fields}, folder / WEIGHTS)
    shutil.copyfile(tokenizer_file, folder / TOKENIZER)
    record_hashes(folder)


def export_entailment(model: Any, tokenizer_file: Path, folder: Path) -> None:
    """Write the network that judges statements to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    _export(model, {name: {0: "texts"} for name in EntailmentScores._fields}, folder / ENTAILMENT_WEIGHTS)
    shutil.copyfile(tokenizer_file, folder / TOKENIZER)
    record_hashes(folder, (ENTAILMENT_WEIGHTS, TOKENIZER))


def record_hashes(folder: Path, names: Sequence[str] = ALL_FILES) -> None:
    """Record the hash of each of these files that is there; those of the reader by default."""
    hashes = {name: sha256_of(folder / name) for name in names if (folder / name).exists()}
    (folder / HASHES).write_text(json.dumps(hashes, indent=2) + "\n", encoding="ascii")


def _export(model: Any, outputs: dict[str, dict[int, str]], path: Path) -> None:
    """Write a network with these outputs, whose axes are named.

    The weights of the matrix products become integers of 7 bits, a scale a column, and the word vectors of 8; all else
    stays as it is. Products of 8 bits overflow on processors that lack VNNI, so that scores would differ by machine.
    Source of the method: ONNX Runtime's dynamic quantisation, and its documentation ("Quantize ONNX models") on
    `reduce_range`.
    """
    logging.getLogger("onnxruntime").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as aside, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # advice about the exporter, for its makers
        whole, prepared = Path(aside) / "whole.onnx", Path(aside) / "prepared.onnx"
        axes = {name: {0: "texts", 1: "tokens"} for name in INPUTS} | outputs
        example = tuple(torch.ones(2, 8, dtype=torch.long) for _ in INPUTS)
        torch.onnx.export(
            _Logits(model, tuple(outputs)).eval(), example, str(whole), input_names=list(INPUTS),
            output_names=list(outputs), dynamic_axes=axes, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(str(prepared), str(path), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    fuse_attention(path, model.config.num_attention_heads)
