"""A quantised BERT as PyTorch exports it -> the same network with each attention as one operation, and without a mask.

A mask hides the padding of batches. Here texts go through a network one at a time, unpadded, so it would hide nothing;
computing it, and the checks for rows in which everything is hidden, took about as long as the attention itself.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

MASK = "attention_mask"
FUSED_OPERATIONS = "com.microsoft"
PARTS = ("query", "key", "value")


def fuse_attention(path: Path, heads: int) -> None:
    """Rewrite the ONNX file in place; the weights stay as they are.

    Args:
        path: The file.
        heads: How many heads each attention has.

    Source of the method: the operation ``MultiHeadAttention`` of ONNX Runtime's own set.

    Raises:
        ValueError: If the file holds no attention of the expected form.
    """
    model = onnx.load(path)
    graph = model.graph
    made = {output: node for node in graph.node for output in node.output}
    constants = {tensor.name: tensor for tensor in graph.initializer}
    softmaxes = [node for node in graph.node if node.op_type == "Softmax"]
    if not softmaxes:
        raise ValueError(f"{path} holds no attention")
    fused = []
    for number, softmax in enumerate(softmaxes):
        scope = softmax.name.removesuffix("/Softmax")
        sums = [made[f"{scope}/{part}/Add_output_0"] for part in PARTS]
        (biases, products) = zip(*(_bias_and_product(node, constants) for node in sums), strict=True)
        bias = numpy_helper.from_array(np.concatenate(biases), f"attention.{number}.bias")
        graph.initializer.append(bias)
        result = f"{scope}/Reshape_4_output_0"  # what leaves the attention
        graph.node.remove(made[result])
        fused.append(
            helper.make_node(
                "MultiHeadAttention", [*products, bias.name], [result], f"{scope}/fused", domain=FUSED_OPERATIONS,
                num_heads=heads,
            )
        )  # fmt: skip
    graph.node.extend(fused)
    _show_everything(graph)
    _keep_what_is_used(graph)
    if not any(one.domain == FUSED_OPERATIONS for one in model.opset_import):
        model.opset_import.append(helper.make_opsetid(FUSED_OPERATIONS, 1))
    onnx.save(model, path)


def _bias_and_product(
    node: onnx.NodeProto, constants: dict[str, onnx.TensorProto]
) -> tuple[np.ndarray[tuple[int], np.dtype[np.float32]], str]:
    """The two sides of a sum: a constant, and the product of matrices that it is added to."""
    (bias,) = (name for name in node.input if name in constants)
    (product,) = (name for name in node.input if name not in constants)
    return numpy_helper.to_array(constants[bias]), product


def _show_everything(graph: onnx.GraphProto) -> None:
    """Put ones in place of the mask."""
    for given in [given for given in graph.input if given.name == MASK]:
        graph.input.remove(given)
    one = helper.make_tensor("value", onnx.TensorProto.INT64, [1], [1])
    graph.node.insert(0, helper.make_node("Shape", ["input_ids"], [f"{MASK}.shape"]))
    graph.node.insert(1, helper.make_node("ConstantOfShape", [f"{MASK}.shape"], [MASK], value=one))


def _keep_what_is_used(graph: onnx.GraphProto) -> None:
    """Drop nodes and constants that no output needs, and sort the nodes by what they need."""
    made = {output: node for node in graph.node for output in node.output}
    sorted_nodes: list[onnx.NodeProto] = []
    seen: set[str] = set()

    def need(name: str) -> None:
        node = made.get(name)
        if node is None or node.output[0] in seen:
            return
        seen.add(node.output[0])
        for other in node.input:
            need(other)
        sorted_nodes.append(node)

    for output in graph.output:
        need(output.name)
    used = {name for node in sorted_nodes for name in node.input}
    tensors = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(sorted_nodes)
    graph.initializer.extend(tensors)
