"""A small model with random weights, exported and read by the reader that ships."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from bot.errors import ReaderError
from bot.extractive.reader.span_reader import SpanReader
from bot.extractive.reader.weights import FOLDER as SHIPPED_READER
from bot.extractive.reader.weights import HASHES, TOKENIZER, WEIGHTS, check_files
from bot.training.attention_fusion import fuse_attention
from retrieval.models import onnx_embedder
from retrieval.models.onnx_runtime import open_tokenizer
from retrieval.models.published_weights import published_model_folder
from tests.bot.training.data import LIGHTHOUSE, ORRIN

# PyTorch and transformers are imported where they are used: for each process that collects tests they take seconds.
TOKENIZER_FILE = published_model_folder() / TOKENIZER
QUESTION = "Who built the mill of Orrin?"
SHIPPED_EMBEDDER = onnx_embedder.FOLDER / onnx_embedder.WEIGHTS


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Any:
    import torch
    from transformers import BertConfig, BertModel

    from bot.training.network import ReaderNetwork

    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=30_522,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        initializer_range=0.2,
    )
    encoder = tmp_path_factory.mktemp("encoder")
    BertModel(config).save_pretrained(encoder)
    model = ReaderNetwork(encoder)
    model.bert.set_attn_implementation("sdpa")
    return model.eval()


@pytest.fixture(scope="module")
def folder(model: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from bot.training.export import export_reader

    folder: Path = tmp_path_factory.mktemp("export") / "reader"
    export_reader(model, TOKENIZER_FILE, folder)
    return folder


def test_the_files_match_their_hashes(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {WEIGHTS, TOKENIZER, HASHES}
    check_files(folder)
    assert (folder / TOKENIZER).read_bytes() == TOKENIZER_FILE.read_bytes()


def test_the_model_is_left_ready_to_be_used(model: Any, folder: Path) -> None:
    assert folder.exists()
    assert not any(module.training for module in model.modules())


def test_weights_are_a_byte_each(model: Any, folder: Path) -> None:
    numbers = sum(parameter.numel() for parameter in model.parameters())
    assert (folder / WEIGHTS).stat().st_size < 1.5 * numbers


def test_each_attention_is_one_operation_and_nothing_is_masked(model: Any, folder: Path) -> None:
    graph = onnx.load(folder / WEIGHTS).graph
    operations = [node.op_type for node in graph.node]
    assert operations.count("MultiHeadAttention") == model.config.num_hidden_layers
    assert not {"Softmax", "Where", "IsNaN"} & set(operations)
    assert {given.name for given in graph.input} == {"input_ids", "token_type_ids"}
    with pytest.raises(ValueError, match="holds no attention"):
        fuse_attention(folder / WEIGHTS, model.config.num_attention_heads)


@pytest.mark.parametrize(("file", "products"), [(SHIPPED_READER / WEIGHTS, 37), (SHIPPED_EMBEDDER, 36)])
def test_no_product_of_the_shipped_networks_overflows_on_any_processor(file: Path, products: int) -> None:
    graph = onnx.load(file).graph
    tensors = {tensor.name: tensor for tensor in graph.initializer}
    weights = [
        numpy_helper.to_array(tensors[node.input[1]]).astype(int)
        for node in graph.node
        if node.op_type == "MatMulInteger"
    ]
    assert len(weights) == products
    # Processors without VNNI add two products with an unsigned byte in 16 bits.
    assert max(2 * 255 * int(np.abs(weight).max()) for weight in weights) < 2**15


def test_it_scores_as_the_model_does(model: Any, folder: Path) -> None:
    import torch

    (reading,) = SpanReader(folder).read(QUESTION, [ORRIN])
    encoding = open_tokenizer(folder / TOKENIZER).encode(QUESTION, ORRIN)
    with torch.no_grad():
        output = model(
            input_ids=torch.tensor([encoding.ids]),
            attention_mask=torch.tensor([encoding.attention_mask]),
            token_type_ids=torch.tensor([encoding.type_ids]),
        )
    held = [
        i
        for i, (kind, mark) in enumerate(zip(encoding.type_ids, encoding.special_tokens_mask, strict=True))
        if kind and not mark
    ]
    evidence = output.evidence_logits[0]
    assert reading.answerable == pytest.approx(float(evidence[0]), abs=0.3 * float(evidence.std()))
    for logits, none, scores in (
        (output.start_logits[0], output.start_logits[0][0], reading.starts),
        (output.end_logits[0], output.end_logits[0][0], reading.ends),
        (evidence, 0.0, reading.evidence),
    ):
        expected = (logits[held] - none).numpy()
        assert expected.std() > 0.1
        assert np.corrcoef(expected, scores)[0, 1] > 0.99
        assert np.abs(expected - scores).max() < 0.3 * expected.std()


def test_any_number_of_texts_of_any_length_fits(folder: Path) -> None:
    readings = SpanReader(folder).read(QUESTION, [ORRIN, "Short.", LIGHTHOUSE * 3])
    assert len(readings) == 3
    assert len(readings[2].offsets) > len(readings[0].offsets) > len(readings[1].offsets)


def test_what_was_exported_before_is_replaced(model: Any, folder: Path, tmp_path: Path) -> None:
    from bot.training.export import export_reader

    (tmp_path / WEIGHTS).write_bytes(b"old")
    with pytest.raises(ReaderError):
        check_files(tmp_path)
    export_reader(model, TOKENIZER_FILE, tmp_path)
    check_files(tmp_path)
    assert (tmp_path / WEIGHTS).stat().st_size == (folder / WEIGHTS).stat().st_size
